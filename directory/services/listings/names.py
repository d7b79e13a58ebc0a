"""What a record is called, for pages that need no more of it."""

from sqlalchemy import select

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.store.tables import Organization


def organization_name(parts: Parts, organization_id: str) -> str:
    """The name of an organization. Raise `NotFound`."""
    with parts.database.reading() as session:
        name = session.scalar(select(Organization.name).where(Organization.id == organization_id))
    if name is None:
        raise NotFound(say("There is no such organization."))
    return name
