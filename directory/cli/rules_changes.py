"""What a version of a rule set changes of what holds, as the command line prints it."""

from collections.abc import Iterator
from typing import Any

from directory.cli.rules_text import sentence_in
from directory.rules.sets.check import texts_of
from directory.rules.sets.differences import Change, RuleChange, differences
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Rule
from directory.services.rules.versions import Held, VersionRead

_MARKS = {Change.NEW: "new", Change.GONE: "taken out", Change.CHANGED: "changed", Change.EXAMPLES: "other examples"}


def lines_of_changes(found: VersionRead, held: Held) -> Iterator[str]:
    """The sentence of each rule before and after; words that it gives where these differ."""
    changes = differences(held.rules, found.rules)
    label = f"{found.rules.name} {found.version}"
    if not changes:
        yield f"{label} is the same as {held.label}, which holds now."
        return
    yield f"{label} beside {held.label}, which holds now:"
    for family, before, after in changes.caps:
        yield f"  at most for {family} together: {_points(before)} -> {_points(after)}"
    if changes.title:
        yield f"  title: {held.rules.title.in_('en')} -> {found.rules.title.in_('en')}"
    if changes.days:
        yield f"  holds from {found.rules.starts_on or 'the first day'} until {found.rules.ends_on or 'it is replaced'}"
    for change in changes.rules:
        yield f"  {change.id} ({_MARKS[change.change]})"
        for word, rule in (("was", change.before), ("is", change.after)):
            if rule is not None and change.change is not Change.EXAMPLES:
                yield f"    {word}: {_whole(rule, found.kind)}"


def _points(points: int | None) -> str:
    return "no such family" if points is None else str(points)


def _whole(rule: Rule, kind: SetKind) -> str:
    """Its sentence, and what a sentence does not say: whether it is on, its family, its source, the words that it gives."""
    family = f" [{rule.family}]" if rule.family else ""
    words = "; ".join(f"“{text.in_('en')}”" for text in texts_of(rule.then))
    return f"{'' if rule.is_on else '(off) '}{sentence_in(rule, kind, 'en')}{family} {words} Source: {rule.source or 'none'}."


def json_of_changes(found: VersionRead, held: Held) -> dict[str, Any]:
    changes = differences(held.rules, found.rules)
    return {
        "set": found.rules.name,
        "version": found.version,
        "beside": held.label,
        "caps": [{"family": family, "before": before, "after": after} for family, before, after in changes.caps],
        "title_differs": changes.title,
        "days_differ": changes.days,
        "rules": [_json_of(change, found.kind) for change in changes.rules],
    }


def _json_of(change: RuleChange, kind: SetKind) -> dict[str, Any]:
    before, after = (sentence_in(rule, kind, "en") if rule else None for rule in (change.before, change.after))
    return {"id": change.id, "change": change.change.value, "before": before, "after": after}
