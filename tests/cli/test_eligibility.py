"""Searching for somebody and asking one program, on the command line."""

from typing import Any

import pytest
from sqlalchemy import update

from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.store.tables import Service
from tests.cli.conftest import Say
from tests.support.neighbourhood import CLINIC, PANTRY

SAID = {"by": "owner", "text": "", "confirmed_on": "2026-11-20"}
FAMILIES: dict[str, Any] = {
    "schema": 1,
    "criteria": [
        {"id": "adults", "when": {"field": "age", "op": "range", "value": {"gte": 18}}, "said": SAID},
        {"id": "toddlers", "when": {"field": "child.age", "op": "range", "value": {"lt": 5}}, "said": SAID},
    ],
}


@pytest.fixture(autouse=True)
def for_families(furnished: Parts) -> None:
    """The pantry is for parents of small children, confirmed by its owner."""
    with furnished.database.writing() as session:
        session.execute(update(Service).where(Service.id == PANTRY).values(criteria=FAMILIES, version=Service.version + 1))
        session.commit()
    rebuild_index(furnished)


def test_a_program_says_its_outcome_its_reasons_and_the_next_question(say: Say) -> None:
    said = say("eligibility", "ask", PANTRY, "--fact", "age=34")
    assert said.out.splitlines() == [
        "Food pantry: Ask",
        "   ? people with a child aged under 5",
        "   ✓ people aged 18 or over",
        "Next: How old are their children? (--fact child.age=…)",
    ]


def test_the_same_as_json(say: Say) -> None:
    told = say("eligibility", "ask", PANTRY, "--fact", "age=34", "--fact", "child.age=7", "--json").json
    assert (told["service_id"], told["eligibility"], told["settles"], told["next_question"]) == (PANTRY, "no", [], None)
    assert [(reason["code"], reason["data"]["criterion"]) for reason in told["reasons"]] == [
        ("does_not_fit", "toddlers"),
        ("fits", "adults"),
    ]


def test_each_result_of_a_search_says_whether_it_is_for_them(say: Say) -> None:
    found = say("search", "food", "--fact", "age=34", "--fact", "child.age=3", "--json").json
    assert {result["service_id"]: result["eligibility"] for result in found["results"]}[PANTRY] == "yes"
    assert found["fit"]["yes"] == 1
    said = say("search", "food", "--fact", "age=34", "--fact", "child.age=3")
    assert "For them: 1" in said.out
    assert "✓ people with a child aged under 5" in said.out


def test_what_does_not_fit_is_left_out_and_shown_when_asked_for(say: Say) -> None:
    assert PANTRY not in say("search", "food", "--fact", "age=15").out
    said = say("search", "food", "--fact", "age=15", "--unfit")
    assert f"/services/{PANTRY}" in said.out
    assert "✗ people aged 18 or over" in said.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("search", "food", "--fact", "agge=34"), 'Did you mean "age"?'),
        (("search", "food", "--fact", "newcomer=refugee"), "never asked or kept"),
        (("search", "food", "--avoid", "asks"), "asks_papers"),
        (("eligibility", "ask", CLINIC, "--fact", "age"), "name=value"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(say: Say, words: tuple[str, ...], says: str) -> None:
    said = say(*words)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_facts_are_listed_and_refused_suggestions_are_collected(say: Say) -> None:
    assert "How old is the person?" in say("eligibility", "facts").out
    assert "newcomer" not in say("eligibility", "facts").out
    assert say("eligibility", "rejected", "--json").json == {"rejected": []}
