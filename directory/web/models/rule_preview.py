"""What a rule says and does while it is written: its sentence, and real cases on which it fires and on which it does not. No person is
named: a case is a program, a listing or a referral with what the rule asks of it, and what comes near to a person is not shown."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from directory.rules.conditions import comparisons_in
from directory.rules.sets.coverage import reached
from directory.rules.sets.examples import SAYS
from directory.rules.sets.firing import outcome_of
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Rule
from directory.rules.sets.signals import Plain, Signals, signals_of
from directory.rules.sets.writing import write_signals
from directory.services.rules.cases import RealCase
from directory.web.models.rule_form import RuleForm
from directory.web.models.rule_versions import counted_words, expect_words, given_words
from directory.web.rule_words import rule_sentence
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class CaseView:
    """`example`: the case as an example of the rule, as it is stored: JSON."""

    name: str
    values: str
    example: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """`stored`: as it is posted on. `passes` None while the rule cannot be tried."""

    number: int
    stored: str
    given: str
    expected: str
    found: str
    passes: bool | None


@dataclass(frozen=True, slots=True)
class Preview:
    """`sentence` "" while the rule cannot be read. `counted`: how it comes out on real cases, in words."""

    sentence: str
    counted: str
    never_fires: bool
    fires: tuple[CaseView, ...]
    does_not: tuple[CaseView, ...]
    examples: tuple[ExampleView, ...]


def preview_of(rule: Rule | None, form: RuleForm, kind: SetKind, cases: Sequence[RealCase]) -> Preview:
    if rule is None:
        shown = tuple(
            ExampleView(number, json.dumps(each), "", str(each.get("expect", "")), "", None) for number, each in enumerate(form.examples)
        )
        return Preview("", "", False, (), (), shown)
    found = reached([rule], [case.signals for case in cases])[0]
    words = expect_words()
    examples = tuple(
        ExampleView(
            number, json.dumps(stored), given_words(each.given, kind), words[each.expect],
            words[SAYS[outcome_of(rule, each.given)]], SAYS[outcome_of(rule, each.given)] is each.expect,
        )
        for number, (stored, each) in enumerate(zip(form.examples, rule.tests, strict=True))
    )  # fmt: skip
    return Preview(
        sentence=rule_sentence(rule, kind),
        counted=counted_words(found) if cases else _("No real cases are kept yet. Its examples speak for it."),
        never_fires=found.never_fires,
        fires=tuple(_case(rule, cases[place], kind) for place in found.firing),
        does_not=tuple(_case(rule, cases[place], kind) for place in found.not_firing),
        examples=examples,
    )


def _case(rule: Rule, case: RealCase, kind: SetKind) -> CaseView:
    asked = asked_of(rule, case.signals, kind)
    expect = SAYS[outcome_of(rule, asked)]
    example = json.dumps({"given": write_signals(asked), "expect": expect.value})
    return CaseView(case.name or _("A referral"), given_words(asked, kind), example)


def asked_of(rule: Rule, signals: Signals, kind: SetKind) -> dict[str, Plain]:
    """What the rule asks for: rounded, and without what comes near to a person, so that it may stand in the open as an example."""
    known = signals_of(kind)
    names = dict.fromkeys(test.field for test in comparisons_in(rule.when))
    return {name: _rounded(signals[name]) for name in names if name in signals and not known[name].is_sensitive}


def _rounded(value: Plain) -> Plain:
    """Numbers to two digits: what stands in the open points at no one case."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return value
    return float(round(value, 1 - math.floor(math.log10(abs(value)))))
