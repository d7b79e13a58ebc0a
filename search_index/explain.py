"""Why a service was found: neutral codes with data, which pages and the command line put into words in each language.

Codes: `matches_<field>` {word} for each field of the listing that a word met (name, alternate_names, category_words, organization,
place_words, description, eligibility, other_words); `within` {km} and `away` {km} for a distance inside or without a limit;
`reaches_you` for a service that comes to the person; `place_unknown` for one that says neither where it is nor whom it serves;
`chosen` {facet, value} for what was asked for and is known; `unknown` {field} for what was asked for and is not known of this listing;
`hours_unknown`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search_index.query import NEAR, OPEN, Hit, ServiceQuery
from search_index.synonyms import stop_words
from search_index.words import tokens


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code and what it speaks of."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


def reasons_of(hit: Hit, query: ServiceQuery) -> tuple[Reason, ...]:
    """The reasons for a hit, weightiest first: words, place, choices, then what is not known."""
    return (*_of_words(hit), *_of_place(hit, query), *_of_choices(hit, query), *_not_known(hit))


def _of_words(hit: Hit) -> list[Reason]:
    """What words met. That a listing too says "to" or "the" is a reason only where nothing else is."""
    telling = [(name, word) for name, word in hit.matched if not stop_words().issuperset(tokens(word))]
    return [Reason(f"matches_{name}", {"word": word}) for name, word in telling or hit.matched]


def _of_place(hit: Hit, query: ServiceQuery) -> list[Reason]:
    if query.near is None:
        return []
    if hit.distance_km is None:
        is_known_to_reach = NEAR not in hit.unknown and query.near.within_km is not None
        return [Reason("reaches_you")] if is_known_to_reach else []
    inside = query.near.within_km is not None and hit.distance_km <= query.near.within_km
    return [Reason("within" if inside else "away", {"km": hit.distance_km})]


def _of_choices(hit: Hit, query: ServiceQuery) -> list[Reason]:
    return [
        Reason("chosen", {"facet": str(facet), "value": value})
        for facet, values in query.selections
        if str(facet) not in hit.unknown
        for value in sorted(values)
    ]


def _not_known(hit: Hit) -> list[Reason]:
    named = {OPEN: "hours_unknown", NEAR: "place_unknown"}
    return [Reason(named[name]) if name in named else Reason("unknown", {"field": name}) for name in hit.unknown]
