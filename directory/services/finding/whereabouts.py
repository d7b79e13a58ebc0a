"""Find words of place in a search: a postal code anywhere, or what follows "near", "around", "in" and their French and Spanish twins."""

from collections.abc import Callable
from dataclasses import dataclass

from directory.domain.place import PlaceAnswer
from directory.services.finding.phrases import HERE_PHRASES, IN_WORDS, NEAR_WORDS, Word, postal_code_in

LONGEST_PLACE = 5

Lookup = Callable[[str], PlaceAnswer]


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Words [first, last) of the text that speak of place, as typed in `phrase`, and what the gazetteer answered."""

    first: int
    last: int
    phrase: str
    answer: PlaceAnswer


def find_place(text: str, words: tuple[Word, ...], lookup: Lookup) -> PlaceFound | None:
    """The place named in a search, or None. After "near" a place is certain to be meant, so an unknown one is answered as unknown; after
    "in" and the like only a place that is known (or ambiguous) counts, since "in crisis" names none."""
    return _postal(text, words, lookup) or _after(NEAR_WORDS, words, lookup, certain=True) or _after(IN_WORDS, words, lookup, certain=False)


def find_here(words: tuple[Word, ...]) -> tuple[int, int] | None:
    """Words [first, last) that say "near me", which only the person's own device could answer."""
    for first in range(len(words)):
        for phrase in HERE_PHRASES:
            parts = phrase.split(" ")
            if [word.folded for word in words[first : first + len(parts)]] == parts:
                return first, first + len(parts)
    return None


def _postal(text: str, words: tuple[Word, ...], lookup: Lookup) -> PlaceFound | None:
    found = postal_code_in(text)
    if found is None:
        return None
    answer = lookup(found.group())
    if answer.place is None:
        return None
    inside = [index for index, word in enumerate(words) if word.start < found.end() and word.end > found.start()]
    first = inside[0]
    for phrase in (*NEAR_WORDS, *IN_WORDS):
        parts = phrase.split(" ")
        if first >= len(parts) and [word.folded for word in words[first - len(parts) : first]] == parts:
            first -= len(parts)
            break
    return _found(words, first, inside[-1] + 1, answer)


def _after(openers: tuple[str, ...], words: tuple[Word, ...], lookup: Lookup, *, certain: bool) -> PlaceFound | None:
    for first in range(len(words)):
        for opener in openers:
            parts = opener.split(" ")
            after = first + len(parts)
            if after >= len(words) or [word.folded for word in words[first:after]] != parts:
                continue
            found = _longest_known(words, first, after, lookup)
            if found is None and certain:
                found = _unknown(words, first, after, lookup)
            if found is not None:
                return found
    return None


def _longest_known(words: tuple[Word, ...], first: int, after: int, lookup: Lookup) -> PlaceFound | None:
    ambiguous: PlaceFound | None = None
    for last in range(min(len(words), after + LONGEST_PLACE), after, -1):
        phrase = " ".join(word.typed for word in words[after:last]).strip(",;.!?")
        answer = lookup(phrase)
        if answer.place is not None:
            return _found(words, first, last, answer)
        if answer.alternatives and ambiguous is None:
            ambiguous = _found(words, first, last, answer)
    return ambiguous


def _unknown(words: tuple[Word, ...], first: int, after: int, lookup: Lookup) -> PlaceFound:
    last = min(len(words), after + LONGEST_PLACE)
    phrase = " ".join(word.typed for word in words[after:last]).strip(",;.!?")
    return _found(words, first, last, lookup(phrase))


def _found(words: tuple[Word, ...], first: int, last: int, answer: PlaceAnswer) -> PlaceFound:
    return PlaceFound(first, last, " ".join(word.typed for word in words[first:last]).strip(",;.!?"), answer)
