"""The few of many: gates first, then points, ties by id; and one place for a program that suits and is seldom asked.

The same candidates under the same rules come out the same, in whatever order they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.rules.sets.rule import RuleSet
from directory.rules.sets.score import Scored, Scorer
from directory.rules.sets.signals import Signals

MOST = 5
LITTLE = 2
"""Who got at most so many referrals in a year is little used, and so is who got at most a quarter of what is usual."""

SUITS = 1 / 3
"""A little-used program takes the last place with at least so much of the points of the one that had it: nobody knows it yet, so that it
has none for how it answers and what came of it."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """`keeps_place`: it has the place that is kept for little-used programs."""

    id: str
    points: int
    keeps_place: bool = False


def ranked(points: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """All of them, the most points first, ties by id."""
    return tuple(sorted(points.items(), key=lambda each: (-each[1], each[0])))


def chosen(points: Mapping[str, int], received: Mapping[str, float], usual: float, most: int = MOST) -> tuple[Ranked, ...]:
    """At most five. `received`: referrals of the last year, of those for which it is known; `usual`: what is usual."""
    order = ranked(points)
    first = [Ranked(*each) for each in order[:most]]
    if len(first) < most or len(order) == len(first) or any(is_little_used(received.get(each.id), usual) for each in first):
        return tuple(first)
    least = first[-1].points * SUITS
    others = (each for each in order[most:] if is_little_used(received.get(each[0]), usual) and each[1] >= max(1, least))
    kept = next(others, None)
    return tuple(first) if kept is None else (*first[:-1], Ranked(*kept, keeps_place=True))


def is_little_used(received: float | None, usual: float) -> bool:
    """False where it is not known."""
    return received is not None and received <= max(LITTLE, usual / 4)


class Choosing:
    """Made once of the rules that hold."""

    def __init__(self, rules: RuleSet) -> None:
        self._scorer = Scorer(rules)

    def points(self, signals: Mapping[str, Signals]) -> dict[str, int]:
        """The points of each candidate, by id."""
        return {key: self._scorer.points(each) for key, each in signals.items()}

    def explain(self, signals: Signals) -> Scored:
        return self._scorer.explain(signals)


def received_of(signals: Mapping[str, Signals]) -> dict[str, float]:
    """What is known of how much each was used."""
    return {key: float(got) for key, each in signals.items() if isinstance(got := each.get("load.received_last_year"), int | float)}


def missing_points(rules: Sequence[tuple[str, int]], most: int) -> tuple[tuple[str, int], ...]:
    """Rules that gave nothing and what each would give at most, the largest first; ties by id."""
    return tuple(sorted(rules, key=lambda each: (-each[1], each[0]))[:most])


def places_of(shown: Iterable[Ranked]) -> dict[str, int]:
    """Id -> which place it has, from 1 on."""
    return {each.id: place for place, each in enumerate(shown, start=1)}
