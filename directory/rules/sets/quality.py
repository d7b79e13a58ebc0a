"""What the rules of the kind "quality" say of one listing: from when on somebody should look at it again, and what is to be put right.

Signals that count days grow by themselves, so a rule that does not fire today may fire on a day that is known already: the first moment is
found by trying the few at which one of its comparisons may turn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from directory.rules.conditions import Condition, comparisons_in
from directory.rules.operands import Range
from directory.rules.outcome import Outcome
from directory.rules.sets.check import signals_in
from directory.rules.sets.firing import decided_by
from directory.rules.sets.kinds import IfUnknown
from directory.rules.sets.reasons import Text
from directory.rules.sets.rule import FlagListing, LookAgain, Rule, RuleSet
from directory.rules.sets.signals import Plain, Signals

VERIFIED_DAYS = "listing.days_since_verified"
ROOM_DAYS = "listing.room_days"
REPORTED = "listing.is_reported"
REPORTED_DAYS = "listing.reported_days"
LINK_DAYS = "listing.link_days"
COUNTS_DAYS = frozenset({VERIFIED_DAYS, ROOM_DAYS, REPORTED_DAYS, LINK_DAYS})
"""Signals that grow by one a day."""

_DAY = timedelta(days=1)
_LEAST = timedelta(microseconds=1)
_NOT_IN_SIGHT = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A listing. `signals` that do not change by themselves; `begins`: when it was verified last, else since when it is in the directory;
    `counted`: the signals that count days -> since when."""

    signals: Signals
    begins: datetime
    counted: Mapping[str, datetime]

    def at(self, moment: datetime) -> dict[str, Plain]:
        """All signals as they are at a moment."""
        found = dict(self.signals)
        found.update({name: (moment - since) / _DAY for name, since in self.counted.items() if since <= moment})
        if REPORTED_DAYS in self.counted:
            found[REPORTED] = REPORTED_DAYS in found
        return found


@dataclass(frozen=True, slots=True)
class Due:
    """From `at` on somebody should look, because of a rule; None: no rule ever asks for it."""

    at: datetime
    rule: Rule | None

    @property
    def why(self) -> str:
        """The id of the rule."""
        return self.rule.id if self.rule else ""

    @property
    def reason(self) -> Text | None:
        return self.rule.then.reason if self.rule is not None and isinstance(self.rule.then, LookAgain) else None

    @property
    def is_at_once(self) -> bool:
        """Whether it is due for something that happened, not because time has passed since somebody looked."""
        return self.rule is not None and isinstance(self.rule.then, LookAgain) and self.rule.then.days == 0


NOT_DUE = Due(_NOT_IN_SIGHT, None)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag of a listing, and the signals that it was seen by. `is_known` False: too little is known to say, and a person decides."""

    rule: Rule
    then: FlagListing
    seen: Signals
    is_known: bool = True


def look_again_rules(rules: RuleSet) -> Iterator[tuple[Rule, LookAgain]]:
    """Those that are on."""
    for rule in rules.active_rules:
        if isinstance(rule.then, LookAgain):
            yield rule, rule.then


def look_again_signals(rules: RuleSet) -> frozenset[str]:
    """What must be known of a listing to say when it is due."""
    return frozenset(test.field for rule, _then in look_again_rules(rules) for test in comparisons_in(rule.when))


def due_of(rules: RuleSet, case: Case) -> Due:
    """When it is due, and by which rule: the earliest of all; of several at one moment the one that is written first."""
    found = NOT_DUE
    for rule, then in look_again_rules(rules):
        at = _first(rule, then.days, case)
        if at is not None and at < found.at:
            found = Due(at, rule)
    return found


def usual_days(rules: RuleSet, signals: Signals) -> int | None:
    """After how many days a listing of this kind is due again, where somebody looked and nothing happened since; None: no rule asks."""
    begins = datetime(2000, 1, 1, tzinfo=UTC)
    case = Case({"listing.was_verified": True, REPORTED: False, **signals}, begins, {VERIFIED_DAYS: begins})
    due = due_of(rules, case)
    return (due.at - begins).days if due.rule is not None else None


def flags_of(rules: RuleSet, signals: Signals) -> tuple[Flagged, ...]:
    """Everything of it that is to be put right, in the order of the rules."""
    found = []
    for rule in rules.active_rules:
        if isinstance(rule.then, FlagListing):
            outcome = decided_by(rule.when)(signals)
            if _fires(rule, outcome):
                seen = {name: signals[name] for name in sorted(signals_in(rule)) if name in signals}
                found.append(Flagged(rule, rule.then, seen, outcome is Outcome.YES))
    return tuple(found)


def is_same_fact(before: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Whether what a flag was seen by is still as it was; that days have passed is no new fact."""
    return _facts(before) == _facts(now)


def _facts(seen: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in seen.items() if name not in COUNTS_DAYS}


def _fires(rule: Rule, outcome: Outcome) -> bool:
    return outcome is Outcome.YES or (outcome is Outcome.ASK and rule.if_unknown is IfUnknown.SEND_TO_REVIEW)


def _first(rule: Rule, days: int, case: Case) -> datetime | None:
    """The first moment, so many days after it was verified at the earliest, at which the rule fires."""
    earliest = case.begins + timedelta(days=days)
    decide = decided_by(rule.when)
    for moment in sorted({earliest, *(turn for turn in _turns(rule.when, case) if turn > earliest)}):
        if _fires(rule, decide(case.at(moment))):
            return moment
    return None


def _turns(condition: Condition, case: Case) -> Iterator[datetime]:
    """The moments at which a comparison may come to another end."""
    for name, days in _thresholds(condition):
        since = case.counted.get(name)
        if since is not None:
            yield since + timedelta(days=days)
            yield since + timedelta(days=days) + _LEAST


@lru_cache(maxsize=1_024)
def _thresholds(condition: Condition) -> tuple[tuple[str, float], ...]:
    """The signals of a condition that count days, each with the numbers of days at which a comparison may turn."""
    found: set[tuple[str, float]] = set()
    for test in comparisons_in(condition):
        name = REPORTED_DAYS if test.field == REPORTED else test.field
        if name in COUNTS_DAYS:
            found.add((name, 0.0))
            found.update((name, days) for days in _numbers(test.operand))
    return tuple(sorted(found))


def _numbers(operand: object) -> Iterator[float]:
    if isinstance(operand, Range):
        yield from (bound for bound in (operand.low, operand.high) if bound is not None)
    elif isinstance(operand, float):
        yield operand
