"""What goes out is HSDS 3.1 by the official schemas, loosely and strictly, and comes back as it was: the official examples, the sample
community and every open feed."""

import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.app import app_of
from directory.domain.errors import InvalidInput, Refused
from directory.services.exchange.export.hsds_json import FILES
from directory.services.exchange.export.request import ExportRequest
from directory.services.exchange.export.run import export_directory
from directory.services.exchange.hsds.standard import STANDARD
from directory.services.listings.community import read_community, save_community
from directory.services.parts import Parts
from directory.store.tables import Source
from seeds.demo import OPEN_FEEDS, SAMPLE_SOURCE, demo_community, import_open, load_demo
from tests.services.exchange.importing import HOUSE, PANTRY, PLACE, bring, bring_rows, messages
from tests.support.databases import MOSTLY_ONE
from tests.support.round_trip import bring_back, differences, empty_parts, held
from tests.support.standard import STANDARD as OFFICIAL
from tests.support.standard import faults

FORMS = ("hsds-json", "hsds-csv")
EXAMPLES = sorted(path.name for path in (OFFICIAL / "examples").glob("*.json") if path.name not in ("base.json", "tabular.json"))
SOURCES = [SAMPLE_SOURCE, *(feed.folder for feed in OPEN_FEEDS)]
LARGE = {SAMPLE_SOURCE, "food-pantries-us"}
AT_HOME = {feed.folder: {"country": feed.country, "zone": feed.zone} for feed in OPEN_FEEDS}


def exported(parts: Parts, folder: Path, form: str = "hsds-json", source: str = "") -> Path:
    export_directory(parts, ExportRequest(form, folder, source=source))
    return folder


def objects(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, name in FILES.items():
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            yield kind, json.loads(line)


def rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Kind -> rows of its table; none where there is no table."""
    found: dict[str, list[dict[str, str]]] = {}
    for kind in STANDARD.values():
        path = folder / kind.file
        if path.exists():
            with path.open(encoding="utf-8", newline="") as stream:
                found[kind.name] = list(csv.DictReader(stream))
    return found


def faults_of_tables(folder: Path) -> list[str]:
    """What the package's own description and the schemas hold against its tables: cells, ids used twice, names of rows that are missing."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = rows(folder)
    ids = {kind: {row["id"] for row in found} for kind, found in tables.items()}
    told = [f"{kind}: ids used twice" for kind, found in tables.items() if len(ids[kind]) != len(found)]
    for resource in package["resources"]:
        kind, schema = resource["name"], resource["schema"]
        needed = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")]
        for row in tables[kind]:
            told += [f"{kind} {row['id']}: {name} is blank" for name in needed if not row[name]]
            for key in schema.get("foreignKeys", ()):
                value = row[key["fields"]]
                if value and value not in ids[key["reference"]["resource"]]:
                    told.append(f"{kind} {row['id']}: {key['fields']} {value} is not there")
        for row in tables[kind]:
            told += [f"{kind} {row['id']} {fault}" for fault in faults(kind, as_object(kind, row)) if "unit" not in fault]
    return told[:10]


def as_object(kind: str, row: dict[str, str]) -> dict[str, Any]:
    """A row with its cells as the JSON schemas have them; texts that may be blank stay."""
    found: dict[str, Any] = {}
    for name, cell in row.items():
        field = STANDARD[kind].fields[name]
        if cell or field.needed == "json":
            found[name] = float(cell) if field.type == "number" else cell
    return found


@pytest.mark.parametrize("database_address", MOSTLY_ONE, indirect=True)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_official_examples_go_in_and_out_and_in_again(
    parts: Parts, tmp_path: Path, sqlite_template: Path, name: str, form: str
) -> None:
    (tmp_path / "feed").mkdir()
    shutil.copy(OFFICIAL / "examples" / name, tmp_path / "feed" / name)
    bring(parts, tmp_path / "feed", format="hsds-json")
    out = exported(parts, tmp_path / "out", form)
    assert (faults_of_tables(out) if form == "hsds-csv" else [fault for kind, value in objects(out) for fault in faults(kind, value)]) == []
    with empty_parts(sqlite_template, tmp_path / "again") as other:
        report = bring_back(other, out, "food bank")
        assert messages(report, "rejected") == []
        with parts.database.reading() as before, other.database.reading() as after:
            assert differences(held(before, "food bank"), held(after, "food bank")) == []


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The sample community and every open feed."""
    with empty_parts(sqlite_template, tmp_path_factory.mktemp("demo") / "data") as parts:
        load_demo(parts)
        yield parts


@pytest.fixture(scope="module")
def small_feeds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The open feeds that are brought in within a second or two each."""
    with empty_parts(sqlite_template, tmp_path_factory.mktemp("feeds") / "data") as parts:
        save_community(parts, "tests", demo_community())
        for feed in OPEN_FEEDS:
            if feed.folder not in LARGE:
                import_open(parts, feed)
        yield parts


@pytest.mark.slow
def test_the_objects_of_all_that_the_demo_holds_are_hsds(demo: Parts, tmp_path: Path) -> None:
    found = objects(exported(demo, tmp_path / "out"))
    assert list(islice((fault for kind, value in found for fault in faults(kind, value)), 10)) == []


@pytest.mark.slow
def test_the_tables_of_all_that_the_demo_holds_are_hsds(demo: Parts, tmp_path: Path) -> None:
    assert faults_of_tables(exported(demo, tmp_path / "out", "hsds-csv")) == []


ANSWERS = [("services", "service"), ("organizations", "organization"), ("service_at_locations", "service_at_location"),
           ("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["", "full=true&"])
@pytest.mark.parametrize(("address", "kind"), ANSWERS)
def test_the_interface_answers_in_the_standard_for_all_that_the_demo_holds(demo: Parts, address: str, kind: str, asked: str) -> None:
    check_interface(demo, address, kind, asked, one_in=5)


def check_interface(demo: Parts, address: str, kind: str, asked: str, one_in: int) -> None:
    if asked and kind.startswith("taxonomy"):
        asked = ""  # those are always whole
    stream = app_of(demo).test_client().get(f"/hsds/{address}?{asked}format=ndjson")
    some = islice((json.loads(line) for line in stream.text.splitlines()), 0, None, one_in)
    assert list(islice((fault for value in some for fault in faults(kind, value, as_answered=True)), 10)) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in SOURCES])
def test_what_an_export_brings_back_is_what_was_there(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path, source: str, form: str
) -> None:
    demo: Parts = request.getfixturevalue("demo" if source in LARGE else "small_feeds")
    out = exported(demo, tmp_path / "out", form, source)
    with empty_parts(sqlite_template, tmp_path / "again") as other:
        save_community(other, "tests", read_community(demo))
        report = bring_back(other, out, source, **AT_HOME.get(source, {}))
        assert messages(report, "rejected") == []
        with demo.database.reading() as before, other.database.reading() as after:
            assert differences(held(before, source), held(after, source)) == []
            was, became = (session.scalars(select(Source).where(Source.name == source)).one() for session in (before, after))
            for name in ("publisher", "licence", "attribution", "url", "is_sample"):
                assert getattr(became, name) == getattr(was, name)


def test_a_closure_a_special_day_and_intake_come_back_from_their_words_alone(parts: Parts, tmp_path: Path, sqlite_template: Path) -> None:
    """A program that drops our attributes still passes on what it was told."""
    schedules = [
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "24:00"},
        {"valid_from": "2026-12-24", "valid_to": "2026-12-26", "effect": "closes", "description": "Christmas"},
        {"dtstart": "2026-12-31", "opens_at": "10:00", "closes_at": "12:00", "effect": "replaces"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00", "purpose": "intake"},
    ]
    bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, "schedules": schedules}], organizations=[HOUSE], locations=[PLACE])
    (service,) = [value for kind, value in objects(exported(parts, tmp_path / "out")) if kind == "service"]
    for schedule in service["schedules"]:
        schedule.pop("attributes", None)
    with empty_parts(sqlite_template, tmp_path / "again") as other:
        bring_rows(other, tmp_path / "feed", services=[service])
        with parts.database.reading() as before, other.database.reading() as after:
            was, became = (
                sorted((row["effect"], row["purpose"], row["description"] or "") for row in held(session, "food bank")["schedule"].values())
                for session in (before, after)
            )
    assert was == became
    assert ("closes", "hours", "Christmas") in was


