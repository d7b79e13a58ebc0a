"""What is not to be listed stays unpublished, whoever tells of it again, and under whatever number."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.upkeep.found import Found, How
from directory.services.parts import Parts
from directory.services.upkeep.unlisted import put_back, read_unlisted
from directory.services.upkeep.verify import Look, note_found
from directory.store.tables import Service
from tests.services.exchange.importing import bring_rows
from tests.services.upkeep.conftest import PLANNER


def feed(number: str = "1", name: str = "Night shelter", organization: str = "Safe House") -> dict[str, list[dict[str, Any]]]:
    return {
        "organizations": [{"id": "o" + number, "name": organization, "description": "."}],
        "services": [
            {"id": "s" + number, "organization_id": "o" + number, "name": name, "status": "active"},
            {"id": "x" + number, "organization_id": "o" + number, "name": "Soup kitchen", "status": "active"},
        ],
    }


def listed(parts: Parts) -> set[str]:
    with parts.database.reading() as session:
        return set(session.scalars(select(Service.name).where(Service.withdrawn_at.is_(None))))


@pytest.fixture
def taken_out(parts: Parts, tmp_path: Path) -> str:
    """The id of a shelter that wants to be listed nowhere."""
    bring_rows(parts, tmp_path / "feed", **feed())
    with parts.database.writing() as session:
        found = session.scalar(select(Service.id).where(Service.name == "Night shelter"))
        assert found is not None
        note_found(session, found, Look(How.CALL, "person:1"), Found.DO_NOT_LIST, parts.clock)
        session.commit()
    return found


def test_its_own_source_does_not_bring_it_back_changed_or_not(parts: Parts, tmp_path: Path, taken_out: str):
    for name in ("Night shelter", "Night shelter for women"):
        bring_rows(parts, tmp_path / "feed", **feed(name=name))
        assert listed(parts) == {"Soup kitchen"}


@pytest.mark.parametrize(
    ("number", "name", "organization"),
    [("2", "Night shelter", "Safe House"), ("3", "NIGHT SHELTER.", "Safe  house"), ("4", "Night-Shelter", "SAFE HOUSE")],
)
def test_neither_does_another_source_or_number_however_it_is_written(
    parts: Parts, tmp_path: Path, taken_out: str, number: str, name: str, organization: str
):
    report = bring_rows(parts, tmp_path / "other", "another list", **feed(number, name, organization))
    assert listed(parts) == {"Soup kitchen"}
    assert [one.state for one in read_unlisted(parts, PLANNER)] == [Found.DO_NOT_LIST] * 2
    assert "do not list" in " ".join(problem.message for problem in report.problems)


def test_the_same_name_of_another_organization_is_another_program(parts: Parts, tmp_path: Path, taken_out: str):
    bring_rows(parts, tmp_path / "other", "another list", **feed("2", organization="Open Door"))
    assert listed(parts) == {"Soup kitchen", "Night shelter"}


def test_what_staff_lists_again_is_listed(parts: Parts, tmp_path: Path, taken_out: str):
    put_back(parts, taken_out, PLANNER)
    bring_rows(parts, tmp_path / "feed", **feed(name="Night shelter for women"))
    assert "Night shelter for women" in listed(parts)
