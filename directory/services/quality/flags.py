"""Read what is to be put right: of one organization, of one listing, or everywhere that a planner's role reaches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.rules.sets.kinds import Owner, SetKind, Severity
from directory.rules.sets.quality import flags_of
from directory.rules.sets.rule import FlagListing, Rule, RuleSet
from directory.services.access import services_in_reach
from directory.services.parts import Parts
from directory.services.quality.judge import RIGHT, WEIGHT, flag_signals
from directory.services.quality.signals import read_cases
from directory.services.rules.versions import held_now, today_in
from directory.store.tables import ListingFlag, Organization, Service

ON_A_PAGE = 50
SEVERITY: Mapping[int, Severity] = {weight: severity for severity, weight in WEIGHT.items()}


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """`owner`: whose turn it is; `is_taken_over`: planners have it, whatever the rule says. `rule` is None where the rules that hold by now
    no longer have it: then it goes with the next pass. `organization_id`, `organization`, `sector` are "" where nobody offers it."""

    id: str
    service_id: str
    service: str
    organization_id: str
    organization: str
    sector: str
    rule_id: str
    rule: Rule | None
    flag: str
    severity: Severity
    owner: Owner
    is_taken_over: bool
    is_known: bool
    version: int
    seen: Mapping[str, Any]
    opened_at: datetime

    @property
    def then(self) -> FlagListing | None:
        return self.rule.then if self.rule is not None and isinstance(self.rule.then, FlagListing) else None


@dataclass(frozen=True, slots=True)
class Answered(OpenFlag):
    """One that is right as it stands: who said so (the label of an actor), when, why, and until when (None: until the fact changes)."""

    by: str = ""
    at: datetime | None = None
    why: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which flags: None and "" stand for all."""

    owner: Owner | None = None
    severity: Severity | None = None
    sector: str = ""
    organization_id: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class FlagPage:
    """`flags` of this page, the most severe first and those of one listing together; `by_severity` and `by_flag` count all that are
    wanted, `by_flag` without regard to the flag that is wanted."""

    flags: tuple[OpenFlag, ...]
    total: int
    by_severity: Mapping[Severity, int]
    by_flag: tuple[tuple[str, int], ...]
    page: int


def read_flags(parts: Parts, wanted: Wanted, page: int = 1, actor: Actor | None = None, most: int = ON_A_PAGE) -> FlagPage:
    """Open flags. `actor`: only where their planning reaches; None: whoever asks was held to the organization that is wanted already."""
    with parts.database.reading() as session:
        rules, conditions = _rules(parts, session), _conditions(session, wanted, actor)
        asked = _asked(conditions).order_by(*_ORDER).offset((page - 1) * most).limit(most)
        flags = tuple(_flag(row, rules) for row in session.execute(asked))
        counts = _counts(session, wanted, actor)
    by_severity = dict.fromkeys(WEIGHT, 0)
    by_flag: dict[str, int] = {}
    for weight, flag, count in counts:
        by_flag[flag] = by_flag.get(flag, 0) + count
        if not wanted.flag or flag == wanted.flag:
            by_severity[SEVERITY[weight]] += count
    ranked = tuple(sorted(by_flag.items(), key=lambda each: (-each[1], each[0])))
    return FlagPage(flags, sum(by_severity.values()), by_severity, ranked, page)


def each_flag(parts: Parts, wanted: Wanted, actor: Actor | None = None) -> Iterator[OpenFlag]:
    """All of them, one after the other, however many."""
    with parts.database.reading() as session:
        rules = _rules(parts, session)
        asked = _asked(_conditions(session, wanted, actor)).order_by(*_ORDER).execution_options(yield_per=1_000)
        for row in session.execute(asked):
            yield _flag(row, rules)


def flags_on(parts: Parts, session: Session, service_ids: Iterable[str], now: datetime) -> dict[str, tuple[OpenFlag, ...]]:
    """Open flags of some listings, without those whose cause is gone already though nobody has judged the listing since."""
    ids, held = list(service_ids), held_now(parts, session, SetKind.QUALITY)
    asked = _asked((ListingFlag.settled_at.is_(None), ListingFlag.service_id.in_(ids))).order_by(*_ORDER)
    rows = session.execute(asked).all()
    cases = read_cases(session, {row.ListingFlag.service_id for row in rows}, now, flag_signals(held.rules))
    still = {key: {flagged.rule.id for flagged in flags_of(held.rules, case.at(now))} for key, case in cases.items()}
    found: dict[str, list[OpenFlag]] = {}
    for row in rows:
        if row.ListingFlag.rule_id in still.get(row.ListingFlag.service_id, ()):
            found.setdefault(row.ListingFlag.service_id, []).append(_flag(row, held.rules))
    return {key: tuple(flags) for key, flags in found.items()}


