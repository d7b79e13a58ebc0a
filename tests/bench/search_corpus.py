"""A made-up region for measuring search: listings in natural words, in cities of very unequal size.

The words are those of human services (from the synonyms that ship, in three languages) mixed with made-up ones, both as unequal in
frequency as words are (Zipf). A listing speaks mostly of the subjects of its categories. Everything follows from the seed.
"""

import bisect
import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from directory.domain.hours.values import OpeningCalendar
from search_index.documents import ListingDocument
from search_index.synonyms import shipped_synonyms, stop_words

FIRST_DAY = date(2026, 11, 1)
LANGUAGES = ("en", "fr", "es", "ar", "zh", "pa", "so", "vi", "uk", "ru", "pt", "de", "it", "fa", "ur", "ti", "am", "ta", "tl", "ko")
SECTORS = ("health", "housing", "food", "education", "justice", "income")
COSTS = ("free", "sliding", "fee")
ACCESSIBILITY = ("ramp", "elevator", "parking", "hearing loop", "braille", "quiet room")
REMOTE = ("in_person", "phone", "online")
ZONES = ("America/Toronto", "America/Toronto", "America/Toronto", "America/Winnipeg")
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwyz" for vowel in "aeiou"]
_VOCABULARY = 60_000


@dataclass(frozen=True)
class City:
    name: str
    latitude: float
    longitude: float
    spread_km: float


class Zipf:
    """Draws from a sequence: the n-th most common is drawn 1/(n + shift) as often."""

    def __init__(self, values: Sequence[str], shift: float = 2.7) -> None:
        self.values = values
        self._cumulated = list(itertools.accumulate(1 / (rank + shift) for rank in range(1, len(values) + 1)))

    def draw(self, chance: random.Random) -> str:
        return self.values[bisect.bisect(self._cumulated, chance.random() * self._cumulated[-1])]


def real_words() -> list[str]:
    """Words of human services in English, French and Spanish, without stop words."""
    words = {word for phrase in shipped_synonyms().others for word in phrase if len(word) > 2}
    return sorted(words - stop_words())


def _made_up_words(chance: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(made)


@dataclass
class Region:
    """Everything that listings are made of."""

    seed: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        real = real_words()
        self.chance.shuffle(real)
        made = _made_up_words(self.chance, _VOCABULARY)
        self.real = Zipf(real, shift=20)
        self.made = Zipf(made, shift=50)
        names = _made_up_words(self.chance, 200)
        self.cities = [self._city(rank, name) for rank, name in enumerate(names)]
        self._city_names = Zipf([str(number) for number in range(len(names))], shift=1)
        self.categories = [
            f"c{top}/c{top}-{middle}/c{top}-{middle}-{leaf}" for top in range(12) for middle in range(10) for leaf in range(10)
        ]
        self.subjects = {category: Zipf(list(dict.fromkeys(self.words(40, 1.0)))[:25]) for category in self.categories}
        self.category_names = {category: " ".join(self.words(3, 0.9, self.subjects[category])) for category in self.categories}
        self._category = Zipf(self.categories, shift=30)
        self.organizations = [" ".join(word.capitalize() for word in self.words(3, 0.4)) for _ in range(4_000)]

    def _city(self, rank: int, name: str) -> City:
        return City(name, self.chance.uniform(42, 56), self.chance.uniform(-95, -65), 12 / math.sqrt(rank + 1) + 1)

    def words(self, count: int, real: float, subject: "Zipf | None" = None) -> list[str]:
        """So many words, a share of them real; nine in ten of those of the subject, when there is one."""
        return [self._word(real, subject) for _ in range(count)]

    def _word(self, real: float, subject: "Zipf | None") -> str:
        if self.chance.random() >= real:
            return self.made.draw(self.chance)
        return (subject if subject and self.chance.random() < 0.9 else self.real).draw(self.chance)

    def city(self) -> City:
        return self.cities[int(self._city_names.draw(self.chance))]

    def category(self) -> str:
        return self._category.draw(self.chance)

    def point(self, city: City) -> tuple[float, float]:
        north, east = self.chance.gauss(0, city.spread_km), self.chance.gauss(0, city.spread_km)
        return city.latitude + north / 111.2, city.longitude + east / (111.2 * math.cos(math.radians(city.latitude)))


def listings(region: Region, services: int) -> Iterator[tuple[ListingDocument, ...]]:
    """The documents of each service: most have one place, some two or three."""
    for number in range(services):
        places = region.chance.choices((1, 2, 3), (85, 10, 5))[0]
        yield tuple(_places(region, number, places))


def _places(region: Region, number: int, places: int) -> Iterator[ListingDocument]:
    chance = region.chance
    organization = chance.randrange(len(region.organizations))
    categories = [region.category() for _ in range(chance.randint(1, 2))]
    subject = region.subjects[categories[0]]
    name = " ".join(word.capitalize() for word in region.words(chance.randint(2, 4), 0.45, subject))
    description, eligibility = _sentences(region, 110, subject), _sentences(region, 15, subject)
    other = " ".join(region.words(12, 0.5, subject))
    for place in range(places):
        city = region.city()
        latitude, longitude = region.point(city)
        reach = chance.random() < 0.08
        yield ListingDocument(
            id=f"{number:08d}-{place}",
            service_id=f"{number:08d}",
            version=1,
            name=name,
            organization_id=f"o{organization}",
            organization=region.organizations[organization],
            source=f"source{number % 3}",
            description=description,
            eligibility=eligibility,
            category_words=" ".join(region.category_names[category] for category in categories),
            place_words=city.name,
            other_words=other,
            categories=tuple(ancestor for category in categories for ancestor in _with_ancestors(category)),
            sector=chance.choice(SECTORS),
            languages=_some(chance, LANGUAGES, 3),
            cost=_some(chance, COSTS, 1),
            accessibility=_some(chance, ACCESSIBILITY, 3),
            remote=_some(chance, REMOTE, 2),
            latitude=None if reach else latitude,
            longitude=None if reach else longitude,
            served_areas=(f"area-{city.name}",) if reach or chance.random() < 0.5 else (),
            reach=reach,
            opening=_calendar(chance),
            verified_on=chance.choice((None, 20_000 + chance.randrange(700))),
        )


def _sentences(region: Region, words: int, subject: Zipf) -> str:
    drawn = region.words(words, 0.3, subject)
    parts = [" ".join(drawn[start : start + 11]).capitalize() for start in range(0, words, 11)]
    return ". ".join(parts) + "."


def _with_ancestors(category: str) -> Iterator[str]:
    parts = category.split("/")
    return ("/".join(parts[: depth + 1]) for depth in range(len(parts)))


def _some(chance: random.Random, values: Sequence[str], most: int) -> tuple[str, ...]:
    """Up to so many of the values, the first ones more often; one in five listings is silent."""
    if chance.random() < 0.2:
        return ()
    return tuple(dict.fromkeys(values[int(len(values) * chance.random() ** 2)] for _ in range(chance.randint(1, most))))


def _calendar(chance: random.Random) -> OpeningCalendar | None:
    if chance.random() < 0.15:
        return None
    opens = [chance.choice((480, 510, 540, 600, 720)) + day * 1440 for day in range(5)]
    week = tuple((minute, minute + chance.choice((240, 420, 450, 480, 660))) for minute in opens)
    if chance.random() < 0.05:
        week = ((0, 10_080),)
    closed = {FIRST_DAY + timedelta(days=offset): () for offset in chance.sample(range(400), 11)}
    return OpeningCalendar(chance.choice(ZONES), FIRST_DAY, FIRST_DAY + timedelta(days=399), week=week, irregular=closed)
