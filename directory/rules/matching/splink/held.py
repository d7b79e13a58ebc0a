"""Gates and bands there: a query over the predictions, since splink has weights alone and no sum of them may outweigh a gate."""

import math

from directory.rules.matching.comparing import Field
from directory.rules.matching.gates import At, Condition, Every, Other, Some
from directory.rules.matching.matching import Model
from directory.rules.matching.policies import CERTAIN_AT, REVIEW_AT
from directory.rules.matching.splink.levels import steps_of
from directory.rules.matching.weights import Weights

PREDICTIONS = "predictions"
"""The query reads what splink predicted under this name."""

_ANY = 1_000.0
_NOTHING = 1e-6
"""A gate that takes away no more than this is not named: both sides reckon with other roundings."""

_QUERY = """\
SELECT *, CASE WHEN score >= {certain} THEN 'certain' WHEN score >= {review} THEN 'review' ELSE 'no' END AS band FROM (
SELECT *, least(raw,
  {caps}) AS score,
  CASE {names} END AS gate
FROM (SELECT *, match_weight * {natural} AS raw FROM {predictions}) AS weighed) AS held"""


def query_of(model: Model) -> str:
    """Every pair with `score` (natural log-odds, held down where a gate holds), `gate` (which one, null for none) and `band`."""
    gates = [(gate, _sql(gate.when, model.weights)) for gate in model.policy.gates]
    caps = ",\n  ".join(f"CASE WHEN {condition} THEN {gate.cap} ELSE {_ANY} END" for gate, condition in gates)
    lowest_first = sorted(gates, key=lambda found: found[0].cap)
    names = "\n  ".join(f"WHEN {condition} AND raw > {gate.cap + _NOTHING} THEN '{gate.name}'" for gate, condition in lowest_first)
    return _QUERY.format(
        certain=CERTAIN_AT, review=REVIEW_AT, caps=caps, names=names, natural=repr(math.log(2)), predictions=PREDICTIONS
    )  # fmt: skip


def _sql(condition: Condition, weights: Weights) -> str:
    if isinstance(condition, At):
        return _at(condition, weights)
    if isinstance(condition, Other):
        return f"NOT {_sql(condition.part, weights)}"
    if isinstance(condition, Every | Some):
        word = " AND " if isinstance(condition, Every) else " OR "
        return "(" + word.join(_sql(part, weights) for part in condition.parts) + ")"
    raise TypeError(f"{condition} is no condition that is known.")


def _at(condition: At, weights: Weights) -> str:
    """The numbers that splink gives to the steps on which it holds: 0 for the last, -1 for not known."""
    steps = steps_of(Field(condition.field), weights)
    numbers = [-1] if condition.takes(0, 1.0) else []
    numbers += [len(steps) - 1 - place for place, step in enumerate(steps) if condition.takes(step.level, step.strength)]
    listed = ", ".join(map(str, sorted(numbers)))
    return f"gamma_{condition.field.name.lower()} IN ({listed})" if numbers else "false"
