"""Telephone numbers, web and mail addresses in one writing each."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from directory.rules.matching.words import FREE_MAIL, SHARED_HOSTS

_NOT_DIGITS = re.compile(r"\D+")
_EXTENSION = re.compile(r"(?i)\s*(?:extension|ext|poste|anexo|x)\.?\s*:?\s*\d{1,8}\)?\s*$")
_NORTH_AMERICA = frozenset({"", "US", "CA"})
_LOCAL = 7


class Number(NamedTuple):
    """`whole` is E.164, or "" where the area code is not said; `local` the last seven digits."""

    whole: str
    local: int


def read_number(text: str, country: str = "") -> Number | None:
    """None where a text holds no number that can be compared: short numbers such as 211 are everybody's.

    >>> read_number("1 (613) 555-0199 ext. 12").whole
    '+16135550199'
    """
    digits = _NOT_DIGITS.sub("", _EXTENSION.sub("", text) if not text[-4:].isdigit() or "x" in text.lower() else text)
    if len(digits) < _LOCAL:
        return None
    if country.upper() in _NORTH_AMERICA and "+" not in text:
        if len(digits) == 11 and digits[0] == "1":
            digits = digits[1:]
        if len(digits) == 10 and digits[0] > "1":
            return Number(f"+1{digits}", int(digits[-_LOCAL:]))
        if len(digits) == _LOCAL:
            return Number("", int(digits))
    return _read_elsewhere(text, country.upper() or "US", digits)


@lru_cache(maxsize=65_536)
def _read_elsewhere(text: str, country: str, digits: str) -> Number:
    try:
        whole = phonenumbers.format_number(phonenumbers.parse(text, country), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        whole = ""
    return Number(whole, int(digits[-_LOCAL:]))


def link_key(text: str) -> str:
    """What a web or mail address belongs to: the host, or the page or mailbox where the host belongs to everybody.

    >>> link_key("https://www.Facebook.com/HopeHouse?ref=1"), link_key("info@hope.example")
    ('facebook.com/hopehouse', 'hope.example')
    """
    plain = text.strip().lower()
    if "@" in plain and "/" not in plain:
        host = plain.rpartition("@")[2]
        return plain if host in FREE_MAIL else host
    plain = plain.partition("://")[2] or plain
    host, _, path = plain.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].partition("?")[0].removeprefix("www.").rstrip(".")
    if "." not in host or " " in host:
        return ""
    if host in SHARED_HOSTS:
        page = re.split(r"[/?#]", path)[0]
        return f"{host}/{page}" if page else ""
    return host
