"""What planners are told is stuck: how many referrals to which program, where they stand, and which rule says so. No person, no code, no
words; and no organization that referred."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, false, func, select, true
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.domain.planning.suppression import SMALLEST
from directory.domain.referrals.states import State
from directory.rules.sets.kinds import SetKind, Told
from directory.rules.sets.rule import Rule, Tell
from directory.services.area_tree import lies_in_any
from directory.services.parts import Parts
from directory.services.referrals.fired import told_still
from directory.services.rules.versions import held_now
from directory.store.tables import Attempt, Need, Organization, RuleFired, Service

MOST = 500


@dataclass(frozen=True, slots=True)
class StuckRow:
    """`waits_for`: "receiver" or "sender"; `how_many` None: one to four, which may be of somebody who is known. `since`: when planners were
    told of the first of them. `rule` None: it is in no rules that hold now. `could_not_decide`: the rule says that somebody is to look, as
    something was not known."""

    service_id: str
    program: str
    organization: str
    state: State
    waits_for: str
    how_many: int | None
    since: datetime
    rule: Rule | None
    could_not_decide: bool


def needs_in_reach(session: Session, actor: Actor) -> ColumnElement[bool]:
    """By the area that people live in."""
    found = reach(actor, Action.PLAN)
    if found.everything:
        return true()
    if not found.area_ids:
        return false()
    return lies_in_any(session, Need.area_id, found.area_ids)


def read_stuck(parts: Parts, actor: Actor) -> tuple[StuckRow, ...]:
    """The most first, then by name: the order says nothing of small counts. A planner of an area sees needs of those who live in it."""
    how_many, since = func.count().label("how_many"), func.min(RuleFired.at).label("since")
    by = (Service.id, Service.name, Organization.name.label("organization"), Attempt.state, Attempt.waits_for, RuleFired.rule)
    statement = (
        select(*by, how_many, since)
        .select_from(RuleFired)
        .join(Attempt, Attempt.id == RuleFired.attempt_id)
        .join(Need, Need.id == Attempt.need_id)
        .join(Service, Service.id == Attempt.service_id)
        .join(Organization, Organization.id == Attempt.receiver_id)
        .where(Attempt.waits_for.is_not(None), *told_still())
        .group_by(Service.id, Service.name, Organization.name, Attempt.state, Attempt.waits_for, RuleFired.rule)
        .order_by(case((how_many < SMALLEST, 0), else_=how_many).desc(), Service.name, Service.id, Attempt.state, RuleFired.rule)
        .limit(MOST)
    )
    with parts.database.reading() as session:
        rules = {rule.id: rule for rule in held_now(parts, session, SetKind.ROUTE).rules.rules}
        return tuple(
            StuckRow(
                service_id=row.id, program=row.name, organization=row.organization, state=State(row.state), waits_for=row.waits_for,
                how_many=row.how_many if row.how_many >= SMALLEST else None, since=row.since, rule=rules.get(row.rule),
                could_not_decide=_is_undecided(rules.get(row.rule)),
            )
            for row in session.execute(statement.where(needs_in_reach(session, actor)))
        )  # fmt: skip


def _is_undecided(rule: Rule | None) -> bool:
    """Whoever is not a rule that tells planners is on the list since it could not be decided."""
    return rule is not None and not (isinstance(rule.then, Tell) and rule.then.action is Told.TELL_PLANNERS)
