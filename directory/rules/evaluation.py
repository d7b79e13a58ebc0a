"""Whether a condition holds, as far as is known: yes, no or ask (`outcome`)."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from directory.rules.answers import DECLINED, Answer, Home, Income, Span
from directory.rules.catalogue import Op
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.operands import Amount, Range, Share
from directory.rules.outcome import Outcome, any_of, negated, told
from directory.rules.thresholds import AFTER_TAX, line_of

Answers = Mapping[str, Answer]
NO, ASK, YES = Outcome.NO, Outcome.ASK, Outcome.YES


def evaluate(condition: Condition, answers: Answers) -> Outcome:
    """Of what is known. Whatever more becomes known settles asks; it turns nothing into its opposite."""
    if isinstance(condition, Comparison):
        return evaluate_comparison(condition, answers)
    if isinstance(condition, Not):
        return negated(evaluate(condition.part, answers))
    found = Outcome.YES if isinstance(condition, All) else Outcome.NO
    decided = Outcome.NO if isinstance(condition, All) else Outcome.YES
    better = min if isinstance(condition, All) else max
    for part in condition.parts:
        found = better(found, evaluate(part, answers))
        if found is decided:
            return found
    return found


def evaluate_comparison(test: Comparison, answers: Answers) -> Outcome:
    """One comparison."""
    answer = answers.get(test.field)
    is_known = answer is not None and answer is not DECLINED
    if not is_known:
        return _UNKNOWN.get(test.op, ASK)
    return _HOW[test.op](test, answer, answers)  # type: ignore[arg-type]


_UNKNOWN = {Op.IS_KNOWN: NO, Op.IS_UNKNOWN: YES}


def _lies_in(test: Comparison, answer: Answer, answers: Answers) -> Outcome:
    if isinstance(answer, Income):
        return _money(test, answer, answers)
    assert isinstance(answer, tuple)
    within = test.operand if isinstance(test.operand, Range) else _range_of(test.op, float(str(test.operand)))
    return any_of(lies_in(span, within) for span in answer)


def _differs(test: Comparison, answer: Answer, answers: Answers) -> Outcome:
    if isinstance(answer, str):
        return told(answer != test.operand)
    return negated(_lies_in(test, answer, answers))


def _equals(test: Comparison, answer: Answer, answers: Answers) -> Outcome:
    return told(answer == test.operand) if isinstance(answer, str) else _lies_in(test, answer, answers)


def lies_in(span: Span, within: Range) -> Outcome:
    """Whether a number known to lie in a span lies in a range."""
    if _is_outside(span, within):
        return NO
    over_low = within.low is None or (span.low is not None and (span.low > within.low or (span.low == within.low and not within.low_open)))
    under_high = within.high is None or (
        span.high is not None and (span.high < within.high or (span.high == within.high and (span.high_open or not within.high_open)))
    )
    return YES if over_low and under_high else ASK


def _is_outside(span: Span, within: Range) -> bool:
    is_below = (
        span.high is not None
        and within.low is not None
        and (span.high < within.low or (span.high == within.low and (span.high_open or within.low_open)))
    )
    is_above = (
        span.low is not None and within.high is not None and (span.low > within.high or (span.low == within.high and within.high_open))
    )
    return is_below or is_above


@lru_cache(maxsize=4096)
def _range_of(op: Op, number: float) -> Range:
    if op in (Op.EQ, Op.NE):
        return Range(number, number)
    if op in (Op.GT, Op.GTE):
        return Range(low=number, low_open=op is Op.GT)
    return Range(high=number, high_open=op is Op.LT)


def _money(test: Comparison, income: Income, answers: Answers) -> Outcome:
    limit = test.operand
    low = income.low
    if isinstance(limit, Amount):
        if limit.currency != income.currency:
            return ASK
        lowest = highest = limit.a_year
    else:
        assert isinstance(limit, Share)
        line = line_of(limit.of, limit.year, answers.get("household_size"), answers.get("area"), limit.percent)
        if line is None or line.currency != income.currency:
            return ASK
        if limit.of in AFTER_TAX:
            low = None  # an income is told before tax, and nobody knows how much less is left of it
        lowest, highest = (line.lowest * limit.percent / 100, line.highest * limit.percent / 100)
    return _between(test.op, Span(low, income.high), lowest, highest)


def _between(op: Op, span: Span, lowest: float, highest: float) -> Outcome:
    """Against a limit that is only known to lie between two: yes or no where both say so."""
    first, last = lies_in(span, _range_of(op, lowest)), lies_in(span, _range_of(op, highest))
    return first if first is last else ASK


def _is_in(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    listed = test.operand
    assert isinstance(listed, frozenset)
    if isinstance(answer, Home):
        if listed & answer.areas:
            return YES
        return ASK if any(map(answer.may_lie_in, listed)) else NO
    return told(answer in listed)


def _is_not_in(test: Comparison, answer: Answer, answers: Answers) -> Outcome:
    return negated(_is_in(test, answer, answers))


def _has_any(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(bool(test.operand & answer))  # type: ignore[operator]


def _has_all(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(test.operand <= answer)  # type: ignore[operator]


def _has_none(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(not test.operand & answer)  # type: ignore[operator]


def _is(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(answer is test.operand)


def _before(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(answer < test.operand)  # type: ignore[operator]


def _after(test: Comparison, answer: Answer, _answers: Answers) -> Outcome:
    return told(answer > test.operand)  # type: ignore[operator]


def _always(outcome: Outcome) -> "Callable[[Comparison, Answer, Answers], Outcome]":
    return lambda _test, _answer, _answers: outcome


_HOW: dict[Op, Callable[[Comparison, Answer, Answers], Outcome]] = {
    Op.RANGE: _lies_in,
    Op.EQ: _equals,
    Op.NE: _differs,
    Op.GT: _lies_in,
    Op.GTE: _lies_in,
    Op.LT: _lies_in,
    Op.LTE: _lies_in,
    Op.IN: _is_in,
    Op.NOT_IN: _is_not_in,
    Op.HAS_ANY: _has_any,
    Op.HAS_ALL: _has_all,
    Op.HAS_NONE: _has_none,
    Op.IS: _is,
    Op.BEFORE: _before,
    Op.AFTER: _after,
    Op.MEETS: _always(ASK),
    Op.IS_KNOWN: _always(YES),
    Op.IS_UNKNOWN: _always(NO),
}
