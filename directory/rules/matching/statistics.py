"""How common words, telephones and hosts are among all records: what many share says little of any two of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.columns import Columns, Numbers, of_table
from directory.rules.matching.facts import IdentityLevel
from directory.rules.matching.hashing import Hashes, hash_of, mixed
from directory.rules.matching.words import GENERIC

BACKGROUND = 2_000
"""Records that are thought of beside those at hand, so that a table of ten rows does not make "food" a rare word."""

_GENERIC_SHARE, _OTHER_SHARE = 0.1, 0.0005
_GENERIC = np.sort(np.array([hash_of(word) for word in GENERIC], dtype=np.uint64))
Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """Hash -> count, sorted by hash."""

    keys: Hashes
    counts: Counts

    def of(self, hashes: Hashes, otherwise: int) -> Counts:
        if not len(self.keys):
            return np.full(hashes.shape, otherwise, dtype=np.int32)
        places = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        return np.where(self.keys[places] == hashes, self.counts[places], np.int32(otherwise))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one whole run, kept for what is compared later. `words`: in how many names each stands; `phones`, `links`: between how many
    different things each is shared, where more than one (at the level of sites: addresses; else: names)."""

    records: int
    words: Table
    phones: Table
    links: Table

    def telling(self, words: Hashes) -> Numbers:
        """How much each word tells, in natural log units: the rarer, the more."""
        share = np.where(np.isin(words, _GENERIC), _GENERIC_SHARE, _OTHER_SHARE)
        found = self.words.of(words, 0)
        telling: Numbers = np.log((self.records + BACKGROUND) / (found + BACKGROUND * share)).astype(np.float32)
        return telling


NO_STATISTICS = Statistics(0, *(Table(np.zeros(0, np.uint64), np.zeros(0, np.int32)) for _ in range(3)))


def statistics_of(columns: Columns, level: IdentityLevel) -> Statistics:
    identity = _identity(columns, level)
    phones = np.where(columns.phones != 0, columns.phones, _as_hashes(columns.local_phones))
    return Statistics(len(columns), _words(columns), _shared(phones, identity), _shared(columns.links, identity))


def _as_hashes(local: NDArray[np.int32]) -> Hashes:
    return np.where(local >= 0, local, 0).astype(np.uint64)


def _words(columns: Columns) -> Table:
    table = columns.name_table
    rows = np.concatenate([columns.names.ravel(), columns.owners.ravel()])
    uses = np.bincount(rows[rows >= 0], minlength=len(table.texts)).astype(np.int64)
    each = np.repeat(uses, np.diff(table.starts))
    keys, inverse = np.unique(table.words, return_inverse=True)
    return Table(keys, np.bincount(inverse, weights=each, minlength=len(keys)).astype(np.int32))


def _identity(columns: Columns, level: IdentityLevel) -> Hashes:
    """A coarse hash of what would make two records different things: the address, or the first word of the name."""
    if level is IdentityLevel.SITE:
        return mixed(90, columns.numbers.astype(np.uint64), of_table(columns.street_table.beginnings, columns.streets))
    table = columns.name_table
    first = table.words[np.minimum(table.starts[:-1], max(len(table.words) - 1, 0))] if len(table.words) else table.words
    return of_table(first, columns.names[:, 0])


def _shared(values: Hashes, identity: Hashes) -> Table:
    """Between how many identities each value is shared; values of one identity are left out."""
    who = np.repeat(identity, values.shape[1])
    flat = values.ravel()
    said = (flat != 0) & (who != 0)
    order = np.lexsort((who[said], flat[said]))
    flat, who = flat[said][order], who[said][order]
    if not len(flat):
        return Table(flat, np.zeros(0, np.int32))
    new = np.ones(len(flat), dtype=bool)
    new[1:] = (flat[1:] != flat[:-1]) | (who[1:] != who[:-1])
    keys, counts = np.unique(flat[new], return_counts=True)
    many = counts > 1
    return Table(keys[many], counts[many].astype(np.int32))
