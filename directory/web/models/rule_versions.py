"""Versions of rule sets as planners see them: how far each has come, what comes next, what it changes, and what is odd about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.domain.sentences import retold
from directory.rules.sets.builder import thresholds_of
from directory.rules.sets.coverage import Reached
from directory.rules.sets.differences import Change, Differences
from directory.rules.sets.examples import try_examples, without_examples
from directory.rules.sets.kinds import Expect, Reading, SetKind, Status
from directory.rules.sets.remarks import Remark
from directory.rules.sets.rule import Caution, LookAgain, Points, Rule
from directory.rules.sets.signals import Signals, catalogue_of
from directory.rules.sets.then_words import READINGS
from directory.services.rules.activate import AGREED_WITHIN
from directory.services.rules.dry_run_later import asked_in
from directory.services.rules.versions import SHIPPED_BY, VersionRead
from directory.web.amounts import number
from directory.web.languages import language
from directory.web.models.rule_cards import RuleCard, family_words, rule_card
from directory.web.rule_words import kind_words, rule_sentence, signal_value, status_words, told
from directory.web.times import full_date
from directory.web.wording import _, ngettext
from directory.web.words import sector_name


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list. `note`: since when it holds, or who waits for whom."""

    set_name: str
    version: int
    title: str
    status: str
    tone: str
    note: str
    waits: bool


