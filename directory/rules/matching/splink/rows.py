"""Records as they are read there: normalised as ours are, with how much their words tell, between how many a telephone or host is shared,
and the keys by which they are compared. Whatever the record does not say is null, or an empty list."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.blocking import MOST_OF_ONE_KEY
from directory.rules.matching.columns import Columns, NameTable, Numbers, TextTable
from directory.rules.matching.hashing import Hashes
from directory.rules.matching.keys import keys_of, most_of
from directory.rules.matching.statistics import Statistics, Table

_WORDS = "ARRAY<STRUCT<w: BIGINT, t: DOUBLE>>"
_NAMES = "ARRAY<STRUCT<text: STRING, told: DOUBLE>>"
_SHARED = "ARRAY<STRUCT<n: BIGINT, shared: INT>>"


def _name(of: str) -> dict[str, str]:
    parts = {"": "STRING", "_spoken": "STRING", "_number": "BIGINT", "_told": "DOUBLE", "_words": _WORDS, "s": _NAMES}
    return {f"{of}{part}": kind for part, kind in parts.items()}


COLUMNS = {
    "unique_id": "STRING",
    **_name("name"),
    **_name("owner"),
    "house": "INT",
    "street": "STRING",
    "way": "INT",
    "kind": "INT",
    "unit": "BIGINT",
    "postal_code": "BIGINT",
    "city": "STRING",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "phones": _SHARED,
    "local_phones": _SHARED,
    "bare_phones": _SHARED,
    "links": _SHARED,
    "hours": "BIGINT",
    "audience": "BIGINT",
    "people": "INT",
    "minimum_age": "DOUBLE",
    "maximum_age": "DOUBLE",
    "categories": "ARRAY<BIGINT>",
    "keys": "ARRAY<BIGINT>",
}
"""Column -> its type in Spark's SQL. `name`: its words, sorted; `name_spoken`: in the order in which they are said; `name_told`: how much
they tell together, in natural log units; `names`: it and the other ones. `phones`: whole numbers; `local_phones`: the last seven digits of
all, `bare_phones`: of those without an area code. Other figures of 64 bits are hashes."""

_AT_ONCE = 10_000
Row = dict[str, Any]


def schema() -> str:
    """The columns as Spark's SQL writes them."""
    return ", ".join(f"`{name}` {kind}" for name, kind in COLUMNS.items())


def rows_of(columns: Columns, statistics: Statistics, most_of_one_key: int = MOST_OF_ONE_KEY) -> Iterator[Row]:
    """Every record, in the order in which they were given."""
    names = _Names(columns.name_table, statistics.telling(columns.name_table.words))
    keys, starts = _keys_that_make_pairs(columns, statistics, most_of_one_key)
    for start in range(0, len(columns), _AT_ONCE):
        part = slice(start, min(start + _AT_ONCE, len(columns)))
        told = _plain(columns, part) | _contacts(columns, part, statistics)
        for place in range(part.stop - part.start):
            row = {name: values[place] for name, values in told.items()}
            record = start + place
            row |= names.of("name", columns.names[record]) | names.of("owner", columns.owners[record])
            row["keys"] = keys[starts[record] : starts[record + 1]].tolist()
            yield {name: row[name] for name in COLUMNS}


class _Names:
    """The names of a table, each made once."""

    def __init__(self, table: NameTable, telling: Numbers) -> None:
        self._table, self._telling = table, telling
        self._made: dict[int, Row] = {}

    def of(self, column: str, rows: Any) -> Row:
        """Its columns for a record with these names, the first of them its own."""
        made = [self._made.get(row) or self._make(row) for row in rows.tolist() if row >= 0]
        first = made[0] if rows[0] >= 0 else _NO_NAME
        return {f"{column}{part}": value for part, value in first.items()} | {
            f"{column}s": [{"text": name[""], "told": name["_told"]} for name in made]
        }

    def _make(self, row: int) -> Row:
        table, words = self._table, slice(int(self._table.starts[row]), int(self._table.starts[row + 1]))
        tells = [round(float(told), 5) for told in self._telling[words]]
        self._made[row] = {
            "": table.texts[row],
            "_spoken": table.spoken[row],
            "_number": _signed(table.numbers[row : row + 1])[0] or None,
            "_told": round(sum(tells), 5),
            "_words": [{"w": word, "t": told} for word, told in zip(_signed(table.words[words]), tells, strict=True)],
        }
        return self._made[row]


