"""Conditions as data: a closed tree of `all`, `any`, `not` and comparisons of a field, checked when it is written.

==========================================  ===========================================================================================
`{"all": [...]}`, `{"any": [...]}`          every one, at least one
`{"not": {...}}`                            the opposite
`{"field": F, "op": O, "value": V}`         a comparison; which operators and values a field takes says its kind (`catalogue`)
==========================================  ===========================================================================================

There is nothing to run in it: no expressions, no patterns, no calls. Size and depth are bounded before anything is looked at, and all
that is wrong is named with its path, the cause and, for a name, the nearest known one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.catalogue import COMPARISONS, Catalogue, Op, nearest
from directory.rules.operands import Operand, Range, Unfit, read_operand, write_operand

MOST_CONDITIONS = 200
MOST_DEPTH = 6
MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison. `operand` is the value in the form that evaluation takes (`operands`)."""

    field: str
    op: Op
    operand: Operand


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Comparison | All | Some | Not


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: where it stands (`all[2].value`) and one sentence on what would be right."""

    path: str
    sentence: str


class WrongCondition(InvalidInput):
    """A condition that cannot be used; `wrongs` names everything that was found."""

    def __init__(self, wrongs: tuple[Wrong, ...]) -> None:
        first = wrongs[0]
        super().__init__(first.path or "condition", first.sentence)
        self.wrongs = wrongs


def check_condition(raw: object, catalogue: Catalogue, path: str = "") -> Condition:
    """The condition that a JSON value writes. Raise `WrongCondition`."""
    checking = _Checking(catalogue)
    found = checking.condition(raw, path, 1)
    if checking.wrongs or found is None:
        raise WrongCondition(tuple(checking.wrongs[:MOST_ERRORS]))
    return found


def written(condition: Condition) -> dict[str, Any]:
    """The JSON form; reading it again gives the same condition."""
    if isinstance(condition, All):
        return {"all": [written(part) for part in condition.parts]}
    if isinstance(condition, Some):
        return {"any": [written(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": written(condition.part)}
    plain: dict[str, Any] = {"field": condition.field, "op": condition.op.value}
    return plain if condition.operand is None else {**plain, "value": write_operand(condition.operand)}


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    """Every comparison, in the order written."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons_in(condition.part)
    else:
        for part in condition.parts:
            yield from comparisons_in(part)


