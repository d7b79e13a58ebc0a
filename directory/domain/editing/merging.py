"""Two people edited the same listing: what either changed counts, and where both changed the same thing otherwise, somebody chooses.

Nothing that somebody had accepted is lost: a field that only one of them changed keeps that change; lists merge item by item where an item
stands for itself; and what cannot be put together is a conflict that names the field with all three values.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.domain.editing.differences import same
from directory.domain.editing.fields import Merge, field_of
from directory.domain.editing.keys import SERVICE, Form, read_key


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Both changed the field, each otherwise. `base` is what it said when the editor began."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`form` holds their value wherever there is a conflict, since theirs is what readers see already."""

    form: Form
    conflicts: tuple[FieldConflict, ...] = ()


class _Conflict(Exception):
    """Both changed the same item otherwise."""


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], kind: str = SERVICE) -> Merged:
    """Bring `mine` together with `theirs`, both begun from `base`.

    A field that `mine` does not hold was left alone. `theirs` is whole: what it does not hold says nothing, save at a place that they took
    out of the listing, where what I changed stays changed.
    """
    form: Form = {}
    conflicts: list[FieldConflict] = []
    records = {_record(key) for key in theirs}
    for key in dict.fromkeys((*theirs, *mine, *base)):
        field = field_of(key, kind)
        then = base.get(key, field.empty)
        is_taken_out = _record(key) not in records
        my, their = mine.get(key, then), theirs.get(key, then if is_taken_out else field.empty)
        if is_taken_out and same(my, then):
            continue
        try:
            form[key] = _merged(field.merge, then, my, their)
        except _Conflict:
            form[key] = their
            conflicts.append(FieldConflict(key, then, my, their))
    return Merged(form, tuple(conflicts))


def _record(key: str) -> tuple[str, str]:
    """The place that a field is of; ("", "") for the record itself."""
    read = read_key(key)
    return read.record, read.record_id


def _merged(how: Merge, base: Any, mine: Any, theirs: Any) -> Any:
    if same(mine, base) or same(mine, theirs):
        return theirs
    if same(theirs, base):
        return mine
    if how is Merge.ITEMS:
        return _items(base, mine, theirs)
    if how is Merge.PARTS:
        return _parts(base, mine, theirs)
    if how is Merge.ENTRIES:
        return _entries(base, mine, theirs)
    raise _Conflict


def _items(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """What is left after both took items out and put items in; theirs stay in their order, mine come after."""
    gone = [item for item in base if item not in mine]
    kept = [item for item in theirs if item not in gone]
    return kept + [item for item in mine if item not in base and item not in kept]


def _parts(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    keyed = [{_key(item): item for item in items} for items in (base, mine, theirs)]
    said_by_theirs = [_content(item) for item in theirs if _key(item) not in keyed[0]]
    mine_only = {key: item for key, item in keyed[1].items() if item["id"] or _content(item) not in said_by_theirs}
    return list(_by_key(keyed[0], mine_only, keyed[2]).values())


def _entries(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Entry by entry; entries that are mappings themselves (the week of the hours, criteria by their ids) one level deeper."""
    deep = ("week", "criteria", "questions", "documents")
    flat = [_flat(value, deep) for value in (base, mine, theirs)]
    found: dict[str, Any] = {}
    for (outer, inner), value in _by_key(flat[0], flat[1], flat[2]).items():
        if inner:
            found.setdefault(outer, {})[inner] = value
        else:
            found[outer] = value
    return _in_order(found)


def _in_order(value: dict[str, Any]) -> dict[str, Any]:
    week = value.get("week")
    if week is None:
        return value
    days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return {**value, "week": {day: week[day] for day in days if day in week}}


def _flat(value: Mapping[str, Any], deep: Sequence[str]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for key, entry in value.items():
        if key in deep and isinstance(entry, Mapping):
            found |= {(key, inner): deeper for inner, deeper in entry.items()}
        else:
            found[key, ""] = entry
    return found


def _by_key(base: Mapping[Any, Any], mine: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key in dict.fromkeys((*theirs, *mine, *base)):
        then, my, their = base.get(key), mine.get(key), theirs.get(key)
        if my != then and their not in (then, my):
            raise _Conflict
        value = my if my != then else their
        if value is not None:
            found[key] = value
    return found


def _key(item: Mapping[str, Any]) -> Hashable:
    return item["id"] or _content(item)


def _content(item: Mapping[str, Any]) -> Hashable:
    return repr(sorted((name, value) for name, value in item.items() if name != "id"))
