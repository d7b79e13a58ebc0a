"""How good a grouping or a scoring is: pairwise precision, recall and F1, and B-cubed F1."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Measured:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


def of_counts(found: int, right: int, true: int) -> Measured:
    return Measured(right / found if found else 1.0, right / true if true else 1.0)


def pairwise(groups: Mapping[str, str], truth: Mapping[str, str]) -> Measured:
    """Every pair of records in one group counts."""

    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    both = Counter((groups[one], truth[one]) for one in truth)
    return of_counts(pairs(Counter(groups[one] for one in truth).values()), pairs(both.values()), pairs(Counter(truth.values()).values()))


def b_cubed(groups: Mapping[str, str], truth: Mapping[str, str]) -> Measured:
    """Every record counts once: how much of its group is its own, and how much of its own is in its group."""
    both = Counter((groups[one], truth[one]) for one in truth)
    made, true = Counter(groups[one] for one in truth), Counter(truth.values())
    precision = sum(count * count / made[group] for (group, _), count in both.items()) / len(truth)
    recall = sum(count * count / true[entity] for (_, entity), count in both.items()) / len(truth)
    return Measured(precision, recall)


def of_labelled_pairs(same: Iterable[tuple[str, str]], labels: Mapping[tuple[str, str], bool]) -> Measured:
    """Of the labelled pairs alone."""
    found = {pair for pair in same if pair in labels}
    return of_counts(len(found), sum(labels[pair] for pair in found), sum(labels.values()))


def pairs_of_groups(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for one, group in groups.items():
        members[group].append(one)
    return {pair for ids in members.values() for pair in combinations(sorted(ids), 2)}
