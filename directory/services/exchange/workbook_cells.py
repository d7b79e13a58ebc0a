"""A cell of a spreadsheet as people see it: a postal code keeps its zeros, a date is a date, a time is a time on the clock."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_QUOTED = re.compile(r'"([^"]*)"')
_BRACKETS = re.compile(r"\[(?!<|>|=)[^\]]*\]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_PADDING = re.compile(r"[_*].")
_PLACES = re.compile(r"[#0?]")
_PLAIN = re.compile(r"^([^#0?]*)([#0?][#0?,]*)(?:\.([#0?]+))?([^#0?]*)$")
_TESTS = {
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "<>": lambda value, bound: value != bound,
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "=": lambda value, bound: value == bound,
}
MOST_DIGITS = 11
"""Of a number without a format a spreadsheet shows so many."""


def cell_text(cell: Any) -> str:
    """The text of a cell of openpyxl, without spaces around it; "" for an empty one."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value, cell.number_format or "General")
    if isinstance(value, datetime | date | time | timedelta):
        return moment_text(value)
    return str(value).replace("_x000D_", "").strip()


def moment_text(value: datetime | date | time | timedelta) -> str:
    """Days as 2026-11-30, times as 09:30, both together with a space between; seconds only where there are some."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value.date().isoformat()} {moment_text(value.time())}"
    return value.isoformat()


def number_text(value: float, written: str) -> str:
    """A number in the format of its cell, where that is one of digits: 02134 by `00000`, 613-555-0142 by `###-###-####`, 50% by `0%`."""
    section = _section(value, written)
    found = _PLAIN.match(section)
    if section in ("", "General", "@") or "E" in section.upper() or not _PLACES.search(section):
        return _general(value)
    if "%" in section:
        value *= 100
    if found:
        before, whole, decimals, after = found.groups()
        return f"{'-' if value < 0 else ''}{before}{_digits(abs(value), whole, decimals or '')}{after}".strip()
    return _filled(value, section) if "." not in section else _general(value)


def _section(value: float, written: str) -> str:
    """The part of a format that holds for a number, without colours, spacing and quotes."""
    sections = written.split(";")
    tested = [(part, _CONDITION.search(part)) for part in sections]
    if any(test for _part, test in tested):
        chosen = next((part for part, test in tested if test is None or _TESTS[test[1]](value, float(test[2]))), sections[-1])
    else:
        chosen = sections[0]
    plain = _CONDITION.sub("", chosen)
    plain = _PADDING.sub("", _BRACKETS.sub("", plain))
    return _QUOTED.sub(r"\1", plain).replace("\\", "").strip()


def _digits(value: float, whole: str, decimals: str) -> str:
    """Digits of a whole and a broken part, with zeros in front and behind as the places ask."""
    text = f"{value:.{len(decimals)}f}"
    units, _point, rest = text.partition(".")
    rest = rest.rstrip("0").ljust(decimals.count("0"), "0") if decimals else ""
    units = units.rjust(whole.count("0"), "0") if units != "0" or "0" in whole else ""
    if "," in whole:
        units = f"{int(units or 0):,}".rjust(whole.count("0"), "0")
    return f"{units}.{rest}" if rest else units


def _filled(value: float, section: str) -> str:
    """Digits put into places with signs between them, from the right, as telephone numbers are."""
    digits = list(str(abs(round(value))))
    out: list[str] = []
    places = [index for index, sign in enumerate(section) if _PLACES.match(sign)]
    for index in range(len(section) - 1, -1, -1):
        sign = section[index]
        if index not in places:
            out.append(sign)
        elif index == places[0]:
            out.append("".join(digits) or ("0" if sign == "0" else ""))
        elif digits:
            out.append(digits.pop())
        elif sign == "0":
            out.append("0")
    return ("-" if value < 0 else "") + "".join(reversed(out)).strip()


def _general(value: float) -> str:
    """A number as it stands: 5, 2.5, and no 5.0."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 10**15):
        return str(int(value))
    return f"{value:.{MOST_DIGITS}g}" if abs(value) >= 1e-4 else repr(value)
