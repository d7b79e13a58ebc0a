"""Pairs of offerings as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from directory.domain.categories import tree
from directory.domain.sectors import Sector
from directory.rules.overlap.bounds import Bounds
from directory.rules.overlap.pair import PARTS
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import FlagPair, RuleSet
from directory.rules.sets.signals import Signals
from directory.rules.sets.wording import filled_text
from directory.services.overlaps.read import READINGS, TALKED_ABOUT, OverlapLine, OverlapPage, Wanted
from directory.services.overlaps.read import Side as KeptSide
from directory.services.words import translate_into
from directory.web.amounts import distance_words, number
from directory.web.languages import language, reading_order
from directory.web.overlap_words import part_names, reading_status, reading_words, size_words
from directory.web.status import Status
from directory.web.times import local_date
from directory.web.whom_words import names
from directory.web.words import sector_name

BAR = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: `words` for how much, and from 0 to 100 what is sure (`low`) and what may be besides (`more`)."""

    name: str
    words: str
    low: float
    more: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class SideLine:
    name: str
    href: str
    organization: str
    sector: str


@dataclass(frozen=True, slots=True)
class OverlapCard:
    """`reason`: the rule's sentence, "" where none reads the pair. `undecided`: how it might be read, if more was known."""

    id: str
    href: str
    first: SideLine
    second: SideLine
    category: str
    size: str
    status: Status
    reason: str
    undecided: tuple[str, ...]
    bars: tuple[Bar, ...]
    apart: str
    since: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    chosen: bool
    href: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class OverlapsPage:
    cards: tuple[OverlapCard, ...]
    count: int
    total: str
    readings: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    organization_id: str
    organization: str
    category: str
    sheet: str
    before: str
    after: str
    ran: str
    left_out: tuple[str, ...]
    crowded: tuple[tuple[str, str, str], ...]


def overlaps_page(
    found: OverlapPage, wanted: Wanted, page: int, per_page: int, rules: Mapping[str, RuleSet], areas: Mapping[str, str]
) -> OverlapsPage:  # fmt: skip
    """The page of planners. `rules`: version -> the rules by which pairs were read; `areas`: id -> name of the community's areas."""
    run = found.run
    last = -(-found.total // per_page)
    crowded = sorted(run.crowded.items(), key=lambda each: (-each[1][1], each[0])) if run else []
    own = next((side for line in found.lines for side in (line.first, line.second) if side.organization_id == wanted.organization_id), None)
    return OverlapsPage(
        cards=tuple(overlap_card(line, rules) for line in found.lines),
        count=found.total,
        total=number(found.total),
        readings=_readings(found, wanted),
        sectors=tuple(Choice(each.value, sector_name(each.value), each.value == wanted.sector) for each in Sector),
        areas=tuple(Choice(key, name, key == wanted.area) for key, name in sorted(areas.items(), key=lambda each: reading_order(each[1]))),
        organization_id=wanted.organization_id,
        organization=own.organization if own else "",
        category=wanted.category,
        sheet=address(wanted, endpoint="overlaps.sheet"),
        before=address(wanted, page - 1) if page > 1 else "",
        after=address(wanted, page + 1) if page < last else "",
        ran=local_date(run.finished_at) if run and run.finished_at else "",
        left_out=(number(run.nowhere),) if run and run.nowhere else (),
        crowded=tuple((tree.name(slug, language()), number(more), number(of)) for slug, (of, more) in crowded),
    )


def address(wanted: Wanted, page: int = 1, endpoint: str = "overlaps.table") -> str:
    """Where these pairs are, for everybody who may see them."""
    return url_for(
        endpoint, area=wanted.area or None, category=wanted.category or None, reading=wanted.reading or None, sector=wanted.sector or None,
        organization=wanted.organization_id or None, page=page if page > 1 else None,
    )  # fmt: skip


def overlap_card(line: OverlapLine, rules: Mapping[str, RuleSet], href: str | None = None) -> OverlapCard:
    """One pair. `href`: where it is looked at; "" where it is looked at already."""
    return OverlapCard(
        id=line.id,
        href=url_for("overlaps.one", pair_id=line.id) if href is None else href,
        first=_side(line.first),
        second=_side(line.second),
        category=tree.name(line.category, language()) if line.category else "",
        size=size_words(line.value),
        status=reading_status(line.reading),
        reason=_reason(line, rules.get(line.rule_version)),
        undecided=_undecided(line, rules.get(line.rule_version)),
        bars=bars_of(line),
        apart=distance_words(line.metres / 1000) if line.metres is not None else "",
        since=local_date(line.made_at),
    )


def bars_of(line: OverlapLine) -> tuple[Bar, ...]:
    called = part_names()
    return tuple(_bar(called[part], getattr(line.parts, part)) for part in PARTS)


def _bar(name: str, bounds: Bounds) -> Bar:
    low = round(bounds.low * BAR, 1)
    return Bar(name, size_words(bounds), low, round(bounds.high * BAR - low, 1), bounds.is_known)


def _side(side: KeptSide) -> SideLine:
    return SideLine(
        side.name,
        url_for("listings.service", service_id=side.service_id),
        side.organization,
        sector_name(side.sector) if side.sector else "",
    )


def _reason(line: OverlapLine, rules: RuleSet | None) -> str:
    rule = next((rule for rule in rules.rules if rule.id == line.rule), None) if rules else None
    if rule is None or not isinstance(rule.then, FlagPair):
        return ""
    called = {
        "a.name": line.first.name,
        "b.name": line.second.name,
        "a.organization": line.first.organization or line.first.name,
        "b.organization": line.second.organization or line.second.name,
    }
    return filled_text(rule.then.reason, _signals(line), called, SetKind.FLAG, translate_into(language()), names())


def _signals(line: OverlapLine) -> Signals:
    parts = {"pair.service_overlap": "service", "pair.people_overlap": "people", "pair.area_overlap": "area", "pair.hours_overlap": "hours"}
    known = {name: getattr(line.parts, part).low for name, part in parts.items() if getattr(line.parts, part).is_known}
    return known if line.metres is None else {**known, "pair.metres": line.metres}


def _undecided(line: OverlapLine, rules: RuleSet | None) -> tuple[str, ...]:
    called = reading_words()
    found = [rule.then.reading.value for rule in (rules.rules if rules else ()) if rule.id in line.asks and isinstance(rule.then, FlagPair)]
    return tuple(dict.fromkeys(called[reading] for reading in found if reading in called))


def _readings(found: OverlapPage, wanted: Wanted) -> tuple[Choice, ...]:
    called = reading_words()
    values: Sequence[str] = ("", *READINGS)
    return tuple(
        Choice(
            value,
            called.get(value, ""),
            value == wanted.reading,
            address(Wanted(wanted.area, wanted.category, value, wanted.sector, wanted.organization_id)),
            number(sum(found.readings.get(each, 0) for each in ((value,) if value else TALKED_ABOUT))),
        )
        for value in values
    )
