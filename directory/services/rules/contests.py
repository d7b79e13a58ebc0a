"""Organizations contest what rules know of them, or a rule itself; planners answer. Both see all of it, and until it is answered whoever
shows the figure says that it is contested."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor, Role
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import signals_of
from directory.services.access import organizations_in_reach, require, resource_of_organization
from directory.services.parts import Parts
from directory.services.rules.versions import held_now
from directory.store.tables import Organization, RuleContest

LONGEST = 1000
MOST_OPEN = 20
MOST_SHOWN = 500
MAY_SPEAK = (Role.EDITOR, Role.LEAD)
"""Who speaks for an organization."""

SIGNAL, RULE = "signal", "rule"


class Verdict(StrEnum):
    PUT_RIGHT = "put_right"  # it was wrong, and is changed or will be
    STANDS = "stands"  # it is right as it is
    TAKEN_BACK = "taken_back"  # by the organization itself


@dataclass(frozen=True, slots=True)
class Contest:
    """`name`: of the signal, or "SET/RULE". `verdict` None while nobody answered."""

    id: str
    organization_id: str
    organization: str
    about: str
    name: str
    words: str
    made_at: datetime
    verdict: Verdict | None
    answer: str
    answered_at: datetime | None


def contest(parts: Parts, actor: Actor, organization_id: str, about: str, name: str, words: str) -> str:
    """Say what is wrong, for the organization; its id. Raise `Forbidden`, `InvalidInput`, `Refused`."""
    may_speak(actor, organization_id)
    words = words.strip()
    if not 0 < len(words) <= LONGEST:
        raise InvalidInput("words", say("Say in 1 to %(most)s letters what is wrong.", most=LONGEST))
    with parts.database.writing() as session:
        if session.scalar(select(Organization.id).where(Organization.id == organization_id).with_for_update()) is None:
            raise NotFound(say("There is no such organization."))
        if not _is_known(parts, session, about, name):
            raise InvalidInput("name", say("Choose a figure or a rule that there is."))
        waiting = set(session.scalars(select(RuleContest.name).where(*_open(organization_id))))
        if name in waiting:
            raise Refused(say("You contest this already. Planners see it; their answer will stand here."))
        if len(waiting) >= MOST_OPEN:
            raise Refused(say("%(most)s things wait for an answer. Wait for some of them, or take one back.", most=MOST_OPEN))
        row = RuleContest(
            organization_id=organization_id, about=about, name=name, words=words, made_at=parts.clock.now(), made_by=actor.label
        )
        session.add(row)
        session.commit()
        return row.id


def take_back(parts: Parts, actor: Actor, organization_id: str, contest_id: str) -> None:
    """Contest it no longer. Raise `Forbidden`, `NotFound`."""
    may_speak(actor, organization_id)
    with parts.database.writing() as session:
        row = _row(session, contest_id)
        if row.organization_id != organization_id:
            raise NotFound(say("There is no such thing here."))
        _close(parts, row, actor, Verdict.TAKEN_BACK, "")
        session.commit()


def answer(parts: Parts, actor: Actor, contest_id: str, verdict: str, words: str) -> None:
    """Answer it, for those who plan where the organization works. Raise `NotFound`, `Forbidden`, `InvalidInput`, `Refused`."""
    if verdict not in (Verdict.PUT_RIGHT, Verdict.STANDS):
        raise InvalidInput("verdict", say("Choose whether it is put right or stands."))
    words = words.strip()
    if not 0 < len(words) <= LONGEST:
        raise InvalidInput("words", say("Say in 1 to %(most)s letters why, or what is changed.", most=LONGEST))
    with parts.database.writing() as session:
        row = _row(session, contest_id)
        require(actor, Action.PLAN, resource_of_organization(session, row.organization_id))
        _close(parts, row, actor, Verdict(verdict), words)
        session.commit()


def read_contests(parts: Parts, organization_id: str) -> tuple[Contest, ...]:
    """Everything that an organization contests or contested, what is open first, then the newest."""
    with parts.database.reading() as session:
        return _read(session, RuleContest.organization_id == organization_id)


def list_contests(parts: Parts, actor: Actor) -> tuple[Contest, ...]:
    """The same of all organizations that the actor plans for."""
    with parts.database.reading() as session:
        reached = select(Organization.id).where(organizations_in_reach(session, actor, Action.PLAN))
        return _read(session, RuleContest.organization_id.in_(reached))


def count_open(parts: Parts, actor: Actor) -> int:
    with parts.database.reading() as session:
        reached = select(Organization.id).where(organizations_in_reach(session, actor, Action.PLAN))
        asked = select(func.count()).select_from(RuleContest)
        return session.scalar(asked.where(RuleContest.verdict.is_(None), RuleContest.organization_id.in_(reached))) or 0


def contested(session: Session, organization_id: str) -> frozenset[str]:
    """The names of signals, and of rules as "SET/RULE", that an organization contests and nobody has answered yet."""
    return contested_of(session, (organization_id,)).get(organization_id, frozenset())


def contested_of(session: Session, organization_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The same for many; those that contest nothing are absent."""
    asked = select(RuleContest.organization_id, RuleContest.name)
    rows = session.execute(asked.where(RuleContest.organization_id.in_(organization_ids), RuleContest.verdict.is_(None)))
    found: dict[str, set[str]] = {}
    for organization_id, name in rows:
        found.setdefault(organization_id, set()).add(name)
    return {organization_id: frozenset(names) for organization_id, names in found.items()}


