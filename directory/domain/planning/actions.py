"""What planners and organizations do about what they see: who, until when, with whom, on what it rests, and what will be looked at
afterwards. An owner is an organization or the planners' team, never a person by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput, Refused
from directory.domain.planning.effect import Measure
from directory.domain.planning.outcomes import checked_words
from directory.domain.sentences import say

MOST_ORGANIZATIONS = 12
LONGEST_WHAT = 300
DONE_WITHIN = timedelta(days=3 * 366)
"""Of what was done before, there are no figures to hold it against."""


class Kind(StrEnum):
    MERGE = "merge"  # records of one thing become one
    PARTNERSHIP = "partnership"
    SHARED_INTAKE = "shared_intake"
    EXTEND = "extend"  # hours or area
    RECRUIT = "recruit"  # a provider who is not there yet
    WATCH = "watch"


class State(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({State.PLANNED, State.UNDER_WAY})
MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.UNDER_WAY, State.DONE, State.DROPPED}),
    State.UNDER_WAY: frozenset({State.PLANNED, State.DONE, State.DROPPED}),
    State.DONE: frozenset({State.UNDER_WAY}),
    State.DROPPED: frozenset({State.PLANNED}),
}
"""What may follow; what was done or dropped by mistake is taken up again."""


class Rests(StrEnum):
    """On what an action rests."""

    NOTHING = ""
    RECORDS = "records"  # two records of one thing; the number of their merge
    OVERLAP = "overlap"  # a pair of offerings
    GAP = "gap"  # a need in an area
    CONVERSATION = "conversation"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Plan:
    """An action as it is planned. `owner_id` "" for the planners' team; `organizations`: all that are part of it, its owner among them.
    `need` and `area` may be "" where it is of no cell; then nothing is measured and `measure` None."""

    kind: Kind
    what: str
    need: str
    area: str
    measure: Measure | None
    owner_id: str
    organizations: frozenset[str]
    due_on: date
    rests: Rests
    rests_id: str


def checked_kind(written: str) -> Kind:
    """Raise `InvalidInput`."""
    if written not in {each.value for each in Kind}:
        raise InvalidInput("kind", say("Choose what is to be done."))
    return Kind(written)


def checked_plan(
    *, kind: str, what: str, need: str, area: str, measure: Measure | None, owner_id: str, organizations: Collection[str],
    due_on: date, rests: str, rests_id: str, today: date,
) -> Plan:  # fmt: skip
    """Raise `InvalidInput`."""
    if bool(need) != bool(area):
        raise InvalidInput("area" if need else "need", say("Choose a need and an area, or neither."))
    if due_on < today:
        raise InvalidInput("due_on", say("Choose a day that is not over."))
    everybody = frozenset(organizations) | ({owner_id} if owner_id else frozenset())
    if len(everybody) > MOST_ORGANIZATIONS:
        raise InvalidInput("organization", say("At most %(most)s organizations can be part of it.", most=MOST_ORGANIZATIONS))
    if checked_kind(kind) in (Kind.PARTNERSHIP, Kind.SHARED_INTAKE) and len(everybody) < 2:
        raise InvalidInput("organization", say("Choose at least two organizations."))
    return Plan(
        kind=checked_kind(kind),
        what=checked_words("what", what, longest=LONGEST_WHAT),
        need=need,
        area=area,
        measure=measure if need else None,
        owner_id=owner_id,
        organizations=everybody,
        due_on=due_on,
        rests=Rests(rests) if rests in {each.value for each in Rests} else Rests.NOTHING,
        rests_id=rests_id if rests else "",
    )


def checked_move(now: State, to: str, why: str, done_on: date | None, today: date) -> tuple[State, str, date | None]:
    """The next state, with why it was dropped, or on which day it was done. Raise `InvalidInput`, `Refused`."""
    if to not in {each.value for each in State}:
        raise InvalidInput("to", say("Choose what became of it."))
    state = State(to)
    if state not in MOVES[now]:
        raise Refused(say("Somebody changed this meanwhile. Look at it again."))
    words = checked_words("why", why, needed=state is State.DROPPED, longest=LONGEST_WHAT)
    if state is not State.DONE:
        return state, words, None
    day = done_on or today
    if not today - DONE_WITHIN <= day <= today:
        raise InvalidInput("done_on", say("Choose today or a day before, of the last three years."))
    return state, words, day


def is_late(state: State, due_on: date, today: date) -> bool:
    return state in OPEN and due_on < today
