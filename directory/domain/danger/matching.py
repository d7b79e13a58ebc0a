"""Where a phrase is met in what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.domain.danger.grammar import Choice, Gap, OneOf, Pattern
from directory.domain.danger.grammar import Sequence as Part
from directory.domain.danger.said import SaidWord

MOST_SMALL_WORDS = 2
"""How many small words may stand between two words of a phrase."""
LONGEST_GAP = 3
FARTHEST_PARTS = 10
"""How many words may lie between the parts of a phrase that are joined by `+`."""

Said = tuple[SaidWord, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """The words [first, last) that a phrase was met in."""

    first: int
    last: int


def may_be_met(pattern: Pattern, forms: frozenset[str]) -> bool:
    """A quick first look: whether every word that the pattern cannot do without is among all that was said."""
    return not any(needed.isdisjoint(forms) for needed in pattern.needed)


def places_of(pattern: Pattern, said: Said, small: frozenset[str]) -> Iterator[Met]:
    """Every place where all parts are met, near each other."""
    parts = pattern.parts
    if len(parts) == 1:
        yield from _places_of_part(parts[0], said, small)
        return
    found = [list(_places_of_part(part, said, small)) for part in parts]
    for first in found[0]:
        chosen = [first]
        for others in found[1:]:
            other = next((other for other in others if _fits(other, chosen)), None)
            if other is None:
                break
            chosen.append(other)
        else:
            yield _span(chosen)


def _fits(other: Met, chosen: Sequence[Met]) -> bool:
    """Near the others or between them, and overlapping none: a word cannot stand for two."""
    span = _span(chosen)
    is_near = other.first - span.last <= FARTHEST_PARTS and span.first - other.last <= FARTHEST_PARTS
    return is_near and all(other.first >= each.last or other.last <= each.first for each in chosen)


def _span(chosen: Sequence[Met]) -> Met:
    return Met(min(each.first for each in chosen), max(each.last for each in chosen))


def _places_of_part(part: Part, said: Said, small: frozenset[str]) -> Iterator[Met]:
    for first in range(len(said)):
        ends = _ends(part, first, first, said, small)
        if ends:
            yield Met(first, max(ends))


def _ends(sequence: Part, at: int, first: int, said: Said, small: frozenset[str]) -> set[int]:
    """Every position after the sequence, when it is met from `at` on; `first` is where the whole phrase began."""
    positions = {at}
    for element in sequence:
        positions = {end for position in positions for end in _element_ends(element, position, first, said, small)}
        if not positions:
            break
    return positions


def _element_ends(element: OneOf | Choice | Gap, at: int, first: int, said: Said, small: frozenset[str]) -> Iterator[int]:
    if isinstance(element, Gap):
        yield from (end for end in range(at, min(at + LONGEST_GAP, len(said)) + 1) if _same_clause(first, end - 1, said))
    elif isinstance(element, Choice):
        if element.may_lack:
            yield at
        for way in element.ways:
            yield from _ends(way, at, first, said, small)
    else:
        yield from _word_ends(element, at, first, said, small)


def _word_ends(element: OneOf, at: int, first: int, said: Said, small: frozenset[str]) -> Iterator[int]:
    most = 0 if at == first else MOST_SMALL_WORDS
    for skipped in range(most + 1):
        here = at + skipped
        if here >= len(said) or not _same_clause(first, here, said):
            return
        if not said[here].forms.isdisjoint(element.words):
            yield here + 1
        if said[here].forms.isdisjoint(small):
            return


def _same_clause(one: int, other: int, said: Said) -> bool:
    return other < one or said[one].clause == said[other].clause
