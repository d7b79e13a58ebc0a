"""What is known of a person, or of a signal: exactly, within bounds, or not. A missing answer is *not known*; so is a declined one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.domain.areas import COUNTY, DISTRICT, is_postal


@dataclass(frozen=True, slots=True)
class Span:
    """A number that lies from `low` to `high`, both inside unless `high_open`; None: without bound on that side.

    Ages are told in whole years and mean up to the next birthday: 34 is the span from 34 up to, not with, 35.
    """

    low: float | None = None
    high: float | None = None
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Income:
    """What a household has in a year before tax, from `low` to `high`, both inside; None: without bound."""

    low: float | None
    high: float | None
    currency: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: the ids of all areas known to hold it, with their ancestors."""

    areas: frozenset[str]

    def may_lie_in(self, area: str) -> bool:
        """Whether an area that is not among them could hold it nevertheless: it is finer than, or of another kind from, what is known."""
        country, *_rest = area.split("-")
        if country not in {known.split("-")[0] for known in self.areas}:
            return False
        if is_postal(area):
            return not any(is_postal(known) for known in self.areas)
        if any(area.startswith(f"{known}-") for known in self.finest):
            return True
        middle = _middle(area)
        return bool(middle) and self._is_in_region_of(area) and middle not in {_middle(known) for known in self.areas}

    @property
    def finest(self) -> frozenset[str]:
        """Those that hold no other known one."""
        named = [area for area in self.areas if not is_postal(area)]
        return frozenset(area for area in named if not any(other.startswith(f"{area}-") for other in named))

    def _is_in_region_of(self, area: str) -> bool:
        region = "-".join(area.split("-")[:2])
        return any(known == region or known.startswith(f"{region}-") for known in self.areas)


def _middle(area: str) -> str:
    parts = area.split("-")
    return parts[2] if len(parts) > 3 and parts[2] in (COUNTY, DISTRICT) else ""


class Declined:
    """Somebody would rather not say: as good as not known, and not asked again."""

    def __repr__(self) -> str:
        return "DECLINED"


DECLINED = Declined()
Spans = tuple[Span, ...]
Answer = Spans | str | frozenset[str] | bool | Home | Income | date | Declined
"""Numbers are spans, one or, where a field repeats, any number: no span at all says that there is none (no children)."""


def exactly(*numbers: float) -> Spans:
    return tuple(Span(number, number) for number in numbers)


def at_home_in(areas: Iterable[str]) -> Home:
    return Home(frozenset(areas))
