"""A whole run over records, and one record against those that share a key with it. Both give the same pairs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.blocking import MOST_OF_ONE_KEY, Candidates, LeftOut, pairs_of
from directory.rules.matching.columns import Columns
from directory.rules.matching.columns_builder import columns_of
from directory.rules.matching.comparing import LEVELS, Comparison, Field, compare
from directory.rules.matching.estimating import estimate
from directory.rules.matching.facts import Facts, IdentityLevel, fingerprint, pair_fingerprint
from directory.rules.matching.grouping import Groups, groups_of
from directory.rules.matching.keys import keys_of
from directory.rules.matching.learning import sharpen
from directory.rules.matching.pairs import Band, Pair, Reason, Verdict, Verdicts
from directory.rules.matching.policies import CERTAIN_AT, POLICIES, REVIEW_AT, Policy
from directory.rules.matching.statistics import NO_STATISTICS, Statistics, statistics_of
from directory.rules.matching.weighing import Weighed, probabilities, weigh
from directory.rules.matching.weights import Weights

Told = Callable[[str, int], None]
"""Told what is being done, and of how many."""

NO_VERDICTS: Verdicts = {}


def _nobody(what: str, count: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a whole run leaves for comparing single records as it did: weights, and how common words and numbers are."""

    level: IdentityLevel
    weights: Weights
    statistics: Statistics

    @property
    def policy(self) -> Policy:
        return POLICIES[self.level]


