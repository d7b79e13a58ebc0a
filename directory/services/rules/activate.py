"""From tested to active: one person asks for it, a second agrees; from then on it decides. Back in one step, by one person: what was active
before was agreed to by two already."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Refused
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import Status
from directory.services.accounts.audit import Audited, audit
from directory.services.parts import Parts
from directory.services.rules.draft import may_decide
from directory.services.rules.versions import today_in, version_row
from directory.store.tables import RuleSetVersion

AGREED_WITHIN = timedelta(days=14)
"""What was asked for and nobody agreed to by then is asked for anew."""


@dataclass(frozen=True, slots=True)
class Activation:
    """`is_active` False: a second person has yet to agree. `before`: the version that it took the place of ("suggest-partners 2"), "" where
    that was the set that ships."""

    set_name: str
    version: int
    is_active: bool
    before: str = ""


def activate(parts: Parts, actor: Actor, set_name: str, version: int) -> Activation:
    """Ask for it, or agree to what another asked for. Raise `NotFound`, `Forbidden`, and `Refused` with what is missing."""
    may_decide(actor)
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = version_row(session, set_name, version, for_writing=True)
        _ready(row)
        ends = check_rule_set(row.document).ends_on
        if ends is not None and ends < today_in(session, now):
            raise Refused(say("It ended on %(day)s. Make the next version with other dates.", day=ends.isoformat()))
        is_asked = row.asked_by is not None and row.asked_at is not None and row.asked_at > now - AGREED_WITHIN
        if not is_asked or row.asked_by == actor.label:
            row.asked_by, row.asked_at = actor.label, now
            audit(session, Audited.RULES_ASKED, actor=actor.label, clock=parts.clock, detail=f"{set_name} {version}")
            session.commit()
            return Activation(set_name, version, is_active=False)
        before = _take_over(parts, session, row, actor)
        audit(session, Audited.RULES_ACTIVATED, actor=actor.label, clock=parts.clock, detail=f"{set_name} {version}")
        session.commit()
    return Activation(set_name, version, is_active=True, before=before)


def _ready(row: RuleSetVersion) -> None:
    if row.status == Status.ACTIVE.value:
        raise Refused(say("%(set)s %(version)s is active already.", set=row.set_name, version=row.version))
    if row.status == Status.RETIRED.value:
        raise Refused(say("%(set)s %(version)s was active before; go back to it instead.", set=row.set_name, version=row.version))
    if row.status != Status.TESTED.value:
        raise Refused(
            say("Its examples have not passed yet: directory rules test %(set)s %(version)s.", set=row.set_name, version=row.version)
        )
    if row.dry_run_at is None:
        raise Refused(
            say(
                "No dry run is kept of it yet: directory rules dry-run %(set)s %(version)s --since DATE.",
                set=row.set_name,
                version=row.version,
            )
        )


def _take_over(parts: Parts, session: Session, row: RuleSetVersion, actor: Actor) -> str:
    """Make a version active; the one before retires in the same transaction."""
    now = parts.clock.now()
    asked = select(RuleSetVersion).where(RuleSetVersion.kind == row.kind, RuleSetVersion.status == Status.ACTIVE.value)
    before = session.scalar(asked.with_for_update())
    if before is not None:
        before.status, before.retired_at, before.retired_by = Status.RETIRED.value, now, actor.label
        session.flush()
    row.status, row.active_at, row.active_by = Status.ACTIVE.value, now, actor.label
    row.replaces_id = before.id if before is not None else None
    return f"{before.set_name} {before.version}" if before is not None else ""


def go_back(parts: Parts, actor: Actor, set_name: str) -> Activation:
    """Back to what held before the active version of this set: the version that was active last, else the set that ships (version 0).
    Raise `Forbidden`, `Refused`."""
    may_decide(actor)
    now = parts.clock.now()
    with parts.database.writing() as session:
        active = session.scalar(
            select(RuleSetVersion)
            .where(RuleSetVersion.set_name == set_name, RuleSetVersion.status == Status.ACTIVE.value)
            .with_for_update()
        )
        if active is None:
            raise Refused(say('No version of "%(set)s" is active.', set=set_name[:60]))
        last = session.get(RuleSetVersion, active.replaces_id) if active.replaces_id else None
        active.status, active.retired_at, active.retired_by = Status.RETIRED.value, now, actor.label
        session.flush()
        if last is not None:
            last.status, last.retired_at, last.retired_by = Status.ACTIVE.value, None, None
        found = Activation(
            last.set_name if last else set_name, last.version if last else 0, is_active=True, before=f"{set_name} {active.version}"
        )
        audit(session, Audited.RULES_WENT_BACK, actor=actor.label, clock=parts.clock, detail=f"{found.set_name} {found.version}")
        session.commit()
    return found
