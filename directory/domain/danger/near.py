"""What comes near a danger without saying it: a need that lies beside one. A second, calmer level, never an alarm."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from directory.domain.categories.tree import ancestors
from directory.domain.danger.kinds import DangerKind
from directory.domain.danger.lists import read_table


@dataclass(frozen=True, slots=True)
class NearList:
    """`kinds`: category -> the danger that it lies beside. `least_sure`: how sure an understanding has to be, 0 to 1."""

    kinds: Mapping[str, DangerKind]
    least_sure: float


@cache
def near_list() -> NearList:
    """The list, read once."""
    table = read_table("lists/near.yaml")
    kinds = {slug: DangerKind(kind) for slug, kind in table["categories"].items()}
    return NearList(MappingProxyType(kinds), float(table["least_sure"]))


def danger_beside(category: str, sure: float) -> DangerKind | None:
    """The danger that the need understood first lies beside; None where it lies beside none, or is not understood surely enough."""
    listed = near_list()
    if sure < listed.least_sure:
        return None
    return next((listed.kinds[slug] for slug in (category, *ancestors(category)) if slug in listed.kinds), None)