_NO_NAME: Row = {"": None, "_spoken": None, "_number": None, "_told": 0.0, "_words": []}


def _plain(columns: Columns, part: slice) -> dict[str, list[Any]]:
    """What stands as one figure or text."""
    hashes = {"unit": columns.units, "postal_code": columns.postal_codes, "hours": columns.hours, "audience": columns.audiences}
    counts: dict[str, NDArray[Any]] = {"house": columns.numbers, "way": columns.ways, "kind": columns.kinds}
    figures = {
        "latitude": columns.points[:, 0], "longitude": columns.points[:, 1], "minimum_age": columns.ages[:, 0],
        "maximum_age": columns.ages[:, 1],
    }  # fmt: skip
    categories: list[Hashes] = list(columns.categories[part])
    return {
        "unique_id": columns.ids[part],
        "street": _texts(columns.street_table, columns.streets[part]),
        "city": _texts(columns.city_table, columns.cities[part]),
        "people": columns.people[part].tolist(),
        "categories": [sorted(set(_signed(some[some != 0]))) for some in categories],
        **{name: [value or None for value in _signed(values[part])] for name, values in hashes.items()},
        **{name: [value or None for value in values[part].tolist()] for name, values in counts.items()},
        **{name: [None if value != value else round(value, 6) for value in values[part].tolist()] for name, values in figures.items()},
    }


def _contacts(columns: Columns, part: slice, statistics: Statistics) -> dict[str, list[Any]]:
    local = np.where(columns.local_phones[part] >= 0, columns.local_phones[part], 0).astype(np.uint64)
    bare = np.where(columns.phones[part] == 0, local, np.uint64(0))
    return {
        "phones": _with_shared(columns.phones[part], statistics.phones),
        "local_phones": _with_shared(local, statistics.phones),
        "bare_phones": _with_shared(bare, statistics.phones),
        "links": _with_shared(columns.links[part], statistics.links),
    }


def _with_shared(values: Hashes, common: Table) -> list[list[Row]]:
    counts = common.of(values, 1)
    return [
        [{"n": n, "shared": count} for n, count in zip(_signed(some), shared.tolist(), strict=True) if n]
        for some, shared in zip(values, counts, strict=True)
    ]


def _signed(values: Hashes) -> list[int]:
    """As whole numbers with a sign, which is what databases have."""
    found: list[int] = np.ascontiguousarray(values).view(np.int64).tolist()
    return found


def _texts(table: TextTable, rows: Any) -> list[str | None]:
    return [table.texts[row] if row >= 0 else None for row in rows.tolist()]


def _keys_that_make_pairs(columns: Columns, statistics: Statistics, most: int) -> tuple[Any, Any]:
    """(keys, where each record's begin and the end): those that several records have, and not too many (`blocking`)."""
    rows, kept = [], []
    for kind, values in keys_of(columns, statistics).items():
        places, width = np.nonzero(values)
        once = np.unique(np.stack([values[places, width].view(np.int64), places]), axis=1)
        _, inverse, counts = np.unique(once[0], return_inverse=True, return_counts=True)
        makes_pairs = (counts[inverse] > 1) & (counts[inverse] <= most_of(kind, most))
        kept.append(once[0][makes_pairs])
        rows.append(once[1][makes_pairs])
    of, keys = np.concatenate(rows), np.concatenate(kept)
    order = np.argsort(of, kind="stable")
    return keys[order], np.searchsorted(of[order], np.arange(len(columns) + 1))
