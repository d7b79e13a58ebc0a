"""Telephone numbers as a worker uses them: what each is for, what to tap, which languages are spoken there."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.domain.listing import PhoneNumber
from directory.web.models.links import call_link, is_voice
from directory.web.wording import _
from directory.web.words import language_name


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


def _line(phone: PhoneNumber) -> PhoneLine:
    number = phone.number + (_(" ext. %(extension)s", extension=phone.extension) if phone.extension else "")
    dialled = call_link(phone) if is_voice(phone) else ""
    return PhoneLine(number, dialled, f"sms:{phone.dial}" if phone.sms and phone.dial else "", _about(phone))


def _about(phone: PhoneNumber) -> str:
    kinds = {"fax": _("Fax"), "tty": _("TTY"), "textphone": _("TTY"), "cell": _("Mobile phone"), "pager": _("Pager")}
    kind = kinds.get(phone.type.lower(), "")
    spoken = ", ".join(language_name(code) for code in phone.languages)
    return " · ".join(part for part in (kind, phone.description, spoken) if part)
