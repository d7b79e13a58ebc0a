"""One part of a draft changed: a rule, its examples, the set's own words. Each makes a whole document, which is checked as any other."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from directory.domain.errors import NotFound
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.rule import Rule
from directory.rules.sets.writing import write_rule_set
from directory.services.parts import Parts
from directory.services.rules.draft import change_draft
from directory.services.rules.versions import VersionRead, read_version

Document = dict[str, Any]


def rule_in(found: VersionRead, rule_id: str) -> Rule:
    """Raise `NotFound`."""
    for rule in found.rules.rules:
        if rule.id == rule_id:
            return rule
    raise NotFound(say('There is no rule "%(rule)s" in this version.', rule=rule_id[:60]))


def with_rule(found: VersionRead, raw: Mapping[str, Any], instead_of: str = "") -> Document:
    """The document with a rule more, or with it in the place of another."""
    document = write_rule_set(found.rules)
    rules = [dict(raw) if rule["id"] == instead_of else rule for rule in document["rules"]]
    return {**document, "rules": rules if instead_of else [*rules, dict(raw)]}


def keep_rule(
    parts: Parts, actor: Actor, found: VersionRead, raw: Mapping[str, Any], instead_of: str = "", seen_at: datetime | None = None
) -> None:  # fmt: skip
    """Raise `WrongRuleSet`, `Refused`, `Forbidden`, `Conflict`."""
    change_draft(parts, actor, found.rules.name, found.version, with_rule(found, raw, instead_of), seen_at)


def drop_rule(parts: Parts, actor: Actor, set_name: str, version: int, rule_id: str) -> None:
    """A set keeps at least one rule. Raise as `keep_rule`, and `NotFound`."""

    def without(document: Document, found: VersionRead) -> Document:
        rule_in(found, rule_id)
        return {**document, "rules": [rule for rule in document["rules"] if rule["id"] != rule_id]}

    _change(parts, actor, set_name, version, without)


def switch_rule(parts: Parts, actor: Actor, set_name: str, version: int, rule_id: str, *, is_on: bool) -> None:
    """Raise as `drop_rule`."""

    def switched(document: Document, found: VersionRead) -> Document:
        rule_in(found, rule_id)
        return {**document, "rules": [{**rule, "on": is_on} if rule["id"] == rule_id else rule for rule in document["rules"]]}

    _change(parts, actor, set_name, version, switched)


def change_set(parts: Parts, actor: Actor, set_name: str, version: int, told: Mapping[str, Any], seen_at: datetime | None = None) -> None:
    """Title, days and caps of families: those that are told. Raise as `keep_rule`."""

    def changed(document: Document, _found: VersionRead) -> Document:
        return {**document, **told}

    _change(parts, actor, set_name, version, changed, seen_at)


def _change(
    parts: Parts, actor: Actor, set_name: str, version: int, change: Callable[[Document, VersionRead], Document],
    seen_at: datetime | None = None,
) -> None:  # fmt: skip
    found = read_version(parts, set_name, version)
    change_draft(parts, actor, set_name, version, change(write_rule_set(found.rules), found), seen_at or found.modified_at)
