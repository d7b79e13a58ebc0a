"""Gaps and unmet need in the reader's words."""

from dataclasses import dataclass
from typing import Any

from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.reading import Cell, Ended, Reading
from directory.domain.planning.suppression import SMALLEST
from directory.services.planning.cells import Gaps, Reached
from directory.web.amounts import number
from directory.web.languages import language, locale
from directory.web.models.quarters import Choices, quarter_choices, quarter_name
from directory.web.whom_words import area_name
from directory.web.wording import _, ngettext

MOST_UNKNOWN = 100
"""Of what is not known so many rows are on the page; the tables have all."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """`share` "" where it is not known. `causes`: in words, with counts. `people`: how many share one place, "" where it is not known.
    `talk`: where a conversation on it begins."""

    need: str
    need_href: str
    area: str
    reading: str
    icon: str
    share: str
    percent: float
    causes: tuple[str, ...]
    offered: str
    is_sure: bool
    people: str
    search: str
    talk: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class ReachRow:
    need: str
    served: str
    unequal: str
    worst: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapsPage:
    """`quarters`: address, name and whether it is shown. `rows`: what is known; `unknown`: cells with too few events, of which `more` are
    only in the tables. `reached`: of needs that stand in the rows; `reached_else`: of all others."""

    title: str
    quarter: str
    quarters: Choices
    area: str
    need: str
    rows: tuple[GapRow, ...]
    unknown: tuple[GapRow, ...]
    more: int
    reached: tuple[ReachRow, ...]
    reached_else: tuple[ReachRow, ...]
    few: int


def gaps_page(gaps: Gaps, need: str) -> GapsPage:
    people = {(each.need, area): count for each in gaps.reached for area, count in each.people_per_place.items()}
    kept: dict[str, Any] = {name: value for name, value in (("area", gaps.area), ("need", need)) if value}
    now = gaps.quarter
    known = [cell for cell in gaps.cells if cell.reading is not Reading.NOT_KNOWN]
    shown_needs = {cell.need for cell in known}
    unknown = [cell for cell in gaps.cells if cell.reading is Reading.NOT_KNOWN]
    return GapsPage(
        title=quarter_name(now),
        quarter=str(now),
        quarters=quarter_choices(now, ".page", kept),
        area=area_name(gaps.area) if gaps.area else "",
        need=need_name(need, language()) if need else "",
        rows=tuple(_row(gaps, cell, people.get((cell.need, cell.area))) for cell in known),
        unknown=tuple(_row(gaps, cell, people.get((cell.need, cell.area))) for cell in unknown[:MOST_UNKNOWN]),
        more=max(0, len(unknown) - MOST_UNKNOWN),
        reached=tuple(_reach(each) for each in gaps.reached if each.people and each.need in shown_needs),
        reached_else=tuple(_reach(each) for each in gaps.reached if each.people and each.need not in shown_needs),
        few=SMALLEST,
    )


def _row(gaps: Gaps, cell: Cell, people: float | None) -> GapRow:
    share = cell.unmet_share
    return GapRow(
        need=need_name(cell.need, language()),
        need_href=url_for(".page", quarter=str(gaps.quarter), need=cell.need),
        area=area_name(cell.area),
        reading=reading_words(cell.reading),
        icon=reading_icon(cell.reading),
        share="" if share is None else _("%(part)s of %(whole)s", part=number(cell.unmet), whole=number(cell.events)),
        percent=0 if share is None else round(100 * share, 1),
        causes=tuple(causes_of(cell)),
        offered=_offered(cell),
        is_sure=cell.is_sure,
        people="" if people is None else number(round(people)),
        search=url_for("find.search", category=cell.need, near=area_name(cell.area)),
        talk=url_for("conversations.new", need=cell.need, area=cell.area, quarter=str(gaps.quarter)),
        plan=url_for("actions.new", need=cell.need, area=cell.area, quarter=str(gaps.quarter)),
    )


def causes_of(cell: Cell) -> list[str]:
    """How asking ended, in words with counts."""
    told = [f"{words}: {number(cell.ended[ended])}" for ended, words in _ended_words().items() if cell.ended.get(ended)]
    return [*told, _("other ways: too few to tell")] if cell.is_partly_hidden else told


def _offered(cell: Cell) -> str:
    if not cell.offered:
        return _("nothing is offered")
    told = ngettext(
        "%(usable)s of %(num)d program can be used", "%(usable)s of %(num)d programs can be used", cell.offered, usable=cell.usable
    )
    return f"{told}; {ngettext('%(num)d not verified in time', '%(num)d not verified in time', cell.stale)}" if cell.stale else told


def _reach(each: Reached) -> ReachRow:
    share, people = format_percent(each.served / each.people, locale=locale()), number(each.people)
    return ReachRow(
        need=need_name(each.need, language()),
        served=_("%(share)s of %(people)s people have it within %(km)s km", share=share, people=people, km=round(each.reach_km)),
        unequal="" if each.gini is None else f"{each.gini:.2f}",
        worst=tuple(area_name(area) for area in each.worst),
    )


def reading_words(reading: Reading) -> str:
    """What a cell is read as."""
    return {
        Reading.NOT_KNOWN: _("Not known"),
        Reading.GAP: _("A gap"),
        Reading.ALIGN: _("Offered twice, and not what is needed"),
        Reading.CONVERSATION: _("Worth a conversation"),
        Reading.SERVED: _("Served"),
    }[reading]


_ICONS = {
    Reading.NOT_KNOWN: "info",
    Reading.GAP: "alert",
    Reading.ALIGN: "alert",
    Reading.CONVERSATION: "info",
    Reading.SERVED: "check",
}


def reading_icon(reading: Reading) -> str:
    """Its mark beside the words."""
    return _ICONS[reading]


def _ended_words() -> dict[Ended, str]:
    return {
        Ended.NOTHING: _("searches that found too little"),
        Ended.CAPACITY: _("no room or money"),
        Ended.ELIGIBILITY: _("not for them"),
        Ended.AREA: _("outside the area"),
        Ended.ACCESS: _("hours, language or access"),
        Ended.FOUND: _("searches that found something"),
        Ended.REFERRED: _("referred"),
    }
