"""What one rule set has that another has not: for the second person, who agrees to a change and not to a document."""

from dataclasses import dataclass, replace
from enum import StrEnum

from directory.rules.sets.rule import Rule, RuleSet


class Change(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    EXAMPLES = "examples"  # nothing but its examples


@dataclass(frozen=True, slots=True)
class RuleChange:
    """`before` None: the rule is new; `after` None: it is gone."""

    change: Change
    before: Rule | None
    after: Rule | None

    @property
    def id(self) -> str:
        found = self.after or self.before
        return found.id if found else ""


@dataclass(frozen=True, slots=True)
class Differences:
    """`caps`: family -> before, after; None where a set does not know it. `days`, `title`: whether these differ."""

    rules: tuple[RuleChange, ...]
    caps: tuple[tuple[str, int | None, int | None], ...]
    title: bool
    days: bool

    def __bool__(self) -> bool:
        return bool(self.rules or self.caps or self.title or self.days)


def differences(before: RuleSet, after: RuleSet) -> Differences:
    """In the order of the later set, and last what is gone. In which order rules stand decides nothing, so it is no difference."""
    old, new = ({rule.id: rule for rule in rules.rules} for rules in (before, after))
    changed = [RuleChange(_change(old.get(key), rule), old.get(key), rule) for key, rule in new.items() if old.get(key) != rule]
    gone = [RuleChange(Change.GONE, rule, None) for key, rule in old.items() if key not in new]
    families = [key for key in {**after.caps, **before.caps} if before.caps.get(key) != after.caps.get(key)]
    return Differences(
        rules=(*changed, *gone),
        caps=tuple((key, before.caps.get(key), after.caps.get(key)) for key in families),
        title=before.title != after.title,
        days=(before.starts_on, before.ends_on) != (after.starts_on, after.ends_on),
    )


def _change(before: Rule | None, after: Rule) -> Change:
    if before is None:
        return Change.NEW
    return Change.EXAMPLES if replace(before, tests=after.tests) == after else Change.CHANGED
