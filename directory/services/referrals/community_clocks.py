"""How long referrals may take here, as the rules that hold say: everybody can read how long they may have to wait. Who wants other terms
makes a draft of the rules, which decides nothing before it was tried and a second person agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.domain.errors import InvalidInput, Refused
from directory.domain.referrals.clocks import Term, Urgency, read_term, write_term
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.rules.conditions import All, Comparison, Condition
from directory.rules.sets.kinds import SetKind, Told
from directory.rules.sets.reasons import Text
from directory.rules.sets.routing import STATE, Route, Router
from directory.rules.sets.rule import Clock, Rule, RuleSet, Tell
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.parts import Parts
from directory.services.referrals.running import MAY_WAIT
from directory.services.rules.draft import import_draft
from directory.services.rules.versions import held_now

URGENCY = "referral.urgency"


@dataclass(frozen=True, slots=True)
class PublishedClock:
    """`urgent`, `routine`: as "4h" (open hours) or "2d" (working days), "" where nothing is said. `expires`: at last it is at its end.
    `sentences`: what the rules say, of an urgent one and of others where that differs."""

    state: str
    waits_for: str
    urgent: str
    routine: str
    expires: bool
    is_default: bool
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PublishedClocks:
    """`steps`: what happens when time runs, in its order (what is shown at once is not here); `more`: terms that hold in some cases beside
    those of the states, each with what it is for. `version`: what says so ("route-referrals 2")."""

    version: str
    clocks: tuple[PublishedClock, ...]
    steps: tuple[Text, ...]
    more: tuple[tuple[str, Text], ...]


def published_clocks(parts: Parts) -> PublishedClocks:
    """In the order of the states."""
    with parts.database.reading() as session:
        held = held_now(parts, session, SetKind.ROUTE)
    return clocks_of(held.rules, held.label)


def clocks_of(rules: RuleSet, label: str) -> PublishedClocks:
    router, shipped = Router(rules), Router(shipped_set(SetKind.ROUTE))
    clocks = tuple(_published(state, router, shipped, rules) for state in State if state in MAY_WAIT)
    thens = [(rule.then, rule.when) for rule in rules.active_rules]
    tells = [then for then, _when in thens if isinstance(then, Tell) and (then.at > 0 or then.action is not Told.PROPOSE_OTHERS)]
    more = tuple((write_term(then.term), then.reason) for then, when in thens if isinstance(then, Clock) and not _is_plain(when))
    return PublishedClocks(label, clocks, tuple(then.reason for then in sorted(tells, key=lambda then: then.at)), more)


def _routes(router: Router, state: State) -> dict[Urgency, Route]:
    return {urgency: router.route({STATE: state.value, URGENCY: urgency.value}) for urgency in Urgency}


def _published(state: State, router: Router, shipped: Router, rules: RuleSet) -> PublishedClock:
    routes, usual = _routes(router, state), _routes(shipped, state)
    urgent, routine = (routes[each] for each in Urgency)
    texts = {rule.id: rule.then.reason for rule in rules.rules if isinstance(rule.then, Clock)}
    found = [texts[route.clock] for route in (urgent, routine) if route.clock]
    return PublishedClock(
        state=state.value,
        waits_for=urgent.waits_for or routine.waits_for,
        urgent=_written(urgent),
        routine=_written(routine),
        expires=urgent.ends or routine.ends,
        is_default=all(_told(routes[each]) == _told(usual[each]) for each in Urgency),
        sentences=tuple(text for number, text in enumerate(found) if text not in found[:number]),
    )


def _written(route: Route) -> str:
    return write_term(route.term) if route.term is not None else ""


def _told(route: Route) -> tuple[object, ...]:
    return route.term, route.waits_for, route.from_sent, [(step.at, step.action) for step in route.steps]


def draft_clocks(parts: Parts, changes: Iterable[tuple[str, str, str]], by: str) -> tuple[str, int]:
    """A draft of the rules that hold with other terms, each change a state, an urgency and "4h" or "2d"; the name of its set, and its
    version. Raise `InvalidInput`; `Refused` where no rule is of that state and that urgency alone."""
    with parts.database.reading() as session:
        rules = held_now(parts, session, SetKind.ROUTE).rules
    for state, urgency, term in changes:
        rules = with_term(rules, state, urgency, read_term(term))
    return import_draft(parts, by, write_rule_set(rules))


def with_term(rules: RuleSet, state: str, urgency: str, term: Term) -> RuleSet:
    """The same rules with another term for a state and an urgency. Raise as `draft_clocks` does."""
    if state not in MAY_WAIT:
        known = ", ".join(each.value for each in State if each in MAY_WAIT)
        raise InvalidInput("clocks", say('"%(name)s" has no clock; these have one: %(known)s.', name=state[:40], known=known))
    if urgency not in list(Urgency):
        raise InvalidInput("urgency", say("The urgency is urgent or routine."))
    if not any(_is_about(rule, state, urgency) for rule in rules.active_rules):
        raise Refused(
            say("No rule is about %(state)s and %(urgency)s alone. Change the rules themselves instead.", state=state, urgency=urgency)
        )
    return replace(rules, rules=tuple(_timed(rule, term) if _is_about(rule, state, urgency) else rule for rule in rules.rules))


def _timed(rule: Rule, term: Term) -> Rule:
    assert isinstance(rule.then, Clock)
    return replace(rule, then=replace(rule.then, term=term))


def _is_about(rule: Rule, state: str, urgency: str) -> bool:
    return isinstance(rule.then, Clock) and _alone(rule.when) == {STATE: state, URGENCY: urgency}


def _is_plain(when: Condition) -> bool:
    return (_alone(when) or {}).keys() == {STATE, URGENCY}


def _alone(when: Condition) -> dict[str, object] | None:
    """What each signal must be, where a condition says nothing else."""
    parts = when.parts if isinstance(when, All) else (when,)
    tests = [part for part in parts if isinstance(part, Comparison) and part.op == "eq"]
    return {test.field: test.operand for test in tests} if len(tests) == len(parts) else None


def term_words(written: str) -> tuple[float, bool]:
    """How many, and whether they are working days: for pages."""
    term = read_term(written)
    return (term.working_days, True) if term.working_days else (term.open_minutes / 60, False)
