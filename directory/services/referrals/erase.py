"""Forget who a need was for: on time, or at once when the person wishes it. What happened stays in the record, without anybody in it.

What is held on a written order (`directory.services.referrals.hold`) is left as it is until the order ends.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session, defer

from directory.domain.errors import Refused
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.contact import Channel
from directory.domain.referrals.events import Kind, Side
from directory.domain.referrals.states import TAKEN, UNDECIDED
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.parts import Parts
from directory.services.referrals.hold import are_held
from directory.services.referrals.persons import person_of_code
from directory.services.referrals.seen_by import open_fields
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.write import Act, write
from directory.store.tables import (
    Attempt,
    AttemptEvent,
    Base,
    Erased,
    FollowUp,
    Handoff,
    HelpedPerson,
    LegalHold,
    Need,
    OutgoingMessage,
    PersonConsent,
    ReferralLink,
    RuleDecision,
)

AT_ONCE = 100
UNANSWERED_FOR = timedelta(days=90)
"""After this long a question that nobody answered is forgotten."""

EMPTIED_COLUMNS: Mapping[type[Base], Mapping[str, Any]] = {
    HelpedPerson: {
        "name": None, "contact": None, "language": None, "hindrance": None, "channel": Channel.NONE.value, "may_leave_message": False,
        "is_minor": False, "delete_at": None,
    },
    Need: {"matters": None, "tried": None, "facts": None, "avoid": None},
    Attempt: {"contact_name": None},
    AttemptEvent: {"words": None},
    Handoff: {"where": None, "sender_name": None, "receiver_name": None, "to_know": None},
    PersonConsent: {"witness": None, "proxy_name": None},
    LegalHold: {"order_words": None},
}  # fmt: skip
"""Everything that can be of a person in these tables; a test holds it to be every sealed column of theirs."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What came of it: the codes that stand for nobody any more, attempts that ended, and whether it had been done before."""

    codes: tuple[str, ...]
    ended: tuple[str, ...] = ()
    was_erased: bool = False


