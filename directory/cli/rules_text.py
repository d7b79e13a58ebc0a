"""What `directory rules` prints."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from babel import Locale

from directory.cli.rules_files import Checked
from directory.domain.sentences import retold
from directory.rules.naming import Names
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.remarks import remarks_on
from directory.rules.sets.rule import Rule
from directory.rules.sets.wording import sentence_of
from directory.services.rules.dry_runs.reckoned import DryRun, Moved
from directory.services.rules.try_out import TriedSet
from directory.services.rules.versions import VersionRead
from directory.services.words import translate_into


def sentence_in(rule: Rule, kind: SetKind, language: str) -> str:
    return sentence_of(rule, kind, translate_into(language), Names(Locale.parse(language)))


def lines_of_checked(found: Checked, language: str) -> Iterator[str]:
    """The sentences of its rules, or all that is wrong with it."""
    translate = translate_into(language)
    if found.rules is None:
        for wrong in found.wrongs:
            yield f"{found.file}: {f'{retold(wrong.path, translate)}: ' if wrong.path else ''}{retold(wrong.sentence, translate)}"
        return
    rules = found.rules
    yield f"{found.file}: {rules.name} ({rules.kind.value}), {_counted(len(rules.rules), 'rule')}"
    for rule in rules.rules:
        yield f"  {rule.id}{'' if rule.is_on else ' (off)'}: {sentence_in(rule, rules.kind, language)}"
    remarks = remarks_on(rules)
    if remarks:
        yield "Worth a second look:"
    for remark in remarks:
        yield f"  {f'{remark.rule_id}: ' if remark.rule_id else ''}{retold(remark.sentence, translate)}"


def json_of_checked(found: Checked, language: str) -> dict[str, Any]:
    translate = translate_into(language)
    if found.rules is None:
        wrongs = [{"path": str(wrong.path), "sentence": retold(wrong.sentence, translate)} for wrong in found.wrongs]
        return {"file": found.file, "is_right": False, "wrong": wrongs}
    rules = found.rules
    return {
        "file": found.file,
        "is_right": True,
        "set": rules.name,
        "kind": rules.kind.value,
        "rules": [{"id": rule.id, "is_on": rule.is_on, "sentence": sentence_in(rule, rules.kind, language)} for rule in rules.rules],
        "worth_a_look": [{"rule": remark.rule_id or None, "sentence": retold(remark.sentence, translate)} for remark in remarks_on(rules)],
    }


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def lines_of_versions(found: Sequence[VersionRead], held: Collection[str]) -> Iterator[str]:
    for each in found:
        holds = "holds now" if _label(each) in held else ""
        waits = "waits for a second person" if each.asked_by and each.may_change else ""
        told = ", ".join(filter(None, (holds, waits, "" if each.shipped else f"made {each.made_at:%Y-%m-%d}")))
        status = "ships" if each.shipped else each.status.value
        rules = _counted(len(each.rules.rules), "rule")
        yield f"{each.rules.name:<24} {each.version:>4}  {each.kind.value:<8} {status:<8} {rules:>10}  {told}"


def _label(each: VersionRead) -> str:
    return f"{each.rules.name} {each.version}"


def json_of_versions(found: Sequence[VersionRead], held: Collection[str]) -> dict[str, Any]:
    return {
        "versions": [
            {
                "set": each.rules.name,
                "version": each.version,
                "kind": each.kind.value,
                "status": each.status.value,
                "holds_now": _label(each) in held,
                "is_shipped": each.shipped,
                "rules": len(each.rules.rules),
                "made_at": None if each.shipped else each.made_at.isoformat(),
                "tested_at": each.tested_at.isoformat() if each.tested_at else None,
                "dry_run_at": each.dry_run_at.isoformat() if each.dry_run_at else None,
                "waits_since": each.asked_at.isoformat() if each.asked_at and each.may_change else None,
                "active_at": each.active_at.isoformat() if each.active_at else None,
            }
            for each in found
        ]
    }


def lines_of_tried(found: TriedSet) -> Iterator[str]:
    for each in found.failed:
        yield f"{each.rule.id}, example {each.number}: it says {each.example.expect.value}, and what comes of it is {each.found.value}."
    for rule in found.missing:
        yield f"{rule.id}: it needs an example that fires and one that does not."
    passed = len(found.tried) - len(found.failed)
    yield f"{found.set_name} {found.version}: {passed} of {_counted(len(found.tried), 'example')} pass."


def json_of_tried(found: TriedSet) -> dict[str, Any]:
    return {
        "set": found.set_name,
        "version": found.version,
        "passes": found.passes,
        "examples": [
            {
                "rule": each.rule.id,
                "number": each.number,
                "expect": each.example.expect.value,
                "found": each.found.value,
                "passes": each.passes,
            }
            for each in found.tried
        ],
        "without_examples": [rule.id for rule in found.missing],
    }


MOST_MOVED = 15


def lines_of_dry_run(found: DryRun) -> Iterator[str]:
    yield (
        f"{found.set_name} {found.version} against {found.against}, from {found.since:%Y-%m-%d %H:%M} to {found.until:%Y-%m-%d %H:%M} UTC: "
        f"{found.changed:,} of {_counted(found.cases, 'case')} come out differently."
    )
    if found.cases:
        yield f"Of {found.from_history:,} the values were those seen then; of the others they are today's."
    if found.note:
        yield str(found.note)
    yield from _moves("By what is done", found.by_action)
    yield from _moves("By organization", found.by_organization)
    yield from _moves("By sector", found.by_sector)
    if found.samples:
        yield "Some of them:"
    for sample in found.samples[:MOST_MOVED]:
        yield f"  {sample.name}: {sample.before} -> {sample.after}"


def _moves(title: str, rows: Sequence[Moved]) -> Iterator[str]:
    if rows:
        yield f"{title} (before -> after):"
    for row in rows[:MOST_MOVED]:
        yield f"  {row.name}: {row.before:,} -> {row.after:,}"
    if len(rows) > MOST_MOVED:
        yield f"  and {len(rows) - MOST_MOVED} more (--json has all)"
