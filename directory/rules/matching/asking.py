"""Which pairs to ask a person about: those that are least sure, and unlike each other, since ten alike teach what one does."""

from collections import Counter

import numpy as np

from directory.rules.matching.matching import Matching
from directory.rules.matching.pairs import Band, Pair


def worth_asking(matching: Matching, count: int) -> list[Pair]:
    """The pairs from which verdicts teach most, without those that have one. A pattern of levels comes again only when every other has
    come as often."""
    compared = matching.compared
    order = np.argsort(np.abs(compared.weighed.scores), kind="stable")
    seen: Counter[bytes] = Counter()
    ranked: list[tuple[int, int, int]] = []
    for place in order.tolist():
        if place not in matching.verdicts:
            pattern = compared.comparison.levels[place].tobytes()
            ranked.append((seen[pattern], len(ranked), place))
            seen[pattern] += 1
    bands = (Band.NO, Band.REVIEW, Band.CERTAIN)
    return [compared.pair(place, bands[int(matching.bands[place])]) for _, _, place in sorted(ranked)[:count]]