def shipped_model(level: IdentityLevel, statistics: Statistics = NO_STATISTICS) -> Model:
    return Model(level, POLICIES[level].weights, statistics)


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of rows of `columns`, compared and weighed. `left` is the row with the smaller id."""

    columns: Columns
    pairs: Candidates
    comparison: Comparison
    weighed: Weighed
    policy: Policy
    fingerprint_of: Callable[[int], str]
    """Of the record in a row: of many that are compared few become pairs."""

    def pair(self, place: int, band: Band, verdict: Verdict | None = None) -> Pair:
        left, right = int(self.pairs.left[place]), int(self.pairs.right[place])
        ids = self.columns.ids
        score = float(self.weighed.scores[place])
        return Pair(
            ids[left],
            ids[right],
            score,
            float(probabilities(self.weighed.scores[place : place + 1])[0]),
            band,
            tuple(self._reasons(place)),
            pair_fingerprint(ids[left], self.fingerprint_of(left), ids[right], self.fingerprint_of(right)),
            verdict,
        )

    def _reasons(self, place: int) -> Iterator[Reason]:
        yield Reason("start", "share_a_key", self.weighed.start)
        for one in Field:
            level = int(self.comparison.levels[place, one])
            if level and self.policy.weights.grid[one].any():
                shared = int(self.comparison.shared[place, one])
                yield Reason(one.name.lower(), LEVELS[one][level - 1], float(self.weighed.parts[place, one]), shared)
        if (gate := int(self.weighed.gates[place])) >= 0:
            yield Reason("gate", self.policy.gates[gate].name, float(self.weighed.held[place]))


@dataclass(frozen=True, slots=True)
class Matching:
    """A whole run. `bands` (P): 2 certain, 1 review, 0 no. `refused`: why weights were not fitted to the table, "" where they were."""

    compared: Compared
    groups: Groups
    model: Model
    bands: NDArray[np.int8]
    verdicts: dict[int, Verdict]
    refused: str
    left_out: tuple[LeftOut, ...]

    def pairs(self, least: Band = Band.REVIEW) -> Iterator[Pair]:
        """The pairs of this band and above, in the order of ids."""
        for place in np.flatnonzero(self.bands >= _BANDS.index(least)).tolist():
            yield self.compared.pair(place, _BANDS[int(self.bands[place])], self.verdicts.get(place))


_BANDS = (Band.NO, Band.REVIEW, Band.CERTAIN)


def _oriented(columns: Columns, pairs: Candidates) -> tuple[Candidates, NDArray[np.int32]]:
    """The pairs with the smaller id on the left, in the order of ids, and the place of each row in that order."""
    order = np.array(sorted(range(len(columns)), key=columns.ids.__getitem__), dtype=np.int32)
    rank = np.empty(len(columns), dtype=np.int32)
    rank[order] = np.arange(len(columns), dtype=np.int32)
    turned = rank[pairs.left] > rank[pairs.right]
    left, right = np.where(turned, pairs.right, pairs.left), np.where(turned, pairs.left, pairs.right)
    sorting = np.lexsort((rank[right], rank[left]))
    return Candidates(left[sorting], right[sorting], pairs.left_out), rank


def _with_verdicts(columns: Columns, pairs: Candidates, verdicts: Verdicts) -> Candidates:
    """Pairs that a person judged are compared, whether they share a key or not."""
    if not verdicts:
        return pairs
    rows = {one: row for row, one in enumerate(columns.ids)}
    judged = [sorted((rows[one], rows[other])) for one, other in verdicts if one in rows and other in rows and one != other]
    more = np.array(judged, dtype=np.int64).reshape(-1, 2)
    packed = np.unique(np.concatenate([pairs.left.astype(np.int64) << 32 | pairs.right, more[:, 0] << 32 | more[:, 1]]))
    return Candidates((packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32), pairs.left_out)


def match_all(
    records: Iterable[Facts],
    level: IdentityLevel,
    verdicts: Verdicts = NO_VERDICTS,
    *,
    model: Model | None = None,
    most_of_one_key: int = MOST_OF_ONE_KEY,
    told: Told = _nobody,
) -> Matching:
    """Compare all records that share a key. Without a `model`, how common things are is counted and weights are fitted within their bounds;
    with one, it is used as it is. `verdicts` sharpen the weights, and are kept in the groups."""
    fingerprints: list[str] = []
    columns = columns_of(_noting(records, level, fingerprints), level, lambda done: told("reading", done))
    statistics = model.statistics if model else statistics_of(columns, level)
    told("looking for pairs", len(columns))
    candidates = _with_verdicts(columns, pairs_of(keys_of(columns, statistics), most_of_one_key), verdicts)
    pairs, rank = _oriented(columns, candidates)
    told("comparing pairs", len(pairs))
    comparison = compare(columns, pairs, statistics)
    policy = POLICIES[level]
    found = estimate(comparison, policy) if model is None else None
    weights = found.weights if found else model.weights if model else policy.weights
    judged = _judged(columns, pairs, verdicts)
    if judged and model is None:
        places = np.array(sorted(judged))
        part = Comparison(comparison.levels[places], comparison.strengths[places], comparison.shared[places])
        weights = sharpen(part, np.array([judged[int(place)] is Verdict.SAME for place in places]), weights)
    told("weighing pairs", len(pairs))
    weighed = weigh(comparison, policy, weights)
    told("grouping records", len(columns))
    groups = groups_of(columns, pairs, rank, weighed.scores, judged)
    bands = bands_of(weighed, judged)
    bands[(bands == 2) & groups.held_back(pairs)] = 1
    _keep_verdicts(bands, judged)
    compared = Compared(columns, pairs, comparison, weighed, policy, fingerprints.__getitem__)
    return Matching(compared, groups, Model(level, weights, statistics), bands, judged, found.refused if found else "", pairs.left_out)


def _noting(records: Iterable[Facts], level: IdentityLevel, fingerprints: list[str]) -> Iterator[Facts]:
    """The records, whose fingerprints are noted as they go by: all of them need not be held at once."""
    for record in records:
        fingerprints.append(fingerprint(record, level))
        yield record


def _judged(columns: Columns, pairs: Candidates, verdicts: Verdicts) -> dict[int, Verdict]:
    """Place of the pair -> verdict."""
    if not verdicts:
        return {}
    rows = {one: row for row, one in enumerate(columns.ids)}
    places = {pair: place for place, pair in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))}
    asked = ((rows.get(one), rows.get(other), verdict) for (one, other), verdict in verdicts.items())
    found = {(one, other): verdict for one, other, verdict in asked if one is not None and other is not None}
    return {places[pair]: verdict for pair, verdict in found.items() if pair in places}


def bands_of(weighed: Weighed, judged: dict[int, Verdict]) -> NDArray[np.int8]:
    """The bands by score and verdict, before groups are looked at."""
    bands = (weighed.scores >= REVIEW_AT).astype(np.int8) + (weighed.scores >= CERTAIN_AT).astype(np.int8)
    _keep_verdicts(bands, judged)
    return bands


def _keep_verdicts(bands: NDArray[np.int8], judged: dict[int, Verdict]) -> None:
    for place, verdict in judged.items():
        bands[place] = 2 if verdict is Verdict.SAME else 0


def compare_one(
    record: Facts, others: Sequence[Facts], model: Model, verdicts: Verdicts = NO_VERDICTS, least: Band = Band.NO
) -> list[Pair]:
    """The record against others, the best first: the pairs of this band and above. Who is worth comparing, `one_record.keys_of_one` tells.
    Bands are by score and verdict alone: only a whole run looks at groups."""
    if not others:
        return []
    records = [record, *others]
    columns = columns_of(records, model.level)
    right = np.arange(1, len(columns), dtype=np.int32)
    pairs, _ = _oriented(columns, Candidates(np.zeros(len(right), dtype=np.int32), right))
    comparison = compare(columns, pairs, model.statistics)
    weighed = weigh(comparison, model.policy, model.weights)
    judged = _judged(columns, pairs, verdicts)
    compared = Compared(columns, pairs, comparison, weighed, model.policy, lambda row: fingerprint(records[row], model.level))
    bands = bands_of(weighed, judged)
    order = np.lexsort((right, -weighed.scores))
    wanted = (place for place in order.tolist() if bands[place] >= _BANDS.index(least))
    return [compared.pair(place, _BANDS[int(bands[place])], judged.get(place)) for place in wanted]
