"""Whose word counts where a source and the people who keep a listing differ, field by field. Nothing is decided silently.

A person's word on a field (the organization's, a planner's, an accepted suggestion) stays when the source is imported again. When the
source then says something new of that field, it becomes an open conflict: the listing keeps what the person said until somebody chooses.
Choosing *ours* remembers what was refused, so that the same word of the source does not come up again; choosing *theirs* gives the field
back to the source. The exceptions are few and stand in `RULES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.domain.editing.differences import same
from directory.domain.editing.keys import LOCATION, ORGANIZATION, SERVICE, SITE


class Rule(StrEnum):
    """How a field is settled where a person spoke and the source speaks otherwise."""

    PERSON = "person"  # the person's word stays, and the source's becomes a conflict
    NEWEST = "newest"  # true of a moment: whoever spoke last
    SAFER = "safer"  # once secret, secret: a source may hide an address and never shows one that was hidden
    ASK_AND_WARN = "ask_and_warn"  # as PERSON, and it stands first in what waits: the source says that it is closed


RULES: dict[tuple[str, str], Rule] = {
    (SERVICE, "capacity"): Rule.NEWEST,
    (SERVICE, "status"): Rule.ASK_AND_WARN,
    (SERVICE, "listed"): Rule.ASK_AND_WARN,
    (SITE, "listed"): Rule.ASK_AND_WARN,
    (LOCATION, "confidential"): Rule.SAFER,
}
"""By kind of record and field; every other field is `Rule.PERSON`."""

KINDS = (SERVICE, SITE, LOCATION, ORGANIZATION)


class Settled(StrEnum):
    """What an import does with a field."""

    THEIRS = "theirs"
    OURS = "ours"
    CONFLICT = "conflict"  # ours for now; somebody must choose


@dataclass(frozen=True, slots=True)
class LocalField:
    """A field on which a person's word stands. `refused`: the word of the source that somebody decided against, where `has_refused`."""

    field: str
    refused: Any = None
    has_refused: bool = False


def rule_of(kind: str, field: str) -> Rule:
    """The rule of a field by its name, whatever language it is in."""
    return RULES.get((kind, field.rpartition(":")[2]), Rule.PERSON)


def settle(kind: str, local: LocalField, ours: Any, theirs: Any, *, is_newer: bool = True) -> Settled:
    """What becomes of a field on which a person's word stands, when the source says `theirs`. `is_newer`: the source spoke later."""
    if same(ours, theirs):
        return Settled.OURS
    rule = rule_of(kind, local.field)
    if rule is Rule.NEWEST:
        return Settled.THEIRS if is_newer else Settled.OURS
    if rule is Rule.SAFER:
        return Settled.THEIRS if theirs else Settled.OURS
    if local.has_refused and same(local.refused, theirs):
        return Settled.OURS
    return Settled.CONFLICT


def urgent(kind: str, field: str) -> bool:
    """Whether a conflict should be looked at first."""
    return rule_of(kind, field) is Rule.ASK_AND_WARN


def table() -> tuple[Mapping[str, str], ...]:
    """The rules as the documentation tells them."""
    return tuple({"kind": kind, "field": field, "rule": rule.value} for (kind, field), rule in RULES.items())
