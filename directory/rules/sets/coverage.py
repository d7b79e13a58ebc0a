"""What a rule set reaches: rules that can never hold, that say the same as another, that add nothing beside another, and how often each
fires on cases that there were. Said to whoever writes rules; none of it keeps a set from being used."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from directory.rules.outcome import Outcome
from directory.rules.sets.firing import outcome_of
from directory.rules.sets.possible import can_hold, holds_wherever
from directory.rules.sets.rule import Caution, FlagListing, FlagPair, LookAgain, Points, Rule, RuleSet, Tell, Then
from directory.rules.sets.signals import Signals, catalogue_of

FEW = 3
"""As many cases of each sort are shown."""


class Finding(StrEnum):
    NEVER_HOLDS = "never_holds"  # its condition contradicts itself
    SAME_AS = "same_as"  # it fires in the same cases as another, and does the same sort of thing
    ADDS_NOTHING = "adds_nothing"  # whenever it fires, another does as well, and that decides


@dataclass(frozen=True, slots=True)
class Found:
    """Something about a rule; `other` is the rule beside which it stands, "" where there is none."""

    finding: Finding
    rule: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How a rule came out on cases: how many it fired on, how many not, in how many that was not known; and the places of the first few
    of the first two sorts."""

    rule: Rule
    fires: int = 0
    does_not: int = 0
    unknown: int = 0
    firing: tuple[int, ...] = field(default=())
    not_firing: tuple[int, ...] = field(default=())

    @property
    def never_fires(self) -> bool:
        return not self.fires and bool(self.does_not or self.unknown)


def findings(rules: RuleSet) -> tuple[Found, ...]:
    """What is odd about the rules that are on, in their order."""
    return tuple(_findings(rules))


def _findings(rules: RuleSet) -> Iterator[Found]:
    catalogue = catalogue_of(rules.kind)
    holding = [rule for rule in rules.active_rules if can_hold(rule.when, catalogue)]
    for rule in rules.active_rules:
        if rule not in holding:
            yield Found(Finding.NEVER_HOLDS, rule.id)
            continue
        for other in holding:
            if other is rule or not _same_sort(rule.then, other.then):
                continue
            is_narrower = holds_wherever(other.when, rule.when, catalogue)
            is_same = is_narrower and holds_wherever(rule.when, other.when, catalogue)
            if is_same and holding.index(other) < holding.index(rule):
                yield Found(Finding.SAME_AS, rule.id, other.id)
                break
            if is_narrower and not is_same and _adds_nothing(rule, other, rules):
                yield Found(Finding.ADDS_NOTHING, rule.id, other.id)
                break


def _same_sort(then: Then, other: Then) -> bool:
    """Whether both do the same sort of thing: to remind somebody and to tell somebody else later are two."""
    if isinstance(then, Tell) and isinstance(other, Tell):
        return (then.action, then.at) == (other.action, other.at)
    return type(then) is type(other)


def _adds_nothing(rule: Rule, wider: Rule, rules: RuleSet) -> bool:
    """Whether the rule changes nothing where the wider one fires as well, as it always does then."""
    then, other = rule.then, wider.then
    if isinstance(then, Points) and isinstance(other, Points):
        return rule.family == wider.family and other.points >= rules.caps.get(rule.family, 0)
    if isinstance(then, LookAgain) and isinstance(other, LookAgain):
        return other.days <= then.days
    if isinstance(then, FlagListing) and isinstance(other, FlagListing):
        return then.flag == other.flag
    if isinstance(then, FlagPair) and isinstance(other, FlagPair):
        return then.reading is other.reading
    return isinstance(then, Caution) and isinstance(other, Caution) and then.caution == other.caution


def reached(rules: Iterable[Rule], cases: Sequence[Signals]) -> tuple[Reached, ...]:
    """How each rule comes out on cases, whether it is on or not."""
    return tuple(_reached(rule, cases) for rule in rules)


def _reached(rule: Rule, cases: Sequence[Signals]) -> Reached:
    places: dict[Outcome, list[int]] = {outcome: [] for outcome in Outcome}
    for number, signals in enumerate(cases):
        places[outcome_of(rule, signals)].append(number)
    fires, not_ = places[Outcome.YES], places[Outcome.NO]
    return Reached(rule, len(fires), len(not_), len(places[Outcome.ASK]), tuple(fires[:FEW]), tuple(not_[:FEW]))
