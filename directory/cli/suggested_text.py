"""The text that `directory eligibility suggest` reads, and what it found there as lines for a terminal."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from directory.rules.reading import LANGUAGES, Kind, Suggestion

MOST_BYTES = 1_000_000
_SIGNS = {"gte": " ≥", "gt": " >", "lte": " ≤", "lt": " <", "meets": ":", "has_any": ":", "in": ":", "has_none": ": not", "not_in": ": not"}


class CannotRead(Exception):
    """A file that is no text; the message is one sentence."""


def check_language(language: str) -> None:
    """Raise `CannotRead` for a language in which nothing is suggested."""
    if language not in LANGUAGES:
        raise CannotRead(f"“{language}” is not a language that is read here; use {' or '.join(LANGUAGES)}.")


def text_of(file: str) -> str:
    """The text of a file, or of standard input for `-`. Raise `CannotRead`."""
    name = "Standard input" if file == "-" else f"“{file}”"
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise CannotRead(f"There is no file {name}.") from None
    except (OSError, ValueError) as error:
        raise CannotRead(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if len(content) > MOST_BYTES:
        raise CannotRead(f"{name} is larger than {MOST_BYTES:,} bytes; give the text of one listing.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRead(f"{name} is not text in UTF-8; save it as UTF-8 text.") from None


def lines_of(text: str, found: Sequence[Suggestion]) -> Iterator[str]:
    if not found:
        yield "Nothing found that says who can come."
        return
    yield from _marked(text, found).splitlines()
    yield ""
    for number, each in enumerate(found, 1):
        soft = " (comes first)" if each.strength == "soft" and each.kind is Kind.CRITERION else ""
        yield f"{number:>3}  {meaning_of(each)}{soft}"
        yield f"     {each.reason}"


def _marked(text: str, found: Sequence[Suggestion]) -> str:
    """The text with each suggestion's words in brackets, its number before them."""
    parts, end = [], 0
    for number, each in enumerate(found, 1):
        parts += [text[end : each.start], f"[{number}: {each.words}]"]
        end = each.end
    return "".join([*parts, text[end:]])


def meaning_of(found: Suggestion) -> str:
    if found.when is not None:
        return _condition(found.when)
    if found.kind is Kind.REFERRAL:
        sources = f", from {', '.join(found.sources)}" if found.sources else ""
        return f"referral {found.code.replace('_', ' ')}{sources}"
    if found.kind is Kind.DOCUMENT:
        return f"document: {found.code}" + (" (helpful)" if found.strength == "soft" else "")
    return {Kind.OPEN_TO_ALL: "open to all", Kind.QUESTION: "to be asked"}[found.kind]


def _condition(when: dict[str, Any]) -> str:
    for word, between in (("all", " and "), ("any", " or ")):
        if word in when:
            return between.join(f"({_condition(part)})" if "op" not in part else _condition(part) for part in when[word])
    if "not" in when:
        return f"not ({_condition(when['not'])})"
    op, value = when["op"], when["value"]
    if op == "is":
        return f"{when['field']}: {'yes' if value else 'no'}"
    return f"{when['field']}{_SIGNS[op]} {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " or ".join(map(str, value))
    if isinstance(value, dict):
        if "percent" in value:
            return f"{value['percent']}% of {value['of']}"
        return f"{value['amount']:,} {value['currency']} a {value['per']}"
    return f"“{value}”" if isinstance(value, str) else str(value)
