"""Applies the rules of a mapping to one row: makes the HSDS object, and takes down what a person should look at."""

from dataclasses import dataclass, field
from typing import Any

from directory.services.exchange.readers.hsds_fields import LIST_FIELDS, YES_NO_FIELDS
from directory.services.exchange.readers.mapping_grammar import AddressRule, ObjectRule, PartRule, PointRule
from directory.services.exchange.readers.mapping_texts import ADDRESS_STYLES, point_in, yes_or_no
from directory.services.exchange.readers.mapping_values import Read, RowView, Value, as_list, as_text


@dataclass
class Notes:
    """What was noted of a row: (path of the field, sentence)."""

    found: list[tuple[str, str]] = field(default_factory=list)
    path: str = ""

    def add(self, sentence: str) -> None:
        self.found.append((self.path, sentence))


def make(rule: ObjectRule, row: RowView, notes: Notes, path: str = "", *, said: bool = False) -> dict[str, Any] | None:
    """The object that the rule makes of the row, or None where the row says nothing of it: constants alone say nothing, unless something
    was `said` already by a condition that holds."""
    made: dict[str, Any] = {}
    for name, value in rule.fields:
        notes.path = f"{path}{name}"
        read = _fitting(name, value.read(row), notes)
        if read not in (None, "", []):
            made[name] = read
            said = said or value.says
    for group in (_point(rule.point, row, notes, path), _address(rule.one_line, row, notes, path)):
        said = said or bool(group)
        made = group | made
    for name, single in rule.singles:
        if (part := make(single, row, notes, f"{path}{name}.")) is not None:
            made[name] = part
            said = True
    for name, parts in rule.parts:
        if found := [one for part in parts for one in _make_parts(part, row, notes, f"{path}{name}.")]:
            made[name] = found
            said = True
    return made if said else None


def _make_parts(part: PartRule, row: RowView, notes: Notes, path: str) -> list[dict[str, Any]]:
    if part.only_if and not part.only_if.holds(row):
        return []
    rows = _rows_of(part.rows_of, row) if part.rows_of else [row]
    if part.each:
        rows = [one.with_item(item) for one in rows for item in as_list(part.each.read(one))]
    return [made for one in rows if (made := make(part.rule, one, notes, path, said=bool(part.only_if))) is not None]


def _rows_of(rows_of: tuple[str, str, Value], row: RowView) -> list[RowView]:
    file, column, by = rows_of
    key = as_text(by.read(row))
    return [row.with_cells(cells) for _, cells in row.others.matching(file, column, key)] if key else []


def _fitting(name: str, read: Read, notes: Notes) -> Read:
    """The value in the shape that the field wants: a list, yes or no, or one text."""
    if name in LIST_FIELDS:
        return as_list(read)
    if name in YES_NO_FIELDS and not isinstance(read, bool):
        text = as_text(read)
        answer = yes_or_no(text)
        if answer is None and text:
            notes.add(f"'{text}' is not yes or no, so it was left out.")
        return answer
    return as_text(read)


def _point(rule: PointRule | None, row: RowView, notes: Notes, path: str) -> dict[str, Any]:
    text = as_text(rule.value.read(row)) if rule else ""
    point = point_in(text, rule.order) if rule and text else None
    if text and not point:
        notes.path = f"{path}point"
        notes.add(f"'{text[:80]}' does not hold a latitude and a longitude, so the place has no point.")
    return dict(point or {})


def _address(rule: AddressRule | None, row: RowView, notes: Notes, path: str) -> dict[str, Any]:
    text = as_text(rule.value.read(row)) if rule else ""
    if not rule or not text:
        return {}
    parts = ADDRESS_STYLES[rule.style](text)
    if "city" not in parts:
        notes.path = f"{path}one_line"
        notes.add(f"No city could be told apart in '{text[:80]}', so the address stays on one line.")
    return dict(parts)
