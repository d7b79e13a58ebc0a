"""Which dangers a text speaks of. Nothing here learns, guesses or keeps anything: the lists decide, and people review the lists."""

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.domain.danger.grammar import MAY_BE_MISTYPED, Pattern, words_of
from directory.domain.danger.kinds import DangerKind
from directory.domain.danger.lists import Phrase, danger_lists, guards, phrases_by_word, small_words
from directory.domain.danger.matching import Met, Said, may_be_met, places_of
from directory.domain.danger.said import SaidWord, said_words

SHORTEST_MISTYPED = 5
TWO_ERRORS_FROM = 9
MOST_BETWEEN = 3
"""How many words may lie between a negation and what it takes back."""


def dangers_in(text: str) -> tuple[DangerKind, ...]:
    """The kinds of danger that a text speaks of, the most urgent first; in any of the languages of the lists, mixed or not."""
    said = tuple(_with_corrections(word) for word in said_words(text))
    forms = frozenset[str]().union(*(word.forms for word in said))
    found: set[DangerKind] = set()
    for phrase in _candidates(forms):
        if phrase.kind not in found and may_be_met(phrase.pattern, forms) and _is_meant(phrase, said, forms):
            found.add(phrase.kind)
    return tuple(kind for kind in DangerKind if kind in found)


def is_quiet(text: str) -> bool:
    """Whether a text says that something else than danger is spoken of: a course, a donation, grief, what is long over."""
    said = said_words(text)
    forms = frozenset[str]().union(*(word.forms for word in said))
    return bool(_guards_met(guards().anywhere, said, forms) or _guards_met(guards().elsewhere, said, forms))


def _candidates(forms: frozenset[str]) -> Iterable[Phrase]:
    """Phrases whose rarest needed word was said, each once."""
    table = phrases_by_word()
    return dict.fromkeys(phrase for form in forms for phrase in table.get(form, ()))


def _is_meant(phrase: Phrase, said: Said, forms: frozenset[str]) -> bool:
    found = [met for met in places_of(phrase.pattern, said, small_words(phrase.language)) if not _is_negated(met, said)]
    if not found:
        return False
    before, after = _guards_met(guards().before, said, forms), _guards_met(guards().after, said, forms)
    if all(_is_touched(met, before, after, said) for met in found) or _guards_met(guards().anywhere, said, forms):
        return False
    return not (phrase.is_topic and _guards_met(guards().elsewhere, said, forms))


def _guards_met(patterns: Iterable[Pattern], said: Said, forms: frozenset[str]) -> list[Met]:
    return [place for pattern in patterns if may_be_met(pattern, forms) for place in places_of(pattern, said, guards().small)]


def _is_negated(met: Met, said: Said) -> bool:
    """Whether a negation stands before what was met, in its clause, with nothing of weight between the two."""
    for at in range(met.first - 1, max(-1, met.first - 2 - MOST_BETWEEN), -1):
        word = said[at]
        if word.clause != said[met.first].clause:
            return False
        if not word.forms.isdisjoint(guards().negators):
            return not (at and said[at - 1].clause == word.clause and said[at - 1].forms & guards().going_on)
        if word.forms.isdisjoint(guards().between):
            return False
    return False


def _is_touched(met: Met, before: list[Met], after: list[Met], said: Said) -> bool:
    """Whether a guard stands right before or right after what was met (small words may lie between), or inside a gap of it."""
    return any(place.first < met.last and _only_small(said[place.last : met.first]) for place in before) or any(
        place.last > met.first and _only_small(said[met.last : place.first]) for place in after
    )


def _only_small(words: Said) -> bool:
    return all(not word.forms.isdisjoint(guards().small) for word in words)


def _with_corrections(word: SaidWord) -> SaidWord:
    corrected = frozenset().union(*(_corrections(form) for form in word.forms))
    return SaidWord(word.forms | corrected, word.clause) if corrected else word


@lru_cache(maxsize=8_192)
def _corrections(form: str) -> frozenset[str]:
    """The words that may be mistyped and that this unknown word may be; each written with its mark."""
    if len(form) < SHORTEST_MISTYPED or form in _known_words():
        return frozenset()
    errors = 2 if len(form) >= TWO_ERRORS_FROM else 1
    near = process.extract(form, _mistypable(), scorer=OSA.distance, score_cutoff=errors, limit=None)
    return frozenset(MAY_BE_MISTYPED + word for word, _distance, _at in near if word[0] == form[0])


@cache
def _mistypable() -> tuple[str, ...]:
    return tuple(sorted(word.removeprefix(MAY_BE_MISTYPED) for word in _all_words() if word.startswith(MAY_BE_MISTYPED)))


@cache
def _known_words() -> frozenset[str]:
    """Words that are right as they are: those of the lists and of the guards."""
    in_guards = (
        word for pattern in (*guards().before, *guards().after, *guards().anywhere, *guards().elsewhere) for word in words_of(pattern)
    )
    return _all_words() | guards().negators | guards().between | frozenset(in_guards)


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for entry in danger_lists().values() for phrase in entry.phrases for word in words_of(phrase.pattern))
