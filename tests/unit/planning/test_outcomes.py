"""Shared outcomes and actions as values: what can be wanted, what can follow what."""

from datetime import date
from typing import Any

import pytest

from directory.domain.errors import InvalidInput, Refused
from directory.domain.planning.actions import MOVES, Kind, Rests, State, checked_move, checked_plan, is_late
from directory.domain.planning.effect import Measure, Value
from directory.domain.planning.outcomes import State as OutcomeState
from directory.domain.planning.outcomes import Verdict, check_dates, check_target, checked_number, checked_review, state_of
from directory.domain.planning.quarter import Quarter

TODAY = date(2026, 11, 23)


def plan(**more: Any) -> Any:
    wish: dict[str, Any] = {
        "kind": "watch", "what": "", "need": "", "area": "", "measure": None, "owner_id": "", "organizations": (), "due_on": TODAY,
        "rests": "", "rests_id": "", "today": TODAY, **more,
    }  # fmt: skip
    return checked_plan(**wish)


def test_it_is_a_draft_until_two_have_signed_and_stays_as_it_was_found() -> None:
    assert [state_of(signed, None) for signed in (0, 1, 2)] == [OutcomeState.DRAFT, OutcomeState.DRAFT, OutcomeState.AGREED]
    assert state_of(0, Verdict.NOT_MET) is OutcomeState.REVIEWED
    with pytest.raises(InvalidInput, match="two organizations"):
        checked_review(OutcomeState.DRAFT, "met", "Because.")
    with pytest.raises(InvalidInput, match="why"):
        checked_review(OutcomeState.AGREED, "met", " ")
    assert checked_review(OutcomeState.AGREED, "not_known", " Too few. ") == (Verdict.NOT_KNOWN, "Too few.")


def test_shares_are_written_as_percentages_and_other_measures_as_numbers() -> None:
    assert checked_number("target", Measure.UNMET_SHARE, "12,5 %") == pytest.approx(0.125)
    assert checked_number("target", Measure.USABLE, "3") == 3
    for written in ("", "many", "-1", "101", "nan", "inf"):
        with pytest.raises(InvalidInput):
            checked_number("target", Measure.REACHED, written)


def test_a_target_is_better_than_what_there_is_and_lies_ahead() -> None:
    check_target(Measure.UNMET_SHARE, Value(0.4, 0.4), 0.2)
    check_target(Measure.UNMET_SHARE, None, 0.9)
    with pytest.raises(InvalidInput, match="less"):
        check_target(Measure.UNMET_SHARE, Value(0.2, 0.2), 0.3)
    with pytest.raises(InvalidInput, match="more"):
        check_target(Measure.USABLE, Value(5, 5), 5)
    check_dates(TODAY, Quarter(2026, 4), date(2026, 11, 24))
    for quarter, day in ((Quarter(2026, 3), date(2027, 1, 1)), (Quarter(2027, 1), TODAY)):
        with pytest.raises(InvalidInput):
            check_dates(TODAY, quarter, day)


def test_an_owner_is_part_of_it_and_a_partnership_needs_two() -> None:
    found = plan(owner_id="a", organizations=("b",), kind="partnership", need="food", area="ca", measure=Measure.USABLE)
    assert (found.organizations, found.kind, found.measure) == (frozenset("ab"), Kind.PARTNERSHIP, Measure.USABLE)
    with pytest.raises(InvalidInput, match="two organizations"):
        plan(owner_id="a", kind="shared_intake")
    assert plan(measure=Measure.USABLE).measure is None, "of no cell nothing is measured"
    assert plan(rests="nonsense", rests_id="x").rests is Rests.NOTHING


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "close them"}, "kind"),
        ({"need": "food"}, "area"),
        ({"area": "ca"}, "need"),
        ({"due_on": date(2026, 11, 22)}, "due_on"),
        ({"organizations": [str(number) for number in range(13)]}, "organization"),
        ({"what": "x" * 301}, "what"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plan(**more)
    assert caught.value.field == field


def test_what_is_dropped_says_why_and_what_is_done_says_when() -> None:
    assert checked_move(State.PLANNED, "done", "", None, TODAY) == (State.DONE, "", TODAY)
    assert checked_move(State.UNDER_WAY, "done", "", date(2026, 11, 1), TODAY)[2] == date(2026, 11, 1)
    assert checked_move(State.PLANNED, "dropped", "No money.", None, TODAY) == (State.DROPPED, "No money.", None)
    for to, why, day in (("dropped", "", None), ("done", "", date(2026, 11, 24)), ("lost", "", None)):
        with pytest.raises(InvalidInput):
            checked_move(State.PLANNED, to, why, day, TODAY)


@pytest.mark.parametrize("now", list(State))
def test_only_what_may_follow_follows(now: State) -> None:
    for to in State:
        if to not in MOVES[now]:
            with pytest.raises(Refused):
                checked_move(now, to.value, "why", None, TODAY)


def test_only_what_is_open_is_late() -> None:
    yesterday = date(2026, 11, 22)
    assert [is_late(state, yesterday, TODAY) for state in State] == [True, True, False, False]
    assert not is_late(State.PLANNED, TODAY, TODAY)
