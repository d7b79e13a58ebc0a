"""What is worth a second look in a rule set that is right."""

from typing import Any

from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.remarks import remarks_on
from directory.rules.shipped import shipped_set
from tests.support.rules import partner_rules


def said(**changes: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rules = partner_rules(caps={"trust": 20})
    rules["rules"][0] |= {"source": "our proposal", **changes.pop("rule", {})}
    for remark in remarks_on(check_rule_set({**rules, **changes})):
        found.setdefault(remark.rule_id, []).append(remark.sentence)
    return found


def test_a_rule_with_source_and_examples_needs_no_second_look() -> None:
    assert said() == {}


def test_examples_that_are_missing_or_fail_are_told() -> None:
    assert "needs an example" in said(rule={"tests": []})["agreement-in-force"][0]
    failing = [{"given": {"agreement.status": "active"}, "expect": "not"}, {"given": {"agreement.status": "ended"}, "expect": "fires"}]
    told = said(rule={"tests": failing})["agreement-in-force"]
    assert told[0] == 'Its example 1 says "not", and what comes of it is "fires".'
    assert len(told) == 2


def test_points_that_cannot_count_are_told() -> None:
    assert "at most 5 together" in said(caps={"trust": 5})["agreement-in-force"][0]
    assert said(caps={"trust": 20, "need": 3})[""] == ['No rule that is on belongs to the family "need".']
    assert "No rule of this set is on." in said(rule={"on": False})[""]


def test_words_that_are_missing_in_a_language_are_told() -> None:
    then = {"points": 3, "reason": {"en": "An agreement", "fr": "Une entente"}}
    assert said(rule={"then": then})["agreement-in-force"] == ["Its words are missing in es; English stands there instead."]
    assert "names no source" in said(rule={"source": ""})["agreement-in-force"][0]


def test_rules_that_can_never_fire_or_say_the_same_as_another_are_told() -> None:
    never = {"all": [{"field": "agreement.days_left", "op": "gt", "value": 9}, {"field": "agreement.days_left", "op": "lt", "value": 3}]}
    assert any("can never hold" in sentence for sentence in said(rule={"when": never, "tests": []})["agreement-in-force"])
    twice = partner_rules()["rules"] + [{**partner_rules()["rules"][0], "id": "the-same"}]
    assert any("same cases as “agreement-in-force”" in sentence for sentence in said(rules=twice)["the-same"])


def test_to_remind_and_later_to_tell_another_are_two_things() -> None:
    """The rules that ship do both in the same cases."""
    assert remarks_on(shipped_set(SetKind.ROUTE)) == ()
