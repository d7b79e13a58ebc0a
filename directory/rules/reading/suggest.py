"""Read a text and say which criteria its words might be.

Suggestions only: nothing here says no to anybody, a person accepts or leaves each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.domain.sentences import Sentence
from directory.rules.reading.ages import find_ages, find_grades
from directory.rules.reading.found import Condition, Found, Kind
from directory.rules.reading.income import find_income
from directory.rules.reading.joining import joined
from directory.rules.reading.languages.english import ENGLISH
from directory.rules.reading.languages.french import FRENCH
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.papers import find_papers, find_referral
from directory.rules.reading.people import find_people
from directory.rules.reading.places import Areas, find_places
from directory.rules.reading.reasons import (
    FOR_EVERYBODY,
    NO_PAPERS,
    PAPER_ASKED,
    PAPER_HELPS,
    REFERRAL_NEEDED,
    REFERRAL_NOT_NEEDED,
    TO_BE_ASKED,
    reason_of,
)
from directory.rules.reading.sifting import said_once, with_relatives, with_their_parents, without_overlaps, without_superfluous
from directory.rules.reading.strength import weighed
from directory.rules.reading.text import Reading, Taken, read

_PACKS: Mapping[str, Language] = {pack.code: pack for pack in (ENGLISH, FRENCH)}
_CURRENCIES = {"en": "USD", "fr": "CAD"}

LANGUAGES = tuple(_PACKS)
"""Languages that are read."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Characters `start` to `end` of the text, which are `words`, might be a criterion.

    `when` is a condition for a criterion. `code` names a document, or for a referral whether it is `required` or `not_required`; `sources`
    says who refers. `strength` is hard, or soft for a preference and for a document that only helps.
    """

    start: int
    end: int
    words: str
    kind: Kind
    strength: str
    reason: Sentence
    when: Condition | None = None
    code: str = ""
    sources: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "words": self.words,
            "kind": self.kind.value,
            "strength": self.strength,
            "reason": str(self.reason),
        }
        if self.when is not None:
            plain["when"] = self.when
        if self.code:
            plain["code"] = self.code
        if self.sources:
            plain["from"] = list(self.sources)
        return plain


def suggest(text: str, language: str = "en", *, areas: Areas | None = None, currency: str = "") -> tuple[Suggestion, ...]:
    """What the words of a text might mean, in the order of the text and without overlap; nothing in a language that is not in `LANGUAGES`.

    `areas` gives the id of a place by its words; without it, and for places that it does not know, a criterion keeps the words. `currency`
    is what a bare `$` means: US dollars in English and Canadian dollars in French unless told.
    """
    pack = _PACKS.get(language.partition("-")[0].casefold())
    if pack is None or not text.strip():
        return ()
    reading = read(text)
    criteria = _criteria(reading, pack, areas, currency or _CURRENCIES[pack.code])
    made = [_of_criterion(reading, found) for found in criteria]
    made += _of_papers(reading, pack)
    if not any(found for found in criteria if not found.soft):
        made += _open_to_all(reading, pack)
    made += _questions(reading, pack, made)
    return _apart(made)


def _apart(made: list[Suggestion]) -> tuple[Suggestion, ...]:
    """In order; of two on the same words the one that begins first."""
    kept: list[Suggestion] = []
    for each in sorted(made, key=lambda one: (one.start, -one.end, one.kind)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _criteria(reading: Reading, pack: Language, areas: Areas | None, currency: str) -> list[Found]:
    found: list[Found] = [
        *find_ages(reading, pack.ages),
        *find_grades(reading, pack.ages),
        *find_income(reading, pack.money, currency),
        *find_places(reading, pack, areas),
        *find_people(reading, pack),
    ]
    sifted = with_their_parents(reading, with_relatives(reading, without_overlaps(reading, found)), pack)
    counted = weighed(reading, sifted, pack)
    return said_once(joined(reading, without_superfluous(counted, pack), pack), pack)


def _made(reading: Reading, start: int, end: int, kind: Kind, reason: Sentence, **more: Any) -> Suggestion:
    return Suggestion(start, end, reading.text[start:end], kind, more.pop("strength", "hard"), reason, **more)


def _of_criterion(reading: Reading, found: Found) -> Suggestion:
    strength = "soft" if found.soft else "hard"
    return _made(reading, found.own, found.end, Kind.CRITERION, reason_of(found), strength=strength, when=found.when)


def _of_papers(reading: Reading, pack: Language) -> Iterator[Suggestion]:
    for paper in find_papers(reading, pack.papers):
        reason = NO_PAPERS if paper.code == "none" else PAPER_HELPS if paper.helpful else PAPER_ASKED
        strength = "soft" if paper.helpful else "hard"
        yield _made(reading, paper.start, paper.end, Kind.DOCUMENT, reason, strength=strength, code=paper.code)
    referral = find_referral(reading, pack.referral)
    if referral is not None:
        code, reason = ("required", REFERRAL_NEEDED) if referral.required else ("not_required", REFERRAL_NOT_NEEDED)
        yield _made(reading, referral.start, referral.end, Kind.REFERRAL, reason, code=code, sources=referral.sources)


def _open_to_all(reading: Reading, pack: Language) -> Iterator[Suggestion]:
    match = pack.open_to_all.search(reading.text)
    if match is not None:
        yield _made(reading, match.start(), match.end(), Kind.OPEN_TO_ALL, FOR_EVERYBODY)


def _questions(reading: Reading, pack: Language, made: list[Suggestion]) -> Iterator[Suggestion]:
    """Sentences that ask something of people in words that no finder knows: somebody has to ask them."""
    taken = Taken(len(reading.text))
    for one in made:
        taken.take(one.start, one.end)
    for start, stop in zip(reading.sentences, (*reading.sentences[1:], len(reading.text)), strict=True):
        words = reading.text[start:stop]
        if not pack.must.search(words) or pack.must_not_count.search(words):
            continue
        if taken.any(start, stop):
            continue
        begin, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip(" \t\r\n;|"))
        if begin < end:
            yield _made(reading, begin, end, Kind.QUESTION, TO_BE_ASKED)
