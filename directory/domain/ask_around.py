"""One question to several organizations, so that somebody sees the whole picture: what may be asked, and what nobody covers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

MOST_ASKED = 5
MOST_PARTS = 8
LONGEST_QUESTION = 1_000
LONGEST_PART = 120
LONGEST_ANSWER = 1_000
LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Question:
    """`parts`: what is needed, one short line each."""

    words: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A part, and who could cover it."""

    part: str
    by: tuple[str, ...]


def checked_question(words: str, parts: str) -> Question:
    """A question as it was typed, its parts one a line. Raise `InvalidInput`."""
    words = words.strip()
    if not 0 < len(words) <= LONGEST_QUESTION:
        raise InvalidInput("question", say("Question: write it, in at most %(count)s letters.", count=LONGEST_QUESTION))
    lines = tuple(dict.fromkeys(line for each in parts.splitlines() if (line := " ".join(each.split()).lstrip("-•* "))))
    if not lines:
        raise InvalidInput("parts", say("What is needed: write at least one line."))
    if len(lines) > MOST_PARTS:
        raise InvalidInput("parts", say("What is needed: at most %(count)s lines.", count=MOST_PARTS))
    if any(len(line) > LONGEST_PART for line in lines):
        raise InvalidInput("parts", say("What is needed: write short lines, at most %(count)s letters each.", count=LONGEST_PART))
    return Question(words, lines)


def check_sectors(asked: Sequence[tuple[str, str]]) -> None:
    """Whom to ask, each as (name, sector), "" where the sector is not known. Raise `InvalidInput` for nobody, too many, or two of one
    sector: the same sector sees the same part of the picture."""
    if not asked:
        raise InvalidInput("to", say("Whom: choose at least one organization."))
    if len(asked) > MOST_ASKED:
        raise InvalidInput("to", say("Whom: at most %(count)s organizations.", count=MOST_ASKED))
    seen: dict[str, str] = {}
    for name, sector in asked:
        if sector and sector in seen:
            told = {"first": seen[sector], "second": name}
            raise InvalidInput("to", say("Whom: %(first)s and %(second)s are of the same sector. Ask one of them.", **told))
        seen[sector] = name


def coverage(parts: Sequence[tuple[str, str]], answers: Iterable[tuple[str, frozenset[str]]]) -> tuple[Covered, ...]:
    """For each part (id, words) who could cover it, of answers as (name, ids of parts), in the order of the parts."""
    told = list(answers)
    return tuple(Covered(words, tuple(name for name, covers in told if part_id in covers)) for part_id, words in parts)
