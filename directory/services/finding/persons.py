"""What is told of a person, read with the community's places and currency. Nothing of it is kept here."""

import re
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from directory.domain.areas import with_ancestors
from directory.domain.community import Community
from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.listed import DISCLOSURES
from directory.rules.person import Areas, Person, read_person, read_words
from directory.services.finding.named_places import NamedPlaces
from directory.services.listings.community import community_in
from directory.services.parts import Parts

CURRENCIES = {"US": "USD", "CA": "CAD", "GB": "GBP"}
"""Of amounts that name none, by the country of the community (ISO 3166-1, ISO 4217); elsewhere euros."""

_AREA_ID = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)+")


def person_told(parts: Parts, told: object) -> Person:
    """Of the JSON form. Raise `InvalidInput` naming the fact."""
    return _read(parts, lambda areas, currency: read_person(told, areas=areas, currency=currency))


def person_in_words(parts: Parts, words: Iterable[str]) -> Person:
    """Of `fact=value` pairs. Raise `InvalidInput` naming the fact."""
    return _read(parts, lambda areas, currency: read_words(words, areas=areas, currency=currency))


def avoided_of(names: Iterable[str]) -> frozenset[str]:
    """What a listing must not be known to do. Raise `InvalidInput` for a name that is none."""
    found = frozenset(names)
    unknown = sorted(found - set(DISCLOSURES))
    if unknown:
        raise InvalidInput("avoids", say('"%(name)s" is not one of %(known)s.', name=unknown[0][:40], known=", ".join(DISCLOSURES)))
    return found


def _read(parts: Parts, read: Callable[[Areas, str], Person]) -> Person:
    with parts.database.reading(may_lag=True) as session:
        community = community_in(session)
        return read(_areas(parts, session, community), currency_of(community))


def currency_of(community: Community) -> str:
    """The currency of amounts that name none (ISO 4217)."""
    return CURRENCIES.get(community.country.upper(), "EUR")


def _areas(parts: Parts, session: Session, community: Community) -> Areas:
    def found(name: str) -> Iterable[str]:
        place = NamedPlaces(parts, session, community).lookup(name).place
        if place is not None and place.area_ids:
            return place.area_ids
        return with_ancestors(name) if _AREA_ID.fullmatch(name) else ()

    return found


def told_with(person: Person, more: Mapping[str, object]) -> dict[str, object]:
    """What was told with more of it; None takes a fact back."""
    return {name: raw for name, raw in {**person.told, **more}.items() if raw is not None}
