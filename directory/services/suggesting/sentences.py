"""The sentences of rules, filled with what is known of one candidate, in a language: distances, days, shares and names as its readers write
them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from directory.domain.categories.tree import name as category_name
from directory.domain.sectors import Sector
from directory.domain.sectors_see import SEES
from directory.domain.sentences import say
from directory.rules.catalogue import Kind
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import Text, filled
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES
from directory.rules.sets.signals import Plain, Signal, signals_of
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.signals import Candidate
from directory.services.words import translate_into

KM_PER_MILE = 1.609344
NOT_KNOWN = say("not known")
LESS_THAN_A_DAY = say("less than a day")
YES, NO = say("yes"), say("no")


@dataclass(frozen=True, slots=True)
class Speaker:
    """`language` is ISO 639-1; `in_miles`: as the community tells distances."""

    language: str = "en"
    in_miles: bool = False

    @property
    def translate(self) -> Callable[[str], str]:
        return translate_into(self.language)

    def text(self, text: Text, asking: Asking, candidate: Candidate) -> str:
        """A text of a rule, its places filled in."""
        return filled(text, self.language, lambda name, form: self._place(name, form, asking, candidate))

    def signal(self, name: str, candidate: Candidate, form: str = "") -> str:
        """The value of a signal in words."""
        value = candidate.signals.get(name)
        return self.value(name, value, form) if value is not None else self.translate(NOT_KNOWN)

    def value(self, name: str, value: Plain, form: str = "") -> str:
        return self._written(signals_of(SetKind.SUGGEST)[name], value, form)

    def label(self, name: str) -> str:
        """What a signal is called."""
        return self.translate(signals_of(SetKind.SUGGEST)[name].field.label)

    def _place(self, name: str, form: str, asking: Asking, candidate: Candidate) -> str:
        named = _NAMES.get(name)
        return named(self, asking, candidate) if named is not None else self.signal(name, candidate, form)

    def _written(self, signal: Signal, value: Plain, form: str) -> str:
        """Without a form: as the kind and the unit of the signal ask for."""
        locale = _locale(self.language)
        if isinstance(value, bool):
            return self.translate(YES if value else NO)
        if isinstance(value, int | float):
            return self._number(signal, float(value), form, locale)
        if isinstance(value, frozenset):
            return ", ".join(sorted(category_name(each, self.language) for each in value))
        if signal.field.kind is Kind.CHOICE:
            if signal.field.choices is CATEGORY_CHOICES:
                return category_name(str(value), self.language)
            return self.translate(signal.field.choices.get(str(value), str(value)))
        return str(value)

    def _number(self, signal: Signal, value: float, form: str, locale: Any) -> str:
        form = form or ("percent" if signal.field.unit == "share" else "km" if signal.field.unit == "metres" else "")
        if form == "percent":
            return str(format_percent(round(value, 2), locale=locale))
        if form == "km":
            return self.distance(value)
        if form == "days":
            days = round(value)
            return str(format_unit(days, "duration-day", length="long", locale=locale)) if days else self.translate(LESS_THAN_A_DAY)
        return str(format_decimal(round(value, 1), locale=locale))

    def distance(self, metres: float) -> str:
        """A straight line, no more exact than it is: "350 m", "1.4 km", "12 km"; "0.2 mi"."""
        locale, kilometres = _locale(self.language), metres / 1000
        if self.in_miles:
            return f"{_rounded(max(0.1, kilometres / KM_PER_MILE), locale)} mi"
        if kilometres < 1:
            return f"{format_decimal(max(50, round(kilometres * 20) * 50), locale=locale)} m"
        return f"{_rounded(kilometres, locale)} km"


def _rounded(value: float, locale: Any) -> str:
    return str(format_decimal(round(value, 1), format="0.0", locale=locale) if value < 10 else format_decimal(round(value), locale=locale))


def _seen(speaker: Speaker, sector: str, part: str) -> str:
    return speaker.translate(getattr(SEES[Sector(sector)], part)) if sector in SEES else speaker.translate(NOT_KNOWN)


def _sector_of(candidate: Candidate) -> str:
    return candidate.listing.organization.sector if candidate.listing.organization is not None else ""


def _organization_of(candidate: Candidate) -> str:
    return candidate.listing.organization.name if candidate.listing.organization is not None else candidate.listing.name


_NAMES: dict[str, Callable[[Speaker, Asking, Candidate], str]] = {
    "candidate.name": lambda _speaker, _asking, candidate: candidate.listing.name,
    "candidate.organization": lambda _speaker, _asking, candidate: _organization_of(candidate),
    "candidate.sees": lambda speaker, _asking, candidate: _seen(speaker, _sector_of(candidate), "sees"),
    "from.organization": lambda _speaker, asking, _candidate: asking.organization_name,
    "from.sees": lambda speaker, asking, _candidate: _seen(speaker, asking.sector, "says"),
    "need.name": lambda speaker, asking, _candidate: _category(speaker, asking.categories[0] if asking.categories else ""),
    "pair.other_need": lambda speaker, _asking, candidate: _category(speaker, candidate.other_need),
}


def _category(speaker: Speaker, slug: str) -> str:
    return category_name(slug, speaker.language) if slug else speaker.translate(NOT_KNOWN)


@cache
def _locale(language: str) -> Any:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
