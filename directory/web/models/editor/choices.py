"""What the editor offers to choose from, in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from directory.domain.categories.tree import CATEGORIES, children
from directory.domain.editing.fields import COSTS, KINDS_OF_PLACE, REMOTE, STATUSES
from directory.domain.editing.hours import ORDINALS
from directory.domain.editing.parts_values import ADDRESS_LINES, CAPACITY
from directory.domain.hours.recurrence import WEEKDAYS
from directory.domain.hours.values import WayIn
from directory.domain.sectors import Sector
from directory.services.editing.served_areas import ServedAreas
from directory.web.languages import reading_order
from directory.web.models.editor.posted import point_text
from directory.web.models.editor.served import ServedChoice, served_choice
from directory.web.models.editor.told import Told, capacity_names, place_kind_names, status_names, value_lines, weekday_words
from directory.web.wording import _
from directory.web.words import access_feature_name, facet_value_name, language_name, sector_name, way_in_name
from search_index.query import Facet

Pairs = tuple[tuple[str, str], ...]

OFTEN_SPOKEN = ("en", "fr", "es", "ar", "zh", "pa", "so", "uk")
OFTEN_ASKED = (
    "wheelchair",
    "elevator",
    "ramp",
    "accessible_restroom",
    "accessible_parking",
    "sign_language",
    "hearing_loop",
    "service_animal",
)
"""Features for people with disabilities that are asked about most; what a place has besides is offered too."""


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule of hours that no grid shows: in words, and whether a value still holds it."""

    row: Mapping[str, Any]
    words: str

    def kept_in(self, hours: Mapping[str, Any]) -> bool:
        return self.row in hours.get("other", ())


class Choices:
    """Made once for each page; `zone` is the clock of the place."""

    def __init__(self, zone: ZoneInfo, languages: Sequence[str], areas: ServedAreas) -> None:
        self._zone = zone
        self._languages = tuple(languages)
        self._areas = areas

    def __getitem__(self, name: str) -> Pairs:
        found: dict[str, Pairs] = {
            "status": tuple((value, status_names()[value]) for value in STATUSES),
            "location_type": tuple((value, place_kind_names()[value]) for value in KINDS_OF_PLACE),
            "text_language": (("", _("Not known")), *((code, language_name(code)) for code in self._languages)),
            "sector": (("", _("Not known")), *((sector.value, sector_name(sector.value)) for sector in Sector)),
            "cost": tuple((value, facet_value_name(Facet.COST, value)) for value in COSTS),
            "remote": tuple((value, facet_value_name(Facet.REMOTE, value)) for value in REMOTE),
            "ways_in": tuple((way.value, way_in_name(way)) for way in WayIn),
        }
        return found[name]

    @cached_property
    def days(self) -> Pairs:
        return tuple((code, weekday_words(code)) for code in WEEKDAYS)

    @cached_property
    def ordinals(self) -> Pairs:
        words = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"), _("last"))
        return tuple(zip(ORDINALS, words, strict=True))

    @cached_property
    def effects(self) -> Pairs:
        return (("closes", _("Closed")), ("replaces", _("Only these hours")), ("adds", _("These hours too")))

    @cached_property
    def capacity(self) -> Pairs:
        return (("", _("Not known")), *((value, capacity_names()[value]) for value in CAPACITY))

    @cached_property
    def address(self) -> tuple[tuple[str, str, str], ...]:
        words = (
            _("For the attention of"), _("Street and number"), _("Floor, unit"), _("City"), _("Province or state"), _("Postal code"),
            _("Country, two letters"),
        )  # fmt: skip
        return tuple((part, name, "") for part, name in zip(ADDRESS_LINES, words, strict=True))

    @cached_property
    def categories(self) -> tuple[tuple[str, Pairs], ...]:
        """Every kind of help by the need that it lies under."""
        tops = [entry.slug for entry in CATEGORIES.values() if not entry.parent]
        return tuple((self._category(top), tuple((slug, self._category(slug)) for slug in _below(top))) for top in tops)

    def categories_of(self, chosen: Sequence[str]) -> Pairs:
        return tuple((slug, self._category(slug)) for slug in chosen if slug)

    def languages_of(self, chosen: Sequence[str]) -> Pairs:
        """Those that are chosen, those of the community, those that are often spoken; by name."""
        codes = dict.fromkeys((*chosen, *self._languages, *OFTEN_SPOKEN))
        return tuple(sorted(((code, language_name(code)) for code in codes), key=lambda pair: reading_order(pair[1])))

    def access_of(self, items: Sequence[Mapping[str, Any]]) -> Pairs:
        codes = dict.fromkeys((*OFTEN_ASKED, *(item["code"] for item in items if item.get("code"))))
        return tuple((code, access_feature_name(code, "")) for code in codes)

    def served_of(self, items: Sequence[Mapping[str, Any]], key: str, anchor: str) -> ServedChoice:
        """Areas to tick, with their map."""
        return served_choice(self._areas, items, key, anchor)

    @property
    def areas(self) -> Pairs:
        """The areas around, by their ids."""
        return tuple((area.area_id, area.name) for area in self._areas.offered)

    def others(self, base: Mapping[str, Any] | None) -> tuple[OtherRule, ...]:
        rules = (base or {}).get("other", ())
        return tuple(OtherRule(row, "; ".join(value_lines("hours", {"other": [row]}, "service", self._zone))) for row in rules)

    def local(self, moment: str) -> str:
        """A moment as a field for local date and time holds it; what is none stays as it was typed."""
        try:
            return datetime.fromisoformat(moment).astimezone(self._zone).strftime("%Y-%m-%dT%H:%M") if moment else ""
        except ValueError:
            return moment

    def three(self, value: Any) -> str:
        """Yes, no, or not known, as the page posts it."""
        return "" if value in (None, "") else "yes" if value in (True, "yes") else "no"

    def degrees(self, value: Any) -> str:
        return point_text(value)

    def _category(self, slug: str) -> str:
        return Told(self._zone).choice("categories", slug)


def _below(slug: str) -> list[str]:
    found = [slug]
    for child in children(slug):
        found += _below(child)
    return found
