"""Random walks: whatever actors try, what is not allowed changes nothing, no end is without a reason, and state is the fold of events."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import DirectoryError, InvalidInput
from directory.domain.referrals.codes import CODES, Code, Outcome, Reason
from directory.domain.referrals.events import MOVES, Event, Kind, Side
from directory.domain.referrals.fold import CHANNELS_TRIED, CONTEST_WITHIN, TRIES, IllegalMove, after, begin, fold
from directory.domain.referrals.states import ENDS, STATES, State

THEN = datetime(2026, 3, 2, 15, tzinfo=UTC)
ALL_CODES = sorted({"", *Code, *Outcome, *Reason})
tries = st.tuples(
    st.sampled_from(sorted(MOVES)), st.sampled_from(sorted(Side)), st.sampled_from(ALL_CODES), st.sampled_from(["", "Women only"]),
    st.sampled_from(["call", "text"]), st.integers(0, 20_000),
)  # fmt: skip


@given(st.lists(tries, max_size=60))
def test_random_actors_never_bring_an_attempt_where_it_cannot_be(tried):
    events = [Event(Kind.DRAFTED, Side.SENDER, THEN)]
    standing = begin(THEN)
    for kind, side, code, clause, channel, minutes in tried:
        event = Event(kind, side, events[-1].at + timedelta(minutes=minutes), code, clause, channel)
        try:
            found = after(standing, event)
        except DirectoryError:
            continue
        assert side in MOVES[kind].by
        assert found.state is standing.state or found.state in STATES[standing.state].leads_to
        assert (found.state in ENDS) == bool(found.code), "an end has a reason, and nothing else has one"
        assert (found.state in ENDS) == (found.ended_at is not None)
        assert not (standing.state in ENDS and found.state not in (standing.state, State.VOID))
        standing = found
        events.append(event)
    assert fold(events) == standing


@given(st.lists(tries, max_size=40))
def test_what_was_accepted_is_never_declined_nor_expired_afterwards(tried):
    standing = begin(THEN)
    was_accepted = False
    for kind, side, code, clause, channel, minutes in tried:
        try:
            standing = after(standing, Event(kind, side, standing.since + timedelta(minutes=minutes), code, clause, channel))
        except DirectoryError:
            continue
        was_accepted |= standing.state is State.ACCEPTED
        assert not (was_accepted and standing.state in (State.DECLINED, State.EXPIRED))


def _walk(*steps: tuple[Kind, Side, str]):
    standing = begin(THEN)
    for number, (kind, side, code) in enumerate(steps):
        standing = after(standing, Event(kind, side, THEN + timedelta(hours=number), code, "Women only"))
    return standing


TAKEN_ON = ((Kind.SENT, Side.SENDER, ""), (Kind.ACCEPTED, Side.RECEIVER, ""))
HELPED = (*TAKEN_ON, (Kind.SERVICE_STARTED, Side.RECEIVER, ""), (Kind.HELPED, Side.RECEIVER, "helped"))


def test_an_outcome_is_contested_for_thirty_days_and_is_not_rewritten():
    helped = _walk(*HELPED)
    assert helped.is_helped
    contested = after(helped, Event(Kind.CONTESTED, Side.PERSON, helped.since + CONTEST_WITHIN))
    assert (contested.state, contested.code, contested.is_helped) == (State.HELPED, "helped", False)
    with pytest.raises(IllegalMove):
        after(helped, Event(Kind.CONTESTED, Side.PERSON, helped.since + CONTEST_WITHIN + timedelta(seconds=1)))


def test_nobody_counts_as_not_reached_before_three_tries_by_two_ways():
    standing = _walk(*TAKEN_ON)
    unreached = Event(Kind.NOT_HELPED, Side.RECEIVER, THEN + timedelta(days=9), Code.COULD_NOT_CONTACT)
    for number, channel in enumerate(("call", "call", "call", "text")):
        with pytest.raises(InvalidInput):
            after(standing, unreached)
        standing = after(standing, Event(Kind.CONTACT_TRIED, Side.RECEIVER, THEN + timedelta(days=number + 1), channel=channel))
    assert standing.tries > TRIES
    assert len(standing.channels_tried) == CHANNELS_TRIED
    assert after(standing, unreached).state is State.NOT_HELPED


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_of_use_somewhere(code: Code):
    assert CODES[code].is_decline or CODES[code].is_failure


def test_only_the_clocks_let_an_attempt_expire():
    sent = _walk(TAKEN_ON[0])
    for side in set(Side) - {Side.SYSTEM}:
        with pytest.raises(DirectoryError):
            after(sent, Event(Kind.EXPIRED, side, THEN + timedelta(days=9), Reason.NO_RESPONSE))
    assert after(sent, Event(Kind.EXPIRED, Side.SYSTEM, THEN + timedelta(days=9), Reason.NO_RESPONSE)).state is State.EXPIRED
