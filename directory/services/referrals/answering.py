"""What a receiver does in one tap that is more than one event, and what a page writes down because it was opened."""

from dataclasses import replace

from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import UNDECIDED, State
from directory.services.parts import Parts
from directory.services.referrals.received import own_attempt
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.write import Act, write


def mark_seen(parts: Parts, attempt_id: str, who: Standpoint) -> None:
    """The receiver looked at it, for the first time. Raise `NotFound`."""
    with parts.database.reading() as session:
        if own_attempt(session, attempt_id, who.organization_id).state != State.SENT:
            return
    with parts.database.writing() as session:
        if own_attempt(session, attempt_id, who.organization_id).state == State.SENT:
            write(parts, session, attempt_id, who, Act(Kind.SEEN))
            session.commit()


def put_on_waiting_list(parts: Parts, attempt_id: str, who: Standpoint, act: Act) -> None:
    """Take it on and put it on the list, both or neither: where it was not decided yet, it is accepted first. Raise as `write` does."""
    with parts.database.writing() as session:
        attempt = own_attempt(session, attempt_id, who.organization_id)
        if State(attempt.state) in UNDECIDED:
            write(parts, session, attempt_id, who, Act(Kind.ACCEPTED, contact_name=act.contact_name))
        write(parts, session, attempt_id, who, replace(act, kind=Kind.WAITLISTED))
        session.commit()
