"""Made-up searches and people for a demo: what was asked for where, how often too little was found, and how many live there. The same seed
makes the same; only counts by day, need and area are kept, as of real searches.

How much is asked for, and how often nothing is found, are our own guesses, drawn so that planners see each reading: gaps, what is served,
what is offered twice, and places of which too little is known.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from directory.domain.planning.quarter import quarter_of
from directory.services.parts import Parts
from directory.services.planning.gap_buffer import add_counts
from directory.store.tables import AreaPopulation, SearchCount, SearchGap
from seeds.sample import place


@dataclass(frozen=True, slots=True)
class _Asked:
    """`a_week`: how many searches in the whole county; `too_little`: the share that found too little in the city, and in the country
    around it."""

    a_week: float
    too_little: tuple[float, float]


ASKED: Mapping[str, _Asked] = {
    "food-pantry": _Asked(46, (0.04, 0.12)),
    "meals": _Asked(22, (0.06, 0.30)),
    "emergency-shelter": _Asked(24, (0.38, 0.85)),
    "rent-help": _Asked(30, (0.34, 0.40)),
    "eviction-prevention": _Asked(14, (0.20, 0.45)),
    "social-housing": _Asked(18, (0.45, 0.55)),
    "utilities-help": _Asked(10, (0.15, 0.25)),
    "counselling": _Asked(26, (0.28, 0.50)),
    "youth-mental-health": _Asked(15, (0.42, 0.70)),
    "detox": _Asked(8, (0.55, 0.90)),
    "addiction-treatment": _Asked(9, (0.30, 0.60)),
    "dental": _Asked(16, (0.40, 0.55)),
    "primary-care": _Asked(14, (0.25, 0.45)),
    "child-care": _Asked(17, (0.33, 0.60)),
    "clothing": _Asked(12, (0.03, 0.10)),
    "tax-clinic": _Asked(9, (0.05, 0.20)),
    "id-documents": _Asked(7, (0.10, 0.30)),
    "job-search": _Asked(13, (0.04, 0.15)),
    "language-classes": _Asked(11, (0.08, 0.45)),
    "settlement": _Asked(8, (0.06, 0.35)),
    "medical-rides": _Asked(12, (0.22, 0.65)),
    "domestic-violence": _Asked(6, (0.10, 0.40)),
    "legal-information": _Asked(9, (0.12, 0.30)),
    "friendly-visiting": _Asked(4, (0.20, 0.50)),
}
EASED, EASED_TO = ("rent-help", place.CITY_AREA), 0.5
"""Since the quarter before this one, only this part of the searches for it that would have found too little there does: two centres have
answered together since (`seeds.plans`)."""
FILTERS = ("open_at", "within_km", "language", "cost", "remote")
PEOPLE = {place.CITY: 84_200, "Kelsingham": 5_200, "Dunmorrow": 6_900, "Larivée": 3_100, "Petit-Marais": 2_400}
"""Made up; by the names of city and townships."""
PEOPLE_SOURCE = "Made-up figures of a made-up city"


def begin_with_searches(parts: Parts, seed: int = 1) -> None:
    """For a demo in which nobody has searched yet, so that planners' pages have something to show: of this quarter, and of three whole ones
    before it, so that one in which something was done can be held against the one before and the one after."""
    today = parts.clock.now().date()
    random = Random(seed)  # noqa: S311  # made-up data, no secret
    people, last = shares(), quarter_of(today).before
    asked: Counter[tuple[date, str, str]] = Counter()
    gaps: list[SearchGap] = []
    for day in (today - timedelta(days=back) for back in range(1, (today - last.before.before.first).days + 1)):
        for need, shape in ASKED.items():
            for area, share in people.items():
                searches = _poisson(random, shape.a_week / 7 * share)
                if not searches:
                    continue
                asked[day, need, area] += searches
                too_little = shape.too_little[area != place.CITY_AREA]
                if (need, area) == EASED and day >= last.first:
                    too_little *= EASED_TO
                gaps += [_gap(random, day, need, area) for _search in range(searches) if random.random() < too_little]
    with parts.database.writing() as session:
        if session.scalar(select(SearchCount.day).limit(1)) is not None:
            return
        add_counts(session, asked)
        session.add_all(gaps)
        for area, number in _counted().items():
            session.merge(AreaPopulation(area_id=area, group="", people=number, year=today.year, source=PEOPLE_SOURCE))
        session.commit()


def _gap(random: Random, day: date, need: str, area: str) -> SearchGap:
    filters = sorted(random.sample(FILTERS, random.choice((0, 1, 1, 2))))
    return SearchGap(day=day, needs=[need], area=area, filters=filters, results=random.choice((0, 0, 0, 1)), locale="en")


def _counted() -> dict[str, int]:
    """How many people live in each area, by its id."""
    ids = {place.CITY: place.CITY_AREA, **{part.name[0]: part.area_id for part in place.TOWNSHIPS}}
    return {ids[name]: number for name, number in PEOPLE.items()}


def shares() -> dict[str, float]:
    """How much of what is asked comes from each area, by its id; the country asks for more than its share, since it has less at hand."""
    counted = _counted()
    weights = {area: number * (1 if area == place.CITY_AREA else 1.6) for area, number in counted.items()}
    return {area: weight / sum(weights.values()) for area, weight in weights.items()}


def _poisson(random: Random, mean: float) -> int:
    """How many events there are where so many are expected: waiting times are added up until the day is over."""
    waited, events = random.expovariate(mean), 0
    while waited < 1:
        waited += random.expovariate(mean)
        events += 1
    return events
