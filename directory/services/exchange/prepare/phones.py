"""Reading of telephone numbers: what to dial, the extension, short numbers such as 211 and 988; what cannot be read stays as text."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

SHORT_NUMBERS = frozenset(
    {"111", "112", "116", "211", "311", "411", "511", "611", "711", "811", "911", "988", "999", "101", "116123", "741741"}
)
_EXTENSION = re.compile(r"[\s,;(]*(?:extension|ext|poste|anexo|x|#)\.?\s*:?\s*(\d{1,8})\)?\s*$", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"(?:\+?1[\s.\-]*)?\(?([2-9]\d{2})\)?[\s.\-]*([2-9]\d{2})[\s.\-]*(\d{4})$")
_NORTH_AMERICA = frozenset({"", "US", "CA"})
_THREE_DIGITS = re.compile(r"\d\D*\d\D*\d")
_DIGITS = re.compile(r"\D+")
_SEVERAL = re.compile(r"\d{4}\s*(?:/|;|,|\bor\b|\band\b|\bou\b)\s*[\d(+]", re.IGNORECASE)
_TEXT_ONLY = re.compile(r"\b(?:text|sms)\b", re.IGNORECASE)


class ReadPhone(NamedTuple):
    """`dial` is E.164, a short number, or "" when the text could not be read; `extension` "" when there is none."""

    number: str
    dial: str
    extension: str


@lru_cache(maxsize=16_384)
def read_phone(text: str, country: str) -> ReadPhone:
    """Read a number as people of `country` (ISO 3166, "" for North America) write it.

    >>> read_phone("(613) 555-0199 ext 12", "CA").extension
    '12'
    """
    text = text.strip(" \"'\t")
    if country in _NORTH_AMERICA and (match := _NORTH_AMERICAN.match(text)):  # nearly all, without the library's slow reading
        digits = "".join(match.groups())
        is_valid = phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=1, national_number=int(digits)))
        return ReadPhone(text, f"+1{digits}" if is_valid else "", "")
    extension = ""
    if match := _EXTENSION.search(text):
        extension, text = match[1], text[: match.start()].strip()
    digits = _DIGITS.sub("", text)
    if digits in SHORT_NUMBERS and len(text) <= len(digits) + 4:
        return ReadPhone(digits, digits, extension)
    if _SEVERAL.search(text):
        return ReadPhone(text, "", extension)
    try:
        parsed = phonenumbers.parse(text, country or "US")
    except phonenumbers.NumberParseException:
        return ReadPhone(text, "", extension)
    extension = extension or parsed.extension or ""
    if not phonenumbers.is_valid_number(parsed):
        return ReadPhone(text, "", extension)
    return ReadPhone(text, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), extension)


def has_digits(text: str) -> bool:
    """Whether a text may be a telephone number at all: three digits, or letters that stand for digits."""
    return _THREE_DIGITS.search(text) is not None or sum(character.isalnum() for character in text) >= 7


def is_for_texts(kind: str | None) -> bool | None:
    """True when a phone's type says that it takes text messages; None when it does not say."""
    return True if kind and _TEXT_ONLY.search(kind) else None
