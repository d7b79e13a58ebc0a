"""Two records of one thing become one: which value of each field stays.

Lists are joined. Of single values the one that somebody looked at last stays, a person's word before a source's; where one side says
nothing, the other's stays. Secret stays secret. Whoever merges may choose otherwise, field by field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from directory.domain.editing.differences import same
from directory.domain.editing.fields import Field, Merge, field_of
from directory.domain.editing.keys import Form
from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

_LEFT_ALONE = frozenset({"listed", "places", "status", "location_type"})
"""What the record that stays says itself: the other's is no better known."""


class Why(StrEnum):
    """Why a value stays."""

    KEPT = "kept"  # the record that stays says it
    ONLY = "only"  # only one side says anything
    JOINED = "joined"
    NEWER = "newer"  # looked at later
    PERSON = "person"  # a person's word, against a source's
    CONCEALED = "concealed"  # a secret address stays secret
    CHOSEN = "chosen"  # by whoever merges


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records as a form, when somebody last found it right, and the fields on which a person's word stands."""

    form: Mapping[str, Any]
    verified_at: datetime | None = None
    local: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survivor:
    """A field on which the two differ: what each says, and what stays."""

    field: str
    kept: Any
    retired: Any
    result: Any
    why: Why

    @property
    def changes(self) -> bool:
        """Whether the record that stays says something else afterwards."""
        return not same(self.kept, self.result)


def surviving(kept: Side, retired: Side, kind: str, chosen: Mapping[str, str] | None = None) -> tuple[Survivor, ...]:
    """What becomes of every field that differs. `chosen`: field -> "kept" or "retired". Raise `InvalidInput` for a choice that is none."""
    choices = dict(chosen or {})
    found = []
    for key in dict.fromkeys((*kept.form, *retired.form)):
        field = field_of(key, kind)
        mine, theirs = kept.form.get(key, field.empty), retired.form.get(key, field.empty)
        choice = choices.pop(key, "")
        if field.passing or field.name in _LEFT_ALONE or same(mine, theirs):
            continue
        found.append(_survivor(key, field, mine, theirs, choice, kept, retired))
    for key, choice in choices.items():
        if choice not in ("kept", "retired") or key not in {*kept.form, *retired.form}:
            raise InvalidInput("take", say('Choose "kept" or "retired" for a field that both have; "%(field)s" is none.', field=key[:60]))
    return tuple(found)


def _survivor(key: str, field: Field, mine: Any, theirs: Any, choice: str, kept: Side, retired: Side) -> Survivor:
    def stays(result: Any, why: Why) -> Survivor:
        return Survivor(key, mine, theirs, result, why)

    if field.name == "confidential":
        return stays(bool(mine or theirs), Why.CONCEALED)
    if choice:
        if choice not in ("kept", "retired"):
            raise InvalidInput("take", say('Choose "kept" or "retired" for a field that both have; "%(field)s" is none.', field=key[:60]))
        return stays(mine if choice == "kept" else theirs, Why.CHOSEN)
    if same(theirs, field.empty) or theirs in ("", None):
        return stays(mine, Why.ONLY)
    if same(mine, field.empty) or mine in ("", None):
        return stays(_as_new(theirs, field), Why.ONLY)
    if field.merge in (Merge.ITEMS, Merge.PARTS):
        return stays(_joined(mine, theirs, field), Why.JOINED)
    if (key in kept.local) != (key in retired.local):
        return stays(mine if key in kept.local else theirs, Why.PERSON)
    if retired.verified_at is not None and (kept.verified_at is None or retired.verified_at > kept.verified_at):
        return stays(theirs, Why.NEWER)
    return stays(mine, Why.KEPT)


def _as_new(value: Any, field: Field) -> Any:
    """Parts get ids of their own on the record that they come to."""
    return [_without_id(item) for item in value] if field.merge is Merge.PARTS else value


def _joined(mine: list[Any], theirs: list[Any], field: Field) -> list[Any]:
    """What either says, each once, secret where either calls it so; the record that stays comes first."""
    key = _KEYS.get(field.name, _content)
    present = [key(item) for item in mine]
    more = [item for item in theirs if key(item) not in present]
    secret = [key(item) for item in theirs if isinstance(item, Mapping) and item.get("confidential")]
    own = [{**item, "confidential": True} if secret and key(item) in secret else item for item in mine]
    return [*own, *(_as_new(more, field))]


def _without_id(item: Any) -> Any:
    return {**item, "id": ""} if isinstance(item, Mapping) and "id" in item else item


def _content(item: Any) -> Any:
    if isinstance(item, Mapping):
        return sorted((name, repr(value)) for name, value in item.items() if name != "id")
    return item


def _number(item: Mapping[str, Any]) -> Any:
    """A telephone is the same however it is written."""
    digits = "".join(sign for sign in str(item.get("number", "")) if sign.isdigit())
    return digits[-10:], str(item.get("extension") or "")


_KEYS: Mapping[str, Callable[[Any], Any]] = {"phones": _number}


def survived(survivors: tuple[Survivor, ...]) -> Form:
    """What is written into the record that stays: field -> value."""
    return {each.field: each.result for each in survivors if each.changes}
