"""The kinds of searches that are measured, drawn from a region, and the known items that must be found again."""

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from search_index.documents import ListingDocument
from search_index.query import Facet, Near, OpenAt, Order, ServiceQuery
from search_index.words import tokens
from tests.bench.search_corpus import COSTS, FIRST_DAY, LANGUAGES, SECTORS, Region

SIX = frozenset({Facet.CATEGORY, Facet.LANGUAGE, Facet.COST, Facet.ACCESSIBILITY, Facet.REMOTE, Facet.SECTOR})


def queries(region: Region, each: int) -> dict[str, list[ServiceQuery]]:
    """Kind of search -> queries, no two of a kind alike, so that none can be answered from memory."""
    chance = random.Random(region.seed + 1)
    limits = itertools.count(50)
    kinds: dict[str, Callable[[], ServiceQuery]] = {
        "one word": lambda: ServiceQuery(region.real.draw(chance)),
        "three words": lambda: ServiceQuery(" ".join(_three(region, chance))),
        "misspelt": lambda: ServiceQuery(" ".join(misspelt(_long(region, chance), chance) for _ in range(2))),
        "prefix": lambda: ServiceQuery(f"{region.real.draw(chance)} {_long(region, chance)[: chance.randint(2, 4)]}"),
        "filters + radius, by distance": lambda: _filtered(region, chance, _near(region, chance, 25.0)),
        "word + 6 facets": lambda: ServiceQuery(region.real.draw(chance), facets=SIX),
        "filters only": lambda: _filtered(region, chance, None),
        "open now + radius": lambda: ServiceQuery(near=_near(region, chance, 25.0), order=Order.DISTANCE, open_at=OpenAt(_moment(chance))),
        "word near, blended + 6 facets": lambda: ServiceQuery(region.real.draw(chance), near=_near(region, chance, 25.0), facets=SIX),
        "everything, 6 facets": lambda: ServiceQuery(facets=SIX, facet_limit=next(limits)),
    }
    return {kind: _different(make, each) for kind, make in kinds.items()}


def _different(make: Callable[[], ServiceQuery], count: int) -> list[ServiceQuery]:
    made: dict[ServiceQuery, None] = {}
    while len(made) < count:
        made[make()] = None
    return list(made)


@dataclass(frozen=True)
class KnownItem:
    service_id: str
    asked: dict[str, str]  # how it is spelt -> the words


def known_items(places: Sequence[ListingDocument], seed: int, count: int = 200) -> list[KnownItem]:
    """Services asked for by two words of the name and one of the organization: exactly, with one typo, with the last word cut in half."""
    chance = random.Random(seed + 2)
    items: list[KnownItem] = []
    for listing in chance.sample(list(places), min(len(places), count * 4)):
        name, organization = tokens(listing.name), [word for word in tokens(listing.organization) if len(word) >= 4]
        if len(set(name)) < 2 or not organization or max(len(word) for word in name[:2]) < 5 or len(items) == count:
            continue
        words = [*name[:2], chance.choice(organization)]
        longest = max(range(2), key=lambda place: len(words[place]))
        typo = [misspelt(word, chance) if place == longest else word for place, word in enumerate(words)]
        half = [*words[:2], words[2][: (len(words[2]) + 1) // 2]]
        items.append(
            KnownItem(listing.service_id, {"exact": " ".join(words), "one typo": " ".join(typo), "half last word": " ".join(half)})
        )
    return items


def misspelt(word: str, chance: random.Random) -> str:
    """One letter left out, put in, changed, or swapped with the next; never the first."""
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return chance.choice(
        (word[:place] + word[place + 1 :], word[:place] + letter + word[place:], word[:place] + letter + word[place + 1 :], swapped)
    )


def _three(region: Region, chance: random.Random) -> list[str]:
    return [region.real.draw(chance), region.real.draw(chance), region.made.draw(chance)]


def _long(region: Region, chance: random.Random) -> str:
    word = region.real.draw(chance)
    while len(word) < 6:
        word = region.real.draw(chance)
    return word


def _near(region: Region, chance: random.Random, within_km: float) -> Near:
    city = region.cities[min(int(chance.expovariate(0.2)), len(region.cities) - 1)]
    latitude = city.latitude + chance.gauss(0, city.spread_km) / 111.2
    return Near(latitude, city.longitude + chance.gauss(0, city.spread_km) / 75, within_km, frozenset({f"area-{city.name}"}))


def _moment(chance: random.Random) -> datetime:
    return datetime.combine(FIRST_DAY, datetime.min.time(), UTC) + timedelta(minutes=chance.randrange(300 * 1440))


def _filtered(region: Region, chance: random.Random, near: Near | None) -> ServiceQuery:
    category = chance.choice(region.categories).rsplit("/", chance.randint(1, 2))[0]
    return ServiceQuery(
        selections=(
            (Facet.CATEGORY, frozenset({category})),
            (Facet.LANGUAGE, frozenset(chance.sample(LANGUAGES[:6], 1))),
            (Facet.COST, frozenset(chance.sample(COSTS, 2))),
            (Facet.SECTOR, frozenset(chance.sample(SECTORS, 3))),
        ),
        near=near,
        order=Order.DISTANCE if near else Order.BLEND,
    )
