"""The rules of when to look again, as a bound for the database: what it keeps out is not due, and mostly all that it lets in is.

A comparison that the database can make is made there, three-valued as in the rules: what is not known is NULL. One that it cannot make, or
that ends instead of beginning as days go by, lets everything in; whoever reads decides exactly then (`rules.sets.quality`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select, true

from directory.domain.upkeep.due import SLUGS, Risk
from directory.rules.catalogue import Op
from directory.rules.conditions import All, Comparison, Condition, Not, comparisons_in
from directory.rules.operands import Range
from directory.rules.sets.kinds import IfUnknown
from directory.rules.sets.quality import COUNTS_DAYS, REPORTED_DAYS, ROOM_DAYS, VERIFIED_DAYS, look_again_rules
from directory.rules.sets.rule import Rule, RuleSet
from directory.services.quality.said import tells_of_room, unanswered_reports
from directory.store.tables import Organization, Service, ServiceCapacity, ServiceCategory, WorkerReport

Holds = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Bound:
    """`condition` on `Service`. `is_exact`: what it lets in is due, all of it."""

    condition: Holds
    is_exact: bool


def due_bound(rules: RuleSet, at: datetime) -> Bound:
    """What may be due at a moment. A test holds it to the rules."""
    narrowing = _Narrowing(at)
    some = [narrowing.rule(rule, then.days) for rule, then in look_again_rules(rules)]
    return Bound(or_(*some) if some else ~true(), narrowing.is_exact)


def filed_under(slugs: Iterable[str]) -> Holds:
    return exists().where(ServiceCategory.service_id == Service.id, ServiceCategory.category.in_(sorted(slugs)))


class _Narrowing:
    def __init__(self, at: datetime) -> None:
        self._at = at
        self.is_exact = True

    def rule(self, rule: Rule, days: int) -> Holds:
        since = self._at - timedelta(days=days)
        has_passed = or_(Service.verified_at <= since, and_(Service.verified_at.is_(None), Service.created_at <= since))
        return and_(has_passed, self._fires(rule))

    def _fires(self, rule: Rule) -> Holds:
        holds = self._may_be(rule.when, wanted=True)
        if rule.if_unknown is not IfUnknown.SEND_TO_REVIEW:
            return holds
        self.is_exact = False
        unknown = [self._is_unknown(test) for test in comparisons_in(rule.when)]
        return or_(holds, *unknown)

    def _is_unknown(self, test: Comparison) -> Holds:
        made = self._made(test)
        return true() if made is None else made.is_(None)

    def _may_be(self, condition: Condition, *, wanted: bool) -> Holds:
        """What may make the condition come out as wanted."""
        if isinstance(condition, Not):
            return self._may_be(condition.part, wanted=not wanted)
        if isinstance(condition, Comparison):
            made = None if self._ends(condition, wanted=wanted) else self._made(condition)
            if made is None:
                self.is_exact = False
                return true()
            return made if wanted else not_(made)
        parts = [self._may_be(part, wanted=wanted) for part in condition.parts]
        return and_(*parts) if isinstance(condition, All) is wanted else or_(*parts)

    def _ends(self, test: Comparison, *, wanted: bool) -> bool:
        """Whether it may have come out as wanted before, and no longer does: fewer days than so many."""
        return test.field in COUNTS_DAYS and not (wanted and test.op in (Op.GT, Op.GTE))

    def _made(self, test: Comparison) -> Holds | None:
        """The comparison as the database makes it; None where it cannot."""
        make = _MAKES.get(test.field)
        return make(test, self._at) if make is not None else None


def _days(test: Comparison, at: datetime) -> tuple[datetime, bool] | None:
    """Since when at the latest, and whether that very moment is too late; None for comparisons that are not of this kind."""
    if test.op not in (Op.GT, Op.GTE) or not isinstance(test.operand, float):
        return None
    return at - timedelta(days=test.operand), test.op is Op.GT


def _up_to(column: Any, moment: datetime, *, is_open: bool) -> Holds:
    found: Holds = column < moment if is_open else column <= moment
    return found


def _verified_days(test: Comparison, at: datetime) -> Holds | None:
    found = _days(test, at)
    return None if found is None else _up_to(Service.verified_at, found[0], is_open=found[1])


def _was_verified(test: Comparison, _at: datetime) -> Holds | None:
    if test.op is not Op.IS:
        return None
    return Service.verified_at.is_not(None) if test.operand is True else Service.verified_at.is_(None)


def _risk(test: Comparison, _at: datetime) -> Holds | None:
    wanted = frozenset(test.operand if isinstance(test.operand, frozenset) else {str(test.operand)})
    if test.op in (Op.NE, Op.NOT_IN):
        wanted = frozenset(risk.value for risk in Risk) - wanted
    elif test.op not in (Op.EQ, Op.IN):
        return None
    return or_(*(_of_risk(Risk(each)) for each in sorted(wanted))) if wanted else ~true()


def _of_risk(risk: Risk) -> Holds:
    """The listings of a risk: filed under it, and under none that is higher."""
    crisis, basic = filed_under(SLUGS[Risk.CRISIS]), filed_under(SLUGS[Risk.BASIC])
    return {Risk.CRISIS: crisis, Risk.BASIC: basic & ~crisis, Risk.OTHER: ~crisis & ~basic}[risk]


def _categories(test: Comparison, _at: datetime) -> Holds | None:
    slugs = test.operand
    if not isinstance(slugs, frozenset):
        return None
    if test.op is Op.HAS_ALL:
        return and_(true(), *(filed_under([slug]) for slug in sorted(slugs)))
    return {Op.HAS_ANY: filed_under(slugs), Op.HAS_NONE: ~filed_under(slugs)}.get(test.op)


def _has_category(test: Comparison, _at: datetime) -> Holds | None:
    filed = exists().where(ServiceCategory.service_id == Service.id)
    return None if test.op is not Op.IS else filed if test.operand is True else ~filed


def _sector(test: Comparison, _at: datetime) -> Holds | None:
    named = select(func.nullif(Organization.sector, "")).where(Organization.id == Service.organization_id).scalar_subquery()
    operand: Any = test.operand
    made: dict[Op, Callable[[], Holds]] = {
        Op.EQ: lambda: named == operand,
        Op.NE: lambda: named != operand,
        Op.IN: lambda: named.in_(sorted(operand)),
        Op.NOT_IN: lambda: named.not_in(sorted(operand)),
    }
    return made[test.op]() if test.op in made else None


def _room(*more: Holds) -> Holds:
    return exists().where(ServiceCapacity.service_id == Service.id, *more)


def _tells_of_room(test: Comparison, at: datetime) -> Holds | None:
    told = _room(tells_of_room(at))
    return None if test.op is not Op.IS else told if test.operand is True else ~told


def _room_days(test: Comparison, at: datetime) -> Holds | None:
    found = _days(test, at)
    if found is None:
        return None
    since, is_open = found
    newer = ServiceCapacity.updated >= since if is_open else ServiceCapacity.updated > since
    verified = or_(Service.verified_at.is_(None), _up_to(Service.verified_at, since, is_open=is_open))
    return case((_room(tells_of_room(at)), and_(verified, ~_room(tells_of_room(at), newer))))


def _reported(at: datetime, *more: Holds) -> Holds:
    is_newer = or_(Service.verified_at.is_(None), WorkerReport.told_at > Service.verified_at)
    return exists().where(WorkerReport.service_id == Service.id, *unanswered_reports(at), is_newer, *more)


def _is_reported(test: Comparison, at: datetime) -> Holds | None:
    return None if test.op is not Op.IS else _reported(at) if test.operand is True else ~_reported(at)


def _reported_days(test: Comparison, at: datetime) -> Holds | None:
    found = _days(test, at)
    if found is None:
        return None
    since, is_open = found
    newer = WorkerReport.told_at >= since if is_open else WorkerReport.told_at > since
    return case((_reported(at), ~_reported(at, newer)))


def _number(column: Any) -> Callable[[Comparison, datetime], Holds | None]:
    def make(test: Comparison, _at: datetime) -> Holds | None:
        operand: Any = test.operand
        if test.op is Op.RANGE and isinstance(operand, Range):
            low = [] if operand.low is None else [column > operand.low if operand.low_open else column >= operand.low]
            high = [] if operand.high is None else [column < operand.high if operand.high_open else column <= operand.high]
            return and_(true(), *low, *high)
        made: dict[Op, Callable[[], Holds]] = {
            Op.EQ: lambda: column == operand,
            Op.NE: lambda: column != operand,
            Op.GT: lambda: column > operand,
            Op.GTE: lambda: column >= operand,
            Op.LT: lambda: column < operand,
            Op.LTE: lambda: column <= operand,
        }
        return made[test.op]() if test.op in made else None

    return make


_MAKES: dict[str, Callable[[Comparison, datetime], Holds | None]] = {
    "listing.was_verified": _was_verified,
    VERIFIED_DAYS: _verified_days,
    "listing.risk": _risk,
    "listing.categories": _categories,
    "listing.has_category": _has_category,
    "listing.sector": _sector,
    "listing.tells_of_room": _tells_of_room,
    ROOM_DAYS: _room_days,
    "listing.is_reported": _is_reported,
    REPORTED_DAYS: _reported_days,
    "listing.minimum_age": _number(Service.minimum_age),
    "listing.maximum_age": _number(Service.maximum_age),
}
"""What the database can say by itself; all else it leaves open."""
