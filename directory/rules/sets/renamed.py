"""Signals that had another name before. Documents and answers that were kept under it read as if they had been written today."""

from collections.abc import Mapping
from typing import Any

from directory.rules.sets.kinds import SetKind

RENAMED: Mapping[str, Mapping[str, str]] = {SetKind.SUGGEST.value: {"pair.service_overlap": "pair.category_overlap"}}
"""Kind of set -> what a signal was called -> what it is called. One name stood for two measures: in suggestions, how many categories two
have in common; in overlaps, how near what they do lies in the taxonomy."""


def with_new_names(raw: Mapping[Any, Any], kind: object) -> Mapping[Any, Any]:
    """A document, or the signals of one case, with the names of today, wherever in it they stand."""
    names = RENAMED.get(kind, {}) if isinstance(kind, str) else {}
    return {_renamed(name, names): _renamed(each, names) for name, each in raw.items()} if names else raw


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for before, now in names.items():
            value = value.replace(before, now)
        return value
    if isinstance(value, Mapping):
        return {_renamed(name, names): _renamed(each, names) for name, each in value.items()}
    return [_renamed(each, names) for each in value] if isinstance(value, list) else value
