"""A conversation of organizations on an overlap or a gap: first the facts, then answers that open together, then an end in all their words.

Where it stands follows from moments alone, so nobody has to be awake for it to go on. Each organization looks at the facts, for a week
at most. Then each answers on its own: nobody, and no planner, reads what another says before all have answered, or two weeks are over.
Then all read all. It ends when every organization agreed to what is proposed, or with what each says in its own words; nothing is
written after that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FACTS_LAST = timedelta(days=7)
ANSWERS_LAST = timedelta(days=14)
WORDS_LAST = timedelta(days=7)
"""How long everybody has for last words, from when the answers opened or something else was proposed, before it may end without them."""

KEPT = timedelta(days=3 * 365)
WITHDRAWN_KEPT = timedelta(days=90)


class About(StrEnum):
    OVERLAP = "overlap"  # two listings that offer alike
    GAP = "gap"  # a need in an area


class Ending(StrEnum):
    DECISION = "decision"  # every organization agreed to it
    DISAGREEMENT = "disagreement"  # each side's own words stand side by side
    WITHDRAWN = "withdrawn"  # by the planner, with a reason


class Stage(StrEnum):
    FACTS = "facts"
    ANSWERS = "answers"
    OPEN = "open"
    DECISION = "decision"
    DISAGREEMENT = "disagreement"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({Stage.DECISION, Stage.DISAGREEMENT, Stage.WITHDRAWN})


class Act(StrEnum):
    """What can be done in a conversation. The first four are of an organization, the others of a planner."""

    LOOK = "look"  # say that the facts are right
    DRAFT = "draft"  # keep an answer that is not in yet
    ANSWER = "answer"
    SPEAK = "speak"  # agree to the proposal, or say why not
    PROPOSE = "propose"
    DISAGREE = "disagree"  # end it without agreement
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Side:
    """An organization that takes part: when it looked at the facts, when its answer was in, when it spoke last, and the number of the
    proposal it agreed to (0: none)."""

    organization_id: str
    facts_at: datetime | None = None
    in_at: datetime | None = None
    spoke_at: datetime | None = None
    agreed_to: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """How a conversation went so far. `proposal`: the number of the last one, 0 where nothing was proposed."""

    begun_at: datetime
    sides: tuple[Side, ...]
    proposal: int = 0
    proposed_at: datetime | None = None
    ending: Ending | None = None
    closed_at: datetime | None = None

    def side(self, organization_id: str) -> Side | None:
        return next((each for each in self.sides if each.organization_id == organization_id), None)


def answers_from(course: Course) -> datetime:
    """When the time for the facts is over: all have looked, or a week has gone."""
    latest = course.begun_at + FACTS_LAST
    looked = [each.facts_at for each in course.sides if each.facts_at is not None]
    return min(latest, max(looked)) if len(looked) == len(course.sides) else latest


def opens_at(course: Course) -> datetime:
    """When the answers open: as soon as all are in, at the latest two weeks after the facts were done with."""
    begins = answers_from(course)
    latest = begins + ANSWERS_LAST
    came = [each.in_at for each in course.sides if each.in_at is not None]
    return min(latest, max(begins, *came)) if len(came) == len(course.sides) else latest


def is_open(course: Course, now: datetime) -> bool:
    """Whether all may read all. What was withdrawn before never opens."""
    return opens_at(course) <= min(now, course.closed_at or now)


def stage(course: Course, now: datetime) -> Stage:
    if course.ending is not None:
        return Stage(course.ending.value)
    if is_open(course, now):
        return Stage.OPEN
    return Stage.FACTS if now < answers_from(course) else Stage.ANSWERS


def may_read(course: Course, reader: str | None, of: str, now: datetime) -> bool:
    """Whether somebody may read the answer of an organization: its own people always, everybody else what is in once it is open. `reader`:
    the organization they read for, None for a planner."""
    side = course.side(of)
    if side is None or (reader is not None and course.side(reader) is None):
        return False
    return reader == of or (side.in_at is not None and is_open(course, now))


def allows(course: Course, act: Act, now: datetime, organization_id: str = "") -> bool:
    """Whether it can be done now: by an organization, where the act is one of an organization's."""
    at = stage(course, now)
    if at in CLOSED:
        return False
    if act in (Act.LOOK, Act.DRAFT, Act.ANSWER, Act.SPEAK):
        side = course.side(organization_id)
        if side is None:
            return False
        if act is Act.SPEAK:
            return at is Stage.OPEN
        if act is Act.LOOK:
            return at is not Stage.OPEN
        is_their_turn = at is Stage.ANSWERS or (at is Stage.FACTS and side.facts_at is not None)
        return is_their_turn and (act is Act.ANSWER or side.in_at is None)
    if act is Act.DISAGREE:
        return at is Stage.OPEN and (not awaited(course, now) or now >= words_until(course))
    return act is Act.WITHDRAW or at is Stage.OPEN


def words_until(course: Course) -> datetime:
    """How long everybody has for last words."""
    return max(opens_at(course), course.proposed_at or course.begun_at) + WORDS_LAST


def awaited(course: Course, now: datetime) -> tuple[str, ...]:
    """The organizations that it waits for."""
    at = stage(course, now)
    if at in CLOSED:
        return ()
    return tuple(each.organization_id for each in course.sides if waits_for(course, each, at))


def waits_for(course: Course, side: Side, at: Stage) -> bool:
    """Whether it cannot go on without this side, at this stage."""
    if at is Stage.FACTS:
        return side.facts_at is None
    if at is Stage.ANSWERS:
        return side.in_at is None
    return at is Stage.OPEN and not has_spoken(course, side)


def has_spoken(course: Course, side: Side) -> bool:
    """Whether it has agreed to what is proposed now, or said how it sees it since."""
    since = course.proposed_at or course.begun_at
    return side.spoke_at is not None and side.spoke_at >= since and side.agreed_to in (0, course.proposal)


def has_to_do(course: Course, side: Side, now: datetime) -> bool:
    """Whether there is something for this side to do. Who has looked at the facts may answer before all others have looked."""
    at = stage(course, now)
    return waits_for(course, side, at) or (at is Stage.FACTS and side.in_at is None)


def until(course: Course, now: datetime) -> datetime | None:
    """When it goes on at the latest; None once it has ended."""
    return {
        Stage.FACTS: answers_from(course),
        Stage.ANSWERS: opens_at(course),
        Stage.OPEN: words_until(course),
    }.get(stage(course, now))


def is_agreed(course: Course) -> bool:
    """Whether every organization agreed to what is proposed now."""
    return course.proposal > 0 and all(each.agreed_to == course.proposal for each in course.sides)
