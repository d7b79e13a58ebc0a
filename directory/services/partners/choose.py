"""Find organizations by their name, to agree with them, to be introduced to somebody there, or to ask them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, select

from directory.domain.ids import is_id
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import Organization, RoleGrant

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choosable:
    """`sector` is a slug, "" where it is not known. `has_lead`: somebody leads it here; `has_mail`: it can be written to."""

    id: str
    name: str
    sector: str
    has_lead: bool
    has_mail: bool


def find_organizations(parts: Parts, words: str, without: Collection[str] = ()) -> tuple[Choosable, ...]:
    """Those whose name has all of the words, by name; the first twenty."""
    asked = _listed().where(Organization.id.not_in([each for each in without if is_id(each)]))
    for word in words.split()[:8]:
        asked = asked.where(Organization.name.icontains(word, autoescape=True))
    with parts.database.reading() as session:
        return tuple(_choosable(*row) for row in session.execute(asked.order_by(Organization.name, Organization.id).limit(SHOWN)))


def chosen_organizations(parts: Parts, ids: Collection[str]) -> tuple[Choosable, ...]:
    """Those with these ids that are listed, in the order given."""
    wanted = [each for each in dict.fromkeys(ids) if is_id(each)]
    with parts.database.reading() as session:
        found = {row[0].id: _choosable(*row) for row in session.execute(_listed().where(Organization.id.in_(wanted)))}
    return tuple(found[each] for each in wanted if each in found)


def _listed() -> Select[Organization, bool]:
    leads = exists().where(RoleGrant.organization_id == Organization.id, RoleGrant.role == Role.LEAD.value, RoleGrant.ended_at.is_(None))
    return select(Organization, leads.label("has_lead")).where(Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))


def _choosable(row: Organization, has_lead: bool) -> Choosable:
    return Choosable(row.id, row.name, row.sector or "", has_lead, has_lead or bool((row.email or "").strip()))
