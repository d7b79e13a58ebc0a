"""Whom a code stands for."""

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from directory.domain.errors import NotFound
from directory.domain.referrals.reference import read_reference
from directory.domain.sentences import say
from directory.store.tables import HelpedPerson, Need


def person_of_code(session: Session, code: str) -> HelpedPerson:
    """Whoever it is, however the code was written; name and contact are opened when they are asked for. Raise `NotFound`."""
    found = session.scalar(select(Need.person_id).where(Need.code == (read_reference(code) or "none")))
    if found is None:
        raise NotFound(say("There is no need with the code “%(code)s”.", code=code[:20]))
    return session.get_one(HelpedPerson, found, options=[defer(HelpedPerson.name), defer(HelpedPerson.contact)])
