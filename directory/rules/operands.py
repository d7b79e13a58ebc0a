"""The values that comparisons compare with, read from JSON and written back the same."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.catalogue import Field, Kind, Op, nearest

MOST_VALUES = 200
LONGEST_WORD = 120
LONGEST_SENTENCE = 500


class Per(StrEnum):
    """How often an amount comes. `in_a_year` times."""

    YEAR = "year"
    MONTH = "month"
    TWO_WEEKS = "two_weeks"
    WEEK = "week"

    @property
    def in_a_year(self) -> int:
        return {Per.YEAR: 1, Per.MONTH: 12, Per.TWO_WEEKS: 26, Per.WEEK: 52}[self]


CURRENCIES = ("USD", "CAD", "GBP", "EUR")


class Measure(StrEnum):
    """Published lines that incomes are held against, as a percentage of them (tables: `thresholds`)."""

    US_FPL = "us_fpl"  # federal poverty guidelines, by size of household
    AMI = "ami"  # area median income, by county
    CA_LICO = "ca_lico"  # low income cut-offs before tax, by size of household and of community
    CA_LICO_AFTER_TAX = "ca_lico_after_tax"
    CA_MBM = "ca_mbm"  # market basket measure, by region


@dataclass(frozen=True, slots=True)
class Range:
    """Between two bounds, each None for none, each itself inside or (`open`) not."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    amount: float
    currency: str
    per: Per

    @property
    def a_year(self) -> float:
        return self.amount * self.per.in_a_year


@dataclass(frozen=True, slots=True)
class Share:
    """So many percent of a published line; `year` None: of the newest table."""

    percent: float
    of: Measure
    year: int | None = None


Operand = Range | Amount | Share | frozenset[str] | float | bool | date | str | None


