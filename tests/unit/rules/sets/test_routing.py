"""What rules that route come to: the shortest clock, whatever their order; what is not known changes nothing; gates stand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.referrals.clocks import nominal_minutes, read_term
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import Told
from directory.rules.sets.routing import Router
from directory.rules.sets.rule import RuleSet

SENT = {"field": "referral.state", "op": "eq", "value": "sent"}
SLOW = {"field": "referral.receiver_is_slow", "op": "is", "value": True}


def clock(name: str, term: str, when: Any = SENT, **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "then": {"term": term, "reason": "A term"}, **more}


def tell(name: str, action: str, at: float, when: Any = SENT, **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "then": {"action": action, "at": at, "reason": "Told"}, **more}


def rules(*each: dict[str, Any]) -> RuleSet:
    return check_rule_set({"set": "own-routes", "kind": "route", "title": "Own", "rules": list(each)})


def test_of_several_terms_that_fit_the_shortest_counts_hours_before_days() -> None:
    router = Router(rules(clock("day", "1d"), clock("hours", "4h"), clock("week", "5d")))
    assert router.route({"referral.state": "sent"}).clock == "hours"


ids = st.sampled_from(["aa", "bb", "cc", "dd", "ee"])
terms = st.sampled_from(["1h", "4h", "8h", "1d", "2d", "0.5d", "40h"])


@given(st.dictionaries(ids, terms, min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(given_terms: dict[str, str], random: Any) -> None:
    written = [clock(name, term) for name, term in given_terms.items()]
    shuffled = random.sample(written, len(written))
    found = Router(rules(*written)).route({"referral.state": "sent"})
    assert found == Router(rules(*shuffled)).route({"referral.state": "sent"})
    assert found.term is not None
    assert nominal_minutes(found.term) == min(nominal_minutes(read_term(term)) for term in given_terms.values())


@pytest.mark.parametrize("term", ["1h", "9d"])
@pytest.mark.parametrize("if_unknown", ["skip", "count_as_false", "send_to_review"])
def test_what_is_not_known_neither_shortens_nor_lengthens(term: str, if_unknown: str) -> None:
    router = Router(rules(clock("usual", "2d"), clock("slow", term, {"all": [SENT, SLOW]}, if_unknown=if_unknown)))
    found = router.route({"referral.state": "sent"})
    assert (found.clock, found.term) == ("usual", read_term("2d"))
    assert (found.unknown, found.to_review) == {"skip": (("slow",), ()), "count_as_false": ((), ()), "send_to_review": ((), ("slow",))}[
        if_unknown
    ]


def test_who_is_waited_for_comes_of_the_clock_and_decides_what_is_done() -> None:
    waits = {"field": "referral.waits_for", "op": "eq", "value": "sender"}
    own = clock("own", "1d")
    own["then"]["waits_for"] = "sender"
    router = Router(rules(own, tell("remind", "remind", 0.5, waits)))
    assert [step.rule for step in router.route({"referral.state": "sent", "referral.waits_for": "receiver"}).steps] == ["remind"]
    assert "referral.waits_for" not in router.wanted


@pytest.mark.parametrize("state", ["accepted", "waitlisted", "in_service", "declined"])
def test_nothing_ends_by_itself_that_was_accepted_or_came_back(state: str) -> None:
    there = {"field": "referral.state", "op": "eq", "value": state}
    found = Router(rules(clock("term", "1d", there), tell("late", "escalate", 1, there), tell("over", "end", 2, there)))
    route = found.route({"referral.state": state})
    assert (route.ends, route.left_out) == (False, ("over",))


@pytest.mark.parametrize("alarm", [None, 2, 3])
def test_nothing_ends_before_others_were_told_that_it_is_late(alarm: float | None) -> None:
    told = [tell("late", "escalate", alarm)] if alarm else []
    route = Router(rules(clock("term", "1d"), tell("over", "end", 2), *told)).route({"referral.state": "sent"})
    assert (route.ends, route.left_out) == (False, ("over",))


def test_rules_that_are_off_do_nothing_and_only_signals_that_decide_are_asked_for() -> None:
    router = Router(rules(clock("term", "1d"), clock("slow", "1h", SLOW, on=False)))
    assert router.route({"referral.state": "sent", "referral.receiver_is_slow": True}).clock == "term"
    assert router.wanted == ("referral.state",)


def test_the_steps_come_by_share_and_the_end_of_one_moment_is_last() -> None:
    steps = [tell("over", "end", 2), tell("planners", "tell_planners", 2), tell("late", "escalate", 1), tell("others", "propose_others", 1)]
    route = Router(rules(clock("term", "1d"), *steps)).route({"referral.state": "sent"})
    assert [step.rule for step in route.steps] == ["late", "others", "planners", "over"]
    assert [[step.action for step in group] for group in route.told] == [[Told.ESCALATE], [Told.TELL_PLANNERS, Told.END]]
