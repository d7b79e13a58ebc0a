"""The newest introduction of an attempt, as an entry for a calendar."""

from directory.domain.people import Actor
from directory.domain.referrals.calendar import Entry
from directory.domain.referrals.handoff import Meeting
from directory.services.parts import Parts
from directory.services.referrals.own import newest_meeting, own_workers_need


def calendar_entry(parts: Parts, actor: Actor, need_id: str, attempt_id: str, summary: str, domain: str) -> Entry:
    """Its name is the attempt's, whatever time it is moved to. Raise `NotFound`, `Forbidden`."""
    with parts.database.reading() as session:
        row = newest_meeting(session, own_workers_need(session, actor, need_id), attempt_id)
        return Entry(
            uid=f"{attempt_id}@{domain or 'introductions.invalid'}",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            made_at=row.made_at,
            sequence=row.sequence,
            summary=summary,
            is_off=row.status in (Meeting.CALLED_OFF, Meeting.MISSED),
        )
