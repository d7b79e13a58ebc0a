"""Real open data that drifted far from the standard (2,137 services of food pantries): nothing gets lost, nothing is guessed.

Counts are taken from the files by plain JSON, not by the importer.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.domain.clock import FixedClock
from directory.services.exchange.report import ImportReport
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from directory.store.tables import Location, Organization, ScheduleRow, Service, ServiceAtLocation
from search_index.embedded import TantivyEngine
from tests.services.exchange.importing import adds_up, all_of, bring
from tests.support.places import FewPlaces

PANTRIES = Path(__file__).resolve().parents[2] / "seeds" / "open_data" / "food-pantries-us"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PANTRIES / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()]


SERVICES, ORGANIZATIONS, LOCATIONS = rows("services"), rows("organizations"), rows("locations")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Parts]:
    """One directory on SQLite for the whole module: small feeds are tried on both databases."""
    folder = tmp_path_factory.mktemp("pantries")
    path = folder / "directory.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    search = TantivyEngine(folder / "index")
    yield Parts(Settings(data_dir=folder), database, search, FewPlaces(), FixedClock(datetime(2026, 11, 23, tzinfo=UTC)))
    search.close()
    database.close()


@pytest.fixture(scope="module")
def report(parts: Parts) -> ImportReport:
    return bring(parts, PANTRIES, source="food-pantries-us", licence="CC0-1.0")


@pytest.fixture
def session(parts: Parts, report: ImportReport) -> Iterator[Session]:
    """A reading session on what was imported."""
    with parts.database.reading() as session:
        yield session


def lines_named(report: ImportReport, kind: str, field: str, words: str) -> set[tuple[str, int]]:
    return {
        (problem.where.file, problem.where.line or 0)
        for problem in report.problems
        if problem.kind == kind and problem.field == field and words in problem.message and not problem.where.path
    }


def test_every_row_is_loaded_or_named(report: ImportReport, session: Session) -> None:
    assert adds_up(report)
    for kind, given in (("service", SERVICES), ("organization", ORGANIZATIONS), ("location", LOCATIONS)):
        counts = report.counts[kind]
        nested = counts["read"] - len(given)
        assert nested >= 0
        named = [problem for problem in report.problems if problem.kind == kind and problem.severity == "rejected"]
        assert counts["rejected"] == len(named)
        told_again = [problem for problem in report.problems if problem.kind == kind and ("loaded once" in problem.message)]
        assert counts["unchanged"] == len(told_again)
        assert counts["created"] + len(named) + len(told_again) == len(given) + nested
    assert len(all_of(session, Service)) == report.counts["service"]["created"]
    assert len(all_of(session, Location)) == report.counts["location"]["created"]
    assert report.counts["service"]["rejected"] <= 2


def test_services_without_an_organization_load_and_are_named(report: ImportReport, session: Session) -> None:
    known = {row["id"] for row in ORGANIZATIONS if row.get("id")}
    without = {number for number, row in enumerate(SERVICES, start=1) if row.get("organization_id") not in known}
    assert len(without) == 1_027
    noted = {line for file, line in lines_named(report, "service", "organization_id", "") if file == "services.ndjson"}
    unnamed = {
        number
        for number, row in enumerate(SERVICES, start=1)
        if not row.get("name") and not row.get("service_type") and not row.get("type")
    }
    assert without - unnamed <= noted | {problem.where.line for problem in report.problems if problem.severity == "rejected"}
    alone = sum(1 for row in all_of(session, Service) if row.organization_id is None)
    assert alone >= 1_027 - 2 - report.counts["service"]["unchanged"]


def test_services_that_share_an_id_all_have_their_own(report: ImportReport, session: Session) -> None:
    given = Counter(row["id"] for row in SERVICES if row.get("id"))
    shared = [name for name, number in given.items() if number > 1]
    found = Counter(row.external_id.partition("~")[0] for row in all_of(session, Service))
    addresses = [row.id for row in all_of(session, Service)]
    assert len(addresses) == len(set(addresses))
    once = report.counts["service"]["unchanged"] + report.counts["service"]["rejected"]
    assert sum(found[name] for name in shared) >= sum(given[name] for name in shared) - once


def test_no_hours_are_made_up(report: ImportReport, session: Session) -> None:
    """2,500 rows say "weekly" and no day; `wkst` MO on most of them is the day a week starts on. They must not become Mondays."""
    schedules = all_of(session, ScheduleRow)
    assert all(row.byday or row.dtstart or (row.valid_from and row.valid_from == row.valid_to) for row in schedules if row.opens_at)
    words_only = [row for row in schedules if not row.opens_at]
    assert len(words_only) > 2_000
    assert all(row.freq is None for row in words_only)
    monday_only = [row for row in LOCATIONS if _rows_of(row) and all(hours == {"freq": "WEEKLY", "wkst": "MO"} for hours in _rows_of(row))]
    assert len(monday_only) > 1_000


def _rows_of(location: dict[str, Any]) -> list[dict[str, Any]]:
    found = location.get("schedules")
    if not isinstance(found, list):
        return []
    names = ("freq", "wkst", "byday", "days")
    return [{name: row[name] for name in names if name in row} for row in found if isinstance(row, dict) and row.get("opens_at")]


def test_a_point_that_many_addresses_share_is_no_door(report: ImportReport, session: Session) -> None:
    found = [row.point_kind for row in all_of(session, Location) if row.latitude == 40.7130466]
    nowhere = [row for row in all_of(session, Location) if row.latitude == 0]
    assert len(found) > 50
    assert set(found) == {"city"}
    assert nowhere == []


def test_drifted_keys_are_read_and_each_is_told(report: ImportReport, session: Session) -> None:
    drifted = sum(1 for row in LOCATIONS if row.get("addresss"))
    told = [problem for problem in report.problems if problem.field == "addresss" and problem.severity == "repaired"]
    assert drifted == 2_166
    assert len({(problem.where.line, problem.where.path) for problem in told if problem.where.file == "locations.ndjson"}) == drifted
    places = len(all_of(session, ServiceAtLocation))
    assert places == report.counts["service_at_location"]["created"] > 1_000
    assert all_of(session, Organization)


def test_a_second_run_changes_nothing(report: ImportReport, parts: Parts) -> None:
    again = bring(parts, PANTRIES, source="food-pantries-us")
    assert not again.changed
    assert adds_up(again)
    for kind, counts in report.counts.items():
        assert again.counts[kind]["read"] == counts["read"], kind