class Unfit(Exception):
    """The value does not fit; `sentence` says what would."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_operand(field: Field, op: Op, raw: object) -> Operand:
    """The value of a comparison. Raise `Unfit`."""
    if op is Op.MEETS:
        return _sentence(field, raw)
    if op is Op.RANGE:
        return _range(field, raw)
    if field.kind is Kind.NUMBER:
        return _number(field, raw)
    if field.kind is Kind.MONEY:
        return read_money(field, raw)
    if field.kind is Kind.YES_NO:
        if not isinstance(raw, bool):
            raise Unfit(say('"%(field)s" takes true or false; this is %(raw)s.', field=field.name, raw=_shown(raw)))
        return raw
    if field.kind is Kind.DATE:
        return _date(field, raw)
    if op in (Op.EQ, Op.NE):
        return _word(field, raw)
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_VALUES:
        raise Unfit(say('"%(field)s" takes a list of 1 to %(most)s values.', field=field.name, most=MOST_VALUES))
    return frozenset(_word(field, each) for each in raw)


def write_operand(operand: Operand) -> Any:
    """The JSON form of a value."""
    if isinstance(operand, Range):
        bounds = {
            ("gt" if operand.low_open else "gte"): operand.low,
            ("lt" if operand.high_open else "lte"): operand.high,
        }
        return {name: _short(bound) for name, bound in bounds.items() if bound is not None}
    if isinstance(operand, Amount):
        return {"amount": _short(operand.amount), "currency": operand.currency, "per": operand.per.value}
    if isinstance(operand, Share):
        year = {} if operand.year is None else {"year": operand.year}
        return {"percent": _short(operand.percent), "of": operand.of.value, **year}
    if isinstance(operand, frozenset):
        return sorted(operand)
    if isinstance(operand, date):
        return operand.isoformat()
    return _short(operand) if isinstance(operand, float) else operand


def read_money(field: Field, raw: object) -> Amount | Share:
    if not isinstance(raw, Mapping):
        raise Unfit(
            say('"%(field)s" takes {"amount", "currency", "per"} or {"percent", "of"}; this is %(raw)s.', field=field.name, raw=_shown(raw))
        )
    if "percent" in raw:
        percent = _within(field, raw["percent"], 1, 1_000)
        of, year = raw.get("of"), raw.get("year")
        _only(raw, ("percent", "of", "year"))
        if of not in list(Measure):
            raise Unfit(say('"of" is one of %(known)s; this is %(raw)s.', known=", ".join(Measure), raw=_shown(of)))
        if year is not None and not (isinstance(year, int) and 1990 <= year <= 2200):
            raise Unfit(say('"year" is a year such as 2026; this is %(raw)s.', raw=_shown(year)))
        return Share(percent, Measure(str(of)), year if isinstance(year, int) else None)
    _only(raw, ("amount", "currency", "per"))
    currency, per = raw.get("currency"), raw.get("per", "year")
    if currency not in CURRENCIES:
        raise Unfit(say('"currency" is one of %(known)s; this is %(raw)s.', known=", ".join(CURRENCIES), raw=_shown(currency)))
    if per not in list(Per):
        raise Unfit(say('"per" is one of %(known)s; this is %(raw)s.', known=", ".join(Per), raw=_shown(per)))
    return Amount(_within(field, raw.get("amount"), 0, 1e9), str(currency), Per(str(per)))


def _range(field: Field, raw: object) -> Range:
    if not isinstance(raw, Mapping) or not raw:
        raise Unfit(
            say('"%(field)s" takes {"gte", "gt", "lt", "lte"}, at least one of them; this is %(raw)s.', field=field.name, raw=_shown(raw))
        )
    _only(raw, ("gte", "gt", "lt", "lte"))
    if ("gte" in raw and "gt" in raw) or ("lte" in raw and "lt" in raw):
        raise Unfit(say("A range has one lower and one upper bound."))
    bounds = {str(name): _number(field, bound) for name, bound in raw.items()}
    found = Range(bounds.get("gte", bounds.get("gt")), bounds.get("lte", bounds.get("lt")), "gt" in bounds, "lt" in bounds)
    if found.low is not None and found.high is not None:
        is_empty = found.low > found.high or (found.low == found.high and (found.low_open or found.high_open))
        if is_empty:
            raise Unfit(
                say("Nothing lies between %(low)s and %(high)s; put the smaller first.", low=_short(found.low), high=_short(found.high))
            )
    return found


def _number(field: Field, raw: object) -> float:
    return _within(field, raw, field.least, field.most)


def _within(field: Field, raw: object, least: float, most: float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:  # not a number is not itself
        raise Unfit(say('"%(field)s" needs a number; this is %(raw)s.', field=field.name, raw=_shown(raw)))
    if not least <= raw <= most:
        bounds = {"least": _short(least), "most": _short(most)}
        raise Unfit(say('"%(field)s" lies between %(least)s and %(most)s; this is %(raw)s.', field=field.name, raw=_shown(raw), **bounds))
    return float(raw)


def _word(field: Field, raw: object) -> str:
    if not isinstance(raw, str) or not 0 < len(raw.strip()) <= LONGEST_WORD:
        raise Unfit(say('"%(field)s" needs a word; this is %(raw)s.', field=field.name, raw=_shown(raw)))
    word = unicodedata.normalize("NFC", raw.strip())
    if field.choices and word not in field.choices:
        meant = nearest(word, field.choices)
        known = ", ".join(field.choices)
        if meant:
            raise Unfit(
                say('"%(word)s" is not a value of "%(field)s". Did you mean "%(meant)s"?', word=word[:40], field=field.name, meant=meant)
            )
        raise Unfit(say('"%(word)s" is not a value of "%(field)s", which are %(known)s.', word=word[:40], field=field.name, known=known))
    return word


def _sentence(field: Field, raw: object) -> str:
    if not isinstance(raw, str) or not 0 < len(raw.strip()) <= LONGEST_SENTENCE:
        raise Unfit(say('"%(field)s" meets words, as the listing says them; this is %(raw)s.', field=field.name, raw=_shown(raw)))
    return unicodedata.normalize("NFC", raw.strip())


def _date(field: Field, raw: object) -> date:
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        raise Unfit(say('"%(field)s" takes a date such as 2026-11-20; this is %(raw)s.', field=field.name, raw=_shown(raw))) from None


def _only(raw: Mapping[Any, object], known: tuple[str, ...]) -> None:
    other = next((str(name) for name in raw if name not in known), None)
    if other is not None:
        raise Unfit(say('"%(other)s" does not belong here; %(known)s do.', other=other[:40], known=", ".join(known)))


def _shown(raw: object) -> str:
    """A short form of what was given, for a sentence."""
    if isinstance(raw, int) and abs(raw) > 10**40:
        return say("a number of many digits")
    return "nothing" if raw is None else repr(raw)[:40] if not isinstance(raw, str) else f'"{raw[:40]}"'


def _short(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number
