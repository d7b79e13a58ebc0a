"""The rules of referrals that ship mean what the clocks meant that stood in the code: every state, both urgencies, every step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.referrals.clocks import RECEIVER, SENDER, Term, moment_after, moment_of, office_hours, read_term
from directory.domain.referrals.codes import DECLINES, FAILURES, Code
from directory.domain.referrals.states import CAME_BACK, LIVE, TAKEN, UNDECIDED, State
from directory.rules.sets.examples import try_examples, without_examples
from directory.rules.sets.kinds import SetKind, Told
from directory.rules.sets.route_steps import next_at
from directory.rules.sets.routing import Route, Router
from directory.rules.sets.rule import Tell
from directory.rules.shipped import shipped_set

TORONTO = "America/Toronto"


@dataclass(frozen=True)
class Before:
    """One row of the clocks as they stood in the code."""

    urgent: str
    routine: str
    waits_for: str
    from_sent: bool = False
    ends: bool = False


CLOCKS: Mapping[State, Before] = {
    State.CONSENT_PENDING: Before("3d", "3d", SENDER, ends=True),
    State.SENT: Before("4h", "1d", RECEIVER, ends=True),
    State.SEEN: Before("1d", "2d", RECEIVER, from_sent=True, ends=True),
    State.INFO_NEEDED: Before("1d", "2d", SENDER, ends=True),
    State.ACCEPTED: Before("1d", "2d", RECEIVER),
    State.HANDOFF_PLANNED: Before("2d", "5d", RECEIVER),
    State.WAITLISTED: Before("21d", "21d", RECEIVER),
    State.INTRODUCED: Before("10d", "10d", RECEIVER),
    State.IN_SERVICE: Before("10d", "10d", RECEIVER),
    State.DECLINED: Before("4h", "1d", SENDER),
    State.NOT_HELPED: Before("4h", "1d", SENDER),
    State.EXPIRED: Before("4h", "1d", SENDER),
}
SHARES = (0.5, 1.0, 2.0)
ROUTER = Router(shipped_set(SetKind.ROUTE))
EVERY = [(state, urgency) for state in CLOCKS for urgency in ("urgent", "routine")]


def routed(state: State, urgency: str, code: str = "") -> Route:
    known = {"referral.state": state.value, "referral.urgency": urgency}
    return ROUTER.route({**known, "referral.code": code} if code else known)


@pytest.mark.parametrize(("state", "urgency"), EVERY)
def test_each_state_has_the_term_the_side_and_the_steps_that_it_had(state: State, urgency: str) -> None:
    before, found = CLOCKS[state], routed(state, urgency)
    assert found.term == read_term(getattr(before, urgency))
    assert (found.waits_for, found.from_sent) == (before.waits_for, before.from_sent)
    last = Told.END if before.ends else Told.TELL_PLANNERS
    assert [[(step.at, step.action) for step in group] for group in found.told] == [
        [(0.5, Told.REMIND)],
        [(1.0, Told.ESCALATE)],
        [(2.0, last)],
    ]
    assert (found.to_review, found.left_out) == ((), ())


def test_every_state_that_waits_has_a_clock_and_a_draft_has_none() -> None:
    assert set(CLOCKS) == (LIVE | CAME_BACK) - {State.DRAFT}
    assert routed(State.HELPED, "urgent").term is None
    assert routed(State.DRAFT, "urgent").steps == ()


@pytest.mark.parametrize("state", [State.DECLINED, State.NOT_HELPED])
def test_others_are_proposed_at_once_after_a_no_whatever_its_reason(state: State) -> None:
    for code in {State.DECLINED: DECLINES, State.NOT_HELPED: FAILURES}[state]:
        assert [step.at for step in routed(state, "routine", code.value).proposes] == [0], code
    assert set(DECLINES) | set(FAILURES) == set(Code)


def test_others_are_proposed_when_nobody_answered_and_when_a_program_is_late() -> None:
    assert [step.at for step in routed(State.EXPIRED, "urgent").proposes] == [0]
    for state in UNDECIDED | TAKEN:
        proposed = [step.at for step in routed(state, "urgent").proposes]
        assert proposed == ([1] if CLOCKS[state].waits_for == RECEIVER else [])


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
weeks = st.lists(
    st.lists(st.integers(0, 23), max_size=4, unique=True).map(lambda hours: tuple((hour * 60, hour * 60 + 60) for hour in sorted(hours))),
    min_size=7, max_size=7,
).filter(any)  # fmt: skip


@given(st.sampled_from(EVERY), moments, st.sampled_from([TORONTO, "America/St_Johns", "UTC"]), weeks)
def test_deadlines_fall_on_the_moments_on_which_they_fell(case: tuple[State, str], start: datetime, zone: str, week: list) -> None:
    """Against the arithmetic of before: a reminder at half, the alarm at the whole, and a whole term more after it."""
    state, urgency = case
    term, route = read_term(getattr(CLOCKS[state], urgency)), routed(state, urgency)
    assert route.term is not None

    def spans(day):
        return week[day.weekday()]

    def more(begins: datetime, share: float) -> datetime:
        assert route.term is not None
        return moment_of(begins, route.term, share, zone, spans)

    half, whole = (moment_after(start, term, share, zone, spans) for share in SHARES[:2])
    found = [next_at(route.told, taken, lambda share: more(start, share), more, now) for taken, now in ((0, start), (1, half), (2, whole))]
    assert found == [half, whole, moment_after(whole, term, 1.0, zone, spans)]
    assert next_at(route.told, 3, lambda share: more(start, share), more, whole) is None


def test_each_rule_has_its_source_three_languages_and_examples_that_pass() -> None:
    rules = shipped_set(SetKind.ROUTE)
    assert all(tried.passes for tried in try_examples(rules))
    assert without_examples(rules) == ()
    assert all(rule.source for rule in rules.rules)
    assert {frozenset(rule.then.reason.told) for rule in rules.rules} == {frozenset({"en", "fr", "es"})}  # type: ignore[union-attr]


def test_no_sentence_of_a_rule_tells_a_reason_of_safety() -> None:
    (found,) = routed(State.DECLINED, "routine", Code.CONFLICT_OR_SAFETY.value).proposes
    rule = next(rule for rule in shipped_set(SetKind.ROUTE).rules if rule.id == found.rule)
    assert isinstance(rule.then, Tell)
    assert rule.then.reason.in_("en") == "Somebody else may be able to help."


def test_office_hours_are_what_a_working_day_is_compared_by() -> None:
    """Of two terms the shorter is the one that ends first in office hours."""
    start = datetime(2026, 3, 2, 14, tzinfo=UTC)
    hours, day = (moment_of(start, term, 1, TORONTO, office_hours()) for term in (Term(open_minutes=240), Term(working_days=1)))
    assert hours < day
