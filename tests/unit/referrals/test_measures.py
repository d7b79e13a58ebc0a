"""Figures from events: what is counted of what, that nothing counts twice, and that the order of the attempts says nothing."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.referrals.codes import CODES, Code
from directory.domain.referrals.events import MOVES, Event, Kind, Side, needs_clause
from directory.domain.referrals.fold import after, begin
from directory.domain.referrals.measures import RATES, SMALLEST, Counts, Course, count, course_of, figures_of
from directory.domain.referrals.states import State

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
_SKIPPED = frozenset({Code.COULD_NOT_CONTACT})


def events(*kinds: tuple[Kind, Side] | tuple[Kind, Side, str]) -> list[Event]:
    """A day apart each, after the draft."""
    told = [Event(Kind.DRAFTED, Side.SENDER, START)]
    for number, (kind, side, *code) in enumerate(kinds, 1):
        told.append(Event(kind, side, START + timedelta(days=number), *code))
    return told


SENT = (Kind.SENT, Side.SENDER)
SEEN = (Kind.SEEN, Side.RECEIVER)
YES = (Kind.ACCEPTED, Side.RECEIVER)
ALARM = (Kind.ESCALATED, Side.SYSTEM)
HELPS = (Kind.SERVICE_STARTED, Side.RECEIVER)
COUNTED = tuple(each.name for each in fields(Counts))
HELPED = (Kind.HELPED, Side.RECEIVER, "helped")


def of(*kinds: tuple[Kind, Side] | tuple[Kind, Side, str], need: str = "need") -> Course:
    return course_of(need, events(*kinds))


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (of(), {}),
        (of(SENT), {"sent": 1, "needs": 1}),
        (of(SENT, SEEN), {"sent": 1, "needs": 1, "seen": 1, "seen_in_time": 1}),
        (of(SENT, ALARM, SEEN), {"sent": 1, "needs": 1, "seen": 1}),
        (of(SENT, SEEN, ALARM, YES), {"sent": 1, "needs": 1, "seen": 1, "seen_in_time": 1, "decided": 1, "accepted": 1}),
        (
            of(SENT, YES, HELPS, HELPED, (Kind.PERSON_CONFIRMED, Side.PERSON), (Kind.SENDER_READ, Side.SENDER)),
            dict.fromkeys(set(COUNTED) - {"contested", "planned", "held", "rerouted"}, 1),
        ),
        (of(SENT, (Kind.VOIDED, Side.SENDER, "entered-in-error")), {}),
    ],
)
def test_an_attempt_counts_for_what_happened_to_it(course: Course, expected: dict[str, int]):
    found = count([course])
    assert {name: value for name in COUNTED if (value := getattr(found, name))} == expected


def test_what_is_contested_is_no_help_until_the_person_says_otherwise():
    contested = (SENT, YES, HELPS, HELPED, (Kind.CONTESTED, Side.PERSON))
    assert (count([of(*contested)]).helped, count([of(*contested)]).contested) == (0, 1)
    again = count([of(*contested, (Kind.PERSON_CONFIRMED, Side.PERSON))])
    assert (again.helped, again.contested, again.confirmed) == (1, 0, 1)


def test_a_missed_introduction_counts_as_planned_and_not_as_held():
    plan = (Kind.HANDOFF_PLANNED, Side.SENDER)
    found = count([of(SENT, YES, plan, (Kind.HANDOFF_MISSED, Side.RECEIVER), plan, (Kind.INTRODUCED, Side.RECEIVER))])
    assert (found.planned, found.held) == (2, 1)


def test_of_fewer_than_five_no_rate_is_told():
    few, enough = count([of(SENT)] * (SMALLEST - 1)), count([of(SENT)] * SMALLEST)
    assert few.rate("helped", "sent") is None
    assert enough.rate("helped", "sent") == 0.0


def test_days_by_step_are_the_median_of_those_that_took_it():
    found = figures_of([of(SENT, SEEN)] * 4 + [of(SENT, ALARM, ALARM, SEEN), of(SENT)])
    assert found.days == {"seen": (1.0, 5)}


def test_sectors_are_counted_in_pairs_the_most_first():
    courses = [course_of("n", events(SENT), from_sector=first, to_sector=second) for first, second in [("a", "b"), ("a", "c"), ("a", "c")]]
    assert [(first, second, counts.sent) for first, second, counts in figures_of(courses).pairs] == [("a", "c", 2), ("a", "b", 1)]


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """What any allowed walk comes to."""
    told, standing = [Event(Kind.DRAFTED, Side.SENDER, START)], begin(START)
    for number in range(draw(st.integers(0, 14))):
        open_moves = [
            (kind, side, code)
            for kind, move in sorted(MOVES.items())
            if standing.state in move.from_states
            for side in sorted(move.by)
            for code in sorted(move.codes - _SKIPPED) or [""]
        ]
        if not open_moves:
            break
        kind, side, code = draw(st.sampled_from(open_moves))
        clause = "a condition" if needs_clause(code) else ""
        event = Event(kind, side, START + timedelta(hours=number + 1), code, clause)
        standing = after(standing, event)
        told.append(event)
    return course_of(draw(st.sampled_from("abc")), told, replaces=draw(st.booleans()))


@given(st.lists(courses(), max_size=12), st.randoms())
def test_no_part_is_more_than_its_whole_and_order_says_nothing(found: list[Course], order: object):
    counts = count(found)
    for part, whole in RATES.values():
        assert 0 <= getattr(counts, part) <= getattr(counts, whole)
        rate = counts.rate(part, whole)
        assert rate is None or 0 <= rate <= 1
    mixed = list(found)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert figures_of(mixed).counts == counts
    assert figures_of(mixed).days == figures_of(found).days
    assert sum(each.sent for _first, _second, each in figures_of(found).pairs) == counts.sent


def test_every_reason_of_a_no_counts_as_something():
    assert set(CODES) == set(Code)
    assert count([]).sent == 0
    assert of().state is State.DRAFT
