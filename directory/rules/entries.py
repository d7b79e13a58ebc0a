"""Criteria as entries by their ids, the form in which several people edit them at once: what each of them changed can be told apart.

`{"open_to_all": true, "criteria": {ID: {"when", "strength", "said"}}, "questions": {ID: {"text", "question"}}, "referral": {...},
"documents": {CODE: {"need", "or"}}}`; what says nothing is left out.
"""

from collections.abc import Mapping
from typing import Any

from directory.rules.conditions import WrongCondition
from directory.rules.criteria import NOTHING_STATED, SCHEMA, Criteria, check_criteria, written_criteria

Entries = Mapping[str, Any]


def entries_of(document: object) -> dict[str, Any]:
    """Of the JSON form that is stored; {} where there is none, or none that can be read."""
    if not document:
        return {}
    try:
        return entries_of_criteria(check_criteria(document))
    except WrongCondition:
        return {}


def entries_of_criteria(criteria: Criteria) -> dict[str, Any]:
    found = written_criteria(criteria)
    entries: dict[str, Any] = {
        "open_to_all": found["open_to_all"],
        "criteria": {each.pop("id"): each for each in found["criteria"]},
        "questions": {each.pop("id"): each for each in found["questions"]},
        "referral": found["referral"],
        "documents": {each.pop("code"): each for each in found["documents"]},
    }
    return {name: value for name, value in entries.items() if value}


def document_of(entries: Entries) -> dict[str, Any] | None:
    """The JSON form to be stored; None where nothing is said."""
    if not entries:
        return None
    return {
        "schema": SCHEMA,
        "open_to_all": bool(entries.get("open_to_all")),
        **{name: _listed(entries.get(name), "id") for name in ("criteria", "questions")},
        "referral": entries.get("referral"),
        "documents": _listed(entries.get("documents"), "code"),
    }


def criteria_in(entries: Entries, *, is_authoritative: bool = False) -> Criteria:
    """Raise `WrongCondition`."""
    document = document_of(entries)
    return NOTHING_STATED if document is None else check_criteria(document, is_authoritative=is_authoritative)


def _listed(entries: Any, name: str) -> list[dict[str, Any]]:
    return [{name: key, **entry} for key, entry in (entries or {}).items()]
