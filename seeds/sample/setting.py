"""Where made-up organizations stand: what a place of the sample community and a place of a real city have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from seeds.sample.draw import Draw
from seeds.sample.words import Pair

Code = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """An address with its point. `part` is the part of town in English and French; `hub` the building that several agencies share."""

    address: dict[str, Any]
    latitude: float
    longitude: float
    zone: str
    area_id: str
    part: Pair
    hub: Pair | None = None
    hub_phone: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a community is told of.

    `name_words`: what names are made of. `french`: share of organizations that work first in French, where it is not that of their kind.
    `local`: words of the sample community and what stands for them here. `codes`: the same for what conditions name (areas, currency, lines
    of income, benefits); several areas may stand for one.
    """

    name_words: Mapping[str, tuple[Pair, ...]]
    bilingual: bool = True
    french: float | None = None
    currency: str = "CAD"
    local: tuple[tuple[str, str], ...] = ()
    codes: Mapping[str, Code] = field(default_factory=dict)

    def here(self, pair: Pair) -> Pair:
        """A text with the words of this place."""
        english, french = pair
        for word, ours in self.local:
            english, french = english.replace(word, ours), french.replace(word, ours)
        return english, french


class Setting(Protocol):
    """What the making of organizations asks of where they are."""

    @property
    def telling(self) -> Telling: ...

    def spot(self, draw: Draw) -> Spot:
        """Somewhere for a site."""
        ...

    def phone(self, draw: Draw) -> str:
        """A number that can never ring: 555-0100 to 555-0199 are kept for fiction."""
        ...

    def served(self, draw: Draw, spot: Spot | None) -> list[dict[str, Any]]:
        """Rows of service area: the whole region where there is no spot."""
        ...
