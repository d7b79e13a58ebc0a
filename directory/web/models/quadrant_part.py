"""Overlap against unmet need, as the planner's first page shows it: the picture, its title, and the same numbers as a table."""

from dataclasses import dataclass
from typing import Any

from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import FEWEST_EVENTS, Cell, Ended, Reading
from directory.services.planning.cells import Gaps
from directory.web.amounts import number
from directory.web.figures.quadrant import Dot, Names, Quadrant, quadrant
from directory.web.languages import language, locale
from directory.web.models.gaps_page import reading_icon, reading_words
from directory.web.whom_words import area_name
from directory.web.wording import _, ngettext

MOST_DRAWN, MOST_UNKNOWN = 30, 12
WIDE, NARROW = (1000.0, 540.0), (370.0, 460.0)


@dataclass(frozen=True, slots=True)
class QuadrantRow:
    """`unmet` "" where it is not known. `pairs_href` leads to the pairs that were counted."""

    number: int
    name: str
    href: str
    pairs: str
    pairs_href: str
    unmet: str
    reading: str
    icon: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class QuadrantPart:
    """`title` tells what is found; `pictures`: wide and narrow; `of`: how many events are shown in it; `more`: cells that are only in the
    tables; `link` makes the same again."""

    title: str
    pictures: tuple[Quadrant, ...]
    rows: tuple[QuadrantRow, ...]
    of: str
    more: int
    unknown: str
    link: str


def quadrant_part(gaps: Gaps, asked: dict[str, Any]) -> QuadrantPart:
    """Of cells of which anything may be shown; those with the most unmet first."""
    told = [cell for cell in gaps.cells if cell.events]
    told.sort(key=lambda cell: (-cell.unmet, -cell.events, cell.need, cell.area))
    known = [cell for cell in told if cell.unmet_share is not None]
    unknown = [cell for cell in told if cell.unmet_share is None]
    drawn = known[:MOST_DRAWN] + unknown[:MOST_UNKNOWN]
    has_areas = len({cell.area for cell in drawn}) > 1
    dots = [_dot(gaps, cell, place, has_areas=has_areas) for place, cell in enumerate(drawn, 1)]
    pictures = (quadrant(dots, _corners(), *WIDE), quadrant(dots, _corners(), *NARROW))
    return QuadrantPart(
        title=_title(gaps, told),
        pictures=tuple(picture for picture in pictures if picture is not None),
        rows=tuple(_row(cell, dot) for cell, dot in zip(drawn, dots, strict=True)),
        of=number(sum(cell.events for cell in told)),
        more=len(told) - len(drawn),
        unknown=_unknown(len(unknown)) if unknown else "",
        link=url_for("planning.page", quarter=str(gaps.quarter), **asked) + "#quadrant",
    )


def cell_name(cell: Cell, *, with_area: bool = True) -> str:
    """ "Detox, Ottawa"."""
    need = need_name(cell.need, language())
    return _("%(need)s, %(area)s", need=need, area=area_name(cell.area)) if with_area else need


def cell_href(quarter: object, cell: Cell) -> str:
    """To the numbers behind it."""
    return url_for("gaps.page", quarter=str(quarter), need=cell.need, area=cell.area)


def _dot(gaps: Gaps, cell: Cell, place: int, *, has_areas: bool) -> Dot:
    name = cell_name(cell, with_area=has_areas)
    return Dot(place, name, cell_href(gaps.quarter, cell), cell.overlaps, cell.unmet_share, cell.events, cell.reading, cell.is_sure)


def _row(cell: Cell, dot: Dot) -> QuadrantRow:
    share = cell.unmet_share
    part = "" if share is None else _("%(part)s of %(whole)s", part=number(cell.unmet), whole=number(cell.events))
    return QuadrantRow(
        number=dot.number,
        name=cell_name(cell),
        href=dot.href,
        pairs=number(cell.overlaps),
        pairs_href=url_for("overlaps.table", category=cell.need, area=cell.area, reading="worth_a_conversation") if cell.overlaps else "",
        unmet="" if share is None else f"{part} ({format_percent(share, locale=locale())})",
        reading=reading_words(cell.reading),
        icon=reading_icon(cell.reading),
        is_sure=cell.is_sure,
    )


def _title(gaps: Gaps, told: list[Cell]) -> str:
    """What is found, in one sentence."""
    of = {reading: sum(cell.reading is reading for cell in told) for reading in Reading}
    if not told:
        return _("What is needed is not known for %(quarter)s", quarter=gaps.quarter)
    if of[Reading.ALIGN]:
        worst = max((cell for cell in told if cell.reading is Reading.ALIGN), key=lambda cell: cell.unmet)
        return _("%(cell)s: offered more than once, and %(part)s of %(whole)s not met", **_counts(worst))
    if of[Reading.GAP]:
        worst = max((cell for cell in told if cell.reading is Reading.GAP), key=lambda cell: cell.unmet)
        return _("The largest gap: %(cell)s, %(part)s of %(whole)s not met", **_counts(worst))
    return _("No gap is known; of what few asked for, nothing is")


def _counts(cell: Cell) -> dict[str, str]:
    return {"cell": cell_name(cell), "part": number(cell.unmet), "whole": number(cell.events)}


def _unknown(few: int) -> str:
    return ngettext(
        "%(num)d need of an area is not known: fewer than %(fewest)s asked.",
        "%(num)d needs of areas are not known: fewer than %(fewest)s asked for each.",
        few,
        fewest=FEWEST_EVENTS,
    )


def _corners() -> Names:
    return (
        _("A gap"),
        _("Same offer, and not what is needed"),
        _("Fine, or nobody looks"),
        _("Offered more than once"),
    )


def quadrant_sample() -> QuadrantPart:
    """Made-up numbers, one of each reading."""
    found = [
        Cell("social-housing", "ca-on-ottawa", {Ended.FOUND: 29, Ended.NOTHING: 101}, False, 4, 3, 0, 3),
        Cell("detox", "ca-on-ottawa", {Ended.FOUND: 21, Ended.NOTHING: 24}, False, 1, 1, 1, 0),
        Cell("meals", "ca-on-ottawa", {Ended.FOUND: 72, Ended.NOTHING: 4}, False, 6, 6, 0, 2),
        Cell("counselling", "ca-on-ottawa", {Ended.FOUND: 81, Ended.NOTHING: 15}, False, 3, 2, 0, 0),
        Cell("benefits-help", "ca-on-ottawa", {Ended.FOUND: 6}, True, 1, 1, 0, 1),
    ]
    return quadrant_part(Gaps(Quarter(2026, 4), "", tuple(found), (), {}), {})
