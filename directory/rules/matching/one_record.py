"""One record among many: which keys to look up, and an index in memory for those who keep none in a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.blocking import MOST_OF_ONE_KEY
from directory.rules.matching.columns import Columns
from directory.rules.matching.columns_builder import columns_of
from directory.rules.matching.facts import Facts
from directory.rules.matching.keys import keys_of, kind_of, most_of
from directory.rules.matching.matching import NO_VERDICTS, Model, compare_one
from directory.rules.matching.pairs import Pair, Verdicts
from directory.rules.matching.statistics import Statistics

_AT_ONCE = 20_000


def keys_of_one(record: Facts, model: Model) -> tuple[int, ...]:
    """The keys of a record, sorted, each once: whole numbers with a sign that fit a column of 64 bits. A key that more records have than
    `most_with(key)` is not looked up: it would bring in too many."""
    columns = columns_of([record], model.level)
    return tuple(np.unique(_all_keys(columns, model.statistics)[1]).tolist())


def most_with(key: int, most_of_one_key: int = MOST_OF_ONE_KEY) -> int:
    """How many records may have a key that makes pairs, the record itself among them."""
    return most_of(kind_of(key), most_of_one_key)


def keys_of_many(records: Iterable[Facts], model: Model) -> Iterator[tuple[str, int]]:
    """(id, key) of many records, to be kept in a table with an index on the key."""
    for chunk in _chunks(records):
        columns = columns_of(chunk, model.level)
        rows, keys = _all_keys(columns, model.statistics)
        yield from zip([columns.ids[row] for row in rows.tolist()], keys.tolist(), strict=True)


def _chunks(records: Iterable[Facts]) -> Iterator[list[Facts]]:
    chunk: list[Facts] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _all_keys(columns: Columns, statistics: Statistics) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows, keys) of every record, each key once a record."""
    found = np.concatenate(list(keys_of(columns, statistics).values()), axis=1)
    rows = np.repeat(np.arange(len(found)), found.shape[1])
    keys = found.ravel().view(np.int64)
    said = keys != 0
    once = np.unique(np.stack([rows[said], keys[said]]), axis=1)
    return once[0], once[1]


class Index:
    """Records in memory, found by key. A record that is put again takes the place of what it was."""

    def __init__(self, records: Sequence[Facts], model: Model, most_of_one_key: int = MOST_OF_ONE_KEY) -> None:
        self.model = model
        self._most = most_of_one_key
        self._records = list(records)
        self._rows = {record.id: row for row, record in enumerate(self._records)}
        parts = [(start, chunk) for start, chunk in enumerate(_chunks(self._records))]
        found = [_all_keys(columns_of(chunk, model.level), model.statistics) for _, chunk in parts]
        rows = [part + start * _AT_ONCE for (start, _), (part, _) in zip(parts, found, strict=True)]
        all_rows = np.concatenate([*rows, np.zeros(0, np.int64)])
        all_keys = np.concatenate([*(keys for _, keys in found), np.zeros(0, np.int64)])
        order = np.argsort(all_keys, kind="stable")
        self._keys, self._owners = all_keys[order], all_rows[order].astype(np.int32)
        self._put: dict[int, set[int]] = defaultdict(set)
        self._put_rows: dict[int, tuple[int, ...]] = {}

    def put(self, record: Facts) -> None:
        row = self._rows.setdefault(record.id, len(self._records))
        if row == len(self._records):
            self._records.append(record)
        self._records[row] = record
        for key in self._put_rows.get(row, ()):
            self._put[key].discard(row)
        self._put_rows[row] = keys_of_one(record, self.model)
        for key in self._put_rows[row]:
            self._put[key].add(row)

    def candidates(self, record: Facts) -> list[Facts]:
        """The others that share a key with it which not too many have, by id."""
        own = self._rows.get(record.id, -1)
        is_put = own in self._put_rows and self._records[own] == record
        keys = np.array(self._put_rows[own] if is_put else keys_of_one(record, self.model), dtype=np.int64)
        begins, ends = np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, side="right")
        found: set[int] = set()
        for key, begin, end in zip(keys.tolist(), begins.tolist(), ends.tolist(), strict=True):
            most = most_with(key, self._most)
            if end - begin - len(self._put_rows) >= most:
                continue
            rows = {row for row in self._owners[begin:end].tolist() if row not in self._put_rows} | self._put.get(key, set())
            rows.discard(own)
            if len(rows) < most:
                found |= rows
        return sorted((self._records[row] for row in found), key=lambda one: one.id)

    def find(self, record: Facts, verdicts: Verdicts = NO_VERDICTS) -> list[Pair]:
        """The pairs of a record with all that share a key with it, the best first."""
        return compare_one(record, self.candidates(record), self.model, verdicts)
