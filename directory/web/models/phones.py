"""Telephone numbers as a worker uses them: what each is for, what to tap, which languages are spoken there."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from directory.domain.listing import PhoneNumber
from directory.web.here import community
from directory.web.languages import language
from directory.web.models.links import call_link, is_voice
from directory.web.wording import _
from directory.web.words import language_name

_NORTH_AMERICA = 1
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """`href` is "" where a tap cannot dial; `text_href` starts a text message."""

    number: str
    href: str
    text_href: str
    about: str


def phone_lines(*groups: Iterable[PhoneNumber]) -> tuple[PhoneLine, ...]:
    """All numbers, each once, in the order given."""
    lines: dict[str, PhoneLine] = {}
    for phone in (phone for group in groups for phone in group):
        line = _line(phone)
        lines.setdefault(f"{phone.dial or phone.number}x{phone.extension}", line)
    return tuple(lines.values())


def phone_words(phone: PhoneNumber) -> str:
    """The number as it is written in the reader's language: as people of the community's country write it at home, international otherwise.
    What cannot be dialled, and numbers that spell a word, stay as the listing has them."""
    if not phone.dial.startswith("+") or any(sign.isalpha() for sign in phone.number):
        return phone.number
    return _written(phone.dial, community().country.upper(), language())


@lru_cache(maxsize=4_096)
def _written(dial: str, country: str, reader: str) -> str:
    try:
        number = phonenumbers.parse(dial)
    except phonenumbers.NumberParseException:
        return dial
    code = phonenumbers.country_code_for_region(country)
    if number.country_code != code:
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if code != _NORTH_AMERICA:
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))
    digits = str(number.national_number)
    space = " " if reader == "fr" else "-"  # French: Office québécois de la langue française, "Numéro de téléphone"
    free = f"1{space}" if digits[:3] in _TOLL_FREE else ""
    return f"{free}{digits[:3]}{space}{digits[3:6]}-{digits[6:]}"


def _line(phone: PhoneNumber) -> PhoneLine:
    number = phone_words(phone) + (_(" ext. %(extension)s", extension=phone.extension) if phone.extension else "")
    dialled = call_link(phone) if is_voice(phone) else ""
    return PhoneLine(number, dialled, f"sms:{phone.dial}" if phone.sms and phone.dial else "", _about(phone))


def _about(phone: PhoneNumber) -> str:
    kinds = {"fax": _("Fax"), "tty": _("TTY"), "textphone": _("TTY"), "cell": _("Mobile phone"), "pager": _("Pager")}
    kind = kinds.get(phone.type.lower(), "")
    spoken = ", ".join(language_name(code) for code in phone.languages)
    return " · ".join(part for part in (kind, phone.description, spoken) if part)
