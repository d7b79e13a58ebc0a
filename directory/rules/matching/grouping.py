"""The groups of a whole run: who belongs together, which groups a person should look at, and where these are weakest."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.blocking import Candidates
from directory.rules.matching.clustering import group
from directory.rules.matching.columns import Columns
from directory.rules.matching.pairs import Verdict

LARGEST = 6
"""A group with more records than this goes to a person."""


@dataclass(frozen=True, slots=True)
class Group:
    """`id`: the first id in it. `weakest`: the link that holds it together least, as ids and score; None for a group of one, or where
    verdicts alone hold it."""

    id: str
    members: tuple[str, ...]
    needs_review: bool
    weakest: tuple[str, str, float] | None


@dataclass(frozen=True, slots=True)
class Groups:
    """`of` (N): a number for each record's group. `too_large` (N): whether its group goes to a person. `contradictions`: pairs that were
    judged the same and could not be put together, since other verdicts forbid it."""

    of: NDArray[np.int32]
    too_large: NDArray[np.bool_]
    columns: Columns
    pairs: Candidates
    scores: NDArray[np.float32]
    contradictions: tuple[tuple[str, str], ...]

    def held_back(self, pairs: Candidates) -> NDArray[np.bool_]:
        """Pairs that stand in two groups, or in one that a person should look at."""
        apart: NDArray[np.bool_] = (self.of[pairs.left] != self.of[pairs.right]) | self.too_large[pairs.left]
        return apart

    def ids(self) -> list[tuple[str, str]]:
        """(record, group) of every record, in the order in which they were given; a group is named by the least id in it."""
        first: dict[int, str] = {}
        for one, number in zip(self.columns.ids, self.of.tolist(), strict=True):
            if number not in first or one < first[number]:
                first[number] = one
        return [(one, first[number]) for one, number in zip(self.columns.ids, self.of.tolist(), strict=True)]

    def several(self) -> list[Group]:
        """The groups of more than one record, by id."""
        members: dict[int, list[str]] = defaultdict(list)
        shared = np.bincount(self.of, minlength=1)[self.of] > 1
        for row in np.flatnonzero(shared).tolist():
            members[int(self.of[row])].append(self.columns.ids[row])
        weakest = self._weakest()
        made = [Group(min(ids), tuple(sorted(ids)), len(ids) > LARGEST, weakest.get(number)) for number, ids in members.items()]
        return sorted(made, key=lambda found: found.id)

    def _weakest(self) -> dict[int, tuple[str, str, float]]:
        """Of each group, the last link needed when the strongest are taken first: without it, the group falls apart."""
        inside = np.flatnonzero(self.of[self.pairs.left] == self.of[self.pairs.right])
        order = inside[np.argsort(-self.scores[inside], kind="stable")]
        home = list(range(len(self.columns)))

        def root(row: int) -> int:
            while home[row] != row:
                home[row] = home[home[row]]
                row = home[row]
            return row

        found: dict[int, tuple[str, str, float]] = {}
        rows = zip(self.pairs.left[order].tolist(), self.pairs.right[order].tolist(), self.scores[order].tolist(), strict=True)
        for left, right, score in rows:
            one, other = root(left), root(right)
            if one != other:
                home[one] = other
                found[int(self.of[left])] = (self.columns.ids[left], self.columns.ids[right], score)
        return found


def groups_of(
    columns: Columns, pairs: Candidates, rank: NDArray[np.int32], scores: NDArray[np.float32], judged: Mapping[int, Verdict]
) -> Groups:  # fmt: skip
    left, right = rank[pairs.left], rank[pairs.right]
    links = [(int(left[place]), int(right[place]), verdict) for place, verdict in judged.items()]
    must = [(one, other) for one, other, verdict in links if verdict is Verdict.SAME]
    cannot = [(one, other) for one, other, verdict in links if verdict is Verdict.DIFFERENT]
    made = group(len(columns), left, right, scores, must, cannot)
    of = made.groups[rank]
    sizes = np.bincount(of, minlength=1) if len(of) else np.zeros(1, np.int64)
    rows = np.argsort(rank)
    contradictions = tuple((columns.ids[rows[one]], columns.ids[rows[other]]) for one, other in made.contradictions)
    return Groups(of, sizes[of] > LARGEST, columns, pairs, scores, contradictions)
