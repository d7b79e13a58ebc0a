"""Conditions are checked when they are written: what is wrong is named with its place, its cause and what would be right."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.answers import exactly
from directory.rules.catalogue import Catalogue, Field, Kind
from directory.rules.conditions import MOST_CONDITIONS, MOST_DEPTH, WrongCondition, check_condition, comparisons_in, written
from directory.rules.evaluation import evaluate
from directory.rules.facts import FACTS
from directory.rules.outcome import Outcome
from tests.support.criteria import a_condition

ADULT = {"field": "age", "op": "range", "value": {"gte": 18}}


def wrong(raw: Any) -> list[tuple[str, str]]:
    with pytest.raises(WrongCondition) as caught:
        check_condition(raw, FACTS)
    return [(each.path, each.sentence) for each in caught.value.wrongs]


@pytest.mark.parametrize(
    ("raw", "path", "says"),
    [
        ({"field": "agee", "op": "range", "value": {"gte": 18}}, "field", 'Did you mean "age"?'),
        ({"field": "age", "op": "above", "value": 18}, "op", "range"),
        ({"field": "age", "op": "gte", "value": "18"}, "value", 'needs a number; this is "18"'),
        ({"field": "age", "op": "range", "value": {"gte": 200}}, "value", "between 0 and 120"),
        ({"field": "age", "op": "range", "value": {"gte": 65, "lt": 18}}, "value", "put the smaller first"),
        ({"field": "age", "op": "range", "value": {"gte": 1, "gt": 2}}, "value", "one lower and one upper bound"),
        ({"field": "age", "op": "range", "value": {"from": 18}}, "value", '"from" does not belong here'),
        ({"field": "gender", "op": "in", "value": ["femal"]}, "value", 'Did you mean "female"?'),
        ({"field": "gender", "op": "in", "value": []}, "value", "a list of 1 to 200 values"),
        ({"field": "pregnant", "op": "is", "value": "yes"}, "value", "takes true or false"),
        ({"field": "income", "op": "lt", "value": {"amount": 1, "currency": "XYZ"}}, "value", "USD, CAD"),
        ({"field": "income", "op": "lt", "value": {"percent": 200, "of": "fpl"}}, "value", "us_fpl"),
        ({"field": "income", "op": "lt", "value": 25_000}, "value", "amount"),
        ({"field": "age", "op": "is_known"}, "op", "is compared with one of"),
        ({"field": "age", "operator": "range", "value": 3}, "", 'not "operator"'),
        ({"all": []}, "all", "at least one condition"),
        ({"all": [ADULT], "any": [ADULT]}, "", "stands alone"),
        ({"any": [ADULT, {"not": {"field": "x", "op": "is", "value": True}}]}, "any[1].not.field", '"x" is not a field'),
        ("age >= 18", "", "A condition is an object"),
        (None, "", "A condition is an object"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(raw: Any, path: str, says: str) -> None:
    ((found, sentence), *others) = wrong(raw)
    assert (found, others) == (path, [])
    assert says in sentence


def test_everything_that_is_wrong_is_named_at_once() -> None:
    raw = {"all": [{"field": "agee", "op": "range"}, ADULT, {"field": "pregnant", "op": "is", "value": 1}]}
    assert [path for path, _sentence in wrong(raw)] == ["all[0].field", "all[2].value"]


def nested(depth: int) -> dict[str, Any]:
    raw: dict[str, Any] = ADULT
    for _level in range(depth):
        raw = {"not": raw}
    return raw


@pytest.mark.parametrize("depth", [MOST_DEPTH, 1_000, 100_000])
def test_what_is_nested_too_deep_is_refused(depth: int) -> None:
    ((_path, sentence),) = wrong(nested(depth))
    assert "nested at most 6 deep" in sentence


def test_as_deep_as_may_be_is_taken() -> None:
    check_condition(nested(MOST_DEPTH - 1), FACTS)


@pytest.mark.parametrize(
    "raw",
    [
        {"all": [ADULT] * 20_000},
        {"any": [{"all": [ADULT] * 150}] * 150},
        {"field": "area", "op": "in", "value": ["ca-on"] * 100_000},
        {"field": "age", "op": "meets", "value": "a" * 1_000_000},
        {"field": "__class__", "op": "__import__", "value": "{0.__globals__}"},
        {"field": "age", "op": "range", "value": {"gte": float("nan")}},
        {"field": "age", "op": "range", "value": {"gte": float("inf")}},
        {"field": "age", "op": "range", "value": {"gte": 10**5_000}},
        {"field": ["age"], "op": {"x": 1}, "value": {}},
    ],
)
def test_what_is_meant_to_harm_is_refused(raw: Any) -> None:
    assert wrong(raw)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=8), st.sampled_from(["age", "range", "gender", "in"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["all", "any", "not", "field", "op", "value", "gte", "x"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_value_is_a_condition_or_is_refused_in_words(raw: Any) -> None:
    try:
        condition = check_condition(raw, FACTS)
    except WrongCondition as error:
        said = [each.sentence for each in error.wrongs]
    else:
        said = []
        assert check_condition(written(condition), FACTS) == condition
    assert all(sentence.endswith((".", "?")) for sentence in said)


@given(st.integers(0, 2**32))
def test_conditions_are_written_and_read_back_the_same(seed: int) -> None:
    condition = check_condition(a_condition(Random(seed)), FACTS)
    assert check_condition(json.loads(json.dumps(written(condition))), FACTS) == condition
    assert 0 < len(list(comparisons_in(condition))) <= MOST_CONDITIONS


def test_bounds_of_one_number_that_stand_together_are_one_range() -> None:
    apart = {"all": [{"field": "child.age", "op": "gte", "value": 3}, ADULT, {"field": "child.age", "op": "lt", "value": 5}]}
    found = check_condition(apart, FACTS)
    children = {"field": "child.age", "op": "range", "value": {"gte": 3, "lt": 5}}
    assert written(found) == {"all": [children, ADULT]}
    assert evaluate(check_condition(children, FACTS), {"child.age": exactly(2, 7)}) is Outcome.NO


SIGNALS = Catalogue((Field("lift", Kind.NUMBER, "lift"), Field("ends", Kind.DATE, "end of the agreement")), may_be_unknown=True)


def test_rules_may_ask_whether_something_is_known() -> None:
    known = check_condition({"field": "lift", "op": "is_known"}, SIGNALS)
    assert evaluate(known, {}) is Outcome.NO
    assert evaluate(known, {"lift": exactly(1.5)}) is Outcome.YES
    assert evaluate(check_condition({"field": "lift", "op": "gte", "value": 1.5}, SIGNALS), {}) is Outcome.ASK
    assert evaluate(check_condition({"field": "lift", "op": "gte", "value": 1.5}, SIGNALS), {"lift": exactly(1.5)}) is Outcome.YES
