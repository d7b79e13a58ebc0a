"""Many listings at once from a spreadsheet or a file of the open standard: an organization's own alone, looked at first."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.errors import InvalidInput
from directory.services.editing.history import read_history
from directory.services.editing.kept import own_forms
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.editing.sheet import write_sheet
from directory.services.editing.upload import make_upload
from directory.services.exchange.export.request import ExportRequest
from directory.services.exchange.export.run import export_directory
from directory.services.exchange.review import Review, ask_to_apply, decide_items, read_review
from directory.services.parts import Parts
from directory.store.tables import Service
from tests.services.editing.conftest import EDITOR
from tests.support.listings import add_organization, add_service
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY
from tests.support.workbooks import write_workbook

NEIGHBOUR = "12121212-1212-4121-8121-121212121212"


def bring(parts: Parts, tmp_path: Path, content: str | bytes, name: str = "listings.csv") -> Review:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_review(parts, make_upload(parts, ORGANIZATION, path, EDITOR))


def table(*rows: dict[str, str]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_the_table_brought_back_as_it_was_changes_nothing(house: Parts, tmp_path: Path) -> None:
    found = bring(house, tmp_path, "".join(write_sheet(iter(own_forms(house, ORGANIZATION)))))
    assert (found.items, found.problems) == ((), ())


def test_changed_cells_are_shown_accepted_and_published_as_edits(house: Parts, tmp_path: Path) -> None:
    found = bring(
        house,
        tmp_path,
        table(
            {
                "id": PANTRY,
                "name": "Bread for all",
                "thursday": "9-12, 13:00-17:00",
                "documents": "A card; A bill",
                "eligibility_description": "-",
            },
            {"id": "", "name": "Warm room", "thursday": "day and night", "documents": "", "eligibility_description": "Everybody"},
        ),
    )
    assert {(item.what, item.name) for item in found.items} == {("changed", "Bread for all"), ("new", "Warm room")}
    assert read_listing(house, PANTRY).form["name"] == "Food pantry"
    assert ask_to_apply(house, found.id)
    form = read_listing(house, PANTRY).form
    assert (form["name"], form["eligibility_description"], form["documents"]) == ("Bread for all", "", ["A bill", "A card"])
    assert form["hours"]["week"]["TH"] == [["09:00", "12:00"], ["13:00", "17:00"]]
    assert form["hours"]["week"]["MO"] == [["09:00", "17:00"]]
    assert read_history(house, "service", PANTRY)[0].organization == "Harbour House"
    with house.database.reading() as session:
        made = session.scalars(select(Service).where(Service.name == "Warm room")).one()
        assert made.organization_id == ORGANIZATION
    assert read_review(house, found.id).state == "applied"


def test_listings_of_others_are_not_touched_whatever_ids_a_file_names(house: Parts, tmp_path: Path) -> None:
    with house.database.writing() as session:
        add_service(session, id=NEIGHBOUR, name="Tax clinic", organization=add_organization(session, name="Next Door"))
        session.commit()
    found = bring(house, tmp_path, table({"id": NEIGHBOUR, "name": "Ours now"}))
    assert found.items == ()
    assert "no listing of the organization has the id" in found.problems[0]
    record = json.dumps({"id": NEIGHBOUR, "name": "Ours now", "status": "active"})
    found = bring(house, tmp_path, record, "services.ndjson")
    assert [item.what for item in found.items] == ["new"]
    assert read_listing(house, NEIGHBOUR).form["name"] == "Tax clinic"


def test_what_is_wrong_in_a_table_is_named_and_the_rest_can_go_on(house: Parts, tmp_path: Path) -> None:
    found = bring(
        house,
        tmp_path,
        table(
            {"id": PANTRY, "name": "Bread for all", "email": "ask", "monday": ""},
            {"id": CLINIC, "name": "Clinic", "email": "", "monday": "early"},
            {"id": "", "name": "Warm room", "email": "warm@harbour.example", "monday": ""},
        ),
    )
    assert [item.name for item in found.items] == ["Warm room"]
    assert any("Write one mail address" in problem for problem in found.problems)
    assert any("monday: “early” cannot be read" in problem for problem in found.problems)


def test_a_spreadsheet_is_read_as_it_is_seen_and_its_rows_are_named_by_sheet_and_line(house: Parts, tmp_path: Path) -> None:
    head = ["id", "name", "age_from", "thursday", "phone", "email"]
    rows = [
        head,
        [],
        [PANTRY, "Bread for all", 16.0, "9-12, 13:00-17:00", (2155550142, "###-###-####"), None],
        [CLINIC, "Clinic", None, "early", None, None],
        [None, "Warm room", None, "day and night", "#N/A", None],
        [None, "Cold room", None, None, None, "ask"],
    ]
    sheets = {"Notes": [["to do"]], "Listings": rows, "Old": [head], "Choices": [["name"]]}
    path = write_workbook(tmp_path / "listings.xlsx", sheets, hidden=["Choices"])
    found = read_review(house, make_upload(house, ORGANIZATION, path, EDITOR))
    (item,) = found.items
    told = {change.field: change.after for change in item.changes}
    assert (item.name, told["ages"]["from"], told["phones"][0]["number"]) == ("Bread for all", 16, "215-555-0142")
    assert found.problems[:2] == (
        "Sheet “Notes” was not read: only the first whose first row names “name” is.",
        "Sheet “Old” was not read: only the first whose first row names “name” is.",
    )
    lines = " ".join(found.problems[2:])
    assert "Sheet “Listings”, line 4: thursday: “early” cannot be read" in lines
    assert "Sheet “Listings”, line 5: a cell holds an error (#N/A)" in lines
    assert "Cold room: Mail address: Write one mail address" in lines
    assert ask_to_apply(house, found.id)
    assert read_listing(house, PANTRY).form["hours"]["week"]["TH"] == [["09:00", "12:00"], ["13:00", "17:00"]]


@pytest.mark.parametrize("sheets", [{"Listings": [["title"], ["Pantry"]]}, {"Listings": [[]]}])
def test_a_spreadsheet_that_names_no_columns_is_refused_with_what_would_be_right(house: Parts, tmp_path: Path, sheets: Any) -> None:
    with pytest.raises(InvalidInput, match="The first row must name the columns"):
        make_upload(house, ORGANIZATION, write_workbook(tmp_path / "listings.xlsx", sheets), EDITOR)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b"", b"a,b\n1,2\n", b"PK\x03\x04 no zip"])
def test_a_file_that_is_no_table_is_refused_with_what_would_be_right(house: Parts, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        bring(house, tmp_path, content)


def test_a_file_of_the_open_standard_that_we_wrote_changes_nothing_when_it_comes_back(house: Parts, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_directory(house, ExportRequest("hsds-json", out))
    found = bring(house, tmp_path, (out / "services.ndjson").read_bytes(), "services.ndjson")
    told: dict[str, Any] = {item.name: [change.field for change in item.changes] for item in found.items}
    assert told == {}


def test_what_somebody_changed_meanwhile_is_not_overwritten(house: Parts, tmp_path: Path) -> None:
    found = bring(house, tmp_path, table({"id": PANTRY, "name": "Bread for all"}, {"id": CLINIC, "name": "Clinic"}))
    base = read_listing(house, PANTRY).form
    publish(house, PANTRY, base, {**base, "name": "Soup for all"}, EDITOR)
    numbers = [item.number for item in found.items]
    decide_items(house, found.id, numbers, numbers, {})
    ask_to_apply(house, found.id)
    assert read_listing(house, PANTRY).form["name"] == "Soup for all"
    assert read_listing(house, CLINIC).form["name"] == "Clinic"
    left = read_review(house, found.id)
    assert (left.state, [item.object_id for item in left.items]) == ("waiting", [PANTRY])
