"""What is worth a second look in a rule set that is right. Nothing of it keeps a set from being stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.domain.sentences import say
from directory.rules.sets.check import texts_of
from directory.rules.sets.coverage import Finding, Found, findings
from directory.rules.sets.examples import try_examples, without_examples
from directory.rules.sets.reasons import LANGUAGES
from directory.rules.sets.rule import Points, Rule, RuleSet


@dataclass(frozen=True, slots=True)
class Remark:
    """`rule_id`: "" where it is about the whole set."""

    rule_id: str
    sentence: str


def remarks_on(rules: RuleSet) -> tuple[Remark, ...]:
    """All of them, by rule in the order written."""
    found = [*_examples(rules), *_points(rules), *(Remark(each.rule, _odd(each)) for each in findings(rules))]
    for rule in rules.rules:
        found += _words(rule)
    order = {rule.id: place for place, rule in enumerate(rules.rules)}
    return tuple(sorted(found, key=lambda remark: order.get(remark.rule_id, -1)))


def _odd(found: Found) -> str:
    if found.finding is Finding.NEVER_HOLDS:
        return say("This can never hold: its lines contradict each other.")
    if found.finding is Finding.SAME_AS:
        return say("It fires in the same cases as “%(other)s”.", other=found.other)
    return say("It changes nothing: whenever it fires, “%(other)s” does as well.", other=found.other)


def _examples(rules: RuleSet) -> Iterator[Remark]:
    for rule in without_examples(rules):
        yield Remark(rule.id, say("It needs an example that fires and one that does not before it may be active."))
    for tried in try_examples(rules):
        if not tried.passes:
            said = say(
                'Its example %(number)s says "%(expect)s", and what comes of it is "%(found)s".',
                number=tried.number,
                expect=tried.example.expect.value,
                found=tried.found.value,
            )
            yield Remark(tried.rule.id, said)


def _points(rules: RuleSet) -> Iterator[Remark]:
    """Points that count for nothing, or for less than is written."""
    used = {rule.family for rule in rules.active_rules}
    for family in rules.caps:
        if family not in used:
            yield Remark("", say('No rule that is on belongs to the family "%(family)s".', family=family))
    for rule in rules.active_rules:
        then = rule.then
        if isinstance(then, Points) and then.points > rules.caps[rule.family]:
            said = say(
                'It gives %(points)s points, and its family "%(family)s" gives at most %(most)s together.',
                points=then.points,
                family=rule.family,
                most=rules.caps[rule.family],
            )
            yield Remark(rule.id, said)
    if not rules.active_rules:
        yield Remark("", say("No rule of this set is on."))


def _words(rule: Rule) -> Iterator[Remark]:
    if not rule.source:
        yield Remark(rule.id, say('It names no source; write where the judgement comes from, or "our proposal".'))
    missing = sorted(
        {language for text in texts_of(rule.then) if "" not in text.told for language in LANGUAGES if language not in text.told}
    )
    if missing:
        yield Remark(rule.id, say("Its words are missing in %(languages)s; English stands there instead.", languages=", ".join(missing)))
