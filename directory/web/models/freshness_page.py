"""How old what listings say is, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.freshness import BAR_DAYS, Age, Distribution, Group
from directory.domain.upkeep.due import Risk
from directory.services.planning.freshness import ON_A_PAGE, Freshness, ListingsFound, Looked
from directory.services.upkeep.due import DueListing
from directory.services.upkeep.wanted import Wanted
from directory.web.amounts import number
from directory.web.figures.ages import Ages, Counted, ages
from directory.web.here import community_zone
from directory.web.languages import language, locale
from directory.web.models.upkeep_page import risk_words
from directory.web.models.upkeep_words import due_words
from directory.web.times import age_words, days_ago, local_date
from directory.web.wording import _, ngettext
from directory.web.words import sector_name, verified_how

MOST_ORGANIZATIONS = 20
TICKS = (0, 3, 6, 12, 18)


@dataclass(frozen=True, slots=True)
class Linked:
    """A number and the list behind it."""

    count: str
    href: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`percent` from 0 to 100 for a bar; `median` "" where nobody looked yet. `ages` are by class, those that nobody looked at last."""

    name: str
    href: str
    listings: Linked
    due: Linked
    share: str
    percent: int
    median: str
    ages: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class RiskFigure:
    """`finding` is its title; `due_words`: what the line says."""

    finding: str
    picture: Ages
    due_words: str


@dataclass(frozen=True, slots=True)
class ListingRow:
    """`call`: what the queue of calls knows it by: its organization, else itself."""

    name: str
    href: str
    organization: str
    risk: str
    is_crisis: bool
    verified: str
    due: str
    call: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    name: str
    count: str
    percent: int


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    """`only`: what the page is narrowed to, in words."""

    finding: str
    day: str
    only: tuple[str, ...]
    ages: tuple[str, ...]
    figures: tuple[RiskFigure, ...]
    by_risk: tuple[GroupRow, ...]
    by_sector: tuple[GroupRow, ...]
    by_need: tuple[GroupRow, ...]
    by_organization: tuple[GroupRow, ...]
    more_organizations: int
    months: tuple[MonthRow, ...]
    oldest: tuple[ListingRow, ...]
    queue: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ListingsPage:
    """`before`, `after` "" where there is none."""

    title: str
    only: tuple[str, ...]
    rows: tuple[ListingRow, ...]
    figures: str
    queue: str
    before: str
    after: str
    page: int
    pages: int


def asked_for(wanted: Wanted) -> dict[str, Any]:
    """As an address has it."""
    asked = {
        "risk": wanted.risk.value if wanted.risk else "",
        "sector": wanted.sector,
        "need": wanted.need,
        "organization": wanted.organization_id,
        "age": wanted.age.value if wanted.age else "",
        "due": "yes" if wanted.is_due else "",
    }
    return {name: value for name, value in asked.items() if value}


def freshness_page(found: Freshness, oldest: ListingsFound, wanted: Wanted) -> FreshnessPage:
    base = replace(wanted, age=None, is_due=False)
    organizations = [group for group in found.by_organization if group.due]
    return FreshnessPage(
        finding=_finding(found.all),
        day=local_date(found.at),
        only=tuple(only_words(wanted, found.names.get(wanted.organization_id, ""))),
        ages=tuple(_age_words().values()),
        figures=tuple(_figure(risk, group, bars) for risk, (group, bars) in found.by_risk.items() if group.listings),
        by_risk=tuple(
            _row(risk_words(risk), group, replace(base, risk=risk)) for risk, (group, _bars) in found.by_risk.items() if group.listings
        ),
        by_sector=tuple(_row(sector_name(group.key), group, replace(base, sector=group.key)) for group in found.by_sector if group.key),
        by_need=tuple(_row(need_name(group.key, language()), group, replace(base, need=group.key)) for group in found.by_need if group.key),
        by_organization=tuple(
            _row(found.names.get(group.key, ""), group, replace(base, organization_id=group.key)) for group in organizations
        ),
        more_organizations=found.due_organizations - len(organizations),
        months=_months(found.months),
        oldest=tuple(_listing(one, found.at) for one in oldest.listings),
        queue=queue_address(wanted),
        is_empty=not found.all.listings,
    )


