"""Whom a program is for goes out in the standard and comes back exactly, in either form; what cannot be read is left out and named."""

import json
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from directory.rules.listed import DISCLOSURES, criteria_of
from directory.services.listings import read
from directory.services.parts import Parts
from directory.store.tables import Service
from tests.contracts.test_hsds_export import FORMS, exported, objects
from tests.services.exchange.importing import HOUSE, PANTRY, PLACE, bring_rows, messages
from tests.support.criteria import raw_criteria
from tests.support.round_trip import bring_back, empty_parts


def stored(parts: Parts) -> dict[str, object]:
    with parts.database.reading() as session:
        service = session.scalars(select(Service)).one()
        return {"criteria": service.criteria, **{name: getattr(service, name) for name in DISCLOSURES}}


def only_service(parts: Parts) -> str:
    with parts.database.reading() as session:
        return session.scalars(select(Service.id)).one()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", [3, 5, 8])
def test_criteria_come_back_as_they_were(parts: Parts, tmp_path: Path, sqlite_template: Path, form: str, seed: int) -> None:
    told = {"criteria": raw_criteria(Random(seed)), "asks_status": False, "tells_police": True}
    bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, **told}], organizations=[HOUSE], locations=[PLACE])
    before = stored(parts)
    assert before["criteria"] is not None
    assert (before["asks_status"], before["tells_police"], before["asks_papers"]) == (False, True, None)
    out = exported(parts, tmp_path / "out", form)
    with empty_parts(sqlite_template, tmp_path / "again") as other:
        bring_back(other, out, "food bank")
        assert stored(other) == before


def test_they_travel_as_an_attribute_that_says_what_it_is(parts: Parts, tmp_path: Path) -> None:
    told = {"criteria": {"schema": 1, "open_to_all": True}}
    bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, **told}], organizations=[HOUSE], locations=[PLACE])
    (service,) = [value for kind, value in objects(exported(parts, tmp_path / "out")) if kind == "service"]
    (criteria,) = [each for each in service["attributes"] if each["taxonomy_term"]["name"] == "criteria"]
    assert json.loads(criteria["value"])["open_to_all"] is True


@pytest.mark.parametrize(
    ("criteria", "says"),
    [
        ("all are welcome", "It is no JSON"),
        ('{"schema": 1, "criteria": [{"id": "c", "when": {"field": "agee"}, "said": {"by": "owner"}}]}', "criteria[0].when.field"),
        ({"schema": 9}, "schema 1"),
    ],
)
def test_criteria_that_cannot_be_read_are_left_out_and_named(parts: Parts, tmp_path: Path, criteria: object, says: str) -> None:
    report = bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, "criteria": criteria}], organizations=[HOUSE], locations=[PLACE])
    assert stored(parts)["criteria"] is None
    assert any(says in message for message in messages(report, "repaired"))


def test_ages_of_the_standard_are_criteria_of_their_source(parts: Parts, tmp_path: Path) -> None:
    adults = {**PANTRY, "minimum_age": 18, "maximum_age": 64}
    bring_rows(parts, tmp_path / "feed", services=[adults], organizations=[HOUSE], locations=[PLACE])
    (criterion,) = criteria_of(read.service(parts, only_service(parts))).criteria
    assert (criterion.by, criterion.may_refuse, criterion.confirmed_on) == ("source", False, None)
