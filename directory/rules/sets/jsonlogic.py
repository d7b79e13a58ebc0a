"""Conditions as JSONLogic, for other programs, and back from what was written here.

JSONLogic has two values and takes what is missing for null, which is smaller than 5 there. So each comparison is written with a guard, and
says *yes* only of what is known: `{"and": [{"!": [{"missing": ["a.b"]}]}, {">": [{"var": "a.b"}, 5]}]}`. Below a `not` it is the other way
round, `{"or": [{"missing": ["a.b"]}, ...]}`, since the opposite of *not known* is not *yes*. What comes out is true exactly where a rule
fires. Data are nested by the dots of the names: `{"a": {"b": 7}}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from directory.domain.sentences import say
from directory.rules.catalogue import Op
from directory.rules.conditions import All, Comparison, Condition, Not, Some, Wrong
from directory.rules.operands import Range, write_operand

_SAME = {Op.EQ: "===", Op.IS: "===", Op.NE: "!==", Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<=", Op.BEFORE: "<", Op.AFTER: ">"}
_BACK = {"===": "eq", "!==": "ne", ">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}
_DATES = {"<": "before", ">": "after"}


class NotOurs(Exception):
    """JSONLogic that is not of the form that is written here; `wrong` says where."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.sentence)
        self.wrong = wrong


def as_jsonlogic(condition: Condition, *, may_be: bool = False) -> dict[str, Any]:
    """True where the condition holds for sure; with `may_be`, where it holds or is not known."""
    if isinstance(condition, All | Some):
        return {"and" if isinstance(condition, All) else "or": [as_jsonlogic(part, may_be=may_be) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"!": [as_jsonlogic(condition.part, may_be=not may_be)]}
    missing = {"missing": [condition.field]}
    if condition.op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        return {"!" if condition.op is Op.IS_KNOWN else "!!": [missing]}
    held = _comparison(condition)
    return {"or": [missing, held]} if may_be else {"and": [{"!": [missing]}, held]}


def _comparison(test: Comparison) -> dict[str, Any]:
    value, written = {"var": test.field}, write_operand(test.operand)
    if isinstance(test.operand, Range):
        return {"and": [{_SAME[Op(op)]: [value, bound]} for op, bound in written.items()]}
    if test.op in (Op.IN, Op.NOT_IN):
        found = {"in": [value, written]}
        return found if test.op is Op.IN else {"!": [found]}
    if test.op in (Op.HAS_ANY, Op.HAS_ALL, Op.HAS_NONE):
        each = [{"in": [word, value]} for word in written]
        found = {"and" if test.op is Op.HAS_ALL else "or": each}
        return {"!": [found]} if test.op is Op.HAS_NONE else found
    return {_SAME[test.op]: [value, written]}


def of_jsonlogic(raw: object, path: str) -> dict[str, Any]:
    """The condition in the form that is stored, not yet checked. Raise `NotOurs`."""
    word, parts = _one(raw, path)
    here = f"{path}.{word}"
    missing = _missing(parts[0]) if len(parts) == 1 else ""
    if word in ("!", "!!") and missing:
        return {"field": missing, "op": "is_known" if word == "!" else "is_unknown"}
    if word == "!" and len(parts) == 1:
        return {"not": of_jsonlogic(parts[0], f"{here}[0]")}
    if word not in ("and", "or"):
        raise _not_ours(path)
    guarded = _guarded(word, parts)
    if guarded:
        return _test_of(guarded, parts[1], f"{here}[1]")
    return {"all" if word == "and" else "any": [of_jsonlogic(part, f"{here}[{number}]") for number, part in enumerate(parts)]}


def _guarded(word: str, parts: Sequence[object]) -> str:
    """The signal whose comparison this guards; "" where it is a group."""
    if len(parts) != 2:
        return ""
    guard = parts[0]
    if word == "and" and isinstance(guard, Mapping) and isinstance(guard.get("!"), list) and len(guard["!"]) == 1:
        guard = guard["!"][0]
        is_bare = isinstance(parts[1], Mapping) and not _is_condition(parts[1])
        return _missing(guard) if is_bare else ""
    return _missing(guard) if word == "or" else ""


def _is_condition(raw: Mapping[object, object]) -> bool:
    """Whether this is a whole condition of its own rather than a bare comparison: it asks somewhere at its beginning what is missing."""
    value: object = raw
    while True:
        if isinstance(value, Mapping):
            if "missing" in value:
                return True
            value = next(iter(value.values()), None)
        elif isinstance(value, list):
            value = value[0] if value else None
        else:
            return False


def _test_of(name: str, raw: object, path: str) -> dict[str, Any]:
    """A bare comparison of this signal."""
    word, parts = _one(raw, path)
    value = {"var": name}
    if word in _BACK and len(parts) == 2 and parts[0] == value:
        return {"field": name, "op": _op(word, parts[1]), "value": parts[1]}
    if word == "in" and len(parts) == 2 and parts[0] == value:
        return {"field": name, "op": "in", "value": parts[1]}
    if word == "!" and len(parts) == 1:
        inside = _test_of(name, parts[0], f"{path}.![0]")
        opposite = {"in": "not_in", "has_any": "has_none"}.get(inside["op"])
        if opposite:
            return {**inside, "op": opposite}
    if word in ("and", "or") and parts:
        words = [_one(part, path) for part in parts]
        if all(each == "in" and len(given) == 2 and given[1] == value for each, given in words):
            return {"field": name, "op": "has_all" if word == "and" else "has_any", "value": [given[0] for _each, given in words]}
        if word == "and" and all(each in _BACK and len(given) == 2 and given[0] == value for each, given in words):
            return {"field": name, "op": "range", "value": {_BACK[each]: given[1] for each, given in words}}
    raise _not_ours(path)


def _op(word: str, value: object) -> str:
    if isinstance(value, bool) and word == "===":
        return "is"
    return _DATES.get(word, _BACK[word]) if isinstance(value, str) else _BACK[word]


def _one(raw: object, path: str) -> tuple[str, list[Any]]:
    """The word of an object with one, and the list that it takes."""
    if isinstance(raw, Mapping) and len(raw) == 1:
        word, parts = next(iter(raw.items()))
        if isinstance(word, str) and isinstance(parts, list):
            return word, parts
    raise _not_ours(path)


def _missing(raw: object) -> str:
    """The one signal that `{"missing": [NAME]}` asks for; "" where it is something else."""
    names = raw.get("missing") if isinstance(raw, Mapping) and len(raw) == 1 else None
    return names[0] if isinstance(names, list) and len(names) == 1 and isinstance(names[0], str) else ""


def _not_ours(path: str) -> NotOurs:
    return NotOurs(
        Wrong(path, say("JSONLogic is read back only in the form in which it is written here (docs/rules.md); this is another."))
    )