def listings_page(found: ListingsFound, wanted: Wanted, now: datetime) -> ListingsPage:
    def at(page: int) -> str:
        return url_for(".listings", **asked_for(wanted), page=page if page > 1 else None)

    pages = max(1, -(-found.total // ON_A_PAGE))
    name = found.listings[0].organization if wanted.organization_id and found.listings else ""
    return ListingsPage(
        title=ngettext("%(num)d listing", "%(num)d listings", found.total),
        only=tuple(only_words(wanted, name)),
        rows=tuple(_listing(one, now) for one in found.listings),
        figures=url_for(".page", **asked_for(replace(wanted, age=None, is_due=False))),
        queue=queue_address(wanted),
        before=at(found.page - 1) if found.page > 1 else "",
        after=at(found.page + 1) if found.page < pages else "",
        page=found.page,
        pages=pages,
    )


def queue_address(wanted: Wanted) -> str:
    """Whom to call for these."""
    asked = {name: value for name, value in asked_for(wanted).items() if name in ("risk", "sector", "need", "organization")}
    return url_for("verify.queue", **asked)


def _finding(group: Group) -> str:
    share = format_percent(group.due_share, locale=locale())
    return _(
        "%(share)s of listings are to be looked at: %(due)s of %(count)s", share=share, due=number(group.due), count=number(group.listings)
    )


def only_words(wanted: Wanted, organization: str = "") -> Iterable[str]:
    """What it is narrowed to."""
    if wanted.risk:
        yield risk_words(wanted.risk)
    if wanted.sector:
        yield sector_name(wanted.sector)
    if wanted.need:
        yield need_name(wanted.need, language())
    if wanted.organization_id:
        yield organization or _("one organization")
    if wanted.age:
        yield _age_words()[wanted.age]
    if wanted.is_due:
        yield _("to be looked at")


def _row(name: str, group: Group, wanted: Wanted) -> GroupRow:
    return GroupRow(
        name=name,
        href=url_for(".page", **asked_for(wanted)),
        listings=_linked(group.listings, wanted),
        due=_linked(group.due, replace(wanted, is_due=True)),
        share=format_percent(group.due_share, locale=locale()),
        percent=round(group.due_share * 100),
        median="" if group.median_days is None else ngettext("%(num)d day", "%(num)d days", group.median_days),
        ages=tuple(_linked(group.by_age[age], replace(wanted, age=age)) for age in Age),
    )


def _linked(count: int, wanted: Wanted) -> Linked:
    return Linked(number(count), url_for(".listings", **asked_for(wanted)) if count else "")


def _figure(risk: Risk, group: Group, bars: Distribution) -> RiskFigure:
    share = format_percent(group.due_share, locale=locale())
    told = {"due": number(group.due), "count": number(group.listings), "share": share}
    finding = {
        Risk.CRISIS: _("Help in a crisis: %(due)s of %(count)s are to be looked at (%(share)s)", **told),
        Risk.BASIC: _("Daily needs: %(due)s of %(count)s are to be looked at (%(share)s)", **told),
        Risk.OTHER: _("Other help: %(due)s of %(count)s are to be looked at (%(share)s)", **told),
    }[risk]
    counted = [_bar(count, after * BAR_DAYS) for after, count in enumerate(bars.bars)]
    older = Counted(bars.older, _("older: %(count)s", count=number(bars.older)), number(bars.older))
    never = Counted(bars.never, _("never looked at: %(count)s", count=number(bars.never)), number(bars.never))
    ticks = [(each, _("now") if not each else _("%(count)s months", count=each) if each == TICKS[-1] else str(each)) for each in TICKS]
    picture = ages(counted, older, never, BAR_DAYS, bars.due_days, ticks, (_("older"), _("never")))
    due = "" if bars.due_days is None else _("due after %(days)s days", days=number(bars.due_days))
    return RiskFigure(finding, picture, due)


def _bar(count: int, days: int) -> Counted:
    words = _("looked at %(first)s to %(last)s days ago: %(count)s", first=days, last=days + BAR_DAYS - 1, count=number(count))
    return Counted(count, words, number(count))


def _listing(one: DueListing, now: datetime) -> ListingRow:
    if one.verified_at is None:
        verified = _("never")
    else:
        age, how = age_words(days_ago(one.verified_at, now)), verified_how(one.how)
        verified = f"{age} {how}" if how else age
    return ListingRow(
        name=one.name,
        href=url_for("listings.service", service_id=one.id),
        organization=one.organization,
        risk=risk_words(one.risk),
        is_crisis=one.risk is Risk.CRISIS,
        verified=verified,
        due=due_words(one.due, now),
        call=one.organization_id or one.id,
    )


def _months(months: tuple[Looked, ...]) -> tuple[MonthRow, ...]:
    most = max((each.listings for each in months), default=0) or 1
    zone = community_zone()
    return tuple(
        MonthRow(
            format_date(each.first.astimezone(zone).date(), "MMM y", locale=locale()),
            number(each.listings),
            round(100 * each.listings / most),
        )
        for each in months
    )


def _age_words() -> dict[Age, str]:
    return {
        Age.QUARTER: _("0 to 90 days"),
        Age.HALF: _("91 to 180 days"),
        Age.YEAR: _("181 to 365 days"),
        Age.TWO_YEARS: _("one to two years"),
        Age.OLDER: _("over two years"),
        Age.NEVER: _("never"),
    }
