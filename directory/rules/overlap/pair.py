"""What two offerings come to together: five parts, and the pair that these make.

The pair is T x E x A x (0.6 + 0.25 S + 0.15 L): without the same help, the same people or the same area there is nothing to talk about;
hours and languages only move it. How full either is never enters: that is told beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.rules.overlap.bounds import Bounds

BASE, BY_HOURS, BY_LANGUAGE = 0.6, 0.25, 0.15
PARTS = ("service", "people", "area", "hours", "language")


@dataclass(frozen=True, slots=True)
class Parts:
    """Each from 0 to 1. `service`: T, how alike the help is; `people`: E; `area`: A; `hours`: S; `language`: L."""

    service: Bounds
    people: Bounds
    area: Bounds
    hours: Bounds
    language: Bounds

    def value(self) -> Bounds:
        return Bounds(self._at("low"), self._at("high"))

    def _at(self, end: str) -> float:
        service, people, area, hours, language = (float(getattr(getattr(self, name), end)) for name in PARTS)
        value: float = together(service, people, area, hours, language)
        return value


def together(service: Any, people: Any, area: Any, hours: Any, language: Any) -> Any:
    """Of five numbers, or of five columns of them."""
    return service * people * area * (BASE + BY_HOURS * hours + BY_LANGUAGE * language)


def written(parts: Parts) -> dict[str, list[float]]:
    """As it is stored: part -> its two ends."""
    return {name: [round(getattr(parts, name).low, 4), round(getattr(parts, name).high, 4)] for name in PARTS}


def read(stored: Mapping[str, Any]) -> Parts:
    return Parts(*(Bounds(*map(float, stored[name])) for name in PARTS))
