"""The published form of criteria takes what the checker takes."""

from random import Random
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.conditions import WrongCondition
from directory.rules.criteria import check_criteria, written_criteria
from directory.rules.criteria_schema import criteria_schema
from tests.support.criteria import raw_criteria
from tests.unit.rules.test_assess import adults

VALIDATOR = jsonschema.Draft202012Validator(criteria_schema(), format_checker=jsonschema.FormatChecker())


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(criteria_schema())


@given(st.integers(0, 2**32))
def test_whatever_is_stored_is_of_the_published_form(seed: int) -> None:
    raw = raw_criteria(Random(seed))
    assert VALIDATOR.is_valid(raw)
    assert VALIDATOR.is_valid(written_criteria(check_criteria(raw)))


@pytest.mark.parametrize(
    "raw",
    [
        {"schema": 2},
        {"schema": 1, "criterias": []},
        {"schema": 1, "criteria": [adults(by="me")]},
        {"schema": 1, "criteria": [{**adults(), "when": {"field": "agee", "op": "range", "value": {"gte": 18}}}]},
        {"schema": 1, "criteria": [{**adults(), "when": {"field": "age", "op": "range", "value": {}}}]},
        {"schema": 1, "criteria": [{**adults(), "when": {"all": []}}]},
        {"schema": 1, "documents": [{"code": "passport"}]},
    ],
)
def test_what_the_checker_refuses_is_refused(raw: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(raw)
    with pytest.raises(WrongCondition):
        check_criteria(raw)
