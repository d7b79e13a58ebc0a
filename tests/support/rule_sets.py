"""Rule sets drawn at random, as they are written: for properties that must hold of all of them."""

from typing import Any

from hypothesis import strategies as st

from directory.rules.answers import Span
from directory.rules.catalogue import Kind, Op
from directory.rules.sets.check import read_signal
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Plain, Signals, catalogue_of, signals_of

Raw = dict[str, Any]
WORDS = st.text("abcdéñ{} :#-'\"0123456789.yesnotru", min_size=1, max_size=30).filter(
    lambda text: text.strip() and not set("{}") & set(text)
)
NUMBERS = st.one_of(st.integers(0, 4), st.sampled_from([0.25, 0.5, 0.75, 1, 1.5]))


def numbers(kind: SetKind, name: str) -> st.SearchStrategy[float]:
    """Few different ones, so that bounds are met exactly."""
    field = catalogue_of(kind)[name]
    return NUMBERS.map(lambda number: min(max(number, field.least), field.most))


def word_lists(kind: SetKind, name: str) -> st.SearchStrategy[list[str]]:
    choices = sorted(catalogue_of(kind)[name].choices)[:4] or ["one", "two", "three"]
    return st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True)


@st.composite
def comparisons(draw: st.DrawFn, kind: SetKind) -> Raw:
    """One comparison of any signal with any of its operators."""
    catalogue = catalogue_of(kind)
    field = catalogue[draw(st.sampled_from(_few(kind)))]
    op = draw(st.sampled_from(catalogue.ops(field.kind)))
    written: Raw = {"field": field.name, "op": op.value}
    if op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        return written
    if op is Op.RANGE:
        return {**written, "value": draw(ranges(kind, field.name))}
    if field.kind is Kind.NUMBER:
        return {**written, "value": draw(numbers(kind, field.name))}
    if field.kind is Kind.YES_NO:
        return {**written, "value": draw(st.booleans())}
    words = draw(word_lists(kind, field.name))
    return {**written, "value": words[0] if op in (Op.EQ, Op.NE) else words}


@st.composite
def ranges(draw: st.DrawFn, kind: SetKind, name: str) -> Raw:
    low, high = sorted((draw(numbers(kind, name)), draw(numbers(kind, name))))
    bounds = {draw(st.sampled_from(("gt", "gte"))): low, draw(st.sampled_from(("lt", "lte"))): high}
    if low == high:
        bounds = {"gte": low, "lte": high}
    return {name: bounds[name] for name in draw(st.lists(st.sampled_from(sorted(bounds)), min_size=1, unique=True))}


def conditions(kind: SetKind, leaves: int = 12) -> st.SearchStrategy[Raw]:
    def group(parts: st.SearchStrategy[Raw]) -> st.SearchStrategy[Raw]:
        lists = st.lists(parts, min_size=1, max_size=4)
        return st.one_of(
            lists.map(lambda all_: {"all": all_}), lists.map(lambda some: {"any": some}), parts.map(lambda part: {"not": part})
        )

    return st.recursive(comparisons(kind), group, max_leaves=leaves).filter(lambda raw: _deep(raw) <= 6)


def _deep(raw: Raw) -> int:
    parts = raw.get("all") or raw.get("any") or ([raw["not"]] if "not" in raw else [])
    return 1 + max(map(_deep, parts), default=0)


def signal_values(kind: SetKind) -> st.SearchStrategy[Signals]:
    """Some signals known, others not."""
    return st.fixed_dictionaries({}, optional={name: _value(kind, name) for name in _few(kind)})


def _value(kind: SetKind, name: str) -> st.SearchStrategy[Plain]:
    field = catalogue_of(kind)[name]
    if field.kind is Kind.NUMBER:
        return numbers(kind, name).map(lambda number: read_signal(name, number, kind))
    if field.kind is Kind.YES_NO:
        return st.booleans()
    words = word_lists(kind, name)
    return words.map(frozenset) if field.kind is Kind.SET else words.map(lambda found: found[0])


