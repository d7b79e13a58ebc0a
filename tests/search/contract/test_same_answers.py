"""Every engine finds what the slow scan finds: the same places, tiers, totals, facets and distances."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from search_index.documents import ListingDocument
from search_index.port import SearchEngine
from search_index.query import NEAR, SOFT, Facet, Hit, Meant, Order, SearchPage, ServiceQuery
from tests.search.contract.corpora import corpora, meanings, queries
from tests.search.contract.engines import ENGINES, IN_PROCESS, ON_SERVERS, fill, fresh, oracle
from tests.support.examples import are_many_asked

CORPUS = settings(
    max_examples=60 if are_many_asked() else 12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a corpus takes longer to shrink than to read
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

FEW = settings(CORPUS, max_examples=12 if are_many_asked() else 4)
"""For engines in which a corpus takes a second to build: few corpora, asked more."""

in_process = pytest.mark.parametrize("name", IN_PROCESS)
on_a_server = pytest.mark.parametrize("name", ON_SERVERS)


def tier(query: ServiceQuery, hit: Hit) -> int:
    """How many soft filters the hit is known to meet; knowing where it is, or whom it serves, weighs more than all others together."""
    asked = sum(facet in SOFT for facet, _ in query.selections) + (query.open_at is not None)
    silent = sum(name != NEAR for name in hit.unknown)
    return asked - silent + (asked + 1 if query.near is not None and NEAR not in hit.unknown else 0)


def by_order(query: ServiceQuery, page: SearchPage) -> list[tuple[object, set[str]]]:
    """Services in groups that the scan and an engine must agree on; inside a group relevance, an engine's own, decides."""

    def place(hit: Hit) -> tuple[int, float | None]:
        return tier(query, hit), hit.distance_km if query.order is Order.DISTANCE else None

    return [(key, {hit.service_id for hit in hits}) for key, hits in groupby(page.hits, key=place)]


def check(engine: SearchEngine, scan: SearchEngine, query: ServiceQuery) -> None:
    found, expected = engine.search(query), scan.search(query)
    assert (found.words_used, found.words_dropped) == (expected.words_used, expected.words_dropped)
    assert found.total_exact
    assert found.total == expected.total
    assert found.facets == expected.facets
    assert found.facet_unknown == expected.facet_unknown
    assert found.open_counts == expected.open_counts
    assert by_order(query, found) == by_order(query, expected)
    presented = {hit.document_id: (hit.snippet, hit.matched, hit.distance_km, hit.unknown) for hit in expected.hits}
    for hit in found.hits:
        shown = (hit.snippet, hit.matched, hit.distance_km, hit.unknown)
        assert presented.get(hit.document_id, shown) == shown
    if not found.words_used:
        assert [hit.document_id for hit in found.hits] == [hit.document_id for hit in expected.hits]


def check_all(name: str, documents: Sequence[ListingDocument], asked: list[ServiceQuery]) -> None:
    with fresh(ENGINES[name]) as engine:
        fill(engine, documents)
        scan = oracle(documents)
        for query in asked:
            check(engine, scan, query)


def check_pages(name: str, documents: Sequence[ListingDocument], query: ServiceQuery, per_page: int) -> None:
    with fresh(ENGINES[name]) as engine:
        fill(engine, documents)
        whole = [hit.document_id for hit in oracle(documents).search(query).hits]
        pages = [engine.search(replace(query, page=page, per_page=per_page)) for page in range(1, len(whole) + 2)]
        assert [hit.document_id for page in pages for hit in page.hits] == whole


def check_meanings(name: str, documents: Sequence[ListingDocument], query: ServiceQuery, meant: tuple[Meant, ...]) -> None:
    with fresh(ENGINES[name]) as engine:
        fill(engine, documents)
        words = engine.search(replace(query, meant=()))
        both = engine.search(replace(query, meant=meant))
        if not words.words_dropped:
            assert {hit.service_id for hit in words.hits} <= {hit.service_id for hit in both.hits}
        for category in {each.category for each in meant} if both.words_used and not both.words_dropped else ():
            under = (Facet.CATEGORY, frozenset({category}))
            if all(facet is not Facet.CATEGORY for facet, _ in query.selections):
                filtered = engine.search(replace(query, text="", meant=(), selections=(*query.selections, under)))
                assert {hit.service_id for hit in filtered.hits} <= {hit.service_id for hit in both.hits}


@in_process
@CORPUS
@given(documents=corpora(), asked=st.lists(queries(), min_size=6, max_size=6))
def test_filters_facets_totals_tiers_and_distances_are_those_of_the_scan(name, documents, asked):
    check_all(name, documents, asked)


@on_a_server
@FEW
@given(documents=corpora(), asked=st.lists(queries(), min_size=12, max_size=12))
def test_on_a_server_filters_facets_totals_tiers_and_distances_are_those_of_the_scan(name, documents, asked):
    check_all(name, documents, asked)


@in_process
@CORPUS
@given(documents=corpora(), asked=st.lists(queries(text=st.just("")), min_size=6, max_size=6))
def test_without_words_the_order_is_exactly_that_of_the_scan(name, documents, asked):
    check_all(name, documents, asked)


@on_a_server
@FEW
@given(documents=corpora(), asked=st.lists(queries(text=st.just("")), min_size=12, max_size=12))
def test_on_a_server_the_order_without_words_is_exactly_that_of_the_scan(name, documents, asked):
    check_all(name, documents, asked)


@in_process
@CORPUS
@given(documents=corpora(), query=queries(text=st.just("")), per_page=st.integers(1, 3))
def test_the_pages_together_are_the_whole_in_the_same_order(name, documents, query, per_page):
    check_pages(name, documents, query, per_page)


@on_a_server
@FEW
@given(documents=corpora(), query=queries(text=st.just("")), per_page=st.integers(1, 3))
def test_on_a_server_the_pages_together_are_the_whole_in_the_same_order(name, documents, query, per_page):
    check_pages(name, documents, query, per_page)


@in_process
@CORPUS
@given(documents=corpora(), query=queries(), meant=meanings)
def test_what_the_words_mean_adds_to_what_they_find_and_hides_nothing(name, documents, query, meant):
    check_meanings(name, documents, query, meant)


@on_a_server
@FEW
@given(documents=corpora(), query=queries(), meant=meanings)
def test_on_a_server_what_the_words_mean_adds_to_what_they_find_and_hides_nothing(name, documents, query, meant):
    check_meanings(name, documents, query, meant)
