"""Limits of income: percents of a poverty line, sums of money."""

import re
from collections.abc import Iterator

from directory.rules.reading.found import Condition, Found, Subject, is_
from directory.rules.reading.languages.pack import MoneyWords
from directory.rules.reading.text import Reading

_LEAST_A_YEAR = 6000
"""A sum without a period is of a year from here on, of a month below."""


def find_income(reading: Reading, words: MoneyWords, currency: str) -> Iterator[Found]:
    for match in words.percent.finditer(reading.text):
        standard = next((name for shape, name in words.standards if shape.search(match["of"])), None)
        if standard is not None:
            value = {"percent": int(match["percent"]), "of": standard}
            yield Found(match.start(), match.end(), is_("income", _op(reading, match, words), value), Subject.INCOME, match.start())
    for shape, name in words.below_line:
        for match in shape.finditer(reading.text):
            yield Found(match.start(), match.end(), is_("income", "lt", {"percent": 100, "of": name}), Subject.INCOME, match.start())
    for match in words.amount.finditer(reading.text):
        when = _sum(reading, match, words, currency)
        if when is not None:
            yield Found(match.start(), match.end(), when, Subject.INCOME, match.start())


def _sum(reading: Reading, match: re.Match[str], words: MoneyWords, currency: str) -> Condition | None:
    before = reading.before(match.start(), 120)
    if not words.speaks_of_income.search(before + " " + reading.after(match.end(), 60)) or words.no_income.search(before):
        return None
    digits = "".join(letter for letter in match["amount"] if letter in "0123456789")
    if not digits:
        return None
    amount = int(digits) * (1000 if match.groupdict().get("thousand") else 1)
    after = reading.after(match.end(), 40)
    period = next((name for shape, name in words.periods if shape.search(after) or shape.search(before[-24:])), None)
    period = period or ("year" if amount >= _LEAST_A_YEAR else "month")
    written = (match.groupdict().get("currency") or "").upper()
    if written.startswith("C"):
        currency = "CAD"
    elif written.startswith("U"):
        currency = "USD"
    return is_("income", _op(reading, match, words), {"amount": amount, "currency": currency, "per": period})


def _op(reading: Reading, match: re.Match[str], words: MoneyWords) -> str:
    before = reading.before(match.start(), 40)
    if words.inclusive.search(before):
        return "lte"
    if words.over.search(before):
        return "gte"
    return "lt" if words.under.search(before) else "lte"