def erase_person(parts: Parts, code: str, by: str) -> Erasure:
    """Forget at once who a code stands for, with all their needs: their consents end, and whoever was told anything of them is told to
    stop. Referrals that went by the code alone go on. Raise `NotFound`; `Refused` where it is held on a written order."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        person = person_of_code(session, code)
        codes = tuple(session.scalars(select(Need.code).where(Need.person_id == person.id).order_by(Need.code)))
        if person.erased_at is not None:
            return Erasure(codes, was_erased=True)
        if session.scalar(select(HelpedPerson.id).where(HelpedPerson.id == person.id, are_held(now))) is not None:
            raise Refused(say("This is held on a written order, and cannot be erased before the order ends."))
        ended = _told_of(session, person.id, now)
        session.execute(
            update(PersonConsent)
            .where(PersonConsent.person_id == person.id, PersonConsent.revoked_at.is_(None))
            .values(revoked_at=now, revoked_by=by)
        )
        for attempt_id in ended:
            write(parts, session, attempt_id, Standpoint(Side.PERSON, by), Act(Kind.WITHDRAWN, code=Reason.CONSENT_WITHDRAWN.value))
        _forget_waiting_messages(session, person.contact or "")
        empty_people(session, [person.id], now)
        audit(session, Audited.PERSON_ERASED, actor=by, clock=parts.clock, organization_id=person.organization_id, detail=codes[0])
        session.commit()
    return Erasure(codes, ended)


def erase_due(parts: Parts) -> int:
    """Forget whom time has come for; how many. Their consents end with it. Stops between two transactions when asked to."""
    done = 0
    while True:
        parts.stop_if_asked()
        now = parts.clock.now()
        due = select(HelpedPerson).where(HelpedPerson.delete_at <= now, ~are_held(now))
        with parts.database.writing() as session:
            people = session.scalars(
                due.order_by(HelpedPerson.delete_at, HelpedPerson.id)
                .limit(AT_ONCE)
                .options(defer(HelpedPerson.name), defer(HelpedPerson.contact))
                .with_for_update(skip_locked=True)
            ).all()
            if not people:
                return done
            ids = [person.id for person in people]
            ending = (PersonConsent.person_id.in_(ids), PersonConsent.expires_at > now)
            session.execute(update(PersonConsent).where(*ending).values(expires_at=now))
            empty_people(session, ids, now)
            session.commit()
        done += len(people)


def forget_old_questions(parts: Parts) -> int:
    """Questions whether it helped that nobody answered for long; how many."""
    with parts.database.writing() as session:
        old = (FollowUp.answered_at.is_(None), FollowUp.due_at <= parts.clock.now() - UNANSWERED_FOR)
        gone = session.scalars(delete(FollowUp).where(*old).returning(FollowUp.id)).all()
        session.commit()
    return len(gone)


def empty_people(session: Session, person_ids: Collection[str], at: datetime) -> None:
    """Empty whatever is of these people; the caller commits. Their own links and questions that wait go with it."""
    if not person_ids:
        return
    needs = select(Need.id).where(Need.person_id.in_(person_ids))
    attempts = select(Attempt.id).where(Attempt.need_id.in_(needs))
    of_them: Mapping[type[Base], ColumnElement[bool]] = {
        HelpedPerson: HelpedPerson.id.in_(person_ids),
        Need: Need.person_id.in_(person_ids),
        Attempt: Attempt.need_id.in_(needs),
        AttemptEvent: AttemptEvent.attempt_id.in_(attempts),
        Handoff: Handoff.attempt_id.in_(attempts),
        PersonConsent: PersonConsent.person_id.in_(person_ids),
        LegalHold: LegalHold.person_id.in_(person_ids),
    }
    session.flush()
    for table, condition in of_them.items():
        _run(session, update(table).where(condition).values(**EMPTIED_COLUMNS[table]))
    _run(session, update(HelpedPerson).where(HelpedPerson.id.in_(person_ids), HelpedPerson.erased_at.is_(None)).values(erased_at=at))
    unanswered = select(FollowUp.id).where(FollowUp.need_id.in_(needs), FollowUp.answered_at.is_(None))
    _run(session, delete(ReferralLink).where(ReferralLink.person_id.in_(person_ids)))
    _run(session, delete(ReferralLink).where(ReferralLink.follow_up_id.in_(select(FollowUp.id).where(FollowUp.need_id.in_(needs)))))
    _run(session, delete(FollowUp).where(FollowUp.id.in_(unanswered)))
    _forget_decisions(session, needs, at)
    session.expire_all()


def _forget_decisions(session: Session, needs: Any, at: datetime) -> None:
    """Who was suggested to them, and what was known of each: no copy brings it back."""
    about = (RuleDecision.about_kind == "need", RuleDecision.about_id.in_(needs))
    for decision_id in session.scalars(select(RuleDecision.id).where(*about)).all():
        session.merge(Erased(kind=RuleDecision.__tablename__, object_id=decision_id, erased_at=at))
    _run(session, delete(RuleDecision).where(*about))


def _run(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


def _told_of(session: Session, person_id: str, now: datetime) -> tuple[str, ...]:
    """Attempts that are under way with somebody who may know something of the person."""
    under_way = [state.value for state in UNDECIDED | TAKEN]
    needs = select(Need.id).where(Need.person_id == person_id)
    found = session.scalars(select(Attempt).where(Attempt.need_id.in_(needs), Attempt.state.in_(under_way)).order_by(Attempt.id)).all()
    return tuple(attempt.id for attempt in found if open_fields(session, attempt, now))


def _forget_waiting_messages(session: Session, contact: str) -> None:
    """What still waits to be sent to the person is not."""
    if not contact:
        return
    waiting = session.execute(select(OutgoingMessage.id, OutgoingMessage.recipient)).all()
    session.execute(delete(OutgoingMessage).where(OutgoingMessage.id.in_([row.id for row in waiting if row.recipient == contact])))
