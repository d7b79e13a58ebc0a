"""Published income lines of a household in a place: poverty guidelines, area median income, low income cut-offs, market basket.

What is not known of the household or its home widens the line to all that it can be, so that whatever more becomes known lies within it.
For that reason a home that a measure does not cover (another country, a territory without a guideline of its own) says nothing: the line
is then that of a home that is not known.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from directory.domain.areas import is_postal
from directory.rules import line_tables as tables
from directory.rules.answers import Answer, Home, Span
from directory.rules.operands import Measure

LARGEST_HOUSEHOLD = 20
AFTER_TAX = frozenset({Measure.CA_LICO_AFTER_TAX, Measure.CA_MBM})
"""Lines that what is left after tax is held against: an income before tax above such a line says nothing certain, one below it does."""

_MORE_EACH = 0.08  # of the figure for four, for each person beyond four; 0.1 less for each below
_STEP = 50  # dollars that HUD rounds its limits up to
_TERRITORIES = frozenset({"us-as", "us-gu", "us-mp", "us-pr", "us-um", "us-vi"})
_Bounds = tuple[float, float]
_Areas = frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """The line, an amount a year, lies from `lowest` to `highest`, as far as household and home are known. `year`: of the table."""

    lowest: float
    highest: float
    currency: str  # ISO 4217
    year: int


def line_of(measure: Measure, year: int | None, household: Answer | None, home: Answer | None, percent: float | None = None) -> Line | None:
    """The line of a year, or of the newest table; None where there is no table of that year.

    `percent`: which share of it is meant. HUD's own limits of 30, 50 and 80 percent of an area's median are not always that share of it,
    and programs mean now the one, now the other: the line lies between the two. None: whichever share it may be.
    """
    smallest, largest = sizes_of(household)
    return _line(measure, year, smallest, largest, home.areas if isinstance(home, Home) else frozenset(), percent)


def sizes_of(household: Answer | None) -> tuple[int, int]:
    """The smallest and the largest number of people that a household may have; 1 to 20 where it is not known."""
    spans = [span for span in household if isinstance(span, Span)] if isinstance(household, tuple) else []
    if not spans:
        return 1, LARGEST_HOUSEHOLD
    smallest = min(1 if span.low is None else math.ceil(span.low) for span in spans)
    largest = max(_last(span) for span in spans)
    return max(1, min(smallest, LARGEST_HOUSEHOLD)), max(1, min(max(smallest, largest), LARGEST_HOUSEHOLD))


def _last(span: Span) -> int:
    if span.high is None:
        return LARGEST_HOUSEHOLD
    return math.ceil(span.high) - 1 if span.high_open else math.floor(span.high)


@lru_cache(maxsize=8192)
def _line(measure: Measure, year: int | None, smallest: int, largest: int, home: _Areas, percent: float | None) -> Line | None:
    years, currency, bounds_of = _MEASURES[measure]
    found = max(years()) if year is None else year
    if found not in years():
        return None
    lowest, _unused = bounds_of(found, smallest, home, percent)
    _unused, highest = bounds_of(found, largest, home, percent)
    return Line(lowest, highest, currency, found)


def _poverty_guideline(year: int, size: int, home: _Areas, _percent: float | None) -> _Bounds:
    lines = tables.poverty_guidelines()[year]
    return _hull(first + (size - 1) * each_more for first, each_more in (lines[place] for place in _guideline_places(home, lines)))


def _guideline_places(home: _Areas, lines: Iterable[str]) -> Iterable[str]:
    states = {state for state in _regions(home, "us") if state not in _TERRITORIES}
    return {state if state in lines else "us" for state in states} or lines


def _area_median(year: int, size: int, home: _Areas, percent: float | None) -> _Bounds:
    areas = tables.area_incomes(year)
    counties = [area for area in home if area in areas and area.count("-") > 1]
    return _hull(
        reading
        for place in counties or [state for state in _regions(home, "us") if state in areas] or tables.states_of(year)
        for area in areas[place]
        for reading in _readings(area, size, percent, place, year)
    )


def _readings(area: tables.AreaIncome, size: int, percent: float | None, place: str, year: int) -> Iterable[float]:
    """All that a share of an area's median may be a share of: the median for that size of family, and what HUD's limits come to."""
    very_low = _limit(area.very_low, size)
    if area.median is not None:
        yield area.median * _part_of_four(size)
    yield very_low / 0.5
    if percent is None or percent >= 80:
        yield _limit(area.low, size) / 0.8
    if percent is None or percent == 30:
        yield _extremely_low(very_low, size, place, year) / 0.3


def _extremely_low(very_low: float, size: int, place: str, year: int) -> float:
    """The larger of three fifths of the very low limit and the poverty guideline, and never above the very low limit (24 CFR 5.603)."""
    state = "-".join(place.split("-")[:2])
    guidelines = tables.poverty_guidelines().get(year, {})
    if state in _TERRITORIES or not guidelines:
        return 0.6 * very_low
    first, each_more = guidelines.get(state, guidelines["us"])
    return min(very_low, max(_rounded_up(0.6 * very_low), first + (size - 1) * each_more))


def _limit(published: Sequence[int], size: int) -> float:
    """A limit for a family; beyond eight people HUD adds 8 percent of the one for four for each."""
    if size <= len(published):
        return published[size - 1]
    return max(published[-1], _rounded_up(published[3] * _part_of_four(size)))


def _part_of_four(size: int) -> float:
    """What of the figure for four people a family of another size has: 70, 80, 90, 100, then 108, 116, 124, 132 percent and so on."""
    return 1 - 0.1 * (4 - size) if size < 4 else 1 + _MORE_EACH * (size - 4)


def _rounded_up(amount: float) -> float:
    return math.ceil(round(amount / _STEP, 6)) * _STEP


def _cut_off(tax: str) -> Callable[[int, int, _Areas, float | None], _Bounds]:
    def bounds(year: int, size: int, home: _Areas, _percent: float | None) -> _Bounds:
        lines = tables.low_income_cut_offs(tax)[year]
        known = _common([place.communities for place in _places(home)])
        return _hull(lines[community][min(size, len(lines[community])) - 1] for community in known or lines)

    return bounds


def _market_basket(year: int, size: int, home: _Areas, _percent: float | None) -> _Bounds:
    """Of the reference family of four; other sizes by the square root of their number, as Statistics Canada does it."""
    provinces = tables.market_baskets()[year]
    here = [province for province in _regions(home, "ca") if province in provinces] or list(provinces)
    known = _common([place.regions for place in _places(home)])
    found = [line for province in here for region, line in provinces[province].items() if not known or region in known]
    return _hull(line * math.sqrt(size) / 2 for line in found)


def _places(home: _Areas) -> list[tables.Place]:
    known = tables.canadian_places()
    return [known[area] for area in home if area in known]


def _common(sets: list[frozenset[str]]) -> frozenset[str]:
    """What all that are known have in common; what any of them has where they contradict each other; nothing where none is known."""
    told = [each for each in sets if each]
    return frozenset.intersection(*told) or frozenset.union(*told) if told else frozenset()


def _regions(home: _Areas, country: str) -> frozenset[str]:
    """The states or provinces of a country that a home is known to lie in."""
    parts = [area.split("-") for area in home if not is_postal(area)]
    return frozenset("-".join(each[:2]) for each in parts if each[0] == country and len(each) > 1)


def _hull(amounts: Iterable[float]) -> _Bounds:
    found = list(amounts)
    return min(found), max(found)


_Measured = tuple[Callable[[], Iterable[int]], str, Callable[[int, int, _Areas, float | None], _Bounds]]
_MEASURES: dict[Measure, _Measured] = {
    Measure.US_FPL: (tables.poverty_guidelines, "USD", _poverty_guideline),
    Measure.AMI: (tables.area_income_years, "USD", _area_median),
    Measure.CA_LICO: (lambda: tables.low_income_cut_offs("before"), "CAD", _cut_off("before")),
    Measure.CA_LICO_AFTER_TAX: (lambda: tables.low_income_cut_offs("after"), "CAD", _cut_off("after")),
    Measure.CA_MBM: (tables.market_baskets, "CAD", _market_basket),
}
