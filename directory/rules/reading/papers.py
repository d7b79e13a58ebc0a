"""Documents that a text asks for, and how one is referred."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.rules.reading.languages.pack import PaperWords, ReferralWords
from directory.rules.reading.phrases import Phrases
from directory.rules.reading.text import Reading


@dataclass(frozen=True, slots=True)
class Paper:
    """Characters `start` to `end` ask for the document `code`, or say that it helps."""

    start: int
    end: int
    code: str
    helpful: bool


def find_papers(reading: Reading, words: PaperWords) -> Iterator[Paper]:
    refused = []
    for match in words.none.finditer(reading.text):
        refused.append(match.span())
        yield Paper(match.start(), match.end(), "none", helpful=False)
    seen: set[str] = set()
    for first, behind, code in words.codes.find(reading.tokens):
        start, end = reading.tokens[first].start, reading.tokens[behind - 1].end
        if code in seen or any(start < stop and begin < end for begin, stop in refused):
            continue
        if not _asked(reading, words, start, end):
            continue
        seen.add(code)
        yield Paper(start, end, code, helpful=words.helpful.search(reading.after(end)) is not None)


def _asked(reading: Reading, words: PaperWords, start: int, end: int) -> bool:
    before, after = reading.before(start, 160), reading.after(end)
    if words.unasked_before.search(before[-48:]) or words.unasked_after.search(after):
        return False
    alone = not (before + after).strip(" .,;:|-•*\n")
    return alone or words.asks.search(f"{before} {reading.text[start:end]} {after}") is not None


@dataclass(frozen=True, slots=True)
class Referral:
    start: int
    end: int
    required: bool
    sources: tuple[str, ...]


def find_referral(reading: Reading, words: ReferralWords) -> Referral | None:
    """What a text says of being referred, all places of it together; None where it says nothing."""
    text = reading.text
    unneeded, alone, needed = words.not_needed.search(text), words.by_oneself.search(text), None
    for match in words.needed.finditer(text):
        if not (unneeded and unneeded.start() <= match.start() < unneeded.end()):
            needed = match
            break
    if needed is not None:
        start, end = reading.sentence(needed.start())
        sources = _sources(reading, words.sources, needed.start(), end)
        free = words.welcome.search(text, start, end) is not None or _same_sentence(reading, alone, needed)
        if alone is not None:
            sources = tuple(dict.fromkeys([*sources, "self"]))
        return Referral(needed.start(), needed.end(), not free, sources)
    free_to_come = alone or unneeded
    if free_to_come is None:
        return None
    by_name = alone is not None and words.names_self.search(alone[0]) is not None
    return Referral(free_to_come.start(), free_to_come.end(), required=False, sources=("self",) if by_name else ())


def _same_sentence(reading: Reading, one: re.Match[str] | None, other: re.Match[str]) -> bool:
    return one is not None and reading.sentence(one.start()) == reading.sentence(other.start())


def _sources(reading: Reading, phrases: Phrases[str], start: int, end: int) -> tuple[str, ...]:
    """Who refers, from the words of the referral to the end of its sentence; what stands before counts where nothing follows."""
    found, before = [], []
    sentence = reading.sentence(start)[0]
    for first, _, code in phrases.find(reading.tokens):
        at = reading.tokens[first].start
        if start <= at < end:
            found.append(code)
        elif sentence <= at < start:
            before.append(code)
    return tuple(dict.fromkeys(found or before))
