"""A rule set as it is written (JSON) -> as it is used. All that is wrong is named with its path, the cause, and what would be right.

Sizes are looked at before anything else, so that no document takes long; the condition tree is checked by `conditions`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.catalogue import Kind, Op, nearest
from directory.rules.conditions import MOST_ERRORS, Wrong, WrongCondition, check_condition, comparisons_in
from directory.rules.operands import Unfit, read_operand
from directory.rules.sets.check_then import read_then
from directory.rules.sets.kinds import Expect, IfUnknown, SetKind
from directory.rules.sets.reasons import NO_TEXT, Text, places_in, read_text
from directory.rules.sets.renamed import with_new_names
from directory.rules.sets.rule import Example, Points, Rule, RuleSet, Then
from directory.rules.sets.signals import NAMES, Plain, catalogue_of, signals_of
from directory.rules.sets.sizes import misfit

SCHEMA = 1
MOST_RULES = 100
MOST_TESTS = 20

HISTORY = "history"
HISTORY_CAP = 10
"""Points of one hundred that what happened between two organizations may give together: who was chosen before would else always be chosen
again (trust predicts referrals; Bunger and others)."""

MOST_FAMILIES = 20
_NAME = re.compile(r"[a-z][a-z0-9-]{1,59}")
_TOP = ("schema", "set", "kind", "title", "effective", "caps", "rules")
_RULE = ("id", "family", "when", "then", "if_unknown", "source", "on", "tests")


class WrongRuleSet(InvalidInput):
    """A document that is no rule set; `wrongs` names everything that was found."""

    def __init__(self, wrongs: tuple[Wrong, ...]) -> None:
        first = wrongs[0]
        super().__init__(first.path or "rule set", first.sentence)
        self.wrongs = wrongs


def check_rule_set(raw: object) -> RuleSet:
    """The rule set that a JSON value writes. Raise `WrongRuleSet`."""
    checking = _Checking()
    found = checking.rule_set(raw)
    if checking.wrongs or found is None:
        raise WrongRuleSet(tuple(checking.wrongs[:MOST_ERRORS]))
    return found


class _Checking:
    def __init__(self) -> None:
        self.wrongs: list[Wrong] = []

    def wrong(self, path: str, sentence: str) -> None:
        self.wrongs.append(Wrong(path, sentence if isinstance(sentence, Sentence) else say(sentence)))

    def rule_set(self, raw: object) -> RuleSet | None:
        if not isinstance(raw, Mapping):
            self.wrong("", say('A rule set is an object with "set", "kind", "title" and "rules".'))
            return None
        unfit = misfit(raw)
        if unfit is not None:
            self.wrongs.append(unfit)
            return None
        raw = with_new_names(raw, raw.get("kind"))
        self.only(raw, _TOP, "")
        if raw.get("schema", SCHEMA) != SCHEMA:
            self.wrong("schema", say("The schema of rule sets is %(schema)s.", schema=SCHEMA))
        name, kind = raw.get("set"), self.choice(raw.get("kind"), SetKind, "kind")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self.wrong("set", say("The name of a set has 2 to 60 small letters, digits and hyphens, and begins with a letter."))
        if kind is None:
            return None
        title = self.text(raw.get("title"), (), "title")
        caps = self.caps(raw.get("caps", {}), kind)
        starts, ends = self.effective(raw.get("effective"))
        rules = self.rules(raw.get("rules"), kind, caps)
        return RuleSet(str(name), kind, title, rules, caps, starts, ends)

    def only(self, raw: Mapping[Any, object], known: Collection[str], path: str) -> None:
        for name in raw:
            if name not in known:
                said = say('"%(name)s" does not belong here; %(known)s do.', name=str(name)[:40], known=", ".join(known))
                meant = nearest(str(name), known)
                here = f"{path}.{str(name)[:40]}".lstrip(".")
                self.wrong(here, say('%(sentence)s Did you mean "%(meant)s"?', sentence=said, meant=meant) if meant else said)
                return

    def choice(self, raw: object, choices: type[Any], path: str) -> Any:
        if isinstance(raw, str) and raw in {each.value for each in choices}:
            return choices(raw)
        known = ", ".join(each.value for each in choices)
        if raw is None:
            self.wrong(path, say("Write one of %(known)s here.", known=known))
            return None
        self.wrong(path, say('This is one of %(known)s; not "%(raw)s".', known=known, raw=str(raw)[:40]))
        return None

    def text(self, raw: object, names: Collection[str], path: str) -> Text:
        try:
            return read_text(raw, names)
        except InvalidInput as error:
            self.wrong(path, error.message)
            return NO_TEXT

    def effective(self, raw: object) -> tuple[date | None, date | None]:
        if raw is None:
            return None, None
        if not isinstance(raw, Mapping):
            self.wrong("effective", say('"effective" is an object with "from" and "until", each a date or null.'))
            return None, None
        self.only(raw, ("from", "until"), "effective")
        found = tuple(self.day(raw.get(each), f"effective.{each}") for each in ("from", "until"))
        if found[0] and found[1] and found[1] < found[0]:
            self.wrong("effective.until", say("A set ends after it begins."))
        return found[0], found[1]

    def day(self, raw: object, path: str) -> date | None:
        if raw is None:
            return None
        try:
            return date.fromisoformat(raw if isinstance(raw, str) else "")
        except ValueError:
            self.wrong(path, say("Write a date such as 2027-01-31, or null."))
            return None

    def caps(self, raw: object, kind: SetKind) -> dict[str, int]:
        if not isinstance(raw, Mapping) or len(raw) > MOST_FAMILIES:
            self.wrong("caps", say("Caps are an object: the name of a family -> the most points it gives."))
            return {}
        if raw and kind is not SetKind.SUGGEST:
            self.wrong("caps", say("Only sets that suggest have families with caps."))
        found = {}
        for family, cap in raw.items():
            if not isinstance(family, str) or not _NAME.fullmatch(family) or type(cap) is not int or not 0 <= cap <= 100:
                self.wrong(
                    f"caps.{str(family)[:40]}", say("A family has a name of small letters, and a whole number of points from 0 to 100.")
                )
            else:
                found[family] = cap
        if found.get(HISTORY, 0) > HISTORY_CAP:
            self.wrong(
                "caps.history",
                say("What happened between two organizations before gives at most %(most)s points together.", most=HISTORY_CAP),
            )
        return found

    def rules(self, raw: object, kind: SetKind, caps: Mapping[str, int]) -> tuple[Rule, ...]:
        if not isinstance(raw, list) or not 0 < len(raw) <= MOST_RULES:
            self.wrong("rules", say("A set has a list of 1 to %(most)s rules.", most=MOST_RULES))
            return ()
        found = [self.rule(each, f"rules[{number}]", kind, caps) for number, each in enumerate(raw) if len(self.wrongs) < MOST_ERRORS]
        seen: set[str] = set()
        for number, rule in enumerate(found):
            if rule is not None and rule.id in seen:
                self.wrong(f"rules[{number}].id", say('Two rules are called "%(id)s"; each needs a name of its own.', id=rule.id))
            elif rule is not None:
                seen.add(rule.id)
        return tuple(rule for rule in found if rule is not None)

    def rule(self, raw: object, path: str, kind: SetKind, caps: Mapping[str, int]) -> Rule | None:
        if not isinstance(raw, Mapping):
            self.wrong(path, say('A rule is an object with "id", "when" and "then".'))
            return None
        self.only(raw, _RULE, path)
        before = len(self.wrongs)
        name = raw.get("id")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self.wrong(f"{path}.id", say("A rule's id has 2 to 60 small letters, digits and hyphens, and begins with a letter."))
        try:
            when = check_condition(raw.get("when"), catalogue_of(kind), f"{path}.when")
        except WrongCondition as wrong:
            self.wrongs.extend(wrong.wrongs)
            when = None
        then = read_then(self, raw.get("then"), kind, f"{path}.then")
        if_unknown = self.choice(raw.get("if_unknown", "skip"), IfUnknown, f"{path}.if_unknown")
        source = raw.get("source", "")
        if not isinstance(source, str) or len(source) > 300:
            self.wrong(f"{path}.source", say("The source of a rule is a text of at most 300 letters."))
        if not isinstance(raw.get("on", True), bool):
            self.wrong(f"{path}.on", say('"on" is true or false.'))
        tests = self.tests(raw.get("tests", []), kind, f"{path}.tests")
        if len(self.wrongs) > before or when is None or then is None:
            return None
        found = Rule(str(name), when, then, if_unknown, str(raw.get("family", "")), str(source), bool(raw.get("on", True)), tests)
        self.family(found, kind, caps, path)
        return found

    def family(self, rule: Rule, kind: SetKind, caps: Mapping[str, int], path: str) -> None:
        """Points belong to a family with a cap; what rests on history belongs to that of history."""
        here = f"{path}.family"
        if not isinstance(rule.then, Points):
            if rule.family:
                self.wrong(here, say("Only rules that give points have a family."))
            return
        if rule.family not in caps:
            known = ", ".join(caps) or say("none yet")
            self.wrong(
                here,
                say('Points belong to a family that "caps" names (%(known)s); not to "%(family)s".', known=known, family=rule.family[:40]),
            )
            return
        signals = signals_of(kind)
        history = next((test.field for test in comparisons_in(rule.when) if signals[test.field].is_history), "")
        if history and rule.family != HISTORY:
            self.wrong(
                here,
                say(
                    '"%(signal)s" tells of what happened between the two before: its points belong to the family "history".', signal=history
                ),
            )

    def tests(self, raw: object, kind: SetKind, path: str) -> tuple[Example, ...]:
        if not isinstance(raw, list) or len(raw) > MOST_TESTS:
            self.wrong(path, say("A rule has a list of at most %(most)s examples.", most=MOST_TESTS))
            return ()
        found = [self.example(each, kind, f"{path}[{number}]") for number, each in enumerate(raw)]
        return tuple(example for example in found if example is not None)

    def example(self, raw: object, kind: SetKind, path: str) -> Example | None:
        if not isinstance(raw, Mapping) or not isinstance(raw.get("given"), Mapping):
            self.wrong(path, say('An example is an object with "given" (signals and their values) and "expect".'))
            return None
        self.only(raw, ("given", "expect"), path)
        expect = self.choice(raw.get("expect"), Expect, f"{path}.expect")
        given = dict(self.given(raw["given"], kind, f"{path}.given"))
        return None if expect is None else Example(given, expect)

    def given(self, raw: Mapping[Any, object], kind: SetKind, path: str) -> Iterator[tuple[str, Plain]]:
        for name, value in raw.items():
            if len(self.wrongs) >= MOST_ERRORS:
                return
            try:
                yield str(name), read_signal(name, value, kind)
            except Unfit as unfit:
                self.wrong(f"{path}.{str(name)[:60]}", unfit.sentence)

    def then_text(self, raw: object, kind: SetKind, path: str) -> Text:
        """A text of a rule, which may hold signals and names of its kind."""
        return self.text(raw, (*NAMES[kind], *signals_of(kind)), path)


_EXACTLY = {Kind.NUMBER: Op.EQ, Kind.CHOICE: Op.EQ, Kind.YES_NO: Op.IS, Kind.SET: Op.HAS_ANY, Kind.DATE: Op.BEFORE}


def read_signal(name: object, raw: object, kind: SetKind) -> Plain:
    """The value of one signal, as an example or a stored decision gives it. Raise `Unfit`."""
    catalogue = catalogue_of(kind)
    if not isinstance(name, str) or name not in catalogue:
        meant = nearest(str(name), catalogue)
        said = say('"%(name)s" is not a signal.', name=str(name)[:40])
        raise Unfit(say('%(sentence)s Did you mean "%(meant)s"?', sentence=said, meant=meant) if meant else said)
    field = catalogue[name]
    if field.kind is Kind.SET and raw == []:
        return frozenset()
    return read_operand(field, _EXACTLY[field.kind], raw)  # type: ignore[return-value]  # neither ranges nor money: no signal is money


def texts_of(then: Then) -> tuple[Text, ...]:
    """Every text that a rule gives."""
    names = ("reason", "caution", "way_out")
    return tuple(getattr(then, name) for name in names if hasattr(then, name))


def signals_in(rule: Rule) -> frozenset[str]:
    """The signals that decide a rule or stand in its texts."""
    named = {place for text in texts_of(rule.then) for place in places_in(text)}
    return frozenset({test.field for test in comparisons_in(rule.when)} | named)
