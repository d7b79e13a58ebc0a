"""Rules and their sets as values. They are made by `check`, and only of what was found right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from directory.domain.referrals.clocks import Term
from directory.rules.conditions import Condition
from directory.rules.sets.kinds import Expect, IfUnknown, OncePer, Owner, Reading, SetKind, Severity, Told
from directory.rules.sets.reasons import Text
from directory.rules.sets.signals import Signals


@dataclass(frozen=True, slots=True)
class Points:
    """A reason for a candidate, and what it weighs."""

    points: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before going there. `points` is 0 or less: cautions alone may lower a score."""

    caution: Text
    points: int = 0


@dataclass(frozen=True, slots=True)
class FlagPair:
    reading: Reading
    severity: Severity
    reason: Text


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a state may last. `waits_for`: "receiver" or "sender"; `from_sent`: counted from sending, not from the state's beginning."""

    term: Term
    waits_for: str
    from_sent: bool
    reason: Text


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is told, or what is proposed, when this share of the clock has passed (1: the whole of it; 0: at once)."""

    action: Told
    at: float
    once_per: tuple[OncePer, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A listing is due this many days after it was verified; 0: at once. The shortest of all that fire counts."""

    days: int
    reason: Text


@dataclass(frozen=True, slots=True)
class FlagListing:
    """Something of a listing to be put right. `flag` names it (a short word of letters, digits and _); `way_out`: what to do about it."""

    flag: str
    severity: Severity
    owner: Owner
    reason: Text
    way_out: Text


Then = Points | Caution | FlagPair | Clock | Tell | LookAgain | FlagListing


@dataclass(frozen=True, slots=True)
class Example:
    """What should come of a rule where these signals are known, and no others."""

    given: Signals
    expect: Expect


@dataclass(frozen=True, slots=True)
class Rule:
    """`family`: whose points it shares a cap with, of `suggest` alone. `source`: where the judgement comes from, or "our proposal"."""

    id: str
    when: Condition
    then: Then
    if_unknown: IfUnknown = IfUnknown.SKIP
    family: str = ""
    source: str = ""
    is_on: bool = True
    tests: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """`name` is stable ("suggest-partners"). `caps`: family -> the most points that it gives together. `starts_on`, `ends_on`: the
    days (both included, in the community's zone) on which it may hold; None: without bound."""

    name: str
    kind: SetKind
    title: Text
    rules: tuple[Rule, ...]
    caps: Mapping[str, int] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    @property
    def active_rules(self) -> tuple[Rule, ...]:
        """Those that are on."""
        return tuple(rule for rule in self.rules if rule.is_on)
