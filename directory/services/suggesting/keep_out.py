"""Write down whom a person wants kept out of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sectors import Sector
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.own import own_workers_need
from directory.services.suggesting.avoid import Avoided, read_avoided, written_avoided
from directory.store.tables import HelpedPerson, Need, Organization

MOST = 20


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Whom the person of a need wants kept out of it, by ids and slugs in a steady order."""

    code: str
    organizations: tuple[str, ...]
    sectors: frozenset[str]

    def named(self, parts: Parts, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Ids and names of these organizations, those that there are, by name."""
        wanted = [each for each in ids if is_id(each)]
        with parts.database.reading() as session:
            asked = select(Organization.id, Organization.name).where(Organization.id.in_(wanted))
            rows = session.execute(asked.order_by(Organization.name, Organization.id)) if wanted else ()
            return tuple((row[0], row[1]) for row in rows)


def avoided_by(parts: Parts, actor: Actor, need_id: str) -> KeptOut:
    """As the person's own worker wrote it down. Raise `NotFound`, `Forbidden`."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        avoided = read_avoided(need)
        return KeptOut(need.code, tuple(sorted(avoided.organizations)), avoided.sectors)


def save_avoided(parts: Parts, actor: Actor, need_id: str, organizations: Collection[str], sectors: Collection[str]) -> None:
    """Keep it in the place of what was there. Raise `NotFound`, `Forbidden`, `InvalidInput`; `Refused` for somebody who was forgotten."""
    with parts.database.writing() as session:
        need = own_workers_need(session, actor, need_id)
        if session.get_one(HelpedPerson, need.person_id).erased_at is not None:
            raise Refused(say("Who this was for was erased. Start a new need for them."))
        avoided = Avoided(_known(session, organizations), frozenset(each for each in sectors if each in list(Sector)))
        of_person = select(Need).where(Need.person_id == need.person_id, Need.organization_id == need.organization_id)
        for each in session.scalars(of_person):
            each.avoid = written_avoided(avoided)
        session.commit()


def _known(session: Session, organizations: Collection[str]) -> frozenset[str]:
    wanted = {each for each in organizations if is_id(each)}
    found = frozenset(session.scalars(select(Organization.id).where(Organization.id.in_(wanted)))) if wanted else frozenset()
    if len(found) > MOST:
        raise InvalidInput("avoid", say("Name at most %(most)s organizations; leave out a sector for more.", most=MOST))
    return found
