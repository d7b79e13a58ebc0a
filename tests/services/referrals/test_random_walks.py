"""Random people do random things with a referral, allowed or not: no illegal move, no end without a reason, nothing of the person open
without consent or after it was taken back, and what stands beside the events is what they come to."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.domain.errors import DirectoryError
from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.consent import Field, fields_open_to
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import fold
from directory.domain.referrals.handoff import How
from directory.domain.referrals.states import ENDS, LIVE, STATES, TAKEN, State
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, give_consent, revoke_consent
from directory.services.referrals.introduce import Met, Planned, close_handoff, plan_handoff
from directory.services.referrals.seen_by import for_receiver
from directory.services.referrals.standpoint import CLOCKS, Standpoint, as_person, as_receiver, as_sender
from directory.services.referrals.start import add_attempt
from directory.services.referrals.take_over import take_over
from directory.services.referrals.write import Act, act_on, event_of, events_of
from directory.store.tables import Attempt, Need
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import Town, agreed_by, need_of

BY_THE_ACTOR = ("act", "plan", "held", "missed")
CODES = sorted({"", *Code, *Outcome, *Reason})
ACTORS = ("worker", "colleague", "keeper", "nurse", "stranger", "person", "clocks")
steps = st.one_of(
    st.tuples(st.just("act"), st.sampled_from(ACTORS), st.sampled_from(sorted(Kind)), st.sampled_from(CODES)),
    st.tuples(st.just("act"), st.sampled_from(["worker", "keeper"]), st.sampled_from([Kind.SENT, Kind.SEEN, Kind.ACCEPTED]), st.just("")),
    st.tuples(st.just("act"), st.just("keeper"), st.sampled_from([Kind.SERVICE_STARTED, Kind.HELPED]), st.sampled_from(["", "helped"])),
    st.tuples(st.sampled_from(["agree", "revoke", "plan", "held", "missed", "wait", "take_over"]), st.sampled_from(ACTORS)),
)


def _standpoint(town: Town, actor: str) -> Standpoint:
    return {
        "worker": as_sender(town.worker, town.school),
        "colleague": as_sender(town.colleague, town.school),
        "keeper": as_receiver(town.keeper, town.house),
        "nurse": as_receiver(town.nurse, town.health),
        "stranger": as_sender(town.nurse, town.health),
        "person": as_person(),
        "clocks": CLOCKS,
    }[actor]


def _do(parts: Parts, town: Town, need: str, attempt: str, step: tuple) -> None:
    what, actor, *more = step
    who = _standpoint(town, actor)
    if what == "act":
        kind, code = more
        act = Act(kind, code=code, clause="Women only", words="One thing", contact_name="Rosa", channel="call", wait_position=2)
        act_on(parts, attempt, who, act)
    elif what == "agree":
        give_consent(parts, town.worker, need, agreed_by(town))
    elif what == "revoke":
        with parts.database.reading() as session:
            person_id = session.get_one(Need, need).person_id
            consents = consents_of(session, person_id)
        for consent_id, _consent in consents:
            revoke_consent(parts, consent_id, as_person(), person_id=person_id)
    elif what == "plan":
        plan_handoff(parts, attempt, who, Planned(parts.clock.now() + timedelta(hours=5), How.VIDEO))
    elif what in ("held", "missed"):
        close_handoff(parts, attempt, who, Met(held=what == "held"))
    elif what == "take_over":
        take_over(parts, town.colleague, need)
    else:
        at(parts, timedelta(hours=7))


def _check(parts: Parts, attempt: str, before: State, version: int, actor: str) -> tuple[State, int]:
    with parts.database.reading() as session:
        row = session.get_one(Attempt, attempt)
        events = events_of(session, [attempt])[attempt]
        assert [each.number for each in events] == list(range(1, row.version + 1)), "an event was lost or doubled"
        standing = fold(event_of(each) for each in events)
        assert (row.state, row.code or "", row.ended_at) == (standing.state, standing.code, standing.ended_at)
        assert (standing.state in ENDS) == bool(standing.code)
        path = [before, *(State(each.state) for each in events[version:])]
        assert all(after is first or after in STATES[first].leads_to for first, after in pairwise(path))
        assert actor not in ("nurse", "stranger") or row.version == version, "who has no part in it wrote something"
        seen = for_receiver(session, row, parts.clock.now())
        need = session.get_one(Need, row.need_id)
        consents = [consent for _id, consent in consents_of(session, need.person_id, need.id)]
        agreed = fields_open_to(consents, row.receiver_id, parts.clock.now())
        assert seen.fields <= agreed
        assert not seen.name or (Field.NAME in agreed and standing.state in TAKEN | {State.HELPED})
        if consents and all(consent.revoked_at for consent in consents):
            assert not seen.is_somebody, "something is open that was taken back"
            assert standing.state not in LIVE - {State.DRAFT} or not agreed
        return standing.state, row.version


@ONE_IS_ENOUGH
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=4, max_size=14))
def test_whatever_is_tried_the_record_stays_sound(parts: Parts, town: Town, tried: list[tuple]):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter, shares=frozenset(Field))
    state, version = State.DRAFT, 1
    for step in tried:
        try:
            _do(parts, town, need, attempt, step)
        except DirectoryError:
            with parts.database.reading() as session:
                assert session.get_one(Attempt, attempt).version == version, "what was refused left something behind"
        state, version = _check(parts, attempt, state, version, step[1] if step[0] in BY_THE_ACTOR else "")


def test_nobody_reads_what_was_never_agreed_to(parts: Parts, town: Town):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter, shares=frozenset(Field))
    with parts.database.reading() as session:
        assert not for_receiver(session, session.scalars(select(Attempt).where(Attempt.id == attempt)).one(), parts.clock.now()).is_somebody
