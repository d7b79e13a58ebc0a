"""Whom a listing is for, as the index may know it (`search_index.whom`), and the same of the person that help is looked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.domain.listing import Listing
from directory.rules.listed import DISCLOSURES, projection_of
from directory.rules.person import Person
from directory.rules.projection import Interval, Projection, asked_of
from search_index.whom import WIDEST, Whom, avoided, mark


@dataclass(frozen=True, slots=True)
class WhomFor:
    """Marks of whom a listing is only for and of what it is known to ask and tell; the numbers between which a person's must lie."""

    only_for: frozenset[str]
    limits: tuple[tuple[str, float, float], ...]


def whom_for(listing: Listing) -> WhomFor:
    projection = projection_of(listing)
    limits = tuple((name, *_within(interval)) for name, interval in sorted(projection.bounds.items()))
    return WhomFor(frozenset(_marks(listing, projection)), limits)


def whom_of(person: Person, avoids: Iterable[str] = (), *, is_turned: bool = False) -> Whom | None:
    """What an index needs to know of a person, and of what they want to keep away from; None where that is nothing."""
    asked, kept_away = asked_of(person.answers), frozenset(avoids)
    if not asked.numbers and not asked.values and not kept_away and not is_turned:
        return None
    numbers = tuple((name, tuple(map(_within, spans))) for name, spans in sorted(asked.numbers.items()))
    return Whom(numbers, tuple(sorted(asked.values.items())), kept_away, is_turned)


def _marks(listing: Listing, projection: Projection) -> Iterator[str]:
    for fact, values in projection.only.items():
        yield mark(fact)
        yield from (mark(fact, value) for value in values)
    yield from (avoided(name) for name in DISCLOSURES if getattr(listing.disclosures, name))


def _within(interval: Interval) -> Interval:
    low, high = (min(max(end, -WIDEST), WIDEST) for end in interval)
    return low, high
