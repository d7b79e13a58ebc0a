"""Which of several places of one name is meant: one for certain, or a question. Pure: candidates in, verdict out.

A person types a name and means, most often, the place nearby or the place everybody knows. So candidates stand in tiers by where the
community is (its `Bias`): *near* (its region, or within 150 km of its middle), *country*, *elsewhere*. In the first tier that has any, the
largest is taken if it is `DOMINANT` times as populous as the next of that tier, and if no place of a lower tier is `OVERRULES` times as
populous as it. Otherwise the question is put: nothing is chosen silently between places a person could mean. Examples, each a test: London
for a community in Ontario is London, Ontario (the other is 21 times larger, under 100); for one in Alberta it is a question; Toronto for a
community in Ohio is a question; Springfield without a community is a question; Philadelphia is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.domain.distance import metres_between
from directory.domain.place import Bias, KnownPlace, PointKind

NEAR_M = 150_000
LEAST_PEOPLE = 1_000  # smaller places weigh as much as this: their counts are not known well
DOMINANT = {"near": 5, "country": 5, "elsewhere": 10}
OVERRULES = {"near": 100, "country": 10, "elsewhere": 10}
TIERS = ("near", "country", "elsewhere")
SAME_PLACE_M = 25_000
WORTH_ASKING = 100  # a far place this many times smaller than another is not offered in a question
CITY_BESIDE_REGION = 100_000  # a city of this size and a region of the same name are both in people's minds
CITY_OF_REGION = 250_000  # ... unless it lies in that region: New York, Québec; the city is the finer answer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `rank`: 0 one of its other names, 1 its own name, 2 named by hand."""

    place: KnownPlace
    population: int
    rank: int = 1
    edits: int = 0

    @property
    def people(self) -> int:
        return max(self.population, LEAST_PEOPLE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The candidates in order of likelihood, and whether the first is certain."""

    ordered: tuple[Candidate, ...] = ()
    certain: bool = False


def choose(candidates: Iterable[Candidate], bias: Bias | None) -> Verdict:
    """Order candidates and say whether the first is meant beyond doubt."""
    apart = _one_of_each(_without_lesser_names(list(candidates)))
    fitting = _without_region_of_city(apart)
    ordered = sorted(fitting, key=lambda candidate: (TIERS.index(tier(candidate.place, bias)), -candidate.people, candidate.place.name))
    if not ordered:
        return Verdict()
    most = max(candidate.people for candidate in ordered)
    least = min(CITY_BESIDE_REGION, most / WORTH_ASKING)
    worth = [candidate for candidate in ordered if candidate.people >= least or tier(candidate.place, bias) == "near"]
    return Verdict(tuple(worth), _is_certain(ordered, bias))


def tier(place: KnownPlace, bias: Bias | None) -> str:
    """How close a place is to the community."""
    if bias is None or (bias.country and place.country != bias.country):
        return "elsewhere" if bias is None or not _is_near(place, bias) else "near"
    if (bias.region and place.region == bias.region) or _is_near(place, bias):
        return "near"
    return "country" if bias.country else "elsewhere"


def _is_near(place: KnownPlace, bias: Bias) -> bool:
    if bias.latitude is None or bias.longitude is None:
        return False
    return metres_between(bias.latitude, bias.longitude, place.point.latitude, place.point.longitude) <= NEAR_M


def _is_certain(ordered: list[Candidate], bias: Bias | None) -> bool:
    first, *others = ordered
    own = tier(first.place, bias)
    for other in others:
        same_tier = tier(other.place, bias) == own
        if same_tier and first.people < DOMINANT[own] * other.people:
            return False
        if not same_tier and other.people >= OVERRULES[own] * first.people:
            return False
        if _is_region_and_city(first, other) and (own == "elsewhere" or same_tier):
            return False
    return True


def _is_region_and_city(one: Candidate, other: Candidate) -> bool:
    """`Washington`: the state is far more populous than the city, and yet the city may be meant."""
    kinds = {one.place.point.kind, other.place.point.kind}
    city = min(one, other, key=lambda candidate: candidate.place.point.kind == PointKind.REGION)
    return PointKind.REGION in kinds and kinds != {PointKind.REGION} and city.population >= CITY_BESIDE_REGION


def _without_lesser_names(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out places whose other name it is when a place of any size bears it as its own; by hand counts as own. (Columbus, Ohio, was
    once Franklin.)

    A name given by hand also stands before a small place of that very name in its region.
    """
    own = max((candidate.people for candidate in candidates if candidate.rank > 0), default=0)
    by_hand = {(candidate.place.country, candidate.place.region) for candidate in candidates if candidate.rank == 2}
    kept = [candidate for candidate in candidates if candidate.rank > 0 or own <= LEAST_PEOPLE]
    return [
        candidate
        for candidate in kept
        if candidate.rank == 2 or candidate.population > LEAST_PEOPLE or (candidate.place.country, candidate.place.region) not in by_hand
    ]


def _one_of_each(candidates: list[Candidate]) -> list[Candidate]:
    """Of several records of one place (a town and its district), the most populous."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: (candidate.edits, -candidate.people, candidate.place.point.radius_m)):
        if not any(_is_same_place(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _is_same_place(one: Candidate, other: Candidate) -> bool:
    here, there = one.place.point, other.place.point
    if (one.place.country, one.place.region) != (other.place.country, other.place.region) or PointKind.REGION in (here.kind, there.kind):
        return False
    return metres_between(here.latitude, here.longitude, there.latitude, there.longitude) <= SAME_PLACE_M


def _without_region_of_city(candidates: list[Candidate]) -> list[Candidate]:
    big = {
        (candidate.place.country, candidate.place.region)
        for candidate in candidates
        if candidate.place.point.kind == PointKind.CITY and candidate.population >= CITY_OF_REGION
    }
    return [
        candidate
        for candidate in candidates
        if candidate.place.point.kind != PointKind.REGION or (candidate.place.country, candidate.place.region) not in big
    ]