def contested_now(parts: Parts, organization_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The same for a page that shows figures of several."""
    with parts.database.reading() as session:
        return contested_of(session, organization_ids)


def may_speak(actor: Actor, organization_id: str) -> None:
    """Whoever edits its listings or leads it. Raise `Forbidden`."""
    if actor.token_id or organization_id not in actor.organizations(MAY_SPEAK):
        raise Forbidden(say("An editor or a lead of the organization contests for it."))


def _is_known(parts: Parts, session: Session, about: str, name: str) -> bool:
    if about == SIGNAL:
        return any(name in signals_of(kind) for kind in SetKind)
    set_name, _slash, rule_id = name.partition("/")
    held = [held_now(parts, session, kind).rules for kind in SetKind] if about == RULE else []
    return any(rules.name == set_name and rule_id in {rule.id for rule in rules.rules} for rules in held)


def _open(organization_id: str) -> tuple[ColumnElement[bool], ...]:
    return RuleContest.organization_id == organization_id, RuleContest.verdict.is_(None)


def _row(session: Session, contest_id: str) -> RuleContest:
    row = session.get(RuleContest, contest_id, with_for_update=True) if is_id(contest_id) else None
    if row is None:
        raise NotFound(say("There is no such thing here."))
    return row


def _close(parts: Parts, row: RuleContest, actor: Actor, verdict: Verdict, words: str) -> None:
    if row.verdict is not None:
        raise Refused(say("This was answered or taken back meanwhile."))
    row.verdict, row.answer, row.answered_at, row.answered_by = verdict.value, words or None, parts.clock.now(), actor.label


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Contest, ...]:
    asked = select(RuleContest, Organization.name).join(Organization, Organization.id == RuleContest.organization_id)
    ordered = asked.where(which).order_by(RuleContest.verdict.is_not(None), RuleContest.made_at.desc(), RuleContest.id)
    return tuple(_shown(row, name or "") for row, name in session.execute(ordered.limit(MOST_SHOWN)))


def _shown(row: RuleContest, name: str) -> Contest:
    return Contest(
        row.id, row.organization_id, name, row.about, row.name, row.words, row.made_at, Verdict(row.verdict) if row.verdict else None,
        row.answer or "", row.answered_at,
    )  # fmt: skip
