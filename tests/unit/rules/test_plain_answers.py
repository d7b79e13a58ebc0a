"""Six plain questions that write criteria, and criteria read as their answers; what no question shows is kept."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.criteria import DOCUMENTS, REFERRERS, check_criteria
from directory.rules.entries import criteria_in, document_of, entries_of, entries_of_criteria
from directory.rules.facts import FACTS
from directory.rules.made_up import made_up_people
from directory.rules.plain_answers import EMPTY, entries_from, plain_of
from directory.rules.plain_writing import WrongAnswer
from directory.rules.situations import SITUATIONS
from directory.rules.standard_ages import ages_of, with_ages
from tests.support.criteria import some_criteria

SAID = {"by": "owner", "text": "", "confirmed_on": "2026-11-20"}


def criterion(when: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"when": when, "strength": "hard", "said": SAID, **more}


def some(order: Any, most: int = 4) -> Any:
    return st.lists(st.sampled_from(list(order)), max_size=most, unique=True)


@st.composite
def answered(draw: Any) -> dict[str, Any]:
    """Answers as a settled page posts them."""
    low, child = draw(st.integers(1, 60)), draw(st.integers(0, 17))
    situation = draw(some(SITUATIONS))
    papers = draw(some([code for code in DOCUMENTS if code != "none"]))
    money = draw(
        st.sampled_from(
            [
                {},
                {"money": "words", "words": "low income"},
                {"money": "amount", "amount": "25000", "currency": "CAD", "per": "month"},
                {"money": "share", "percent": "185", "of": "us_fpl"},
            ]
        )
    )
    return {
        **EMPTY,
        "gender": sorted(draw(some(FACTS["gender"].choices))),
        "age.from": draw(st.sampled_from(["", str(low), f"{low} m" if low % 12 else ""])),
        "age.to": draw(st.sampled_from(["", str(low + draw(st.integers(0, 50)))])),
        "child.to": draw(st.sampled_from(["", str(child)])),
        "areas": sorted(draw(some(["ca-on-ottawa", "us-pa", "us-nj-camden"]))),
        **money,
        "situation": [code for code in SITUATIONS if code in situation],
        "enough": "" if not situation else "any" if len(situation) < 2 else draw(st.sampled_from(["any", "all"])),
        "questions": draw(st.sampled_from(["", "Can you come weekly?", "Can you come weekly?\nDo you have a phone?"])),
        **draw(st.sampled_from([{}, {"referral": "no"}, {"referral": "yes", "referrers": sorted(list(REFERRERS)[:2])}])),
        "papers": [code for code in DOCUMENTS if code in papers],
        "one_is_enough": draw(st.sampled_from(["", "yes"])) if len(papers) > 1 else "",
        "helps": draw(st.sampled_from([[], ["none"]])),
    }


@given(answered())
def test_what_is_answered_reads_as_the_same_answers_again(answers: dict[str, Any]) -> None:
    entries = entries_from(answers, {})
    read = plain_of(entries_of(document_of(entries)))
    assert read.answers == answers
    assert not read.keeps(entries)


@pytest.mark.parametrize("seed", range(5))
def test_answers_that_nobody_touched_change_nothing_whatever_the_criteria(seed: int) -> None:
    random = Random(seed)
    for _number in range(60):
        entries = entries_of_criteria(some_criteria(random))
        assert entries_from(plain_of(entries).answers, entries) == entries


@pytest.mark.parametrize("seed", range(5))
def test_a_changed_answer_leaves_all_other_criteria_as_they_were(seed: int) -> None:
    random = Random(seed)
    for _number in range(60):
        entries = entries_of_criteria(some_criteria(random))
        if entries.get("open_to_all"):
            continue
        plain = plain_of(entries)
        changed = entries_from({**plain.answers, "gender": ["two_spirit"], "referral": "no"}, entries)
        kept = {key: each for key, each in entries.get("criteria", {}).items() if key not in plain.shown["gender"]}
        assert {key: each for key, each in changed["criteria"].items() if key in kept} == kept
        check_criteria(document_of(changed))


def test_nested_conditions_and_who_comes_first_are_kept_and_shown_by_no_question() -> None:
    nested = {"any": [{"field": "age", "op": "range", "value": {"gte": 62}}, {"field": "disability", "op": "has_any", "value": ["any"]}]}
    first = criterion({"field": "veteran", "op": "has_any", "value": ["veteran"]}, strength="soft")
    entries = {"criteria": {"either": criterion(nested), "first": first}}
    assert plain_of(entries).keeps(entries) == ["either", "first"]
    changed = entries_from({**EMPTY, "gender": ["female"]}, entries)
    assert changed["criteria"]["either"] == entries["criteria"]["either"]
    assert set(changed["criteria"]) == {"either", "first", "gender"}


@pytest.mark.parametrize(
    ("answers", "part", "sentence"),
    [
        ({"age.from": "old"}, "age.from", "Age: write years such as 18, or months such as 18 m."),
        ({"age.from": "30", "age.to": "20"}, "age.from", "Age: put the younger age first, then the older."),
        ({"places": "Nowhere"}, "places", "Where they live: “Nowhere” is not known here. Write a city, a county or a postal code."),
        ({"money": "amount", "amount": "lots"}, "amount", "Money: write the most that a household may have, as a number such as 25000."),
        (
            {"situation": ["pregnant", "parent"]},
            "situation",
            "Their situation: choose whether one of what you ticked is enough, or all must hold.",
        ),
        ({"everybody": "yes", "gender": ["female"]}, "everybody", None),
        ({"referrers": ["court"]}, "referral", "Referral: choose whether one is needed, or take out who may refer."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_question(answers: dict[str, Any], part: str, sentence: str | None) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        entries_from({**EMPTY, **answers}, {})
    assert wrong.value.part == part
    assert sentence is None or wrong.value.sentence == sentence


def test_money_may_be_typed_as_people_write_it() -> None:
    for typed in ("30,000", "$30 000", "30000.00", "30.000"):
        entries = entries_from({**EMPTY, "money": "amount", "amount": typed, "currency": "USD", "per": "year"}, {})
        assert entries["criteria"]["money"]["when"]["value"]["amount"] == 30000


def test_ages_of_the_standard_are_the_answer_where_no_criterion_speaks_of_age() -> None:
    ages = {"from": 18, "to": None}
    plain = plain_of({}, ages)
    assert plain.answers["age.from"] == "18"
    assert entries_from(plain.answers, {}, ages) == {}
    changed = entries_from({**plain.answers, "gender": ["female"]}, {}, ages)
    assert changed["criteria"]["age"]["when"] == {"field": "age", "op": "range", "value": {"gte": 18}}


def test_plain_ages_and_those_of_the_standard_follow_each_other() -> None:
    entries = entries_from({**EMPTY, "age.from": "13", "age.to": "17"}, {})
    assert ages_of(entries) == {"from": 13, "to": 17}
    assert ages_of(with_ages(entries, {"from": 16, "to": None})) == {"from": 16, "to": None}
    assert ages_of({"criteria": {"x": criterion({"not": {"field": "age", "op": "range", "value": {"gte": 18}}})}}) is None


def test_three_made_up_people_fit_and_three_do_not_each_for_one_reason() -> None:
    answers = {
        "gender": ["female"],
        "age.from": "18",
        "child.to": "4",
        "areas": ["us-pa"],
        "situation": ["housing=homeless"],
        "enough": "any",
    }
    criteria = criteria_in(entries_from({**EMPTY, **answers}, {}))
    people = made_up_people(criteria)
    assert len(people.fit) == len(people.do_not_fit) == 3
    assert all(person.told["gender"] == "female" and person.told["area"] == "us-pa" for person in people.fit)
    assert len({person.fails for person in people.do_not_fit}) == 3
    assert made_up_people(criteria) == people


def test_nobody_is_made_up_where_no_fact_settles_anything() -> None:
    criteria = criteria_in(entries_from({**EMPTY, "money": "words", "words": "low income"}, {}))
    assert made_up_people(criteria) == type(made_up_people(criteria))()
