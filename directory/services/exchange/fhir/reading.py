"""Reads needs, attempts and consents for the mapping: named columns only, so that nothing sealed is even opened; and no attempt that was
never sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.consent import Field, Method, Proxy
from directory.domain.referrals.states import State
from directory.services.exchange.fhir.facts import CODE, REQUEST, AttemptFacts, ConsentFacts, Pseudonym
from directory.store.tables import Attempt, AttemptEvent, Need, Organization, PersonConsent

WAS_SENT: ColumnElement[bool] = Attempt.sent_at.is_not(None)
"""What others may know of. A draft that was withdrawn or struck out was never sent, either."""

NEEDS = (Need.id, Need.person_id, Need.organization_id, Need.category, Need.urgency, Need.closed_at)

NEWEST = select(func.max(AttemptEvent.at)).where(AttemptEvent.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
"""When an attempt changed last."""

_TAKEN_BACK = frozenset({State.WITHDRAWN, State.VOID})


def attempts_statement() -> Any:
    """Attempts that were sent, with the code that their person carries and when they changed last; the caller says which, and in what
    order."""
    return (
        select(
            Attempt.id,
            Attempt.need_id,
            Attempt.service_id,
            Attempt.place_id,
            Attempt.sender_id,
            Attempt.receiver_id,
            Attempt.urgency,
            Attempt.category,
            Attempt.state,
            Attempt.code,
            Attempt.sent_at,
            Attempt.version,
            Attempt.is_contested,
            Attempt.wait_position,
            Attempt.review_at,
            Need.code.label("carried"),
            NEWEST.label("changed_at"),
        )
        .join(Need, Need.id == Attempt.need_id)
        .where(WAS_SENT)
    )


def attempt_facts(row: Any, names: "Names", place_id: str = "", *, by_code: bool = False) -> AttemptFacts:
    """`by_code`: for its receiver, to whom the person may show their card; not any more once it was taken back."""
    state = State(row.state)
    person = Pseudonym(CODE, row.carried) if by_code and state not in _TAKEN_BACK else Pseudonym(REQUEST, row.need_id)
    return AttemptFacts(
        id=row.id,
        need_id=row.need_id,
        person=person,
        is_urgent=row.urgency == Urgency.URGENT,
        category=row.category,
        requester_id=row.sender_id,
        requester=names.of(row.sender_id),
        owner_id=row.receiver_id,
        owner=names.of(row.receiver_id),
        state=state,
        code=row.code or "",
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        version=row.version,
        place_id=place_id,
        is_contested=row.is_contested,
        wait_position=row.wait_position,
        review_on=row.review_at.date() if row.review_at else None,
    )


class Names:
    """What organizations are called, read once each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str] = {}

    def read(self, ids: Iterable[str]) -> None:
        missing = set(ids) - self._known.keys()
        if missing:
            rows = self._session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(missing)))
            self._known.update({row.id: row.name for row in rows})

    def of(self, organization_id: str) -> str:
        return self._known.get(organization_id, "")


def consents_of_needs(session: Session, needs: Sequence[Any], now: datetime) -> dict[str, list[ConsentFacts]]:
    """Need -> what was agreed to for it, oldest first. What holds for all needs of a person stands at each under another id, so that nobody
    can tell that they are of one person."""
    people = {need.person_id for need in needs}
    statement = (
        select(
            PersonConsent.id,
            PersonConsent.person_id,
            PersonConsent.need_id,
            PersonConsent.recipients,
            PersonConsent.fields,
            PersonConsent.method,
            PersonConsent.language,
            PersonConsent.proxy,
            PersonConsent.given_at,
            PersonConsent.expires_at,
            PersonConsent.revoked_at,
        )
        .where(PersonConsent.person_id.in_(people))
        .where(or_(PersonConsent.need_id.is_(None), PersonConsent.need_id.in_([need.id for need in needs])))
        .order_by(PersonConsent.given_at, PersonConsent.id)
    )
    of_person: dict[str, list[Any]] = {}
    for row in session.execute(statement):
        of_person.setdefault(row.person_id, []).append(row)
    return {
        need.id: [_consent_facts(row, need, now) for row in of_person.get(need.person_id, ()) if row.need_id in (None, need.id)]
        for need in needs
    }


def _consent_facts(row: Any, need: Any, now: datetime) -> ConsentFacts:
    ends_at = min(row.expires_at, row.revoked_at) if row.revoked_at else row.expires_at
    return ConsentFacts(
        id=str(uuid5(NAMESPACE_URL, f"consent/{row.id}/{need.id}")),
        person=Pseudonym(REQUEST, need.id),
        organization_id=need.organization_id,
        recipients=tuple(sorted(row.recipients)),
        fields=tuple(field for field in Field if field in row.fields),
        method=Method(row.method),
        language=row.language,
        given_at=row.given_at,
        ends_at=max(ends_at, row.given_at),
        holds=row.given_at <= now < ends_at,
        proxy=Proxy(row.proxy) if row.proxy else None,
    )
