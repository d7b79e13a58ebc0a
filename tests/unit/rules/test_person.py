"""Facts are told in words or in JSON; what is not understood is refused with a sentence that names the fact."""

from typing import Any

import pytest

from directory.domain.errors import InvalidInput
from directory.rules.answers import DECLINED, Home, Income, Span
from directory.rules.person import read_person, read_words


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("age=34", (Span(34, 35, high_open=True),)),
        ("age=25..35", (Span(25, 36, high_open=True),)),
        ("age=..5", (Span(None, 6, high_open=True),)),
        ("age=60..", (Span(60, None),)),
        ("age=4.5", (Span(4.5, 4.5),)),
        ("age=declined", DECLINED),
        ("household_size=3", (Span(3, 3),)),
        ("grade=-1", (Span(-1, -1),)),
        ("child.age=none", ()),
        ("income=..25000/year", Income(None, 25_000, "USD")),
        ("income=2000/month", Income(24_000, 24_000, "USD")),
        ("income=900CAD/two_weeks", Income(23_400, 23_400, "CAD")),
        ("pregnant=yes", True),
        ("gender=female", "female"),
        ("veteran=none", frozenset()),
        ("insurance=none", frozenset({"none"})),
        ("housing=shelter", frozenset({"shelter", "homeless"})),
        ("disability=autism,physical", frozenset({"autism", "physical", "any"})),
        ("area=Ottawa", Home(frozenset({"ca-on-ottawa", "ca-on", "ca"}))),
    ],
)
def test_a_fact_is_told_in_words(words: str, answer: Any) -> None:
    name = words.partition("=")[0]
    person = read_words([words], areas=lambda place: ("ca-on-ottawa", "ca-on", "ca") if place == "Ottawa" else ())
    assert person.answers[name] == answer


def test_ages_of_children_may_be_repeated() -> None:
    person = read_words(["child.age=3", "child.age=7", "age=34"])
    assert person.answers["child.age"] == (Span(3, 4, high_open=True), Span(7, 8, high_open=True))
    assert person.answers["parent"] is True, "it follows from a child under 18"
    assert person.told == {"child.age": [3, 7], "age": 34}


def test_json_says_the_same() -> None:
    words = read_words(["age=25..35", "child.age=3", "income=..2100/month", "veteran=family", "pregnant=no"])
    told = {
        "age": {"min": 25, "max": 35},
        "child.age": [3],
        "income": {"max": 2100, "per": "month"},
        "veteran": ["family"],
        "pregnant": False,
    }
    assert read_person(told).answers == words.answers


@pytest.mark.parametrize(
    ("words", "field", "says"),
    [
        (["agge=34"], "facts", 'Did you mean "age"?'),
        (["age"], "age", "name=value"),
        (["age=old"], "age", "25..35"),
        (["age=400"], "age", "between 0 and 120"),
        (["age=35..25"], "age", "smaller number first"),
        (["age=3", "age=4"], "age", "told twice"),
        (["gender=femal"], "gender", 'did you mean "female"'),
        (["pregnant=maybe"], "pregnant", "yes, no or declined"),
        (["income=lots"], "income", "25000"),
        (["income=5XYZ"], "income", "USD, CAD"),
        (["area=Nowhere"], "area", "not known here"),
        (["newcomer=refugee"], "newcomer", "never asked or kept"),
        (["child.age=3", "parent=no"], "parent", "child under 18"),
        (["grade=4", "student=no"], "student", "school grade"),
        (["household_size=0"], "household_size", "between 1 and 20"),
        (["household_size=" + "9" * 500], "household_size", "a number"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(words: list[str], field: str, says: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_words(words)
    assert caught.value.field == field
    assert says in caught.value.message


@pytest.mark.parametrize(
    "told", [[], "age", {"age": True}, {"age": {"min": None}}, {"age": {"from": 3}}, {"veteran": [3]}, {"child.age": [1] * 21}]
)
def test_json_that_is_not_facts_is_refused(told: Any) -> None:
    with pytest.raises(InvalidInput):
        read_person(told)
