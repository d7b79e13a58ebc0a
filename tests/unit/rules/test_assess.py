"""What a program says to a person: yes, no or ask, why, and what would settle it."""

from typing import Any

import pytest

from directory.domain.errors import InvalidInput
from directory.rules.assess import assess
from directory.rules.conditions import WrongCondition
from directory.rules.criteria import NOTHING_STATED, Criteria, check_criteria
from directory.rules.next_question import next_question
from directory.rules.outcome import Outcome
from directory.rules.person import NOBODY
from tests.support.criteria import person_of


def criterion(
    when: dict[str, Any], *, by: str = "owner", confirmed: bool = True, strength: str = "hard", number: int = 1
) -> dict[str, Any]:
    said = {"by": by, "text": "as written", "confirmed_on": "2026-11-20" if confirmed else None}
    return {"id": f"c{number}", "when": when, "strength": strength, "said": said}


def adults(**more: Any) -> dict[str, Any]:
    return criterion({"field": "age", "op": "range", "value": {"gte": 18}}, **more)


def of(*criteria: dict[str, Any], is_authoritative: bool = False, **more: Any) -> Criteria:
    return check_criteria({"schema": 1, "criteria": list(criteria), **more}, is_authoritative=is_authoritative)


FAMILIES = of(
    criterion({"field": "gender", "op": "in", "value": ["female"]}, number=1),
    criterion({"field": "child.age", "op": "range", "value": {"lt": 5}}, number=2),
    criterion({"field": "area", "op": "in", "value": ["ca-on-ottawa"]}, number=3),
)


def test_yes_only_when_everything_is_known_to_hold() -> None:
    assert assess(FAMILIES, person_of({"gender": "female", "child.age": [3, 9], "area": "Ottawa"})).outcome is Outcome.YES


def test_ask_names_what_would_settle_it() -> None:
    found = assess(FAMILIES, person_of({"gender": "female"}))
    assert (found.outcome, found.settles) == (Outcome.ASK, ("child.age", "area"))
    assert [each.outcome for each in found.reasons] == [Outcome.ASK, Outcome.ASK, Outcome.YES]


def test_no_says_which_criterion() -> None:
    found = assess(FAMILIES, person_of({"child.age": [7]}))
    assert (found.outcome, found.settles, found.reasons[0].criterion.id) == (Outcome.NO, (), "c2")


def test_a_child_is_under_five_until_the_birthday() -> None:
    assert assess(FAMILIES, person_of({"gender": "female", "child.age": [4], "area": "Ottawa"})).outcome is Outcome.YES
    assert assess(FAMILIES, person_of({"gender": "female", "child.age": [5], "area": "Ottawa"})).outcome is Outcome.NO


@pytest.mark.parametrize(
    ("more", "is_authoritative", "outcome", "is_doubtful"),
    [
        ({"by": "owner"}, False, Outcome.NO, False),
        ({"by": "owner", "confirmed": False}, False, Outcome.ASK, True),
        ({"by": "source"}, False, Outcome.ASK, True),
        ({"by": "source"}, True, Outcome.NO, False),
        ({"by": "text"}, False, Outcome.ASK, True),
        ({"by": "text"}, True, Outcome.ASK, True),
        ({"strength": "soft"}, False, Outcome.ASK, False),
    ],
)
def test_only_who_may_say_no_says_no(more: dict[str, Any], is_authoritative: bool, outcome: Outcome, is_doubtful: bool) -> None:
    found = assess(of(adults(**more), is_authoritative=is_authoritative), person_of({"age": 15}))
    assert (found.outcome, found.is_doubtful) == (outcome, is_doubtful)


@pytest.mark.parametrize(("by", "outcome"), [("owner", Outcome.YES), ("source", Outcome.YES), ("text", Outcome.ASK)])
def test_what_was_read_in_a_text_alone_never_says_yes_either(by: str, outcome: Outcome) -> None:
    assert assess(of(adults(by=by, confirmed=False)), person_of({"age": 40})).outcome is outcome


