"""An index that has not heard of the latest changes, with those beside it, finds what an index finds that has."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.beside import Beside
from search_index.documents import ListingDocument
from search_index.oracle import ScanEngine
from search_index.port import Drop, Operation
from search_index.query import SearchPage, ServiceQuery
from tests.search.contract.corpora import corpora, queries
from tests.search.contract.engines import ENGINES, IN_PROCESS, ON_SERVERS, fill, fresh, oracle, puts
from tests.search.contract.test_same_answers import CORPUS, FEW, by_order

MANY = 50  # all values of a facet: more of them than any corpus here has


@st.composite
def changes(draw: st.DrawFn) -> tuple[tuple[ListingDocument, ...], list[Operation]]:
    """A corpus, and some of its services changed, withdrawn, or new."""
    before, after = draw(corpora()), draw(corpora())
    services = sorted({document.service_id for document in before})
    gone = draw(st.sets(st.sampled_from(services), max_size=2))
    changed = puts([document for document in after if document.service_id not in gone], version=2)
    return before, [*draw(st.permutations(changed))[: draw(st.integers(0, 3))], *(Drop(service, 2) for service in sorted(gone))]


def up_to_date(before: Sequence[ListingDocument], changed: Iterable[Operation]) -> ScanEngine:
    engine = oracle(before)
    engine.apply(list(changed))
    return engine


def told_by_both(index: SearchPage, expected: SearchPage) -> bool:
    """Whether the index answers the same words: else what its counts would be without a filter is not known."""
    return expected.total > 0 and (index.words_used, index.words_dropped) == (expected.words_used, expected.words_dropped)


def check(name: str, before: Sequence[ListingDocument], changed: list[Operation], asked: Iterable[ServiceQuery]) -> None:
    with fresh(ENGINES[name]) as engine:
        fill(engine, before)
        beside, told = Beside(engine, changed), up_to_date(before, changed)
        for drawn in asked:
            query = replace(drawn, facet_limit=MANY)
            found, expected = beside.search(query), told.search(query)
            assert (found.words_used, found.words_dropped) == (expected.words_used, expected.words_dropped)
            assert (found.total, found.total_exact) == (expected.total, True)
            assert by_order(query, found) == by_order(query, expected)
            left = query.without_services | {each.service_id for each in changed}
            if told_by_both(engine.search(replace(query, without_services=left)), expected):
                assert (found.facets, found.facet_unknown) == (expected.facets, expected.facet_unknown)
                assert found.open_counts == expected.open_counts


in_process = pytest.mark.parametrize("name", IN_PROCESS)
on_a_server = pytest.mark.parametrize("name", ON_SERVERS)


@in_process
@CORPUS
@given(drawn=changes(), asked=st.lists(queries(), min_size=4, max_size=4))
def test_what_changed_is_found_as_it_is_now(name, drawn, asked):
    check(name, *drawn, asked)


@on_a_server
@FEW
@given(drawn=changes(), asked=st.lists(queries(), min_size=8, max_size=8))
def test_beside_a_server_what_changed_is_found_as_it_is_now(name, drawn, asked):
    check(name, *drawn, asked)


@CORPUS
@given(drawn=changes(), query=queries(), per_page=st.integers(1, 3))
def test_the_pages_together_hold_everything_once(drawn, query, per_page):
    before, changed = drawn
    beside, told = Beside(oracle(before), changed), up_to_date(before, changed)
    total = told.search(query).total
    pages = [beside.search(replace(query, page=page, per_page=per_page)).hits for page in range(1, total // per_page + 2)]
    whole = [hit.service_id for hit in beside.search(query).hits]
    assert [hit.service_id for hits in pages for hit in hits] == whole
    assert len(set(whole)) == len(whole) == total
