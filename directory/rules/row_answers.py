"""One comparison of a fact as the answers of a row, and back. The comparisons offered are those that read well; any other is kept as it is
as long as nobody touches its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.catalogue import Field, Kind
from directory.rules.conditions import WrongCondition, check_condition
from directory.rules.facts import FACTS
from directory.rules.operands import CURRENCIES, Measure, Per
from directory.rules.plain_reading import years_text
from directory.rules.plain_writing import WrongAnswer, read_number, read_years

Answers = Mapping[str, Any]
EMPTY_ROW: Answers = MappingProxyType(
    {
        "op": "",
        "from": "",
        "to": "",
        "values": (),
        "typed": "",
        "words": "",
        "amount": "",
        "currency": "",
        "per": "",
        "percent": "",
        "of": "",
    }
)
AS_SAID = "meets"
OFFERED: Mapping[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("range", AS_SAID),
    Kind.CHOICE: ("in", "not_in", AS_SAID),
    Kind.SET: ("has_any", "has_all", "has_none", AS_SAID),
    Kind.YES_NO: ("yes", "no", AS_SAID),
    Kind.AREA: ("in", "not_in", AS_SAID),
    Kind.MONEY: ("lte", "lt", "gte", "gt", AS_SAID),
}
"""The comparisons that a row offers, by kind of fact; `yes` and `no` stand for a value."""


@dataclass(frozen=True, slots=True)
class Row:
    """`test`: the comparison that was there before, None for a new row; `answers` in the form of `EMPTY_ROW`."""

    fact: str
    test: Mapping[str, Any] | None
    answers: Answers


def is_shown(test: Mapping[str, Any]) -> bool:
    """Whether the answers of a row say a comparison as it is."""
    value, kind = test.get("value"), FACTS[test["field"]].kind
    if kind is Kind.NUMBER:
        return test["op"] in ("gte", "lte", "lt", "eq", AS_SAID) or (test["op"] == "range" and "gt" not in (value or {}))
    return not (isinstance(value, Mapping) and "year" in value)


def row_of(test: Mapping[str, Any]) -> Row:
    return Row(test["field"], test, answers_of(test))


def answers_of(test: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(EMPTY_ROW)
    fact, op, value = FACTS[test["field"]], test["op"], test.get("value")
    if op == AS_SAID:
        return {**found, "op": AS_SAID, "words": value}
    if fact.kind is Kind.YES_NO:
        return {**found, "op": "yes" if value else "no"}
    if fact.kind is Kind.NUMBER:
        return {**found, "op": "range", **_ends(fact, op, value)}
    if fact.kind is Kind.MONEY:
        assert isinstance(value, Mapping)
        share = {"percent": f"{value['percent']:g}", "of": value["of"]} if "percent" in value else {}
        amount = {} if share else {"amount": f"{value['amount']:.12g}", "currency": value["currency"], "per": value["per"]}
        return {**found, "op": op, **share, **amount}
    given = [value] if isinstance(value, str) else list(value or ())
    return {**found, "op": {"eq": "in", "ne": "not_in"}.get(op, op), "values": tuple(sorted(given))}


def comparison_of(row: Row) -> dict[str, Any]:
    """Raise `WrongAnswer`, which names the fact in words."""
    if row.test is not None and answers_of(row.test) == {**EMPTY_ROW, **row.answers}:
        return dict(row.test)
    fact, given = FACTS[row.fact], {**EMPTY_ROW, **row.answers}
    if given["op"] not in OFFERED[fact.kind]:
        raise _wrong(fact, say("choose how it is compared."))
    raw = {"field": row.fact, **_compared(fact, given)}
    try:
        check_condition(raw, FACTS)
    except WrongCondition:
        raise _wrong(fact, say("this does not fit. Look at what you chose.")) from None
    return raw


def _ends(fact: Field, op: str, value: Any) -> dict[str, str]:
    bounds = value if isinstance(value, Mapping) else {op if op in ("gte", "gt", "lt", "lte") else "gte": value}
    low = bounds.get("gte", bounds.get("gt"))
    if op == "eq":
        return {"from": _text(fact, value), "to": _text(fact, value)}
    last = bounds.get("lte")
    if "lt" in bounds:
        last = bounds["lt"] - 1 if float(bounds["lt"]).is_integer() else bounds["lt"]
    return {"from": "" if low is None else _text(fact, low), "to": "" if last is None else _text(fact, last)}


def _text(fact: Field, number: float) -> str:
    return f"{number:g}" if fact.is_whole else years_text(number)


def _compared(fact: Field, given: Answers) -> dict[str, Any]:
    op = given["op"]
    if op == AS_SAID:
        if not given["words"].strip():
            raise _wrong(fact, say("write what counts, in a few words."))
        return {"op": op, "value": given["words"].strip()}
    if fact.kind is Kind.YES_NO:
        return {"op": "is", "value": op == "yes"}
    if fact.kind is Kind.NUMBER:
        return {"op": "range", "value": _range(fact, given)}
    if fact.kind is Kind.MONEY:
        return {"op": op, "value": _money(fact, given)}
    if fact.kind is Kind.AREA and given["typed"].strip():
        raise _wrong(
            fact, say("“%(place)s” is not known here. Write a city, a county or a postal code.", place=given["typed"].strip()[:60])
        )
    if not given["values"]:
        raise _wrong(fact, say("choose at least one."))
    return {"op": op, "value": sorted(given["values"])}


def _range(fact: Field, given: Answers) -> dict[str, Any]:
    wrong = say("write a number, such as 18.")
    if fact.is_whole:
        low, high = (_whole(given[end], _wrong(fact, wrong)) for end in ("from", "to"))
    else:
        low, high = (read_years(given[end], end, _wrong(fact, wrong).sentence) for end in ("from", "to"))
    if low is None and high is None:
        raise _wrong(fact, say("write from where or up to where."))
    if low is not None and high is not None and low > high:
        raise _wrong(fact, say("put the smaller number first."))
    found: dict[str, Any] = {} if low is None else {"gte": _short(low)}
    if high is not None:
        is_last = fact.is_whole or high >= fact.most
        found |= {"lte": _short(high)} if is_last else {"lt": _short(high + 1 if high.is_integer() else high)}
    return found


def _whole(text: str, wrong: WrongAnswer) -> float | None:
    plain = text.strip()
    if not plain:
        return None
    if not plain.lstrip("-").isdecimal() or len(plain) > 4:
        raise wrong
    return float(plain)


def _money(fact: Field, given: Answers) -> dict[str, Any]:
    if given["percent"].strip():
        percent = read_number(given["percent"], "percent", _wrong(fact, say("write how many percent, such as 200.")).sentence)
        if given["of"] not in list(Measure):
            raise _wrong(fact, say("choose of what the percentage is."))
        return {"percent": percent, "of": given["of"]}
    amount = read_number(given["amount"], "amount", _wrong(fact, say("write an amount, such as 25000, or a percentage.")).sentence)
    if given["currency"] not in CURRENCIES or given["per"] not in list(Per):
        raise _wrong(fact, say("choose the currency and how often."))
    return {"amount": amount, "currency": given["currency"], "per": given["per"]}


def _wrong(fact: Field, sentence: Sentence) -> WrongAnswer:
    return WrongAnswer("", Clause(fact.label, sentence))


class Clause(Sentence):
    """The name of a fact and what is wrong with its row: two sentences that are each said in the reader's language (`told`)."""

    __slots__ = ("clause", "label")
    label: str
    clause: Sentence

    def __new__(cls, label: str, clause: Sentence) -> "Clause":
        made = super().__new__(cls, f"{label[:1].upper()}{label[1:]}: {clause}")
        made.template, made.values, made.label, made.clause = str(made), {}, label, clause
        return made


def _short(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number