def _few(kind: SetKind) -> list[str]:
    """Some signals of each sort, so that one is met in a condition and in the values often enough."""
    found: list[str] = []
    catalogue = catalogue_of(kind)
    for sort in Kind:
        found += [name for name in catalogue if catalogue[name].kind is sort][:3]
    return found


@st.composite
def rules(draw: st.DrawFn, kind: SetKind, number: int, *, is_bare: bool) -> Raw:
    words = st.just("Words") if is_bare else WORDS
    then, family = draw(_then(kind, words))
    written: Raw = {"id": f"rule-{number}", "when": draw(conditions(kind, 6)), "then": then, "source": draw(st.one_of(st.just(""), words))}
    if family:
        history = any(signals_of(kind)[name].is_history for name in _named(written["when"]))
        written["family"] = "history" if history else draw(st.sampled_from(("need", "access", "history")))
    written["if_unknown"] = draw(st.sampled_from(("skip", "count_as_false", "send_to_review")))
    if draw(st.booleans()):
        written["on"] = draw(st.booleans())
    expects = st.sampled_from(("fires", "not", "unknown"))
    if is_bare:
        return written
    examples = st.lists(st.tuples(signal_values(kind), expects), max_size=2)
    written["tests"] = [
        {"given": {name: _json(value) for name, value in given.items()}, "expect": expect} for given, expect in draw(examples)
    ]
    return written


def _json(value: Plain) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _named(raw: Raw) -> list[str]:
    parts = raw.get("all") or raw.get("any") or ([raw["not"]] if "not" in raw else [])
    return [raw["field"]] if "field" in raw else [name for part in parts for name in _named(part)]


@st.composite
def _then(draw: st.DrawFn, kind: SetKind, words: st.SearchStrategy[str]) -> tuple[Raw, bool]:
    """What comes of it, and whether it needs a family."""
    reason = draw(st.one_of(words, st.fixed_dictionaries({"en": words, "fr": words})))
    if kind is SetKind.SUGGEST:
        if draw(st.integers(0, 3)) == 0:
            return {"caution": reason, "points": draw(st.integers(-9, 0))}, False
        return {"points": draw(st.integers(1, 50)), "reason": reason}, True
    if kind is SetKind.FLAG:
        return {"flag": draw(st.sampled_from(("choice", "partner"))), "severity": "low", "reason": reason}, False
    if kind is SetKind.ROUTE:
        if draw(st.booleans()):
            return {"term": draw(st.sampled_from(("4h", "1d", "7d"))), "waits_for": "sender", "from_sent": True, "reason": reason}, False
        return {"action": "remind", "at": draw(st.sampled_from((0, 0.5, 1, 2))), "once_per": ["referral"], "reason": reason}, False
    if draw(st.booleans()):
        return {"look_again_after_days": draw(st.integers(0, 400)), "reason": reason}, False
    return {"flag": "no_hours", "owner": "planner", "reason": reason, "way_out": draw(words)}, False


@st.composite
def rule_sets(draw: st.DrawFn, kind: SetKind | None = None, *, is_bare: bool = False) -> Raw:
    """A whole set, which the checker must find right. `is_bare`: of no words and examples, for what they do not matter to."""
    kind = kind or draw(st.sampled_from(SetKind))
    found: Raw = {"set": "drawn-set", "kind": kind.value, "title": draw(WORDS)}
    if kind is SetKind.SUGGEST:
        found["caps"] = {"need": draw(st.integers(0, 100)), "access": draw(st.integers(0, 100)), "history": draw(st.integers(0, 10))}
    if draw(st.booleans()):
        found["effective"] = {"from": "2027-01-01", "until": draw(st.sampled_from((None, "2027-12-31")))}
    count = draw(st.integers(1, 4))
    return {**found, "rules": [draw(rules(kind, number, is_bare=is_bare)) for number in range(count)]}


def as_answers(signals: Signals) -> dict[str, Any]:
    """The same values as the evaluator of answers takes them: numbers are spans there."""
    is_number = (int, float)
    return {
        name: (Span(value, value),) if isinstance(value, is_number) and not isinstance(value, bool) else value
        for name, value in signals.items()
    }