def test_a_record_that_passed_through_two_directories_names_both(parts: Parts, tmp_path: Path, sqlite_template: Path) -> None:
    bring_rows(parts, tmp_path / "feed", organizations=[HOUSE], asked={"licence": "CC0-1.0", "attribution": "Thanks to the food bank"})
    out = exported(parts, tmp_path / "out")
    with empty_parts(sqlite_template, tmp_path / "again") as other:
        bring_back(other, out, "neighbour", licence="MIT")
        found = [value for kind, value in objects(exported(other, tmp_path / "second")) if kind == "organization"]
    (house,) = found
    told = {entry["taxonomy_term"]["code"]: entry["value"] for entry in house["attributes"]}
    assert told == {"source.neighbour": "MIT", "source.food bank": "CC0-1.0"}
    assert faults("organization", house) == []


def test_a_zip_holds_the_same_files_and_nothing_half_made_stays(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", services=[PANTRY], organizations=[HOUSE], locations=[PLACE])
    exported(parts, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert set(archive.namelist()) == {*FILES.values(), "datapackage.json"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_an_interrupted_export_leaves_what_lay_there_before(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", services=[PANTRY], organizations=[HOUSE], locations=[PLACE])
    out = exported(parts, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def interrupt(*_told: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_directory(parts, ExportRequest("hsds-json", out), interrupt)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} - {"data"} == {"feed", "out"}


def test_an_export_replaces_no_folder_that_holds_other_things(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    with pytest.raises(Refused, match="holds other files"):
        exported(parts, tmp_path / "home")
    with pytest.raises(InvalidInput, match="There is no source"):
        exported(parts, tmp_path / "out", source="nobody")
    assert (tmp_path / "home" / "letter.txt").read_text() == "dear"
