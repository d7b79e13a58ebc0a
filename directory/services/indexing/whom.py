"""Whom a listing is for, as the index may know it (`search_index.whom`), and the same of the person that help is looked for."""

from collections.abc import Iterable, Iterator

from directory.domain.listing import Listing
from directory.rules.listed import DISCLOSURES, projection_of
from directory.rules.person import Person
from directory.rules.projection import Interval, asked_of
from search_index.whom import WIDEST, Whom, avoided, mark

Limits = tuple[tuple[str, float, float], ...]


def only_for(listing: Listing) -> frozenset[str]:
    """Marks of whom it is only for, and of what it is known to ask and tell."""
    return frozenset(_marks(listing))


def limits_of(listing: Listing) -> Limits:
    return tuple((name, *_within(interval)) for name, interval in sorted(projection_of(listing).bounds.items()))


def whom_of(person: Person, avoids: Iterable[str] = (), *, is_turned: bool = False) -> Whom | None:
    """What an index needs to know of a person, and of what they want to keep away from; None where that is nothing."""
    asked, kept_away = asked_of(person.answers), frozenset(avoids)
    if not asked.numbers and not asked.values and not kept_away and not is_turned:
        return None
    numbers = tuple((name, tuple(map(_within, spans))) for name, spans in sorted(asked.numbers.items()))
    return Whom(numbers, tuple(sorted(asked.values.items())), kept_away, is_turned)


def _marks(listing: Listing) -> Iterator[str]:
    for fact, values in projection_of(listing).only.items():
        yield mark(fact)
        yield from (mark(fact, value) for value in values)
    yield from (avoided(name) for name in DISCLOSURES if getattr(listing.disclosures, name))


def _within(interval: Interval) -> Interval:
    low, high = (min(max(end, -WIDEST), WIDEST) for end in interval)
    return low, high
