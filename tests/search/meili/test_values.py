"""Values come back as they went in, and mean exactly what they are on a real server: case, spaces, quotes and all."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from search_index.documents import ListingDocument
from search_index.marks import UNKNOWN
from search_index.meili.values import LONGEST_TERM, identifier_of, key, ordered, term, value_of
from search_index.port import Put
from search_index.query import Facet, ServiceQuery
from search_index.words import tokens
from tests.search.contract.engines import fill
from tests.support.examples import are_many_asked

AWKWARD = [
    *(
        "a",
        "A",
        "a ",
        " a",
        "á",
        "a\u0301",
        "ﬁ",
        "fi",
        "~",
        "~a",
        "*",
        "1",
        "1.0",
        "01",
        "null",
        "true",
        "_geo",
        "食",
        "\t",
        "a\nb",
        "İ",
        "ı",
    ),
    *('"', "\\", "'", '\\"', 'a" OR flag = "place', "a,b", "[a]", "(", "NOT a", "EXISTS", "ß", "ss", "Σ", "ς", "σ"),
]
texts = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
ids = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=12)


@given(texts, texts)
def test_terms_are_read_back_and_differ_where_values_do_whatever_their_case(one, other):
    assert value_of(term(one)) == one
    assert (term(one).lower() == term(other).lower()) == (one == other)


@given(ids, ids)
def test_ids_in_order_stay_in_order_and_keys_differ(one, other):
    assert identifier_of(ordered(one)) == one
    assert (ordered(one) < ordered(other)) == (one < other)
    assert (key(one).lower() == key(other).lower()) == (one == other)


def test_a_value_too_long_to_be_told_from_others_is_refused():
    assert len(term("é" * 140)) <= LONGEST_TERM
    with pytest.raises(ValueError, match="too long"):
        term("é" * 150)


COUNTED = (Facet.ORGANIZATION, Facet.SOURCE, Facet.CATEGORY, Facet.COST)
ON_A_SERVER = settings(max_examples=40 if are_many_asked() else 1, deadline=None, suppress_health_check=list(HealthCheck))


def listing(place: int, value: str) -> ListingDocument:
    held = (value,)
    return ListingDocument(f"s{place}", f"s{place}", 1, "Food", value, "", value, categories=held, served_areas=held, cost=held)


@pytest.mark.meilisearch
@ON_A_SERVER
@given(drawn=st.lists(texts.filter(lambda text: text != UNKNOWN), min_size=20, max_size=20, unique=True))
def test_on_a_server_each_value_finds_the_listing_that_holds_it_and_no_other(meilisearch_server, drawn):
    values = list(dict.fromkeys([*AWKWARD, *drawn]))
    engine = meilisearch_server.engine()
    try:
        fill(engine, [listing(place, value) for place, value in enumerate(values)])
        counted = engine.search(ServiceQuery(facets=frozenset(COUNTED), facet_limit=100)).facets
        assert [{count.value: count.count for count in counted[facet]} for facet in COUNTED] == [dict.fromkeys(values, 1)] * len(COUNTED)
        for place, value in enumerate(values):
            chosen = ((COUNTED[place % len(COUNTED)], frozenset((value,))),)
            for query in (ServiceQuery(selections=chosen, known_only=True), ServiceQuery(served_area_ids=frozenset((value,)))):
                assert [hit.service_id for hit in engine.search(query).hits] == [f"s{place}"], (query, value)
    finally:
        engine.close()


@pytest.mark.meilisearch
@ON_A_SERVER
@given(written=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), min_size=30, max_size=30))
def test_on_a_server_each_word_finds_the_listings_that_hold_it_and_no_other(meilisearch_server, written):
    held = {f"s{place}": set(tokens(text)) for place, text in enumerate(written)}
    words = sorted(set().union(*held.values()))
    assume(words)
    engine = meilisearch_server.engine()
    try:
        fill(engine, [ListingDocument(key, key, 1, text, "o", "", "s") for key, text in zip(held, written, strict=True)])
        for word in words[:40]:
            exact = {key for key, found in held.items() if word in found}
            page = engine.search(ServiceQuery(word, per_page=100))
            assert exact <= {hit.service_id for hit in page.hits}, word
    finally:
        engine.close()


@pytest.mark.meilisearch
def test_on_a_server_ids_that_differ_in_case_only_are_different_services(meilisearch_server):
    engine = meilisearch_server.engine()
    try:
        fill(engine, [ListingDocument(key, key, 1, "Food", "o", "", "s") for key in ("a", "A", "b c", "B C")])
        engine.apply([Put("A", 2, ())])
        assert [service for service, _ in engine.versions()] == ["B C", "a", "b c"]
    finally:
        engine.close()
