"""`directory planning actions` and `outcomes`: what is to be done and what organizations want to change, as words, as JSON, as a table."""

from pathlib import Path

import pytest

from directory.domain.people import Actor, Grant, Role
from directory.services.parts import Parts
from directory.services.planning.actions import Idea, plan_action
from directory.services.planning.outcomes import Wish, propose_outcome
from tests.cli.conftest import Say
from tests.support.listings import add_organization

NEED, AREA = "detox", "us-pa-philadelphia"


@pytest.fixture
def planned(furnished: Parts) -> None:
    planner = Actor("p", "p@plan.example", grants=frozenset({Grant(Role.PLANNER)}))
    with furnished.database.writing() as session:
        ids = tuple(add_organization(session, name=name).id for name in ("Birch House", "Alder House"))
        session.commit()
    plan_action(furnished, planner, Idea("watch", "Beds", "2027-01-10", NEED, AREA, owner_id=ids[0]))
    propose_outcome(furnished, planner, Wish(NEED, AREA, "usable", "9", "2027-Q4", "2028-01-15", organizations=ids))


@pytest.mark.usefixtures("planned")
def test_actions_and_outcomes_are_told_in_every_form(say: Say, tmp_path: Path) -> None:
    (action,) = say("planning", "actions", "--json").json["actions"]
    assert (action["kind"], action["owner"], action["measure"]) == ("watch", "Birch House", "unmet_share")
    (outcome,) = say("planning", "outcomes", "--json").json["outcomes"]
    assert (outcome["not_answered"], outcome["state"], outcome["target"]) == ("Alder House, Birch House", "draft", 9)
    assert f"watch, {NEED} in {AREA}; Birch House" in say("planning", "actions").out
    assert "usable to 9" in say("planning", "outcomes").out
    assert "There are no such actions." in say("planning", "actions", "--state", "done").out
    file = tmp_path / "outcomes.xlsx"
    assert "1 rows" in say("planning", "outcomes", "--format", "xlsx", "--out", str(file)).err
    assert file.read_bytes()[:2] == b"PK"