def count_flags(session: Session, organization_id: str, owner: Owner | None = None) -> int:
    """How many are open of an organization's listings."""
    this = (ListingFlag.organization_id == organization_id, ListingFlag.settled_at.is_(None))
    asked = select(func.count()).select_from(ListingFlag).where(*this)
    return session.scalar(asked.where(ListingFlag.owner == owner.value) if owner else asked) or 0


def read_answered(parts: Parts, organization_id: str, most: int = 100) -> tuple[Answered, ...]:
    """What an organization, or a planner for it, said to be right as it stands, and still holds; the newest first."""
    with parts.database.reading() as session:
        rules, today = _rules(parts, session), today_in(session, parts.clock.now())
        holds = (ListingFlag.how == RIGHT, or_(ListingFlag.until.is_(None), ListingFlag.until >= today))
        asked = _asked((*holds, ListingFlag.organization_id == organization_id))
        rows = session.execute(asked.order_by(ListingFlag.settled_at.desc(), ListingFlag.id).limit(most)).all()
        return tuple(_answered(row, rules) for row in rows)


_ORDER = (ListingFlag.weight.desc(), ListingFlag.service_id, ListingFlag.rule_id)


def _rules(parts: Parts, session: Session) -> RuleSet:
    return held_now(parts, session, SetKind.QUALITY).rules


def _asked(conditions: Iterable[ColumnElement[bool]]) -> Any:
    columns = (ListingFlag, Service.name, Organization.name.label("whose"), Organization.sector)
    return (
        select(*columns)
        .join(Service, Service.id == ListingFlag.service_id)
        .outerjoin(Organization, Organization.id == ListingFlag.organization_id)
        .where(*conditions)
    )


def _counts(session: Session, wanted: Wanted, actor: Actor | None) -> list[tuple[int, str, int]]:
    """How many there are of each weight and flag, whichever flag is wanted. Whose turn it is comes afterwards: to go through all once takes
    a quarter of the time that it takes to look up most of them by an index."""
    others = _conditions(session, Wanted(None, wanted.severity, wanted.sector, wanted.organization_id), actor)
    columns = (ListingFlag.owner, ListingFlag.weight, ListingFlag.flag)
    rows = session.execute(select(*columns, func.count()).where(*others).group_by(*columns)).all()
    return [(weight, flag, count) for owner, weight, flag, count in rows if wanted.owner is None or owner == wanted.owner.value]


def _conditions(session: Session, wanted: Wanted, actor: Actor | None) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [ListingFlag.settled_at.is_(None)]
    if wanted.owner is not None:
        found.append(ListingFlag.owner == wanted.owner.value)
    if wanted.severity is not None:
        found.append(ListingFlag.weight == WEIGHT[wanted.severity])
    if wanted.organization_id:
        found.append(ListingFlag.organization_id == wanted.organization_id)
    if wanted.flag:
        found.append(ListingFlag.flag == wanted.flag)
    if wanted.sector:
        found.append(ListingFlag.organization_id.in_(select(Organization.id).where(Organization.sector == wanted.sector)))
    if actor is not None and not reach(actor, Action.PLAN).everything:  # a condition that holds for all would be looked up for each
        in_reach = services_in_reach(session, actor, Action.PLAN)
        found.append(ListingFlag.service_id.in_(select(Service.id).where(in_reach)))
    return tuple(found)


def _flag(row: Any, rules: RuleSet) -> OpenFlag:
    return OpenFlag(**_values(row, rules))


def _answered(row: Any, rules: RuleSet) -> Answered:
    flag: ListingFlag = row.ListingFlag
    return Answered(**_values(row, rules), by=flag.settled_by or "", at=flag.settled_at, why=flag.why or "", until=flag.until)


def _values(row: Any, rules: RuleSet) -> dict[str, Any]:
    flag: ListingFlag = row.ListingFlag
    return {
        "id": flag.id,
        "service_id": flag.service_id,
        "service": row.name,
        "organization_id": flag.organization_id or "",
        "organization": row.whose or "",
        "sector": row.sector or "",
        "rule_id": flag.rule_id,
        "rule": next((rule for rule in rules.active_rules if rule.id == flag.rule_id), None),
        "flag": flag.flag,
        "severity": SEVERITY[flag.weight],
        "owner": Owner(flag.owner),
        "is_taken_over": flag.taken_over_by is not None,
        "is_known": flag.is_known,
        "version": flag.version,
        "seen": flag.seen,
        "opened_at": flag.opened_at,
    }
