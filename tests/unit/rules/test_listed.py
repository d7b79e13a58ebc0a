"""What the ages of the standard say of a program that has no criteria of its own."""

from datetime import date
from typing import Any

import pytest

from directory.rules.assess import outcome_of
from directory.rules.listed import Stated, stated_criteria
from directory.rules.outcome import Outcome
from directory.rules.person import read_person
from tests.support.criteria import person_of


def outcome(stated: Stated, told: dict[str, Any]) -> str:
    return outcome_of(stated_criteria(stated), read_person(told).answers).word


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"age": 34, "child.age": [3]}, "ask"),
        ({"age": 3}, "ask"),
        ({"age": 34}, "ask"),
        ({"age": 34, "child.age": [9]}, "no"),
        ({"age": 34, "child.age": []}, "no"),
    ],
)
def test_a_parent_finds_what_ends_with_childhood_by_the_age_of_their_child(told: dict[str, Any], expected: str) -> None:
    assert outcome(Stated(minimum_age=0, maximum_age=6, is_authoritative=True), told) == expected


@pytest.mark.parametrize(("least", "most"), [(18, None), (12, 24), (55, None), (None, 19)])
def test_what_grown_people_may_use_too_is_for_the_person_themselves(least: float | None, most: float | None) -> None:
    stated = Stated(minimum_age=least, maximum_age=most, is_authoritative=True)
    assert [each.when.field for each in stated_criteria(stated).criteria] == ["age"]  # type: ignore[union-attr]


def test_whole_ages_end_with_the_next_birthday() -> None:
    stated = Stated(minimum_age=16, maximum_age=24, is_authoritative=True)
    assert [outcome(stated, {"age": age}) for age in (15, 16, 24, 25)] == ["no", "ask", "ask", "no"]


def test_ages_alone_never_say_yes() -> None:
    """A night shelter for men is often listed with a lowest age and the word *men* in its text."""
    adults = stated_criteria(Stated(minimum_age=18, confirmed_on=date(2026, 11, 20)))
    assert outcome_of(adults, person_of({"age": 34, "gender": "female"}).answers) is Outcome.ASK
    assert outcome_of(adults, person_of({"age": 15}).answers) is Outcome.NO
