"""The state table as a diagram and as a table for the documentation, made of the table itself so that neither can say anything else."""

from collections.abc import Callable, Iterator

from directory.domain.referrals.events import MOVES, Kind, Side
from directory.domain.referrals.states import STATES, State


def diagram() -> str:
    """A Mermaid state diagram: who moves what by which event. That anything can be struck out as an error is left out."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.DRAFT.value}"]
    lines += [f"    {source.value} --> {target.value}: {words}" for source, target, words in _arrows()]
    lines += [f"    {state.value} --> [*]" for state, row in STATES.items() if row.is_end and state is not State.VOID]
    return "\n".join(["```mermaid", *lines, "```"])


def table(clock_of: Callable[[State], tuple[str, str, str]]) -> str:
    """A Markdown table of the states: what each is in FHIR, how long it may last, who may do what. `clock_of`: the urgent and the routine
    term of a state as written, and who is waited for."""
    head = "| state | FHIR status | businessStatus | urgent | routine | waits for | leads to |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *(_table_row(state, clock_of(state)) for state in State)])


def _arrows() -> Iterator[tuple[State, State, str]]:
    """Every pair of states with the events that lead from one to the other, in the order of the table."""
    for source in State:
        for target in State:
            leading = (kind for kind, move in MOVES.items() if move.leads_to is target and source in move.from_states)
            words = [f"{kind.value} ({_sides(kind)})" for kind in leading]
            if words and target is not State.VOID:
                yield source, target, ", ".join(words)


def _sides(kind: Kind) -> str:
    return " or ".join(side.value for side in Side if side in MOVES[kind].by)


def _table_row(state: State, clock: tuple[str, str, str]) -> str:
    row = STATES[state]
    leads = ", ".join(each.value for each in State if each in row.leads_to and each is not State.VOID) or "an end"
    return " | ".join(["| " + state.value, row.status, row.business or "not sent", *clock, leads]) + " |"
