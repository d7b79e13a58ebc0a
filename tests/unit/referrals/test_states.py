"""The table of states and the table of moves say the same; every state can be reached, and from every live one an end."""

from pathlib import Path

import pytest

from directory.domain.referrals.diagram import diagram, table
from directory.domain.referrals.events import MOVES, Side, what_may_happen
from directory.domain.referrals.states import CAME_BACK, ENDS, LIVE, STATES, TAKEN, UNDECIDED, UNSENT, State
from directory.rules.sets.kinds import SetKind
from directory.rules.shipped import shipped_set
from directory.services.referrals.community_clocks import clocks_of

DOCS = Path(__file__).parents[3] / "docs" / "referrals.md"

GRAVITY_CODES = {
    "draft", "requested", "accepted", "rejected", "cancelled", "in-progress", "on-hold", "failed", "completed", "entered-in-error",
}  # fmt: skip
"""`Task.status` for referrals in Gravity's SDOH Clinical Care 3.0.0; received and ready are left out there."""

GRAVITY_EDGES = {
    ("draft", "requested"),
    ("requested", "accepted"), ("requested", "rejected"), ("requested", "cancelled"),
    ("accepted", "in-progress"), ("accepted", "on-hold"), ("accepted", "completed"), ("accepted", "failed"), ("accepted", "cancelled"),
    ("in-progress", "completed"), ("in-progress", "failed"), ("in-progress", "on-hold"), ("in-progress", "cancelled"),
    ("on-hold", "in-progress"), ("on-hold", "completed"), ("on-hold", "failed"), ("on-hold", "cancelled"),
}  # fmt: skip
"""The arrows of the guide's own diagram (ReferralTaskStateDiagram.svg); besides, anything may become entered-in-error."""


def test_there_are_sixteen_states_with_codes_that_the_guide_allows():
    assert len(State) == len(STATES) == 16
    assert {row.status for row in STATES.values()} == GRAVITY_CODES


def test_every_move_of_the_table_has_an_event_and_every_event_is_in_the_table():
    led = {(source, move.leads_to) for move in MOVES.values() if move.leads_to for source in move.from_states}
    assert led == {(source, target) for source, row in STATES.items() for target in row.leads_to}


def test_what_others_are_told_follows_the_arrows_of_the_guide():
    shown = {source: row for source, row in STATES.items() if source not in UNSENT}
    told = {(row.status, STATES[target].status) for row in shown.values() for target in row.leads_to}
    crossing = {(source, target) for source, target in told if source != target and target != "entered-in-error"}
    assert crossing <= GRAVITY_EDGES
    assert STATES[State.DRAFT].status == STATES[State.CONSENT_PENDING].status == "draft"


def test_who_waits_never_goes_back_to_accepted():
    assert State.ACCEPTED not in STATES[State.WAITLISTED].leads_to
    assert State.HANDOFF_PLANNED not in STATES[State.WAITLISTED].leads_to


def _reached(start: State) -> set[State]:
    found, left = {start}, [start]
    while left:
        for target in STATES[left.pop()].leads_to - found:
            found.add(target)
            left.append(target)
    return found


def test_every_state_can_be_reached_from_a_draft():
    assert _reached(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_every_live_state_can_reach_an_end_and_somebody_can_always_do_something(state: State):
    assert _reached(state) & ENDS
    assert any(what_may_happen(state, side) for side in (Side.SENDER, Side.RECEIVER))


def test_the_groups_of_states_leave_none_out():
    assert set(State) == ENDS | UNSENT | UNDECIDED | TAKEN
    assert ENDS > CAME_BACK
    assert len(ENDS) + len(UNSENT) + len(UNDECIDED) + len(TAKEN) == len(State)


def test_the_documentation_shows_the_states_as_they_are():
    assert diagram() in DOCS.read_text(encoding="utf-8"), (
        "Write into docs/referrals.md what directory.domain.referrals.diagram.diagram gives."
    )


def test_the_documentation_shows_the_terms_of_the_rules_that_ship():
    clocks = {row.state: (row.urgent, row.routine, row.waits_for) for row in clocks_of(shipped_set(SetKind.ROUTE), "").clocks}
    made = table(lambda state: clocks.get(state, ("", "", "")))
    assert made in DOCS.read_text(encoding="utf-8"), f"Write into docs/referrals.md:\n{made}"