class _Checking:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._count = 0
        self.wrongs: list[Wrong] = []

    def _wrong(self, path: str, sentence: Sentence) -> Condition | None:
        self.wrongs.append(Wrong(path, sentence))
        return None

    def condition(self, raw: object, path: str, depth: int) -> Condition | None:
        if len(self.wrongs) >= MOST_ERRORS:
            return None
        if not isinstance(raw, Mapping):
            return self._wrong(path, say('A condition is an object: "all", "any" or "not" with conditions, or a comparison of a field.'))
        self._count += 1
        if self._count > MOST_CONDITIONS:
            self._wrong(path, say("At most %(most)s conditions fit together; this has more.", most=MOST_CONDITIONS))
            return None
        for word in ("all", "any", "not"):
            if word in raw:
                return self._group(raw, word, path, depth)
        return self._test(raw, path)

    def _group(self, raw: Mapping[str, object], word: str, path: str, depth: int) -> Condition | None:
        here = f"{path}.{word}".lstrip(".")
        if len(raw) > 1:
            return self._wrong(path, say('"%(word)s" stands alone in its object.', word=word))
        if depth >= MOST_DEPTH:
            return self._wrong(here, say("Conditions are nested at most %(most)s deep.", most=MOST_DEPTH))
        if word == "not":
            part = self.condition(raw["not"], here, depth + 1)
            return None if part is None else Not(part)
        given = raw[word]
        if not isinstance(given, list) or not given:
            return self._wrong(here, say('"%(word)s" takes a list of at least one condition.', word=word))
        if self._count + len(given) > MOST_CONDITIONS:
            self._count = MOST_CONDITIONS
            return self._wrong(here, say("At most %(most)s conditions fit together; this has more.", most=MOST_CONDITIONS))
        parts = [self.condition(each, f"{here}[{number}]", depth + 1) for number, each in enumerate(given)]
        whole = tuple(part for part in parts if part is not None)
        return Some(whole) if word == "any" else _joined(whole)

    def _test(self, raw: Mapping[str, object], path: str) -> Condition | None:
        unknown = next((str(name) for name in raw if name not in ("field", "op", "value")), "")
        if unknown:
            known = nearest(unknown, ("field", "op", "value", "all", "any", "not"))
            return self._wrong(path, _unknown(say('A comparison has "field", "op" and "value"; not "%(name)s".', name=unknown[:40]), known))
        name, op = raw.get("field"), raw.get("op")
        if not isinstance(name, str) or name not in self._catalogue:
            said = say('"%(name)s" is not a field.', name=str(name)[:40])
            return self._wrong(f"{path}.field".lstrip("."), _unknown(said, nearest(str(name), self._catalogue)))
        field = self._catalogue[name]
        ops = self._catalogue.ops(field.kind)
        if not isinstance(op, str) or op not in ops:
            said = say('"%(field)s" is compared with one of %(ops)s; not with "%(op)s".', field=name, ops=", ".join(ops), op=str(op)[:40])
            return self._wrong(f"{path}.op".lstrip("."), said)
        here = f"{path}.value".lstrip(".")
        if Op(op) in (Op.IS_KNOWN, Op.IS_UNKNOWN):
            return Comparison(name, Op(op), None) if "value" not in raw else self._wrong(here, say('"%(op)s" takes no value.', op=op))
        try:
            return Comparison(name, Op(op), read_operand(field, Op(op), raw.get("value")))
        except Unfit as unfit:
            return self._wrong(here, unfit.sentence)


def _joined(parts: tuple[Condition, ...]) -> Condition:
    """Bounds of one number that stand together are one range: a child must lie within both, not one child above the one and another below
    the other. Those that do not make one range stay as they are."""
    found: list[Condition] = []
    waiting: dict[tuple[str, bool], dict[int, float]] = {}
    for part in parts:
        bounds = _bounds(part) if isinstance(part, Comparison) else None
        if bounds is None or (bounds.low is None) is (bounds.high is None):
            found.append(part)
            continue
        assert isinstance(part, Comparison)
        is_low, number = bounds.low is not None, float(bounds.high if bounds.low is None else bounds.low)  # type: ignore[arg-type]
        others = waiting.get((part.field, not is_low), {})
        place = next((place for place, other in others.items() if (number < other if is_low else other < number)), None)
        if place is None:
            waiting.setdefault((part.field, is_low), {})[len(found)] = number
            found.append(part)
        else:
            del others[place]
            found[place] = _both(found[place], bounds)
    return found[0] if len(found) == 1 and len(parts) > 1 else All(tuple(found))


def _both(first: Condition, second: Range) -> Comparison:
    """The range between a lower and an upper bound of one number, in either order."""
    assert isinstance(first, Comparison)
    bounds = _bounds(first)
    assert bounds is not None
    low, high = (bounds, second) if bounds.low is not None else (second, bounds)
    return Comparison(first.field, Op.RANGE, Range(low.low, high.high, low.low_open, high.high_open))


def _bounds(test: Comparison) -> Range | None:
    """The bound that a comparison of a number sets; None where it sets none, or both."""
    if isinstance(test.operand, Range):
        return test.operand
    if not isinstance(test.operand, float) or test.op not in COMPARISONS:
        return None
    if test.op in (Op.GT, Op.GTE):
        return Range(low=test.operand, low_open=test.op is Op.GT)
    return Range(high=test.operand, high_open=test.op is Op.LT)


def _unknown(sentence: Sentence, known: str) -> Sentence:
    return say('%(sentence)s Did you mean "%(known)s"?', sentence=sentence, known=known) if known else sentence
