"""Sectors between which a link is missing: both offer help in the same area, for needs that often come together, and nobody of either
referred anybody to the other in the quarter.

A rule of ours, not a finding: there may be ways that go past this directory. It says where a first conversation may be worth an hour.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from directory.domain.areas import AreaTree
from directory.domain.categories.tree import closure
from directory.domain.sectors import Sector
from directory.domain.suggesting.goes_together import PAIRS

Offered = Mapping[str, Mapping[str, Collection[str]]]
"""Sector -> category that its programs are filed under -> the areas that they serve or lie in."""


@dataclass(frozen=True, slots=True)
class MissingLink:
    """`needs`: (what the first offers, what the second does), as the list of needs that come together has them. `areas`: where both are.
    `takes_part`: which of the two refer or are asked at all in the quarter."""

    first: str
    second: str
    needs: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    takes_part: tuple[str, ...] = ()


def missing_links(
    offered: Offered, linked: Iterable[tuple[str, str]], tree: AreaTree, within: Collection[str] | None = None
) -> tuple[MissingLink, ...]:
    """Those with the most needs first, and before them those of which both take part. `linked`: sectors between which there was a referral,
    either way around. `within`: only what lies in these areas (None: everywhere)."""
    there = {frozenset(pair) for pair in linked}
    busy = {sector for pair in there for sector in pair}
    known = [sector.value for sector in Sector if sector.value in offered]
    places = {sector: _areas_by_need(offered[sector]) for sector in known}
    found = []
    for first, second in combinations(known, 2):
        if frozenset((first, second)) not in there:
            needs, areas = _together(places[first], places[second], tree, within)
            if areas:
                found.append(MissingLink(first, second, needs, areas, tuple(each for each in (first, second) if each in busy)))
    return tuple(sorted(found, key=lambda link: (-len(link.takes_part), -len(link.needs), link.first, link.second)))


def _areas_by_need(offered: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Need of the list -> the areas in which something that lies under it is offered."""
    listed = {slug for pair in PAIRS for slug in pair}
    found: dict[str, set[str]] = {}
    for category, areas in offered.items():
        for slug in closure((category,)):
            if slug in listed:
                found.setdefault(slug, set()).update(areas)
    return found


def _together(
    first: Mapping[str, set[str]], second: Mapping[str, set[str]], tree: AreaTree, within: Collection[str] | None
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:  # fmt: skip
    needs: list[tuple[str, str]] = []
    areas: set[str] = set()
    for pair in PAIRS:
        for one in sorted(pair):
            other = next(iter(pair - {one}))
            if one in first and other in second and (shared := _shared(first[one], second[other], tree, within)):
                needs.append((one, other))
                areas |= shared
    return tuple(sorted(set(needs))), tuple(sorted(areas))


def _shared(first: set[str], second: set[str], tree: AreaTree, within: Collection[str] | None) -> set[str]:
    """Areas of either that are, or lie in, one of the other."""
    found = {area for area in first if not second.isdisjoint({area, *tree.wholes(area)})}
    found |= {area for area in second if not first.isdisjoint({area, *tree.wholes(area)})}
    if within is None:
        return found
    return {area for area in found if any(tree.lies_in(area, whole) or tree.lies_in(whole, area) for whole in within)}
