"""What the rules of a set that routes come to for a referral: how long its state may last, who is waited for, and what is done at which
share of that time.

Of several clocks that fire the shortest counts, whatever the order of the rules. What cannot be decided never shortens nor lengthens
anything: such a rule does not fire, and where it says so a person is to look. Two gates stand in code: nothing ends by itself that was
accepted, and nothing ends before others were told that it is late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.domain.referrals.clocks import Term, nominal_minutes
from directory.domain.referrals.states import UNDECIDED, UNSENT
from directory.rules.conditions import comparisons_in
from directory.rules.outcome import Outcome
from directory.rules.sets.firing import Decides, decided_by
from directory.rules.sets.kinds import IfUnknown, OncePer, Told
from directory.rules.sets.rule import Clock, Rule, RuleSet, Tell
from directory.rules.sets.signals import Plain, Signals

STATE, WAITS_FOR = "referral.state", "referral.waits_for"
MOST_REMEMBERED = 10_000

MAY_END = frozenset(state.value for state in UNDECIDED | UNSENT)
"""What may come to its end by itself. What was accepted goes on until somebody says otherwise."""

SHOWN = frozenset({Told.PROPOSE_OTHERS})
"""What is shown to whoever looks, from a share of the clock on: nobody has to do anything when it is reached."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule does at a share of the clock."""

    at: float
    action: Told
    rule: str
    once_per: tuple[OncePer, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """`clock`: the rule that gives the term; "" and no term where nobody is waited for. `steps` by share, then by action. `unknown`: rules
    that could not be decided; `to_review`: those of them that a person should look at. `left_out`: rules whose action a gate keeps back."""

    clock: str = ""
    term: Term | None = None
    waits_for: str = ""
    from_sent: bool = False
    steps: tuple[Step, ...] = ()
    unknown: tuple[str, ...] = ()
    to_review: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[tuple[Step, ...], ...]:
        """The steps that the clocks take, in groups of one share each."""
        shares = sorted({step.at for step in self.steps if step.action not in SHOWN})
        return tuple(tuple(step for step in self.steps if step.at == share and step.action not in SHOWN) for share in shares)

    @property
    def proposes(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.action is Told.PROPOSE_OTHERS)

    @property
    def ends(self) -> bool:
        return any(step.action is Told.END for step in self.steps)


class Router:
    """Made once of a rule set, asked for any number of referrals. `wanted`: the signals that decide, all that have to be read."""

    def __init__(self, rules: RuleSet) -> None:
        ordered = sorted(rules.active_rules, key=lambda rule: rule.id)
        self._clocks = [(decided_by(rule.when), rule, rule.then) for rule in ordered if isinstance(rule.then, Clock)]
        self._tells = [(decided_by(rule.when), rule, rule.then) for rule in ordered if isinstance(rule.then, Tell)]
        asked_for = {test.field for rule in ordered for test in comparisons_in(rule.when)}
        self.wanted = tuple(sorted((asked_for | {STATE}) - {WAITS_FOR}))
        self._remembered: dict[tuple[Plain | None, ...], Route] = {}

    def route(self, signals: Signals) -> Route:
        """Of a referral of which these signals are known. Who is waited for comes of the clock, and is a signal for what is done then."""
        key = tuple(signals.get(name) for name in self.wanted)
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._decide(signals)
        return found

    def _decide(self, signals: Signals) -> Route:
        undecided: list[Rule] = []
        firing = [(rule, then) for rule, then in _firing(self._clocks, signals, undecided) if isinstance(then, Clock)]
        rule, clock = min(firing, key=lambda each: (nominal_minutes(each[1].term), each[0].id), default=(None, None))
        known = {name: value for name, value in signals.items() if name != WAITS_FOR}
        if clock is not None:
            known[WAITS_FOR] = clock.waits_for
        tells = [(rule, then) for rule, then in _firing(self._tells, known, undecided) if isinstance(then, Tell)]
        steps, left_out = _kept(tells, str(signals.get(STATE, "")))
        return Route(
            clock=rule.id if rule is not None else "",
            term=clock.term if clock is not None else None,
            waits_for=clock.waits_for if clock is not None else "",
            from_sent=clock is not None and clock.from_sent,
            steps=steps,
            unknown=tuple(each.id for each in undecided if each.if_unknown is IfUnknown.SKIP),
            to_review=tuple(each.id for each in undecided if each.if_unknown is IfUnknown.SEND_TO_REVIEW),
            left_out=left_out,
        )


def _firing(
    rules: Iterable[tuple[Decides, Rule, Clock | Tell]], signals: Signals, undecided: list[Rule]
) -> Iterable[tuple[Rule, Clock | Tell]]:
    for decides, rule, then in rules:
        outcome = decides(signals)
        if outcome is Outcome.YES:
            yield rule, then
        elif outcome is Outcome.ASK:
            undecided.append(rule)


_ORDER = (Told.REMIND, Told.ESCALATE, Told.PROPOSE_OTHERS, Told.TELL_PLANNERS, Told.END)
"""Of one moment: the end is last, since nothing follows it."""


def _kept(tells: Sequence[tuple[Rule, Tell]], state: str) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps, and the rules that a gate keeps from ending something."""
    alarm = min((then.at for _rule, then in tells if then.action is Told.ESCALATE), default=None)
    steps, left_out = [], []
    for rule, then in tells:
        if then.action is Told.END and (state not in MAY_END or alarm is None or then.at <= alarm):
            left_out.append(rule.id)
        else:
            steps.append(Step(then.at, then.action, rule.id, then.once_per))
    return tuple(sorted(steps, key=lambda step: (step.at, _ORDER.index(step.action), step.rule))), tuple(left_out)
