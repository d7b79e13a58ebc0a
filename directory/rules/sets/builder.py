"""Conditions line by line, as a form shows them: all, any or none of some lines, each a comparison or a group of comparisons. What is
nested deeper is kept as it is and shown in words.

Numbers are written as people read them: shares in percent. What was typed and cannot be read is named by its line.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.catalogue import Catalogue, Field, Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not, written
from directory.rules.operands import Range

HOWS = ("all", "any", "none")
YES, NO = "yes", "no"
KNOWN = (Op.IS_KNOWN.value, Op.IS_UNKNOWN.value)
OPS: Mapping[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("lt", "lte", "gt", "gte", "range", "eq", "ne", *KNOWN),
    Kind.CHOICE: ("in", "not_in", *KNOWN),
    Kind.SET: ("has_any", "has_all", "has_none", *KNOWN),
    Kind.YES_NO: (YES, NO, *KNOWN),
    Kind.DATE: ("before", "after", *KNOWN),
}
_SEVERAL = {"in", "not_in", "has_any", "has_all", "has_none"}


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison as typed. `value`: a number or a date; `to`: the upper end of a range; `chosen`: words."""

    signal: str
    op: str
    value: str = ""
    to: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    how: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A part that lines cannot show, as it is stored."""

    raw: Mapping[str, Any]


Item = Row | Group | Kept


@dataclass(frozen=True, slots=True)
class Built:
    how: str = "all"
    items: tuple[Item, ...] = ()


class WrongRows(Exception):
    """`wrongs`: the place of a line ("2", or "2.0" in a group; "" for the whole) -> one sentence."""

    def __init__(self, wrongs: Mapping[str, Sentence]) -> None:
        super().__init__(next(iter(wrongs.values())))
        self.wrongs = dict(wrongs)


def built_of(condition: Condition, catalogue: Catalogue) -> Built:
    """The lines of a condition."""
    if isinstance(condition, Not):
        rows = _rows(condition.part, catalogue, joins_any=True)
        return Built("none", rows) if rows is not None else Built("all", (Kept(written(condition)),))
    if isinstance(condition, Comparison):
        return Built("all", tuple(_items(condition, catalogue, is_all=True)))
    is_all = isinstance(condition, All)
    items = tuple(item for part in condition.parts for item in _items(part, catalogue, is_all=is_all))
    return Built("all" if is_all else "any", items)


def _items(part: Condition, catalogue: Catalogue, *, is_all: bool) -> Iterator[Item]:
    if isinstance(part, Comparison):
        rows = tuple(_split(part, catalogue))
        if len(rows) == 1 or is_all:
            yield from rows
        else:
            yield Group("all", rows)
        return
    inner = part.part if isinstance(part, Not) else part
    how = "none" if isinstance(part, Not) else "all" if isinstance(part, All) else "any"
    rows_of = _rows(inner, catalogue, joins_any=how != "all")
    yield Group(how, rows_of) if rows_of is not None else Kept(written(part))


def _rows(condition: Condition, catalogue: Catalogue, *, joins_any: bool) -> tuple[Row, ...] | None:
    """The rows of a group; None where it holds more than comparisons that are joined so."""
    if isinstance(condition, Not) or (not isinstance(condition, Comparison) and isinstance(condition, All) is joins_any):
        return None
    parts = (condition,) if isinstance(condition, Comparison) else condition.parts
    if not all(isinstance(part, Comparison) for part in parts):
        return None
    split = [tuple(_split(part, catalogue)) for part in parts if isinstance(part, Comparison)]
    return None if joins_any and any(len(rows) > 1 for rows in split) else tuple(row for rows in split for row in rows)


def _split(test: Comparison, catalogue: Catalogue) -> Iterator[Row]:
    """A comparison as a row; a range whose ends are open as two."""
    field, value = catalogue[test.field], test.operand
    if isinstance(value, Range):
        low, high = (None if end is None else shown_number(field, end) for end in (value.low, value.high))
        if low is not None and high is not None and not value.low_open and not value.high_open:
            yield Row(test.field, "range", low, high)
            return
        if low is not None:
            yield Row(test.field, "gt" if value.low_open else "gte", low)
        if high is not None:
            yield Row(test.field, "lt" if value.high_open else "lte", high)
        return
    if isinstance(value, bool):
        yield Row(test.field, YES if value else NO)
    elif isinstance(value, frozenset):
        yield Row(test.field, test.op.value, chosen=tuple(sorted(value)))
    elif field.kind is Kind.CHOICE and isinstance(value, str):
        yield Row(test.field, {Op.EQ: "in", Op.NE: "not_in"}[test.op], chosen=(value,))
    elif isinstance(value, float):
        yield Row(test.field, test.op.value, shown_number(field, value))
    else:
        yield Row(test.field, test.op.value, "" if value is None else str(value))


def raw_of(built: Built, catalogue: Catalogue) -> dict[str, Any]:
    """The condition that the lines write, not yet checked further. Raise `WrongRows`."""
    wrongs: dict[str, Sentence] = {}
    parts = [_raw_item(item, str(number), catalogue, wrongs) for number, item in enumerate(built.items)]
    if not parts:
        wrongs[""] = say("A rule needs at least one line that says when.")
    if wrongs:
        raise WrongRows(wrongs)
    return _joined(built.how, parts)


def _joined(how: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    if how == "none":
        return {"not": parts[0] if len(parts) == 1 else {"any": parts}}
    return parts[0] if len(parts) == 1 else {"any" if how == "any" else "all": parts}


def _raw_item(item: Item, place: str, catalogue: Catalogue, wrongs: dict[str, Sentence]) -> dict[str, Any]:
    if isinstance(item, Kept):
        return dict(item.raw)
    if isinstance(item, Row):
        return _raw_row(item, place, catalogue, wrongs)
    if not item.rows:
        wrongs[place] = say("A group needs at least one line; add one or take the group out.")
        return {}
    return _joined(item.how, [_raw_row(row, f"{place}.{number}", catalogue, wrongs) for number, row in enumerate(item.rows)])


def _raw_row(row: Row, place: str, catalogue: Catalogue, wrongs: dict[str, Sentence]) -> dict[str, Any]:
    field = catalogue.get(row.signal)
    if field is None or row.op not in OPS[field.kind]:
        wrongs[place] = say("Choose how it is compared.")
        return {}
    if row.op in KNOWN:
        return {"field": row.signal, "op": row.op}
    if field.kind is Kind.YES_NO:
        return {"field": row.signal, "op": "is", "value": row.op == YES}
    if row.op in _SEVERAL:
        if not row.chosen:
            wrongs[place] = say("Choose at least one.")
            return {}
        single = {"in": "eq", "not_in": "ne"}.get(row.op) if len(row.chosen) == 1 else None
        return {"field": row.signal, "op": single or row.op, "value": row.chosen[0] if single else list(row.chosen)}
    if field.kind is Kind.DATE:
        return {"field": row.signal, "op": row.op, "value": row.value.strip()}
    low = typed_number(field, row.value)
    high = typed_number(field, row.to) if row.op == "range" else 0.0
    if low is None or high is None:
        wrongs[place] = say("Write a number, such as 5 or 2.5.") if row.op != "range" else say("Write two numbers, the smaller one first.")
        return {}
    return {"field": row.signal, "op": row.op, "value": {"gte": low, "lte": high} if row.op == "range" else low}


def typed_number(field: Field, text: str) -> float | int | None:
    """A number as typed, with a comma or a point; None where it is none."""
    try:
        number = float(text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    number = round(number / 100, 6) if field.unit == "share" else number
    return int(number) if number.is_integer() else number


def shown_number(field: Field, number: float) -> str:
    """A number as it stands in a field of a form."""
    return f"{round(number * 100, 4):g}" if field.unit == "share" else f"{number:.10g}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound of a number somewhere in a condition. `end`: of a range "gte", "gt", "lte" or "lt"; else ""."""

    test: Comparison
    end: str
    shown: str


