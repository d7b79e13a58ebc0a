"""Ages and school grades in a text. An age in a listing ends with the last birthday: `0-5` is from 0 and under 6."""

import re
from collections.abc import Iterator

from directory.rules.reading.found import Condition, Found, Subject, all_of, is_
from directory.rules.reading.languages.pack import AgePattern, AgeWords, Bound
from directory.rules.reading.text import Reading, Taken, folded

OLDEST = 110
_NEAR = 70
"""Characters before and after an age that tell whose it is."""


def find_ages(reading: Reading, words: AgeWords) -> Iterator[Found]:
    taken = Taken(len(reading.text))
    for shape in words.patterns:
        for match in shape.pattern.finditer(reading.text):
            if taken.any(*match.span()):
                continue
            if not _is_age(reading, match, shape, words):
                continue
            field, start = _whose(reading, match, words)
            when = _condition(match, shape.bound, words, field)
            if when is not None:
                taken.take(*match.span())
                yield Found(start, match.end(), when, Subject.AGE, match.start())


def _is_age(reading: Reading, match: re.Match[str], shape: AgePattern, words: AgeWords) -> bool:
    before = reading.before(match.start(), 48)
    if words.not_before.search(before) or words.not_after.match(reading.text, match.end()):
        return False
    if shape.certain or (shape.bound is Bound.RANGE and match["highunit"]):
        return True
    first = min(at for at in (match.start(name) for name in ("low", "high") if name in match.re.groupindex) if at >= 0)
    if any(words.before.search(each) for each in (before, reading.before(first, 48))):
        return True
    return words.after.match(reading.text, match.end()) is not None


def _whose(reading: Reading, match: re.Match[str], words: AgeWords) -> tuple[str, int]:
    """The field that the age is of, and where the words begin that say so: `parents of children 0-5`."""
    before = reading.before(match.start(), _NEAR)
    for field, shape in (("household_member.age", words.of_household_before), ("child.age", words.of_child_before)):
        at = _last(shape, before)
        if at is not None:
            return field, match.start() - len(before) + at
    is_child = words.of_child_after.match(reading.after(match.end(), _NEAR)) is not None
    return ("child.age" if is_child else "age"), match.start()


def _last(shape: re.Pattern[str], text: str) -> int | None:
    """Where the last place begins from which a pattern reaches to the end of a short text: `women, or *parents of* `."""
    at, found = None, shape.search(text)
    while found is not None:
        at = found.start()
        found = shape.search(text, at + 1)
    return at


def _condition(match: re.Match[str], bound: Bound, words: AgeWords, field: str) -> Condition | None:
    groups = match.groupdict()
    high_unit = _unit(groups.get("highunit"), words) or 1.0
    low_unit = _unit(groups.get("lowunit"), words) or (high_unit if bound is Bound.RANGE else 1.0)
    low, high = _number(groups.get("low"), words), _number(groups.get("high"), words)
    low = None if low is None else _years(low, low_unit)
    if high is not None:
        return _with_end(field, low, high, high_unit, bound)
    if low is None or low > OLDEST:
        return None
    return is_(field, "gte", _plain(low))


def _with_end(field: str, low: float | None, high: float, unit: float, bound: Bound) -> Condition | None:
    end = _years(high, unit)
    if end > OLDEST or (low is not None and low >= end):
        return None
    if bound is Bound.BELOW:
        last = is_(field, "lt", _plain(end))
    elif unit < 1:
        last = is_(field, "lte", _plain(end))
    else:
        last = is_(field, "lt", _plain(int(end) + 1))
    return all_of([last] if low is None else [is_(field, "gte", _plain(low)), last])


def _years(number: float, unit: float) -> float:
    return round(number * unit, 2)


def _plain(years: float) -> float | int:
    return int(years) if years == int(years) else years


def _unit(written: str | None, words: AgeWords) -> float | None:
    if not written:
        return None
    plain = folded(written)
    return next((part for letters, part in words.units.items() if plain.startswith(letters)), None)


def _number(written: str | None, words: AgeWords) -> float | None:
    if not written:
        return None
    plain = folded(written).strip()
    half = 0.5 if plain.endswith(("½", "1/2", "et demi")) else 0.0
    plain = plain.removesuffix("½").removesuffix("1/2").removesuffix("et demi").strip()
    known = words.numbers.get(plain)
    if known is not None:
        return known + half
    try:
        return float(plain.replace(",", ".")) + half
    except ValueError:
        return None


def find_grades(reading: Reading, words: AgeWords) -> Iterator[Found]:
    taken = Taken(len(reading.text))
    for shape, bound, added in words.grades:
        for match in shape.finditer(reading.text):
            if taken.any(*match.span()):
                continue
            when = _grade_condition(match, bound, added, words)
            if when is not None:
                taken.take(*match.span())
                yield Found(match.start(), match.end(), when, Subject.GRADE, match.start())


def _grade_condition(match: re.Match[str], bound: Bound, added: int, words: AgeWords) -> Condition | None:
    groups = match.groupdict()
    low, high = _grade(groups.get("low"), added, words), _grade(groups.get("high"), added, words)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        return None
    if bound is Bound.AT_LEAST or (bound is Bound.RANGE and high is None):
        high = high if bound is Bound.AT_LEAST else low
    parts = [] if low is None else [is_("grade", "gte", low)]
    return all_of(parts if high is None else [*parts, is_("grade", "lte", high)])


def _grade(written: str | None, added: int, words: AgeWords) -> int | None:
    if not written:
        return None
    plain = folded(written).strip()
    if plain in words.grade_words:
        return words.grade_words[plain]
    digits = "".join(letter for letter in plain if letter in "0123456789")
    number = int(digits) + added if digits else None
    return number if number is not None and number <= 12 else None
