"""What the rules of a set that suggests come to for a candidate: points by family, each family up to its cap, and cautions.

Adding a reason never lowers a score, since only cautions take points away; the order of rules does not matter; what is not known gives
nothing and takes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.rules.outcome import Outcome
from directory.rules.sets.firing import Decides, decided_by
from directory.rules.sets.kinds import IfUnknown
from directory.rules.sets.rule import Caution, Points, Rule, RuleSet
from directory.rules.sets.signals import Signals

FLOOR = 0
CEILING = 100
_YES = Outcome.YES


@dataclass(frozen=True, slots=True)
class Scored:
    """`points` from 0 to 100. `reasons` and `cautions` are the rules that fired, the weightiest first; `unknown` those that could not be
    decided and say so; `to_review` those that a person should decide. `by_family`: what each family gave, after its cap."""

    points: int
    reasons: tuple[Rule, ...]
    cautions: tuple[Rule, ...]
    unknown: tuple[Rule, ...]
    to_review: tuple[Rule, ...]
    by_family: Mapping[str, int]


class Scorer:
    """Made once of a rule set, asked for any number of candidates."""

    def __init__(self, rules: RuleSet) -> None:
        self._caps = rules.caps
        self._points: list[tuple[Decides, int, str, Rule]] = []
        self._cautions: list[tuple[Decides, int, Rule]] = []
        for rule in sorted(rules.active_rules, key=lambda rule: rule.id):
            if isinstance(rule.then, Points):
                self._points.append((decided_by(rule.when), rule.then.points, rule.family, rule))
            elif isinstance(rule.then, Caution):
                self._cautions.append((decided_by(rule.when), rule.then.points, rule))
        families = sorted({family for _decides, _points, family, _rule in self._points})
        self._families = [
            (self._caps[name], [(decides, points) for decides, points, family, _rule in self._points if family == name])
            for name in families
        ]
        self._taking = [(decides, points) for decides, points, _rule in self._cautions if points]

    def points(self, signals: Signals) -> int:
        """The score alone, for many candidates."""
        total = 0
        for cap, rules in self._families:
            given = 0
            for decides, points in rules:
                if decides(signals) is _YES:
                    given += points
            total += given if given < cap else cap
        for decides, points in self._taking:
            if decides(signals) is _YES:
                total += points
        return FLOOR if total < FLOOR else CEILING if total > CEILING else total

    def explain(self, signals: Signals) -> Scored:
        """The score with what made it."""
        reasons: list[Rule] = []
        cautions: list[Rule] = []
        unknown: list[Rule] = []
        review: list[Rule] = []
        given: dict[str, int] = {}
        decided = [(decides, rule) for decides, _points, _family, rule in self._points]
        for decides, rule in (*decided, *((decides, rule) for decides, _points, rule in self._cautions)):
            outcome = decides(signals)
            if outcome is Outcome.ASK and rule.if_unknown is not IfUnknown.COUNT_AS_FALSE:
                (review if rule.if_unknown is IfUnknown.SEND_TO_REVIEW else unknown).append(rule)
            if outcome is not Outcome.YES:
                continue
            if isinstance(rule.then, Points):
                reasons.append(rule)
                given[rule.family] = given.get(rule.family, 0) + rule.then.points
            else:
                cautions.append(rule)
        by_family = {family: min(points, self._caps[family]) for family, points in sorted(given.items())}
        total = sum(by_family.values()) + sum(points_of(rule) for rule in cautions)
        return Scored(
            points=min(CEILING, max(FLOOR, total)),
            reasons=_weightiest(reasons),
            cautions=_weightiest(cautions),
            unknown=tuple(unknown),
            to_review=tuple(review),
            by_family=by_family,
        )


def points_of(rule: Rule) -> int:
    """What a rule gives, or takes."""
    return rule.then.points if isinstance(rule.then, Points | Caution) else 0


def _weightiest(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (-abs(points_of(rule)), rule.id)))