def thresholds_of(condition: Condition, catalogue: Catalogue) -> tuple[Threshold, ...]:
    """Every bound, however deep, in the order written."""
    return tuple(_thresholds(condition, catalogue))


def _thresholds(condition: Condition, catalogue: Catalogue) -> Iterator[Threshold]:
    if isinstance(condition, Not):
        yield from _thresholds(condition.part, catalogue)
    elif not isinstance(condition, Comparison):
        for part in condition.parts:
            yield from _thresholds(part, catalogue)
    elif isinstance(condition.operand, Range):
        bounds = (
            ("gt" if condition.operand.low_open else "gte", condition.operand.low),
            ("lt" if condition.operand.high_open else "lte", condition.operand.high),
        )
        for end, bound in bounds:
            if bound is not None:
                yield Threshold(condition, end, shown_number(catalogue[condition.field], bound))
    elif isinstance(condition.operand, float):
        yield Threshold(condition, "", shown_number(catalogue[condition.field], condition.operand))


def with_thresholds(raw: Any, numbers: Iterator[float | int]) -> Any:
    """The stored form of a condition with other bounds, taken in the order of `thresholds_of`."""
    if "not" in raw:
        return {"not": with_thresholds(raw["not"], numbers)}
    for word in ("all", "any"):
        if word in raw:
            return {word: [with_thresholds(part, numbers) for part in raw[word]]}
    value = raw.get("value")
    if isinstance(value, Mapping):
        return {**raw, "value": {end: next(numbers) for end in value}}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {**raw, "value": next(numbers)} if is_number else raw
