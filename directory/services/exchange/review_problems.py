"""What is wrong in a file that somebody brought, kept so that each reader is told in their own language."""

from collections.abc import Callable, Iterable
from typing import Any

from directory.domain.sentences import Sentence, retold, say

BETWEEN = ": "
_Kept = str | list[Any]


class Problem(str):
    """The words in English; `parts`: texts that are told as they are, and sentences that are told in the reader's language."""

    __slots__ = ("parts",)
    parts: tuple[str | Sentence, ...]


def problem(*parts: str | Sentence) -> Problem:
    """One problem of several parts, as where it is and what it is; empty ones are left out."""
    made = Problem(BETWEEN.join(filter(None, parts)))
    made.parts = tuple(part for part in parts if part)
    return made


def kept(problems: Iterable[str]) -> list[_Kept]:
    """As the database keeps them: a plain text as it is, a problem as the list of its parts."""
    return [_parts(each.parts) if isinstance(each, Problem) else each for each in problems]


def read(stored: Iterable[_Kept]) -> tuple[str, ...]:
    """What was kept."""
    return tuple(each if isinstance(each, str) else problem(*map(_part, each)) for each in stored)


def problem_words(found: str, translate: Callable[[str], Any]) -> str:
    """A problem in the reader's language, as far as its words are ours."""
    if not isinstance(found, Problem):
        return found
    return BETWEEN.join(retold(part, translate) if isinstance(part, Sentence) else part for part in found.parts)


def _parts(parts: Iterable[str | Sentence]) -> list[Any]:
    return [[part.template, part.values] if isinstance(part, Sentence) else str(part) for part in parts]


def _part(stored: Any) -> str | Sentence:
    return stored if isinstance(stored, str) else say(stored[0], **stored[1])