@dataclass(frozen=True, slots=True)
class KindLines:
    kind: str
    decides: str
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in a condition, changed on the card: `name` of its field."""

    name: str
    label: str
    unit: str
    shown: str


@dataclass(frozen=True, slots=True)
class EditCard:
    """A rule with what is changed on the card itself; `points` "" where it gives none. `odd`: what is worth a second look."""

    card: RuleCard
    points_label: str
    points: str
    bounds: tuple[Bound, ...]
    odd: tuple[str, ...]
    examples: str
    counted: str = ""
    never_fires: bool = False


@dataclass(frozen=True, slots=True)
class TriedLine:
    rule: str
    number: int
    given: str
    expected: str
    found: str
    passes: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What differs, by rule: only the lines that do."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def expect_words() -> Mapping[Expect, str]:
    return {Expect.FIRES: _("fires"), Expect.NOT: _("does not fire"), Expect.UNKNOWN: _("is not known")}


_TONES = {Status.ACTIVE: "open", Status.TESTED: "ask", Status.DRAFT: "plain", Status.RETIRED: "plain"}


def version_line(found: VersionRead, now: datetime, names: Mapping[str, str]) -> VersionLine:
    waits = is_asked(found, now)
    return VersionLine(
        set_name=found.rules.name,
        version=found.version,
        title=found.rules.title.in_(language()),
        status=status_words()[found.status],
        tone=_TONES[found.status],
        note=_note(found, names, waits=waits),
        waits=waits,
    )


def is_asked(found: VersionRead, now: datetime) -> bool:
    """Whether somebody asked for it, and it waits for a second person."""
    return found.may_change and found.asked_at is not None and found.asked_at > now - AGREED_WITHIN


def _note(found: VersionRead, names: Mapping[str, str], *, waits: bool) -> str:
    if found.shipped:
        return _("comes with the program")
    if waits and found.asked_at:
        return _("waits for a second person, since %(day)s", day=full_date(found.asked_at.date()))
    if found.status is Status.ACTIVE and found.active_at:
        return _("holds since %(day)s", day=full_date(found.active_at.date()))
    if found.status is Status.RETIRED and found.retired_at:
        return _("held until %(day)s", day=full_date(found.retired_at.date()))
    return _("changed on %(day)s, begun by %(who)s", day=full_date(found.modified_at.date()), who=who(found.made_by, names))


def who(label: str, names: Mapping[str, str]) -> str:
    if label == SHIPPED_BY:
        return _("the program itself")
    return names.get(label) or _("somebody")


def by_kind(lines: Iterable[tuple[SetKind, VersionLine]]) -> tuple[KindLines, ...]:
    found: dict[SetKind, list[VersionLine]] = {kind: [] for kind in SetKind}
    for kind, line in lines:
        found[kind].append(line)
    return tuple(KindLines(kind.value, kind_words()[kind], tuple(rows)) for kind, rows in found.items())


def edit_card(rule: Rule, kind: SetKind, remarks: Iterable[Remark], found: Reached | None = None) -> EditCard:
    """`found`: how the rule comes out on real cases; None where there are none."""
    label, points = _points(rule)
    return EditCard(
        card=rule_card(rule, kind),
        points_label=label,
        points=points,
        bounds=bounds_of(rule, kind),
        odd=tuple(retold(each.sentence, _) for each in remarks if each.rule_id == rule.id),
        examples=ngettext("%(num)s example", "%(num)s examples", len(rule.tests)),
        counted=counted_words(found) if found is not None else "",
        never_fires=found is not None and found.never_fires,
    )


def counted_words(found: Reached) -> str:
    """How a rule comes out on real cases."""
    first = ngettext("Of %(num)s real case", "Of %(num)s real cases", found.fires + found.does_not + found.unknown)
    return _(
        "%(first)s it fires on %(fires)s and not on %(does_not)s; in %(unknown)s it is not known.",
        first=first, fires=found.fires, does_not=found.does_not, unknown=found.unknown,
    )  # fmt: skip


def _points(rule: Rule) -> tuple[str, str]:
    if isinstance(rule.then, Points):
        return _("Points"), str(rule.then.points)
    if isinstance(rule.then, Caution):
        return _("Points less"), str(-rule.then.points)
    return (_("Days"), str(rule.then.days)) if isinstance(rule.then, LookAgain) else ("", "")


def bounds_of(rule: Rule, kind: SetKind) -> tuple[Bound, ...]:
    catalogue = catalogue_of(kind)
    found = []
    for place, each in enumerate(thresholds_of(rule.when, catalogue)):
        field = catalogue[each.test.field]
        unit = "%" if field.unit == "share" else told(field.unit) if field.unit else ""
        found.append(Bound(f"t.{place}", told(field.label), unit, each.shown))
    return tuple(found)


def tried_lines(found: VersionRead) -> tuple[TriedLine, ...]:
    """Every example with what came of it; those that fail first."""
    words = expect_words()
    lines = [
        TriedLine(
            each.rule.id, each.number, given_words(each.example.given, found.kind), words[each.example.expect], words[each.found],
            each.passes,
        )
        for each in try_examples(found.rules)
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.passes))


def given_words(given: Signals, kind: SetKind) -> str:
    """Signals in words: "its room: is full"."""
    catalogue = catalogue_of(kind)
    told_of = []
    for name, value in given.items():
        words = signal_value(name, value, kind)
        told_of.append(words if isinstance(value, bool) else f"{told(catalogue[name].label)}: {words}")
    return "; ".join(told_of) or _("nothing is known")


def missing_lines(found: VersionRead) -> tuple[str, ...]:
    """Rules that lack an example that fires, or one that does not."""
    return tuple(rule.id for rule in without_examples(found.rules))


def change_lines(found: Differences, kind: SetKind) -> tuple[ChangeLine, ...]:
    words = {
        Change.NEW: _("New"),
        Change.GONE: _("Taken out"),
        Change.CHANGED: _("Changed"),
        Change.EXAMPLES: _("Other examples"),
    }
    rows = [_change_line(words[each.change], each.id, _lines(each.before, kind), _lines(each.after, kind)) for each in found.rules]
    for family, before, after in found.caps:
        lines = (() if cap is None else (str(cap),) for cap in (before, after))
        rows.append(_change_line(_("Most points of this family"), family_words().get(family, family), *lines))
    if found.title:
        rows.append(ChangeLine(_("Another title"), (), ()))
    if found.days:
        rows.append(ChangeLine(_("Other days on which it may hold"), (), ()))
    return tuple(rows)


def _change_line(what: str, which: str, before: tuple[str, ...], after: tuple[str, ...]) -> ChangeLine:
    label = _("%(what)s: %(which)s", what=what, which=which)
    return ChangeLine(label, tuple(line for line in before if line not in after), tuple(line for line in after if line not in before))


def _lines(rule: Rule | None, kind: SetKind) -> tuple[str, ...]:
    """What a rule says, a line for each thing."""
    if rule is None:
        return ()
    card = rule_card(rule, kind)
    off = () if rule.is_on else (_("Off: it decides nothing"),)
    source = f"{_('Source:')} {rule.source or _('not told')}"
    return (rule_sentence(rule, kind), *(_("“%(value)s”", value=text) for text in card.says), source, *off)


@dataclass(frozen=True, slots=True)
class DryRunView:
    """`waits`: how far the worker is, in words; "" where it is done. `rows`: sector or organization, before, after."""

    waits: str
    wrong: str
    summary: str
    note: str
    organizations: tuple[tuple[str, int, int], ...]
    sectors: tuple[tuple[str, int, int], ...]
    samples: tuple[tuple[str, str, str], ...]
    actions: tuple[tuple[str, int, int], ...] = ()


def dry_run_view(found: VersionRead) -> DryRunView | None:
    kept = found.dry_run
    asked = asked_in(kept)
    if asked is not None:
        done = _("%(done)s of %(total)s are done.", done=asked["done"], total=asked["total"]) if asked["total"] else ""
        words = _("The worker goes through what happened; this may take some minutes.")
        return DryRunView(f"{words} {done}".strip(), str(asked["wrong"]), "", "", (), (), ())
    if not kept or found.dry_run_at is None:
        return None
    since = datetime.fromisoformat(str(kept["since"]))
    return DryRunView(
        waits="",
        wrong="",
        summary=" ".join(
            (
                _(
                    "Since %(day)s: %(changed)s of %(cases)s cases come out differently than by %(against)s.",
                    day=full_date(since.date()),
                    changed=number(kept["changed"]),
                    cases=number(kept["cases"]),
                    against=kept["against"],
                ),
                _(
                    "Of %(history)s of them the values are those that were seen then, of the others today's.",
                    history=number(kept["from_history"]),
                ),
            )
        ),
        note=told(str(kept.get("note") or "")),
        organizations=tuple((row["name"], row["before"], row["after"]) for row in kept["by_organization"]),
        sectors=tuple((sector_name(row["id"]), row["before"], row["after"]) for row in kept["by_sector"]),
        samples=tuple((row["name"], _outcome_words(row["before"]), _outcome_words(row["after"])) for row in kept["samples"]),
        actions=tuple((told(row["name"]), row["before"], row["after"]) for row in kept.get("by_action", ())),
    )


def _outcome_words(said: str) -> str:
    """What a case came to, as its dry run kept it: the readings of pairs are kept by their names."""
    return told(READINGS[Reading(said)]) if said in set(Reading) else said


def life_of(found: VersionRead, names: Mapping[str, str]) -> tuple[str, ...]:
    """What happened to a version, in order."""
    if found.shipped:
        return ()
    steps = [_("Begun by %(who)s on %(day)s.", who=who(found.made_by, names), day=full_date(found.made_at.date()))]
    for at, by, words in (
        (found.tested_at, "", _("Its examples passed on %(day)s.")),
        (found.dry_run_at, "", _("Dry run on %(day)s.")),
        (found.asked_at, found.asked_by, _("%(who)s asked for it to hold on %(day)s.")),
        (found.active_at, found.active_by, _("%(who)s agreed on %(day)s; it held from then on.")),
        (found.retired_at, "", _("Another took its place on %(day)s.")),
    ):
        if at is not None:
            steps.append(words % {"who": who(by, names), "day": full_date(at.date())})
    return tuple(steps)
