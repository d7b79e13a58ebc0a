"""Cases that there were, or are, for whoever writes rules to see what a rule would do. They name programs and listings, never a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from directory.rules.operands import Unfit
from directory.rules.sets.check import read_signal
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Plain, Signals
from directory.services.parts import Parts
from directory.services.quality.signals import read_cases
from directory.store.tables import OverlapPair, RouteCase, RuleDecision, Service

MOST = 300
MOST_DECISIONS = 60


@dataclass(frozen=True, slots=True)
class RealCase:
    """`name` of the program or the listing; "" for a referral, which is told by its signals alone."""

    name: str
    signals: Signals


def recent_cases(parts: Parts, kind: SetKind) -> tuple[RealCase, ...]:
    """At most `MOST`: of quality today's listings, of the others what was decided last. () where nothing is kept yet."""
    with parts.database.reading() as session:
        if kind is SetKind.QUALITY:
            return tuple(_listings(parts, session))
        if kind is SetKind.FLAG:
            return tuple(_pairs(session))
        return tuple(_referrals(session) if kind is SetKind.ROUTE else _decided(session, kind))


def _listings(parts: Parts, session: Session) -> Iterable[RealCase]:
    asked = select(Service.id, Service.name).where(Service.withdrawn_at.is_(None)).order_by(Service.id).limit(MOST)
    names = {row.id: row.name for row in session.execute(asked)}
    now = parts.clock.now()
    return [RealCase(names[key], case.at(now)) for key, case in read_cases(session, names, now).items()]


def _pairs(session: Session) -> Iterable[RealCase]:
    """Pairs of listings that are kept, of all readings."""
    a, b = aliased(Service), aliased(Service)
    asked = select(OverlapPair.signals, a.name.label("first"), b.name.label("second")).order_by(OverlapPair.id).limit(MOST)
    rows = session.execute(asked.join(a, a.id == OverlapPair.service_a_id).join(b, b.id == OverlapPair.service_b_id))
    return [RealCase(f"{row.first} / {row.second}", _signals(row.signals, SetKind.FLAG)) for row in rows]


def _referrals(session: Session) -> Iterable[RealCase]:
    """Each sort of referral that there was, the newest first."""
    seen = session.scalars(select(RouteCase.seen).order_by(RouteCase.id.desc()).limit(MOST))
    return [RealCase("", _signals(told, SetKind.ROUTE)) for told in seen]


def _decided(session: Session, kind: SetKind) -> Iterable[RealCase]:
    asked = select(RuleDecision.seen).where(RuleDecision.kind == kind.value).order_by(RuleDecision.at.desc(), RuleDecision.id)
    seen = session.scalars(asked.limit(MOST_DECISIONS)).all()
    candidates = [(key, told) for each in seen for key, told in (each.get("candidates") or {}).items()][:MOST]
    ids = {key for key, _told in candidates}
    names = {row.id: row.name for row in session.execute(select(Service.id, Service.name).where(Service.id.in_(ids)))} if ids else {}
    return [RealCase(names.get(key) or "", _signals(told, kind)) for key, told in candidates]


def _signals(told: object, kind: SetKind) -> Signals:
    """What was seen, as far as the catalogue still knows it."""
    found: dict[str, Plain] = {}
    for name, value in told.items() if isinstance(told, dict) else ():
        try:
            found[name] = read_signal(name, value, kind)
        except Unfit:
            continue
    return found
