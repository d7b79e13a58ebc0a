"""That somebody read where a secret place is: written down before it is shown, with who, when and which place, never the address."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from directory.domain.editing.keys import LOCATION, of_record, read_key
from directory.services.accounts.audit import Audited, audit
from directory.services.parts import Parts
from directory.store.tables import AuditEntry

ONE_SITTING = timedelta(minutes=10)
"""Whoever goes through the form, its preview and its history within this time has read an address once."""


def secret_places_in(form: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of secret places of which a form holds more than that they are secret."""
    ids = dict.fromkeys(key.record_id for text in form if (key := read_key(text)).record == LOCATION)
    return tuple(
        each for each in ids if form.get(of_record(LOCATION, each, "confidential")) and of_record(LOCATION, each, "address") in form
    )


def note_secret_reads(parts: Parts, actor: str, organization_id: str, place_ids: Iterable[str]) -> None:
    """Keep that somebody, by their label, reads where these places are."""
    wanted = {f"confidential address of {place_id}" for place_id in place_ids}
    if not wanted:
        return
    recent = (AuditEntry.at > parts.clock.now() - ONE_SITTING, AuditEntry.what == Audited.PERSONAL_READ.value, AuditEntry.actor == actor)
    with parts.database.reading() as session:
        missing = wanted - set(session.scalars(select(AuditEntry.detail).where(*recent, AuditEntry.detail.in_(wanted))))
    if not missing:
        return
    with parts.database.writing() as session:
        for detail in sorted(missing):
            audit(session, Audited.PERSONAL_READ, actor=actor, clock=parts.clock, organization_id=organization_id, detail=detail)
        session.commit()