def test_probably_not_comes_last_among_those_that_ask() -> None:
    young, asks = person_of({"age": 15}), of(criterion({"field": "pregnant", "op": "is", "value": True}))
    doubtful, certain = assess(of(adults(confirmed=False)), young), assess(of(adults()), young)
    assert assess(asks, young).rank < doubtful.rank < certain.rank


def test_whoever_comes_first_is_told_so() -> None:
    soft = of(adults(), criterion({"field": "veteran", "op": "has_any", "value": ["veteran"]}, strength="soft", number=2))
    veteran, other = (assess(soft, person_of({"age": 40, "veteran": some})) for some in (["veteran"], []))
    assert (veteran.outcome, veteran.comes_first, other.outcome, other.comes_first) == (Outcome.YES, True, Outcome.YES, False)
    assert veteran.rank < other.rank


def test_a_program_that_states_nothing_asks_and_one_that_is_open_to_all_says_yes() -> None:
    assert assess(NOTHING_STATED, NOBODY).outcome is Outcome.ASK
    assert assess(of(open_to_all=True), NOBODY).outcome is Outcome.YES


def test_a_question_of_the_listing_s_own_always_asks() -> None:
    found = assess(of(adults(), questions=[{"id": "q", "text": "Meets weekly", "question": "Can you come?"}]), person_of({"age": 40}))
    assert (found.outcome, found.questions, found.settles) == (Outcome.ASK, ("q",), ())


def test_status_always_asks_and_is_never_asked_for() -> None:
    newcomers = of(criterion({"field": "newcomer", "op": "has_any", "value": ["refugee"]}))
    found = assess(newcomers, person_of({"age": 40}))
    assert (found.outcome, found.settles, next_question([newcomers], NOBODY)) == (Outcome.ASK, (), None)


def test_words_that_only_a_person_can_judge_ask() -> None:
    found = assess(of(criterion({"field": "income", "op": "meets", "value": "low income"})), person_of({"income": 500}))
    assert (found.outcome, found.settles) == (Outcome.ASK, ())


@pytest.mark.parametrize(
    ("home", "areas", "outcome"),
    [
        ("Ottawa", ["ca-on"], Outcome.YES),
        ("Ottawa", ["ca-on-ottawa-vanier"], Outcome.ASK),
        ("Ottawa", ["ca-bc"], Outcome.NO),
        ("Canada", ["ca-on-ottawa"], Outcome.ASK),
        ("Philadelphia", ["us-zip-19104"], Outcome.ASK),
        ("19104", ["us-zip-19103"], Outcome.NO),
        ("19104", ["us-pa-county-philadelphia"], Outcome.YES),
        ("Camden", ["us-nj-county-camden"], Outcome.ASK),
        ("Camden", ["us-pa-county-philadelphia"], Outcome.NO),
    ],
)
def test_where_somebody_lives_is_no_only_where_it_is_known_well_enough(home: str, areas: list[str], outcome: Outcome) -> None:
    assert assess(of(criterion({"field": "area", "op": "in", "value": areas})), person_of({"area": home})).outcome is outcome


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ([], ""),
        ({"schema": 2}, "schema"),
        ({"schema": 1, "criterias": []}, "criterias"),
        ({"schema": 1, "criteria": [{"id": "c"}]}, "criteria[0]"),
        ({"schema": 1, "criteria": [adults(by="me")]}, "criteria[0].said.by"),
        ({"schema": 1, "criteria": [adults(), adults()]}, "criteria"),
        ({"schema": 1, "open_to_all": True, "criteria": [adults()]}, "open_to_all"),
        ({"schema": 1, "documents": [{"code": "passport"}]}, "documents[0]"),
        ({"schema": 1, "referral": {"required": "yes"}}, "referral"),
        ({"schema": 1, "questions": [{"id": "q", "text": "", "question": "?"}]}, "questions[0].text"),
        ({"schema": 1, "criteria": [criterion({"field": "agee", "op": "is", "value": 1})]}, "criteria[0].when.field"),
    ],
)
def test_criteria_that_are_wrong_are_named_with_their_place(raw: Any, path: str) -> None:
    with pytest.raises(WrongCondition) as caught:
        check_criteria(raw)
    assert caught.value.wrongs[0].path == path
    assert isinstance(caught.value, InvalidInput)
