"""Whatever a feed holds, preparing and importing it ends in things and in sentences, never in a stack trace, never in half a row."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.services.exchange.prepare.drift import ALIASES
from directory.services.exchange.prepare.fields import KNOWN, PARTS
from directory.services.exchange.prepare.prepare import prepare
from directory.services.exchange.records import ROOT_KINDS, ReaderOptions, Record, Where
from directory.services.parts import Parts
from directory.store.tables import Service, Unmapped
from tests.services.exchange.importing import adds_up, all_of, bring, bring_rows, one, write_feed

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(
        [
            "",
            "2026-03-31",
            "09:00",
            "MO",
            "MO,TU",
            "WEEKLY",
            "active",
            "613-555-0142",
            "www.example.org",
            "a@example.org",
            "45.42",
            "\ud800",
            "a\x00b",
        ]
    )
)
KEYS = sorted(
    {key for kind in KNOWN for key in KNOWN[kind]}
    | {key for kind in ALIASES for key in ALIASES[kind]}
    | {"coordinates", "times", "locations", "odd"}
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), max_leaves=25
)
RECORDS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=10)


@settings(max_examples=400)
@given(kind=st.sampled_from(ROOT_KINDS), data=RECORDS)
def test_any_record_becomes_things_and_sentences(kind: str, data: dict[str, Any]) -> None:
    prepared = prepare(Record(kind, data, Where("feed.ndjson", 1)), ReaderOptions())
    assert prepared.things or prepared.rejected or prepared.problems
    for thing in prepared.things:
        thing.content().encode("utf-8")
        for part in thing.parts:
            assert part.parent < thing.parts.index(part) or part.parent == -1
            assert part.kind in PARTS.get(thing.kind, {}).values() or part.parent >= 0
    for problem in prepared.problems:
        assert problem.message.endswith((".", "?")), problem.message
        str(problem.where)


@settings(max_examples=60)
@given(kind=st.sampled_from(ROOT_KINDS), data=RECORDS)
def test_preparing_changes_nothing_of_what_was_read(kind: str, data: dict[str, Any]) -> None:
    before = json.dumps(data)
    prepare(Record(kind, data, Where("feed.ndjson", 1)), ReaderOptions())
    assert json.dumps(data) == before


ODD: list[dict[str, Any]] = [
    {"id": "\ud800", "name": "Half a letter \udfff", "odd": {"deep": ["\ud800", {"a\x00": "b\x00"}]}},
    {"id": "x" * 5_000, "name": "Long " * 500, "description": "word " * 20_000},
    {"id": ["a", "list"], "name": {"description": "An object for a name"}},
    {"id": True, "name": 42, "phones": "613-555-0142", "languages": "French", "schedules": "Mon-Fri 9-5"},
    {"id": "dates", "name": "Dates", "schedules": [{"valid_from": "0001-01-01", "valid_to": "9999-12-31", "opens_at": "24:00",
    "closes_at": "00:00"}]},
    {"id": "numbers", "name": "Numbers", "minimum_age": 10**40, "maximum_age": "1e300", "cost_options": [{"amount": 10**15,
    "currency": "CAD"}]},
    {"id": "moments", "name": "Moments", "last_modified": "0001-01-01T00:00:00+14:00", "assured_date": "9999-12-31"},
    {"id": "many", "name": "Many", "phones": [{"number": f"613-555-{number:04d}"} for number in range(3_000)]},
    {"id": "null\x00byte", "name": "Null\x00byte", "url": "https://example.org/\x00"},
    {"id": "quote", "name": "'; DROP TABLE service; --", "description": '"quoted" \\ back'},
    {"id": "rtl", "name": "مركز \u202eالمساعدة", "description": "👩‍👩‍👧‍👦"},
]  # fmt: skip


def test_odd_rows_are_loaded_or_named_on_every_database(parts: Parts, tmp_path: Path) -> None:
    report = bring_rows(parts, tmp_path / "feed", services=ODD)
    assert adds_up(report)
    counts = report.counts["service"]
    assert counts["created"] + counts["rejected"] == len(ODD)
    assert counts["rejected"] == 0
    assert not bring(parts, tmp_path / "feed").changed


def test_what_nothing_knows_is_kept_aside(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", services=[{"id": "s", "name": "Pantry", "parking": {"free": True}, "mood": "good", "empty": None}])
    with parts.database.reading() as session:
        aside = one(session, Unmapped)
        assert (aside.object_id, aside.fields) == (one(session, Service).id, {"parking": {"free": True}, "mood": "good"})


@pytest.mark.parametrize(
    "kind", ["organizations", "services", "locations", "service_at_locations", "taxonomies", "taxonomy_terms", "programs"]
)
def test_empty_objects_load_nothing_that_cannot_be_told(parts: Parts, tmp_path: Path, kind: str) -> None:
    write_feed(tmp_path / "feed", **{kind: [{}, {"id": "x"}]})
    report = bring(parts, tmp_path / "feed")
    assert adds_up(report)
    with parts.database.reading() as session:
        assert all_of(session, Service) == []
