"""Made-up offerings for overlaps, over real cities: for the bench in number, for properties a few of a narrow kind that do meet."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from random import Random

import shapely

from directory.domain.areas import area_id
from directory.domain.categories.tree import CATEGORIES
from directory.domain.sectors import Sector
from directory.rules.overlap.ground import Circle, Ground
from directory.rules.overlap.help import Information
from directory.rules.overlap.offering import Offering
from directory.rules.overlap.people import People, people_of
from directory.rules.overlap.week import week_of
from seeds.sample.cities import CITIES, City
from tests.support.criteria import likely_criteria

_SPREAD = 0.09
_LANGUAGES = ("ar", "es", "fr", "pa", "so", "ti", "uk", "zh")
_SLUGS = tuple(slug for slug, each in CATEGORIES.items() if each.parent)


def information_of(offerings: Iterable[Offering]) -> Information:
    return Information(Counter(slug for offering in offerings for slug in offering.categories))


def made_up(number: int, seed: int = 7, cities: tuple[City, ...] = CITIES, slugs: tuple[str, ...] = _SLUGS) -> list[Offering]:
    """So many offerings; organizations have one to six. Larger cities have more, a few kinds of help are common and most are not."""
    random = Random(seed)
    weights = list(accumulate(city.people for city in cities))
    common = list(accumulate(1 / (place + 3) for place in range(len(slugs))))
    shuffled = random.sample(slugs, len(slugs))
    crowd = [people_of(likely_criteria(random)) for _each in range(min(number, 2_000))]
    weeks = [_week(random) for _each in range(300)]
    made: list[Offering] = []
    while len(made) < number:
        city = cities[bisect(weights, random.random() * weights[-1])]
        organization, sector = f"o{len(made):07}", random.choice(list(Sector))
        for _each in range(random.choice((1, 1, 1, 2, 2, 3, 6))):
            if len(made) < number:
                categories = {shuffled[bisect(common, random.random() * common[-1])] for _one in range(random.choice((1, 1, 2)))}
                made.append(_offering(random, f"s{len(made):07}", organization, sector, categories, city, crowd, weeks))
    return made


def _offering(
    random: Random, name: str, organization: str, sector: str, categories: set[str], city: City, crowd: list[People], weeks: list[int]
) -> Offering:  # fmt: skip
    at = _near(random, city)
    languages = frozenset({"en", *random.sample(_LANGUAGES, random.choice((0, 0, 1, 2)))}) if random.random() < 0.6 else frozenset()
    return Offering(
        name, organization, frozenset(categories), random.choice(crowd), _ground(random, city, at), at,
        random.choice(weeks) if random.random() < 0.8 else None, languages, sector,
    )  # fmt: skip


def _ground(random: Random, city: City, at: tuple[float, float]) -> Ground:
    area = area_id(city.country, city.region, city.name)
    chance = random.random()
    if chance < 0.30:
        return Ground(areas=frozenset((area,)))
    if chance < 0.38:
        return Ground(areas=frozenset((area_id(city.country, city.region),)))
    if chance < 0.41:
        return Ground(outline=shapely.Point(at[1], at[0]).buffer(random.uniform(0.02, 0.1), quad_segs=random.randint(2, 8)))
    if chance < 0.45:
        return Ground()
    places = [at, *(_near(random, city) for _each in range(random.choice((0, 0, 0, 0, 1, 3))))]
    return Ground(circles=tuple(Circle(*place, lies_in=frozenset((area,))) for place in places))


def _near(random: Random, city: City) -> tuple[float, float]:
    return (
        round(city.latitude + (random.random() + random.random() - 1) * _SPREAD, 5),
        round(city.longitude + (random.random() + random.random() - 1) * _SPREAD * 1.5, 5),
    )


def _week(random: Random) -> int:
    opens, closes = random.choice((480, 540, 600, 780, 1020)), random.choice((720, 960, 1020, 1140, 1260))
    days = random.choice((range(5), range(5), range(6), range(7), (1, 3), (5, 6), (random.randrange(7),)))
    return week_of((day * 1440 + min(opens, closes - 60), day * 1440 + closes) for day in days)
