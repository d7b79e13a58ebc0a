"""The concepts of a search: categories understood from plain words, each with the person's own words that it rests on.

A concept adds what lies under its category to what the words find, and stands in the page as a chip that can be taken back. Only those that
are sure enough are used; of several, those that are worth much less than the first are left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from directory.domain.categories.tree import ancestors
from directory.domain.meaning.concepts import Concept, rank
from directory.domain.meaning.words import said
from search_index.query import Meant

Ranker = Callable[[str, str], tuple[Concept, ...]]
"""(text, language of the reader) -> concepts, best first."""

MOST = 4
SURE_ENOUGH = 0.25
BESIDE_THE_FIRST = 0.65
"""What share of the worth of the first another must have to be used, and what share of its certainty."""

_CLOSE = 3  # words between those that one rests on, up to which they are shown as one stretch


@dataclass(frozen=True, slots=True)
class UsedConcept:
    """`words`: the person's own, as typed. `weight`: how sure it is, times what it is worth beside the first."""

    category: str
    words: str
    sure: float
    weight: float

    @property
    def key(self) -> str:
        """What takes it back, in `FindRequest.ignore`."""
        return f"concept:{self.category}"


def find_concepts(text: str, locale: str, taken_back: Sequence[str] = (), ranked: Ranker = rank) -> tuple[UsedConcept, ...]:
    """What to search for, best first. Taking one back does not bring up another."""
    found = _worth_using(ranked(text, locale))
    concepts = [UsedConcept(each.category, _typed(text, each), each.sure, each.sure * each.score / found[0].score) for each in found]
    return tuple(concept for concept in concepts if concept.key not in taken_back)


def _worth_using(ranked: Sequence[Concept]) -> list[Concept]:
    """Those to use: not what lies under one that comes before it: that is found with it."""
    sure = [concept for concept in ranked if concept.words and concept.sure >= SURE_ENOUGH]
    used: dict[str, Concept] = {}
    for concept in sure:
        close = concept.score >= BESIDE_THE_FIRST * sure[0].score and concept.sure >= BESIDE_THE_FIRST * sure[0].sure
        if close and used.keys().isdisjoint(ancestors(concept.category)):
            used[concept.category] = concept
    return list(used.values())[:MOST]


def _typed(text: str, concept: Concept) -> str:
    """The words of the text, as one stretch where they stand close together."""
    words = said(text)
    first, last = concept.words[0], concept.words[-1]
    if last - first + 1 - len(concept.words) <= _CLOSE:
        return text[words[first].start : words[last].end]
    return " … ".join(text[words[place].start : words[place].end] for place in concept.words)


def meant_by(concepts: Sequence[UsedConcept]) -> tuple[Meant, ...]:
    """The concepts as an engine is asked for them."""
    return tuple(Meant(concept.category, concept.weight) for concept in concepts)
