"""What differs between two forms of one record, and putting differences onto a form or taking them back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.domain.editing.fields import field_of
from directory.domain.editing.keys import SERVICE, Form


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field said `before` and says `after`. `field` is its key in the form."""

    field: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any], kind: str = SERVICE) -> tuple[FieldChange, ...]:
    """The fields that say something else, in the order of `after`. A field that is missing says what an empty one says."""
    keys = list(dict.fromkeys((*after, *before)))
    found = []
    for key in keys:
        empty = field_of(key, kind).empty
        change = FieldChange(key, before.get(key, empty), after.get(key, empty))
        if not same(change.before, change.after):
            found.append(change)
    return tuple(found)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: an item that has no id yet equals the one that was stored with it."""
    return bool(_without_new_ids(one, other) == _without_new_ids(other, one))


def applied(form: Mapping[str, Any], changes: Iterable[FieldChange]) -> Form:
    """The form after the changes."""
    return {**form, **{change.field: change.after for change in changes}}


def undone(changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """The changes that take these back, the last one first."""
    return tuple(FieldChange(change.field, change.after, change.before) for change in reversed(tuple(changes)))


def _without_new_ids(value: Any, other: Any) -> Any:
    """Items without their ids, where either side has items whose id is not known yet."""
    if not (isinstance(value, list) and isinstance(other, list)):
        return value
    items = [item for item in (*value, *other) if isinstance(item, Mapping) and "id" in item]
    if not items or all(item["id"] for item in items):
        return value
    return [{name: entry for name, entry in item.items() if name != "id"} if isinstance(item, Mapping) else item for item in value]
