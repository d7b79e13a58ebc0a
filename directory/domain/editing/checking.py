"""Checking a whole form: every value in its one form, or each field that is wrong with what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.domain.editing.fields import FIELDS, field_of
from directory.domain.editing.keys import SERVICE, Form
from directory.domain.editing.wrong import Wrong
from directory.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """`form` holds what could be read; `errors` names what could not, by field key, in one sentence each."""

    form: Form
    errors: dict[str, Sentence] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return not self.errors


def checked(form: Mapping[str, Any], kind: str = SERVICE) -> Checked:
    """Check every field of a form. Raise `InvalidInput` for a key that no field has, which no page sends."""
    found: Form = {}
    errors: dict[str, Sentence] = {}
    for key, value in form.items():
        try:
            found[key] = checked_value(key, value, kind)
        except Wrong as wrong:
            errors[key] = wrong.sentence
    errors |= _between_fields(found, errors)
    return Checked(found, errors)


def checked_value(key: str, value: Any, kind: str = SERVICE) -> Any:
    """One value in its one form. Raise `Wrong`."""
    field = field_of(key, kind)
    try:
        return field.check(value)
    except (TypeError, AttributeError, KeyError, IndexError, ValueError):  # the shape itself is not that of the field
        raise Wrong("This cannot be read. Write it anew.") from None


def whole(form: Mapping[str, Any], kind: str = SERVICE) -> Form:
    """The form with every field of the record itself, those not given saying nothing."""
    return {**{name: field.empty for name, field in FIELDS[kind].items()}, **form}


def without_empty(form: Mapping[str, Any], kind: str = SERVICE) -> Form:
    """Only the fields that say something."""
    return {key: value for key, value in form.items() if value != field_of(key, kind).empty}


def needed_fields(form: Mapping[str, Any], kind: str) -> dict[str, Sentence]:
    """What a new record must still say."""
    try:
        checked_value("name", form.get("name"), kind)
    except Wrong as wrong:
        return {"name": wrong.sentence}
    return {}


def _between_fields(form: Form, errors: Mapping[str, Sentence]) -> dict[str, Sentence]:
    """What is wrong only beside another field: days that differ say nothing where usual hours are not told at the same place."""
    found: dict[str, Sentence] = {}
    for key in _named(form, "exceptions"):
        hours = key.removesuffix("exceptions") + "hours"
        if form[key] and hours in form and not form[hours] and hours not in errors and ":" in key:
            found[key] = Wrong("Write the usual hours at this place, too: days that differ say nothing of other days.").sentence
    return found


def _named(form: Form, name: str) -> Iterable[str]:
    return [key for key in form if key == name or key.endswith(f":{name}")]
