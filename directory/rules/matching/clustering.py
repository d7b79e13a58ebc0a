"""Groups of records that are one thing (correlation clustering): a group grows only while all of its pairs together speak for it, so that a
chain of likenesses does not join what lies at its ends. Must-links and cannot-links are kept."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.blocking import Places

UNSEEN = -1_000
"""What two records that were never compared say about being one, in thousandths of log-odds."""

_SCALE = 1_000
Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """`groups` (N): each record's group, named by the row of its first member in the order of ids. `contradictions`: must-links that could
    not be kept, since cannot-links forbid them."""

    groups: NDArray[np.int32]
    contradictions: tuple[Link, ...]


def group(
    count: int, left: Places, right: Places, scores: NDArray[np.float32], must: Sequence[Link] = (), cannot: Sequence[Link] = ()
) -> Grouping:
    """Group `count` records, numbered in the order of their ids. `left`, `right`, `scores`: the pairs that were compared."""
    units = np.round(scores.astype(np.float64) * _SCALE).astype(np.int64)
    groups = np.arange(count, dtype=np.int32)
    contradictions: list[Link] = []
    joined = _Pieces(count, left, right, units, must, cannot)
    groups[joined.two_left] = groups[joined.two_right] = np.minimum(joined.two_left, joined.two_right)
    for piece in joined.larger():
        for members in piece.grouped(contradictions):
            groups[members] = min(members)
    return Grouping(groups, tuple(contradictions))


class _Pieces:
    """The records cut into pieces between which nothing speaks for being one. Pieces of two are settled at once."""

    def __init__(
        self,
        count: int,
        left: Places,
        right: Places,
        units: NDArray[np.int64],
        must: Sequence[Link],
        cannot: Sequence[Link],
    ) -> None:
        self._must: Sequence[Link] = [_sorted(link) for link in must]
        self._cannot = {_sorted(link) for link in cannot}
        tied = np.array([link for link in self._must if link not in self._cannot], dtype=np.int32).reshape(-1, 2)
        likely = units > 0
        ends = np.concatenate([np.stack([left[likely], right[likely]], axis=1), tied])
        self._label = _connected(count, ends)
        sizes = np.bincount(self._label, minlength=count)
        special = {int(self._label[row]) for link in (*must, *cannot) for row in link}
        inside = self._label[left] == self._label[right]
        two = likely & (sizes[self._label[left]] == 2)
        if special:
            two &= ~np.isin(self._label[left], list(special))
        self.two_left, self.two_right = left[two], right[two]
        larger = inside & ((sizes[self._label[left]] > 2) | (np.isin(self._label[left], list(special)) if special else False))
        self._edges: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for one, other, unit in zip(left[larger].tolist(), right[larger].tolist(), units[larger].tolist(), strict=True):
            self._edges[int(self._label[one])].append((one, other, unit))
        for link in tied.tolist():
            self._edges.setdefault(int(self._label[link[0]]), [])

    def larger(self) -> Iterator["_Piece"]:
        must, cannot = defaultdict(list), defaultdict(list)
        for link in self._must:
            must[int(self._label[link[0]])].append(link)
        for link in sorted(self._cannot):
            if self._label[link[0]] == self._label[link[1]]:
                cannot[int(self._label[link[0]])].append(link)
        for label, edges in self._edges.items():
            yield _Piece(edges, must[label], cannot[label])


def _sorted(link: Link) -> Link:
    return (min(link), max(link))


def _connected(count: int, ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """The least row of the piece that each row belongs to; rows that are tied belong together."""
    label = np.arange(count, dtype=np.int64)
    one, other = ends[:, 0], ends[:, 1]
    while len(one):
        least = np.minimum(label[one], label[other])
        before = label.copy()
        np.minimum.at(label, label[one], least)
        np.minimum.at(label, label[other], least)
        label = label[label]
        if np.array_equal(label, before):
            break
    while not np.array_equal(label, label[label]):
        label = label[label]
    return label


class _Piece:
    """One piece: its members become groups by joining the two that agree best, again and again."""

    def __init__(self, edges: Iterable[tuple[int, int, int]], must: Sequence[Link], cannot: Sequence[Link]) -> None:
        self._must, self._cannot = must, cannot
        self.members: dict[int, list[int]] = {}
        self._sums: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other, unit in edges:
            self._sums[one][other] = self._sums[other][one] = (unit, 1)
        for row in {row for edge in edges for row in edge[:2]} | {row for link in (*must, *cannot) for row in link}:
            self.members[row] = [row]

    def grouped(self, contradictions: list[Link]) -> Iterator[list[int]]:
        for one, other in self._cannot:
            self._apart[one].add(other)
            self._apart[other].add(one)
        home = {row: row for row in self.members}
        for one, other in sorted(self._must):
            first, second = home[one], home[other]
            if first == second:
                continue
            if second in self._apart[first]:
                contradictions.append((one, other))
                continue
            kept = self._join(first, second)
            for row in self.members[kept]:
                home[row] = kept
        self._grow()
        yield from self.members.values()

    def _grow(self) -> None:
        heap = [entry for one in self._sums for other in self._sums[one] if one < other and (entry := self._entry(one, other))]
        heapq.heapify(heap)
        while heap:
            entry = heapq.heappop(heap)
            one, other = entry[1:]
            if one not in self.members or other not in self.members or self._entry(one, other) != entry:
                continue
            kept = self._join(one, other)
            for near in self._sums[kept]:
                if made := self._entry(min(kept, near), max(kept, near)):
                    heapq.heappush(heap, made)

    def _entry(self, one: int, other: int) -> tuple[int, int, int] | None:
        """Sorted by how well two groups agree: the mean over all of their pairs; None where they had better stay two."""
        if one not in self.members or other not in self.members or other in self._apart[one]:
            return None
        units, seen = self._sums[one][other]
        pairs = len(self.members[one]) * len(self.members[other])
        total = units + (pairs - seen) * UNSEEN
        return (-(total // pairs), one, other) if total > 0 else None

    def _join(self, one: int, other: int) -> int:
        kept, gone = min(one, other), max(one, other)
        self.members[kept] += self.members.pop(gone)
        for near, (units, seen) in self._sums.pop(gone, {}).items():
            self._sums[near].pop(gone, None)
            if near == kept:
                continue
            before = self._sums[kept].get(near, (0, 0))
            self._sums[kept][near] = self._sums[near][kept] = (before[0] + units, before[1] + seen)
        self._sums[kept].pop(gone, None)
        for near in self._apart.pop(gone, set()):
            self._apart[near].discard(gone)
            self._apart[near].add(kept)
            self._apart[kept].add(near)
        return kept
