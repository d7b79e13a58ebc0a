"""A search written into an address or a form is the same search when it is read again."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from directory.services.finding.request import FindRequest
from directory.web.asking import PAGE_FACETS, PER_PAGE, read_request, write_request
from directory.web.models.searches import without_field
from directory.web.wrong_fields import ToldToReader
from search_index.query import Facet, Order

words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)
moments = st.sampled_from([("", ""), ("now", ""), ("2026-11-24T09:00", ""), ("2026-11-24T09:00", "2026-11-24T12:00")])
requests = st.builds(
    lambda when, **fields: FindRequest(open_at=when[0], open_until=when[1], per_page=PER_PAGE, facets=PAGE_FACETS, **fields),
    moments,
    text=words,
    near=words | st.just(""),
    within_km=st.none() | st.sampled_from([0.0, 2.5, 10.0, 100.0]),
    serves=words | st.just(""),
    selections=st.dictionaries(st.sampled_from(list(Facet)), st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)),
    known_only=st.booleans(),
    ignore=st.lists(words, max_size=2, unique=True).map(tuple),
    box=st.none() | st.just((39.5, -75.25, 40.0, -75.0)),
    order=st.sampled_from(list(Order)),
    page=st.integers(1, 50),
)


def read(*pairs: tuple[str, str]) -> FindRequest:
    return read_request(MultiDict(list(pairs)), "en")


@given(requests)
def test_what_is_written_down_is_read_as_the_same_search(request: FindRequest):
    assert read(*write_request(request)) == request


@given(requests, st.sampled_from(["open_at", "near", "within_km", "known_only", "serves", "box", *(facet.value for facet in Facet)]))
def test_taking_a_choice_away_leaves_the_others(request: FindRequest, field: str):
    without = without_field(request, field)
    assert without.text == request.text
    assert without.page == 1
    kept = set(request.selections) - {field}
    assert set(without.selections) == kept


def test_an_empty_form_asks_for_everything():
    assert write_request(read(("q", " "), ("near", ""), ("when", ""), ("within_km", ""))) == []


def test_a_day_alone_is_all_of_that_day():
    asked = read(("day", "2026-11-30"))
    assert (asked.open_at, asked.open_until) == ("2026-11-30T00:00", "2026-12-01T00:00")


def test_a_day_with_a_time_is_a_moment_and_counts_over_the_list():
    asked = read(("when", "now"), ("day", "2026-11-30"), ("at", "14:30"))
    assert (asked.open_at, asked.open_until) == ("2026-11-30T14:30", "")


@pytest.mark.parametrize(
    ("field", "pairs"),
    [
        ("within_km", [("within_km", "near")]),
        ("within_km", [("within_km", "nan")]),
        ("within_km", [("within_km", "-1")]),
        ("page", [("page", "0")]),
        ("page", [("page", "²")]),
        ("when", [("when", "soon")]),
        ("when", [("when", "now/soon")]),
        ("day", [("at", "10:00")]),
        ("day", [("day", "30.11.2026")]),
        ("day", [("day", "9999-12-31")]),
        ("at", [("day", "2026-11-30"), ("at", "half past ten")]),
        ("box", [("box", "1,2,3")]),
        ("box", [("box", "1,2,3,east")]),
    ],
)
def test_what_cannot_be_read_names_its_field(app: Flask, field: str, pairs: list[tuple[str, str]]):
    with app.test_request_context("/?lang=en"), pytest.raises(ToldToReader) as told:
        read(*pairs)
    assert told.value.field == field
    assert told.value.message.endswith(".")


def test_a_search_holds_no_more_than_a_person_would_write():
    asked = read(("q", "x" * 5_000), *(("category", f"c{number}") for number in range(100)))
    assert len(asked.text) == 300
    assert len(asked.selections[Facet.CATEGORY]) == 30
