"""A reviewer makes a pair one, or takes that back: whoever plans for the whole community, after they saw what would move."""

from collections.abc import Mapping

from directory.domain.access import Action, Resource
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.planning.verdicts import Found, checked_verdict
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.matching.concerned import MAY_SPEAK
from directory.services.matching.levels import Level
from directory.services.matching.merge import MergePlan, merge_in, preview
from directory.services.matching.undo import Undone, undo_in
from directory.services.matching.verdicts import give_verdict_in, pair_row, team_of
from directory.services.parts import Parts


def preview_pair(parts: Parts, actor: Actor, pair_id: int, kept_id: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """What would come of it where this record of the pair stays. Raise `Forbidden`, `NotFound`, `Refused`, `InvalidInput`."""
    require(actor, Action.PLAN, Resource())
    level, retired = _ids(parts, pair_id, kept_id)
    return preview(parts, level, kept_id, retired, take)


def compare_pair(parts: Parts, actor: Actor, pair_id: int) -> MergePlan:
    """The two side by side, for whoever judges them: what they say otherwise. Raise `Forbidden`, `NotFound`, `Refused`."""
    team_of(actor)
    with parts.database.reading() as session:
        row = pair_row(session, pair_id)
        level, left, right = Level(row.level), row.left_id, row.right_id
    return preview(parts, level, left, right)


def merge_pair(parts: Parts, actor: Actor, pair_id: int, kept_id: str, take: Mapping[str, str], why: str, anyway: str = "") -> int:
    """Do it, and write down that they are the same; the number of the merge. `anyway`: why it goes on where it would wait for an
    organization. Raise as `preview_pair`."""
    require(actor, Action.PLAN, Resource())
    _found, words = checked_verdict(Found.SAME.value, why)
    level, retired = _ids(parts, pair_id, kept_id)
    own = actor.organizations(MAY_SPEAK)
    with parts.database.writing() as session:
        give_verdict_in(session, parts, actor, pair_id, Found.SAME, words)
        event = merge_in(parts, session, actor.label, level, kept_id, retired, take=take, why=words, anyway=anyway, speaks_for=own)
        session.commit()
    return event


def take_merge_back(parts: Parts, actor: Actor, event_id: int) -> Undone:
    """The two stand by themselves again, and wait to be looked at. Raise `Forbidden`, `NotFound`, `Refused`."""
    require(actor, Action.PLAN, Resource())
    with parts.database.writing() as session:
        done = undo_in(parts, session, actor.label, event_id)
        session.commit()
    return done


def _ids(parts: Parts, pair_id: int, kept_id: str) -> tuple[Level, str]:
    """The level, and the record that goes."""
    with parts.database.reading() as session:
        row = pair_row(session, pair_id)
        if kept_id not in (row.left_id, row.right_id):
            raise InvalidInput("keep", say("Choose which of the two stays."))
        return Level(row.level), row.right_id if kept_id == row.left_id else row.left_id
