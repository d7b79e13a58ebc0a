"""How alike the help is that two listings give, by where their categories lie in the taxonomy (Lin's similarity).

What two categories have in common is the nearest category above both. The fewer listings lie under it, the more it tells: two kinds of
emergency shelter are nearer to each other than two kinds of housing help. What the field at the top tells ("health") counts half, since
a field says little about what is done there. Two listings of several categories: each category of the one that has fewer is held
against its nearest of the other, and the mean of these counts.
"""

import math
from collections.abc import Iterable, Mapping

from directory.domain.categories.tree import CATEGORIES, ancestors, closure

TOP_COUNTS = 0.5
Codes = frozenset[str]


class Information:
    """What each category tells, from how many listings have it or one beneath it. `counts` are of listings by their own categories."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        beneath = dict.fromkeys(CATEGORIES, 1.0)  # one each beforehand: what nobody has yet tells a lot, not without end
        for slug, count in counts.items():
            for each in closure((slug,)):
                beneath[each] += count
        whole = sum(beneath[slug] for slug in CATEGORIES if not CATEGORIES[slug].parent)
        self._tells: dict[str, float] = {}
        for slug in CATEGORIES:  # parents come before their children
            parent = CATEGORIES[slug].parent
            if parent:
                self._tells[slug] = self._tells[parent] + math.log(max(1.0, beneath[parent] / beneath[slug]))
            else:
                self._tells[slug] = TOP_COUNTS * math.log(max(1.0, whole / beneath[slug]))
        self._known: dict[tuple[str, str], float] = {}

    def alike(self, first: str, second: str) -> float:
        """From 0 (nothing in common) to 1 (the same)."""
        if first == second:
            return 1.0
        key = (first, second) if first < second else (second, first)
        if key not in self._known:
            self._known[key] = self._alike(*key)
        return self._known[key]

    def _alike(self, first: str, second: str) -> float:
        above = {second, *ancestors(second)}
        common = next((slug for slug in (first, *ancestors(first)) if slug in above), "")
        both = self._tells.get(first, 0.0) + self._tells.get(second, 0.0)
        return min(1.0, 2 * self._tells[common] / both) if common and both > 0 else 0.0

    def similarity(self, first: Codes, second: Codes) -> float:
        """Of two listings by all their categories; 0 where either has none."""
        return self.between(finest(first), finest(second))

    def between(self, one: Codes, other: Codes) -> float:
        """The same of the finest categories of each."""
        if not one or not other:
            return 0.0
        if len(one) == len(other):
            return max(self._mean(one, other), self._mean(other, one))
        return self._mean(one, other) if len(one) < len(other) else self._mean(other, one)

    def _mean(self, few: Codes, many: Codes) -> float:
        shares = [1.0 if slug in many else max([self.alike(slug, other) for other in many]) for slug in few]
        return math.fsum(shares) / len(few)


def finest(categories: Iterable[str]) -> Codes:
    """Without those that another of them lies under: "food" says nothing more beside "food pantry"."""
    given = frozenset(slug for slug in categories if slug in CATEGORIES)
    return given - {above for slug in given for above in ancestors(slug)}


def common(first: Codes, second: Codes) -> str:
    """The finest category under which both lie, by which a pair is filed; "" where there is none."""
    shared = frozenset(closure(first)) & frozenset(closure(second))
    return min(shared, key=lambda slug: (-len(ancestors(slug)), slug), default="")
