"""Drafts of rule sets: stored, changed, thrown away. What was ever active is not changed; who wants it otherwise makes the next version."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.errors import Conflict, Refused
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import Status
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_names
from directory.services.access import require
from directory.services.parts import Parts
from directory.services.rules.versions import newest_version, version_row
from directory.store.tables import RuleSetVersion


def import_draft(parts: Parts, by: str, raw: object) -> tuple[str, int]:
    """Store a document as the next version of its set, as a draft; the set's name and the version. Raise `WrongRuleSet`, and `Refused`
    where the name belongs to a set of another kind."""
    rules = check_rule_set(raw)
    with parts.database.writing() as session:
        version = _add(parts, session, by, rules)
        session.commit()
    return rules.name, version


def begin_draft(parts: Parts, actor: Actor, rules: RuleSet) -> int:
    """The same from a rule set that was read before; its version. Raise `Forbidden`, `Refused`."""
    may_decide(actor)
    return import_draft(parts, actor.label, write_rule_set(rules))[1]


def change_draft(
    parts: Parts, actor: Actor, set_name: str, version: int, raw: object, seen_at: datetime | None = None
) -> None:  # fmt: skip
    """Other rules in a draft: what was tried and reckoned of it is void then. `seen_at`: when the draft that was changed had been changed
    last; None: whatever stands there. Raise `WrongRuleSet`, `NotFound`, `Refused`, `Forbidden`, `Conflict`."""
    may_decide(actor)
    rules = check_rule_set(raw)
    with parts.database.writing() as session:
        row = open_row(session, set_name, version)
        if rules.name != row.set_name or rules.kind.value != row.kind:
            raise Refused(say("A draft keeps the name and the kind of its set."))
        if seen_at is not None and row.modified_at != seen_at:
            raise Conflict(
                say("Somebody changed this draft meanwhile. What you typed is still here: look at it, and keep it again."), ("rules",)
            )
        row.document, row.modified_at, row.status = write_rule_set(rules), parts.clock.now(), Status.DRAFT.value
        row.tested_at = row.dry_run = row.dry_run_at = row.asked_at = row.asked_by = None
        session.commit()


def throw_away(parts: Parts, actor: Actor, set_name: str, version: int) -> None:
    """Raise `NotFound`, `Refused`, `Forbidden`."""
    may_decide(actor)
    with parts.database.writing() as session:
        session.delete(open_row(session, set_name, version))
        session.commit()


def may_decide(actor: Actor) -> None:
    """Whoever plans for the whole community. Raise `Forbidden`."""
    require(actor, Action.PLAN, Resource())


def open_row(session: Session, set_name: str, version: int) -> RuleSetVersion:
    """A version that may still change, locked. Raise `NotFound`, `Refused`."""
    row = version_row(session, set_name, version, for_writing=True)
    if row.status not in (Status.DRAFT.value, Status.TESTED.value):
        raise Refused(
            say("%(set)s %(version)s has been active, so it is not changed. Make the next version.", set=set_name, version=version)
        )
    return row


def _add(parts: Parts, session: Session, by: str, rules: RuleSet) -> int:
    other = session.scalar(select(RuleSetVersion.kind).where(RuleSetVersion.set_name == rules.name).limit(1))
    other = other or shipped_names().get(rules.name)
    if other not in (None, rules.kind.value):
        raise Refused(say('"%(set)s" is a set of the kind "%(kind)s"; give this one another name.', set=rules.name, kind=other))
    version, now = newest_version(session, rules.name) + 1, parts.clock.now()
    document: dict[str, Any] = write_rule_set(rules)
    session.add(
        RuleSetVersion(
            set_name=rules.name, version=version, kind=rules.kind.value, status=Status.DRAFT.value, document=document, made_at=now,
            made_by=by, modified_at=now,
        )
    )  # fmt: skip
    session.flush()
    return version
