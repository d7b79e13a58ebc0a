"""A rule set tried on its own examples: what each rule's author said should come of it, and what does."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.rules.outcome import Outcome
from directory.rules.sets.firing import outcome_of
from directory.rules.sets.kinds import Expect
from directory.rules.sets.rule import Example, Rule, RuleSet

SAYS = {Outcome.YES: Expect.FIRES, Outcome.NO: Expect.NOT, Outcome.ASK: Expect.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Tried:
    """One example of one rule (`number` from 1), and what came of it."""

    rule: Rule
    number: int
    example: Example
    found: Expect

    @property
    def passes(self) -> bool:
        return self.found is self.example.expect


def try_examples(rules: RuleSet) -> Iterator[Tried]:
    """Every example, in the order written; of rules that are off, too."""
    for rule in rules.rules:
        for number, example in enumerate(rule.tests, 1):
            yield Tried(rule, number, example, SAYS[outcome_of(rule, example.given)])


def without_examples(rules: RuleSet) -> tuple[Rule, ...]:
    """Rules that are on and lack an example that fires or one that does not: they are not tested yet."""
    wanted = {Expect.FIRES, Expect.NOT}
    return tuple(rule for rule in rules.active_rules if not wanted <= {each.expect for each in rule.tests})
