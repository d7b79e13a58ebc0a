"""Conditions as JSONLogic come out true in other engines exactly where a rule fires here, and are read back as they were."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.conditions import check_condition, written
from directory.rules.outcome import Outcome
from directory.rules.sets.firing import decided_by
from directory.rules.sets.jsonlogic import NotOurs, as_jsonlogic, of_jsonlogic
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Signals, catalogue_of
from directory.services.rules.documents import read_document
from tests.support.rule_sets import conditions, signal_values


def run(logic: Any, data: Mapping[str, Any]) -> Any:
    """JSONLogic as its specification has it, as far as the export uses it."""
    if not isinstance(logic, dict):
        return [run(each, data) for each in logic] if isinstance(logic, list) else logic
    word, given = next(iter(logic.items()))
    if word == "var":
        return at(given, data)
    if word == "missing":
        return [name for name in given if at(name, data) in (None, "")]
    if word in ("and", "or"):
        found: Any = None
        for each in given:
            found = run(each, data)
            if bool(found) is (word == "or"):
                return found
        return found
    values = [run(each, data) for each in given]
    if word in ("!", "!!"):
        return bool(values[0]) is (word == "!!")
    return COMPARE[word](*values)


def at(name: str, data: Any) -> Any:
    for step in name.split("."):
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def number(value: Any) -> Any:
    """As JavaScript compares: nothing is 0, and that is why there are guards."""
    return 0 if value is None else value


COMPARE = {
    "===": lambda one, other: type(one) is type(other) and one == other if isinstance(other, bool) else one == other,
    "!==": lambda one, other: one != other,
    ">": lambda one, other: number(one) > number(other),
    ">=": lambda one, other: number(one) >= number(other),
    "<": lambda one, other: number(one) < number(other),
    "<=": lambda one, other: number(one) <= number(other),
    "in": lambda one, other: one in (other or ()),
}


def nested(signals: Signals) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in signals.items():
        first, _dot, second = name.partition(".")
        found.setdefault(first, {})[second] = sorted(value) if isinstance(value, frozenset) else value
    return found


@given(st.data(), st.sampled_from(SetKind))
def test_it_is_true_exactly_where_the_rule_fires(data: st.DataObject, kind: SetKind) -> None:
    condition = check_condition(data.draw(conditions(kind)), catalogue_of(kind))
    signals = data.draw(signal_values(kind))
    outcome = decided_by(condition)(signals)
    assert bool(run(as_jsonlogic(condition), nested(signals))) is (outcome is Outcome.YES)
    assert bool(run(as_jsonlogic(condition, may_be=True), nested(signals))) is (outcome is not Outcome.NO)


@given(st.data(), st.sampled_from(SetKind))
def test_it_is_read_back_as_it_was(data: st.DataObject, kind: SetKind) -> None:
    condition = check_condition(data.draw(conditions(kind)), catalogue_of(kind))
    back = of_jsonlogic(as_jsonlogic(condition), "when")
    assert check_condition(back, catalogue_of(kind)) == condition
    assert written(check_condition(back, catalogue_of(kind))) == written(condition)


def test_a_comparison_asks_first_whether_the_value_is_missing() -> None:
    condition = check_condition({"not": {"field": "load.share_of_room", "op": "lt", "value": 0.5}}, catalogue_of(SetKind.SUGGEST))
    logic = as_jsonlogic(condition)
    assert logic == {"!": [{"or": [{"missing": ["load.share_of_room"]}, {"<": [{"var": "load.share_of_room"}, 0.5]}]}]}
    assert run(logic, {}) is False, "not known is neither under a half nor over it"
    assert run(logic, {"load": {"share_of_room": 0.7}}) is True


@pytest.mark.parametrize(
    "raw",
    [
        {">": [{"var": "load.share_of_room"}, 1]}, {"and": [{"!": [{"missing": ["a.b"]}]}, {">": [{"var": "a.c"}, 1]}]},
        {"if": [True, 1, 2]},
        {"map": [{"var": "x"}, {"+": [1, 2]}]}, {"and": "x"}, [], 3, None, {}, {"and": [1, 2]}, {"or": [{"missing": ["a.b"]}, 3]},
        {"!": [{"log": "x"}]}, {"and": [{"!": [{"missing": ["a.b"]}]}, {"and": []}]},
    ],
)  # fmt: skip
def test_other_jsonlogic_is_refused_with_its_place(raw: Any) -> None:
    with pytest.raises(NotOurs) as error:
        of_jsonlogic(raw, "rules[0].when")
    assert error.value.wrong.path.startswith("rules[0].when")


def test_a_file_says_itself_that_its_conditions_are_jsonlogic() -> None:
    content = b'{"conditions": "jsonlogic", "rules": [{"id": "x", "when": {"!": [{"missing": ["need.category"]}]}}, 3]}'
    assert read_document(content, "x.json")["rules"] == [{"id": "x", "when": {"field": "need.category", "op": "is_known"}}, 3]
