"""Who offers help for a need where people of an area can turn to it: whom to ask first, when something is to be done about it."""

from collections import Counter

from sqlalchemy import select

from directory.domain.categories.tree import CATEGORIES
from directory.services.parts import Parts
from directory.services.planning.offers import offers_in
from directory.store.tables import Organization, Service

MOST = 12


def organizations_offering(parts: Parts, need: str, area: str) -> tuple[tuple[str, str], ...]:
    """Id and name, those with most programs first, then by name; at most twelve. () for a need that is none."""
    if need not in CATEGORIES or not area:
        return ()
    with parts.database.reading() as session:
        found = offers_in(session, parts.clock.now(), [need])
        serving = [offer.id for offer in found.values() if need in offer.needs and offer.serves(area)]
        of = select(Organization.id, Organization.name).join(Service, Service.organization_id == Organization.id)
        rows = [(key, name) for key, name in session.execute(of.where(Service.id.in_(serving)))]
    programs = Counter(rows)
    return tuple(sorted(programs, key=lambda each: (-programs[each], each[1].casefold(), each[0])))[:MOST]
