"""The map of a need over the areas of the community, in the reader's words."""

from dataclasses import dataclass
from typing import Any

from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.access import REACH_KM
from directory.domain.planning.reading import FEWEST_EVENTS
from directory.domain.planning.shading import STEPS, Shade, range_of
from directory.services.planning.shaded import Level, MappedArea, Shaded
from directory.web.amounts import number, radius_words
from directory.web.figures.shaded_map import ShadedArea, ShadedMap, shaded_map
from directory.web.languages import language, locale
from directory.web.models.quarters import quarter_choices, quarter_words
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class MapRow:
    """`value` "" where it is not known."""

    number: int
    name: str
    href: str
    value: str
    of: str
    step: int | None
    step_words: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """`title` tells the finding; `what`: what is measured, of what, when. `worst`: rows of the areas that are worst off."""

    title: str
    what: str
    picture: ShadedMap | None
    key: tuple[tuple[int | None, str], ...]
    rows: tuple[MapRow, ...]
    worst: tuple[MapRow, ...]
    unknown: int
    shades: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    quarters: tuple[tuple[str, str, bool], ...]
    quarter: str
    need: str
    asked: dict[str, Any]


def map_page(found: Shaded) -> MapPage:
    asked = {"measure": found.shade.value, "need": found.need, "group": found.group, "level": found.level.value}
    kept = {name: value for name, value in asked.items() if value}
    rows = tuple(_row(found, each, place) for place, each in enumerate(found.areas, 1))
    of = {each.area.area_id: row for each, row in zip(found.areas, rows, strict=True)}
    worst = tuple(of[area] for area in found.worst)
    return MapPage(
        title=_title(found, rows, worst),
        what=_what(found),
        picture=shaded_map([_drawn(each, row) for each, row in zip(found.areas, rows, strict=True)]),
        key=(*((step, step_words(found.shade, step)) for step in range(STEPS)), (None, _("Not known"))),
        rows=rows,
        worst=worst,
        unknown=sum(each.value is None for each in found.areas),
        shades=tuple(Choice(each.value, words, each is found.shade) for each, words in _shades().items()),
        levels=(Choice("town", _("Towns"), found.level is Level.TOWN), Choice("part", _("Parts of towns"), found.level is Level.PART)),
        groups=(Choice("", _("Everybody"), not found.group), *(Choice(each, each, each == found.group) for each in found.groups)),
        quarters=quarter_choices(found.quarter, "planning_map.page", kept) if found.shade is Shade.UNMET else (),
        quarter=str(found.quarter),
        need=found.need,
        asked={**kept, "quarter": str(found.quarter)},
    )


def step_words(shade: Shade, step: int) -> str:
    """What a step reaches from and to: "25% to 50%"."""
    low, high = range_of(shade, step)
    if low is None:
        return _("less than %(value)s", value=_amount(shade, high or 0))
    if high is None:
        return _("%(value)s or more", value=_amount(shade, low))
    return _("from %(low)s to %(high)s", low=_amount(shade, low), high=_amount(shade, high))


def _amount(shade: Shade, value: float) -> str:
    return number(round(value, 1)) if shade is Shade.USABLE else str(format_percent(value, locale=locale()))


def _row(found: Shaded, each: MappedArea, place: int) -> MapRow:
    if found.shade is Shade.UNMET:
        href = url_for("gaps.page", quarter=str(found.quarter), need=found.need, area=each.area.area_id)
    else:
        href = url_for("find.search", category=found.need, near=each.area.name)
    value = "" if each.value is None else _amount(found.shade, each.value)
    words = _("Not known") if each.step is None else step_words(found.shade, each.step)
    return MapRow(place, each.area.name, href, value, _of(found.shade, each) if value else "", each.step, words)


def _of(shade: Shade, each: MappedArea) -> str:
    """The numbers that make it."""
    part, whole = number(each.part), number(each.whole)
    if shade is Shade.USABLE:
        return _("%(part)s for %(whole)s people", part=part, whole=whole)
    return (
        _("%(part)s of %(whole)s people", part=part, whole=whole)
        if shade is Shade.REACHED
        else _("%(part)s of %(whole)s", part=part, whole=whole)
    )


def _drawn(each: MappedArea, row: MapRow) -> ShadedArea:
    text = f"{row.name} {row.value}" if row.value else f"{row.name}: ?"
    return ShadedArea(row.number, text, row.href, each.area.spot, each.area.rings, each.step)


def _title(found: Shaded, rows: tuple[MapRow, ...], worst: tuple[MapRow, ...]) -> str:
    need = need_name(found.need, language())
    known = [row for row in rows if row.value]
    if not known:
        return _("%(need)s: not known for any area", need=need)
    if not worst:
        return _("%(need)s: %(value)s wherever it is known", need=need, value=known[0].value)
    told = {"need": need, "area": worst[0].name, "value": worst[0].value, "of": worst[0].of}
    return {
        Shade.UNMET: _("%(need)s: most stays unmet in %(area)s, %(value)s (%(of)s)", **told),
        Shade.USABLE: _("%(need)s: fewest programs for people in %(area)s, %(value)s for 10,000 people (%(of)s)", **told),
        Shade.REACHED: _("%(need)s: fewest have help within reach in %(area)s, %(value)s (%(of)s)", **told),
    }[found.shade]


def _what(found: Shaded) -> str:
    """What is measured, of what and when, and what is not known."""
    if found.shade is Shade.UNMET:
        what = _("Share of what was asked for that stayed unmet, %(quarter)s.", quarter=quarter_words(found.quarter))
        of = _("Of searches and referrals that may be shown. Not known: fewer than %(few)s asked.", few=number(FEWEST_EVENTS))
        alone = _("It is known of everybody together, and for whole towns.")
        return f"{what} {of} {alone}"
    if found.shade is Shade.USABLE:
        what = _("Programs that serve the area and can be used now, for 10,000 people who live there.")
    else:
        what = _("Share of people who can turn to a program that can be used now.")
        near = _("It serves their area by name, or is within %(km)s of its middle in a straight line.", km=radius_words(REACH_KM))
        what = f"{what} {near}"
    people = _("People: %(source)s.", source="; ".join(found.sources)) if found.sources else ""
    return " ".join(filter(None, (what, people, _("Not known: nobody told how many people live there."))))


def _shades() -> dict[Shade, str]:
    return {
        Shade.UNMET: _("Share that stays unmet"),
        Shade.USABLE: _("Usable programs for 10,000 people"),
        Shade.REACHED: _("Share with help within %(km)s", km=radius_words(REACH_KM)),
    }
