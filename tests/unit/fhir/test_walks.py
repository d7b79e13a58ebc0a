"""However a referral goes, whoever reads its exports sees only steps that the guide's own state diagram has."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import DirectoryError
from directory.domain.referrals.events import MOVES, Event, needs_clause
from directory.domain.referrals.fold import Standing, after, begin
from directory.domain.referrals.states import STATES, State
from directory.services.exchange.fhir.task import task
from tests.support.fhir import faults, states
from tests.unit.fhir.test_mapping import ATTEMPT, HERE

BEGUN = datetime(2026, 11, 23, 9, tzinfo=UTC)


@st.composite
def walks(draw: st.DrawFn) -> list[Standing]:
    """Where an attempt stands after each of up to twenty events that somebody may write."""
    found = [begin(BEGUN)]
    for number in range(draw(st.integers(1, 20))):
        here = found[-1]
        kinds = [kind for kind, move in MOVES.items() if here.state in move.from_states]
        if not kinds:
            break
        kind = draw(st.sampled_from(kinds))
        move = MOVES[kind]
        code = draw(st.sampled_from(sorted(move.codes))) if move.codes else ""
        clause = "under 18" if needs_clause(code) else ""
        event = Event(kind, draw(st.sampled_from(sorted(move.by))), BEGUN + timedelta(hours=number), code, clause)
        try:
            found.append(after(here, event))
        except DirectoryError:
            continue
    return found


def told(walk: list[Standing]) -> list[Standing]:
    """What others may see of it: from its sending on."""
    return [standing for standing in walk if standing.sent_at is not None]


@given(walks())
def test_every_walk_is_a_path_through_the_diagram_of_the_guide(walk: list[Standing]):
    statuses = [STATES[standing.state].status for standing in told(walk)]
    assert statuses[:1] in ([], [states()["begins"]])
    for before, now in pairwise(statuses):
        assert now == before or now in states()["arrows"][before]


@given(walks())
def test_at_every_step_what_is_written_holds_to_the_profile(walk: list[Standing]):
    for standing in told(walk):
        facts = replace(ATTEMPT, state=standing.state, code=standing.code, is_contested=standing.is_contested)
        assert faults(task(HERE, facts)) == []


def test_every_move_of_the_table_is_an_arrow_or_stays():
    for state, row in STATES.items():
        for to in row.leads_to:
            if state not in (State.DRAFT, State.CONSENT_PENDING):
                assert STATES[to].status in (row.status, *states()["arrows"][row.status]), (state, to)
