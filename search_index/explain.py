"""Why a service was found: neutral codes with data, which pages and the command line put into words in each language.

Codes: `matches_<field>` {word} for each field of the listing that a word met (name, alternate_names, category_words, organization,
place_words, description, eligibility, other_words); `within` {km} and `away` {km} for a distance inside or without a limit; `reaches_you`
for a service that comes to the person; `chosen` {facet, value} for what was asked for and is known; `unknown` {field} for what was asked for
and is not known of this listing; `hours_unknown`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search_index.query import Hit, ServiceQuery

OPEN = "open"
"""The name in `Hit.unknown` of hours that are not known."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code and what it speaks of."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


def reasons_of(hit: Hit, query: ServiceQuery) -> tuple[Reason, ...]:
    """The reasons for a hit, weightiest first: words, place, choices, then what is not known."""
    return (*_of_words(hit), *_of_place(hit, query), *_of_choices(hit, query), *_not_known(hit))


def _of_words(hit: Hit) -> list[Reason]:
    return [Reason(f"matches_{name}", {"word": word}) for name, word in hit.matched]


def _of_place(hit: Hit, query: ServiceQuery) -> list[Reason]:
    if query.near is None:
        return []
    if hit.distance_km is None:
        return [Reason("reaches_you")]
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
    return [Reason("hours_unknown") if name == OPEN else Reason("unknown", {"field": name}) for name in hit.unknown]
