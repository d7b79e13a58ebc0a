"""Runs, in SQLite, the SQL that is written for Spark: its functions as Python's, its lambdas as functions of their own. Records are those
of `splink.rows`, with lists as JSON."""

import json
import math
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Levenshtein

LAMBDAS = (
    (
        r"aggregate\(array_intersect\((\w+), (\w+)\), CAST\(0 AS DOUBLE\), \(told, each\) -> told \+ each\.t\)",
        r"told_in_both(\1, \2)",
    ),
    (r"array_(min|max)\(transform\(array_intersect\((\w+), (\w+)\), each -> each\.(\w+)\)\)", r"\1_in_both(\2, \3, '\4')"),
    (r"exists\(sequence\(1, .*?\) = CAST\(house_r AS STRING\)\)", "swapped(house_l, house_r)"),
    (r"AS STRING\)", "AS TEXT)"),
)


def _both(one: str | None, other: str | None) -> list[Any]:
    return [each for each in json.loads(one or "[]") if each in json.loads(other or "[]")]


def _of_both(choose: Callable[[Iterable[Any]], Any]) -> Callable[[str, str, str], Any]:
    return lambda one, other, part: choose([each[part] for each in found]) if (found := _both(one, other)) else None


def _swapped(one: int | None, other: int | None) -> bool | None:
    if one is None or other is None:
        return None
    first, second = str(one), str(other)
    return any(first[:place] + after + before + first[place + 2 :] == second for place, (before, after) in enumerate(pairwise(first)))


def _known(function: Callable[..., Any]) -> Callable[..., Any]:
    """As most functions of SQL: of what is not known, nothing is known."""
    return lambda *values: None if None in values else function(*values)


def _ignoring_unknown(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    return lambda *values: choose(known) if (known := [value for value in values if value is not None]) else None


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "levenshtein": _known(Levenshtein.distance),
    "greatest": _ignoring_unknown(max),
    "least": _ignoring_unknown(min),
    "size": lambda many: len(json.loads(many)),
    "split": _known(lambda text, at: json.dumps(text.split(at))),
    "array_except": _known(lambda one, other: json.dumps([each for each in json.loads(one) if each not in json.loads(other)])),
    "arrays_overlap": _known(lambda one, other: bool(_both(one, other))),
    "told_in_both": lambda one, other: float(sum(each["t"] for each in _both(one, other))),
    "min_in_both": _of_both(min),
    "max_in_both": _of_both(max),
    "swapped": _swapped,
    "shiftright": _known(lambda value, by: value >> by),
    "sqrt": _known(math.sqrt),
    "power": _known(math.pow),
    "cos": _known(math.cos),
    "radians": _known(math.radians),
}


def translated(sql: str) -> str:
    for written, instead in LAMBDAS:
        sql = re.sub(written, instead, sql)
    assert "->" not in sql, sql
    return sql


def predicted(settings: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]], pairs: Iterable[tuple[str, str]]) -> sqlite3.Connection:
    """What splink would predict of these pairs, as its table `predictions`, in a database in memory: every comparison's number, and the sum
    of what they give (log2 of the odds)."""
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    for name, function in FUNCTIONS.items():
        database.create_function(name, -1, function, deterministic=True)
    columns = list(next(iter(rows.values())))
    database.execute(f"CREATE TABLE blocked ({', '.join(f'{name}_{side}' for side in 'lr' for name in columns)})")
    asked = ([*_cells(rows[left]), *_cells(rows[right])] for left, right in pairs)
    database.executemany(f"INSERT INTO blocked VALUES ({', '.join('?' * 2 * len(columns))})", asked)
    start = settings["probability_two_random_records_match"]
    numbers, weights = [], [str(math.log2(start / (1 - start)))]
    for comparison in settings["comparisons"]:
        number, weight = _comparison(comparison)
        numbers.append(number)
        weights.append(weight)
    compared = f"SELECT unique_id_l, unique_id_r, {', '.join(numbers)} FROM blocked"
    database.execute(f"CREATE TABLE predictions AS SELECT *, {' + '.join(weights)} AS match_weight FROM ({compared})")
    return database


def _comparison(comparison: Mapping[str, Any]) -> tuple[str, str]:
    """A column with the number of the level that holds, and what that level gives."""
    name = f"gamma_{comparison['output_column_name']}"
    unknown, *levels = comparison["comparison_levels"]
    whens = [f"WHEN {unknown['sql_condition']} THEN -1"]
    gives = ["WHEN -1 THEN 0"]
    for place, level in enumerate(levels):
        number = len(levels) - 1 - place
        whens.append(f"ELSE {number}" if level["sql_condition"] == "ELSE" else f"WHEN {level['sql_condition']} THEN {number}")
        gives.append(f"WHEN {number} THEN {math.log2(level['m_probability'] / level['u_probability'])}")
    return f"CASE {translated(' '.join(whens))} END AS {name}", f"CASE {name} {' '.join(gives)} END"


def _cells(row: Mapping[str, Any]) -> list[Any]:
    return [json.dumps(value) if isinstance(value, list) else value for value in row.values()]
