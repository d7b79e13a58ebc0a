"""Whom to call: crisis lines in the reader's language, and what stands above all results when a search speaks of danger."""

from dataclasses import dataclass

from flask import request

from directory.domain.community import CrisisNumber
from directory.services.finding.danger import Danger, DangerLevel, danger_in
from directory.web.here import community
from directory.web.languages import language

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """`href` and `text_href` call and text; `when` says what the line is for and when it answers."""

    number: str
    href: str
    name: str
    when: str
    text_number: str
    text_href: str
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """One calm sentence, and who says so: `source` with its page in `page`."""

    text: str
    source: str
    page: str


@dataclass(frozen=True, slots=True)
class ShownDanger:
    """What stands above the results. `lines` may be empty; the advice still says to call the emergency number. `is_near`: one calm line,
    since no danger was said."""

    lines: tuple[CrisisLine, ...]
    advice: tuple[ShownAdvice, ...]
    is_near: bool = False


def crisis_lines(numbers: tuple[CrisisNumber, ...]) -> tuple[CrisisLine, ...]:
    """Lines in the reader's language, in the order given."""
    return tuple(_line(entry) for entry in numbers)


def shown_danger(danger: Danger | None) -> ShownDanger | None:
    """A danger that was found, as a page shows it."""
    if danger is None:
        return None
    advice = tuple(ShownAdvice(_in_language(entry.text), entry.source.name, entry.source.page) for entry in danger.advice)
    return ShownDanger(crisis_lines(danger.numbers), advice, is_near=danger.level is DangerLevel.NEAR)


def danger_asked_about() -> ShownDanger | None:
    """The danger in the words of this request, for pages that could not answer the search: whom to call is not lost with it."""
    return shown_danger(danger_in(request.values.get("q", "")[:LONGEST_TEXT], community()))


def _line(entry: CrisisNumber) -> CrisisLine:
    return CrisisLine(
        number=entry.number,
        href=dial(entry.number),
        name=_in_language(entry.name),
        when=_in_language(entry.when),
        text_number=entry.text_number,
        text_href=f"sms:{_digits(entry.text_number)}" if entry.text_number else "",
        is_emergency=entry.emergency,
    )


def dial(number: str) -> str:
    """The address that calls a number."""
    return f"tel:{_digits(number)}"


def _in_language(texts: dict[str, str]) -> str:
    return texts.get(language()) or texts.get("en", "")


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isdigit() or sign == "+")
