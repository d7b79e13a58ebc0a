"""Read agreements: the list of an organization, and one with everything. Reading one is kept, since it holds names, addresses and words
of people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.partners import Standing, standing
from directory.domain.people import Actor
from directory.domain.referrals.clocks import Urgency
from directory.services.accounts.audit import Audited, audit
from directory.services.partners.contacts import PartnerContact, contacts_in
from directory.services.partners.kept import Kept, kept_in
from directory.services.partners.scope import acts_for, names_of_organizations, own_partnership, party_ids
from directory.services.parts import Parts
from directory.store.tables import (
    Disagreement,
    DisagreementWords,
    Partnership,
    PartnershipConfirmation,
    PartnershipParty,
    PartnershipTalk,
    PartnershipTerms,
)

TALKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ListedPartnership:
    """`partners`: names of the other parties. `waits_for_us`: something is proposed that we have not answered. `successor_wanted`: a
    contact of ours has left."""

    id: str
    partners: tuple[str, ...]
    standing: Standing
    proposed_at: datetime
    since: datetime | None
    review_on: date | None
    last_talk: date | None
    waits_for_us: bool
    successor_wanted: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A party. `successor_wanted`: its contact has left and nobody took over."""

    organization_id: str
    name: str
    is_own: bool
    contacts: tuple[PartnerContact, ...]
    successor_wanted: bool


@dataclass(frozen=True, slots=True)
class ShownTerms:
    """`said_yes`, `to_say_yes`: names of parties."""

    id: str
    by: str
    at: datetime
    urgent_hours: int | None
    routine_hours: int | None
    shared_intake: bool
    words: str
    review_on: date
    agreed_at: datetime | None
    said_yes: tuple[str, ...]
    to_say_yes: tuple[str, ...]
    waits_for_us: bool


@dataclass(frozen=True, slots=True)
class SideWords:
    """`words` is "" where the side has written nothing."""

    organization_id: str
    name: str
    is_own: bool
    words: str
    written_at: datetime | None
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    id: str
    opened_at: datetime
    settled_at: datetime | None
    sides: tuple[SideWords, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """`noted_by`: the name of an organization."""

    spoke_on: date
    noted_by: str


@dataclass(frozen=True, slots=True)
class KeptBetween:
    """How a promised time was kept: by the receiver, towards the sender; both by name."""

    sender: str
    receiver: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class ShownPartnership:
    """`holding`: the terms that hold, `proposed`: those that wait; either may be None. `kept`: towards us and by us."""

    id: str
    organization: str
    standing: Standing
    since: datetime | None
    ended_at: datetime | None
    ended_by: str
    review_on: date | None
    reviewed_on: date | None
    sides: tuple[Side, ...]
    holding: ShownTerms | None
    proposed: ShownTerms | None
    talks: tuple[Talk, ...]
    kept: tuple[KeptBetween, ...]
    disagreements: tuple[ShownDisagreement, ...]


def list_partnerships(parts: Parts, actor: Actor, organization_id: str) -> tuple[ListedPartnership, ...]:
    """Those of an organization: what waits for it first, then what holds, then what has ended. Raise `Forbidden`."""
    acts_for(actor, organization_id)
    with parts.database.reading() as session:
        mine = select(PartnershipParty.partnership_id).where(PartnershipParty.organization_id == organization_id)
        rows = session.scalars(select(Partnership).where(Partnership.id.in_(mine))).all()
        ids = [row.id for row in rows]
        partners, talks, contacts = _partners(session, ids, organization_id), _last_talks(session, ids), contacts_in(session, ids)
        waiting, disputed = _waiting_for(session, ids, organization_id), _disputed(session, ids)
        found = [
            ListedPartnership(
                id=row.id,
                partners=partners[row.id],
                standing=standing(row.agreed_at, row.ended_at),
                proposed_at=row.proposed_at,
                since=row.agreed_at,
                review_on=row.review_on,
                last_talk=talks.get(row.id),
                waits_for_us=row.id in waiting,
                successor_wanted=(row.id, organization_id) in contacts.wanted,
                is_disputed=row.id in disputed,
            )
            for row in rows
        ]
    order = {Standing.PROPOSED: 0, Standing.AGREED: 1, Standing.ENDED: 2, Standing.DECLINED: 3}
    return tuple(sorted(found, key=lambda one: (not one.waits_for_us, order[one.standing], one.partners, one.id)))


def read_partnership(parts: Parts, actor: Actor, organization_id: str, partnership_id: str) -> ShownPartnership:
    """One agreement as a party sees it; that it was read is kept. Raise `Forbidden`, `NotFound`."""
    acts_for(actor, organization_id)
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id)
        ids = party_ids(session, partnership_id)
        names = names_of_organizations(session, set(ids))
        in_order = sorted(ids, key=lambda each: (each != organization_id, names[each].casefold(), each))
        contacts = contacts_in(session, [partnership_id])
        holding, proposed = _terms(session, partnership_id, names, organization_id)
        shown = ShownPartnership(
            id=row.id,
            organization=names[organization_id],
            standing=standing(row.agreed_at, row.ended_at),
            since=row.agreed_at,
            ended_at=row.ended_at,
            ended_by=names.get(row.ended_by_organization or "", ""),
            review_on=row.review_on,
            reviewed_on=row.reviewed_on,
            sides=tuple(
                Side(each, names[each], each == organization_id, contacts.of(row.id, each), (row.id, each) in contacts.wanted)
                for each in in_order
            ),
            holding=holding,
            proposed=proposed,
            talks=_talks(session, partnership_id, names),
            kept=_kept(parts, session, holding, names, organization_id) if row.ended_at is None else (),
            disagreements=_disagreements(session, partnership_id, in_order, names, organization_id),
        )
        audit(session, Audited.PERSONAL_READ, actor=actor.label, clock=parts.clock, organization_id=organization_id, detail="partnership")
        session.commit()
    return shown


def _partners(session: Session, ids: list[str], organization_id: str) -> dict[str, tuple[str, ...]]:
    rows = session.scalars(select(PartnershipParty).where(PartnershipParty.partnership_id.in_(ids))).all()
    names = names_of_organizations(session, {row.organization_id for row in rows})
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.organization_id != organization_id:
            found[row.partnership_id].append(names[row.organization_id])
    return {each: tuple(sorted(found[each], key=str.casefold)) for each in ids}


def _last_talks(session: Session, ids: list[str]) -> dict[str, date]:
    last = select(PartnershipTalk.partnership_id, func.max(PartnershipTalk.spoke_on).label("day"))
    rows = session.execute(last.where(PartnershipTalk.partnership_id.in_(ids)).group_by(PartnershipTalk.partnership_id))
    return {row.partnership_id: row.day for row in rows}


def _waiting_for(session: Session, ids: list[str], organization_id: str) -> set[str]:
    said = select(PartnershipConfirmation.terms_id).where(PartnershipConfirmation.organization_id == organization_id)
    open_terms = (PartnershipTerms.agreed_at.is_(None), PartnershipTerms.set_aside_at.is_(None), PartnershipTerms.id.not_in(said))
    return set(session.scalars(select(PartnershipTerms.partnership_id).where(PartnershipTerms.partnership_id.in_(ids), *open_terms)))


def _disputed(session: Session, ids: list[str]) -> set[str]:
    open_ones = (Disagreement.partnership_id.in_(ids), Disagreement.settled_at.is_(None))
    return set(session.scalars(select(Disagreement.partnership_id).where(*open_ones)))


def _terms(
    session: Session, partnership_id: str, names: dict[str, str], organization_id: str
) -> tuple[ShownTerms | None, ShownTerms | None]:
    rows = session.scalars(
        select(PartnershipTerms).where(PartnershipTerms.partnership_id == partnership_id).order_by(PartnershipTerms.at, PartnershipTerms.id)
    ).all()
    agreed = sorted((row for row in rows if row.agreed_at is not None), key=lambda row: (row.agreed_at, row.at))
    waiting = [row for row in rows if row.agreed_at is None and row.set_aside_at is None]
    # A first proposal that was declined is shown as what it was.
    last = waiting[-1:] or ([] if agreed else rows[-1:])
    holding = _shown_terms(session, agreed[-1], names, organization_id) if agreed else None
    return holding, _shown_terms(session, last[0], names, organization_id) if last else None


def _shown_terms(session: Session, row: PartnershipTerms, names: dict[str, str], organization_id: str) -> ShownTerms:
    said = set(session.scalars(select(PartnershipConfirmation.organization_id).where(PartnershipConfirmation.terms_id == row.id)))
    is_open = row.agreed_at is None and row.set_aside_at is None
    return ShownTerms(
        id=row.id,
        by=names[row.organization_id],
        at=row.at,
        urgent_hours=row.urgent_hours,
        routine_hours=row.routine_hours,
        shared_intake=row.shared_intake,
        words=row.words or "",
        review_on=row.review_on,
        agreed_at=row.agreed_at,
        said_yes=tuple(sorted(name for each, name in names.items() if each in said)),
        to_say_yes=tuple(sorted(name for each, name in names.items() if each not in said)) if is_open else (),
        waits_for_us=is_open and organization_id not in said,
    )


def _kept(
    parts: Parts, session: Session, holding: ShownTerms | None, names: dict[str, str], organization_id: str
) -> tuple[KeptBetween, ...]:
    """Between the organization and each other party, both ways, since these terms hold."""
    if holding is None or holding.agreed_at is None or (holding.urgent_hours is None and holding.routine_hours is None):
        return ()
    promised = {Urgency.URGENT: holding.urgent_hours, Urgency.ROUTINE: holding.routine_hours}
    others = sorted((each for each in names if each != organization_id), key=lambda each: names[each].casefold())
    ways = [way for other in others for way in ((organization_id, other), (other, organization_id))]
    return tuple(
        KeptBetween(names[sender], names[receiver], kept_in(parts, session, sender, receiver, holding.agreed_at, promised))
        for sender, receiver in ways
    )


def _talks(session: Session, partnership_id: str, names: dict[str, str]) -> tuple[Talk, ...]:
    asked = select(PartnershipTalk).where(PartnershipTalk.partnership_id == partnership_id)
    newest = asked.order_by(PartnershipTalk.spoke_on.desc(), PartnershipTalk.noted_at.desc()).limit(TALKS_SHOWN)
    return tuple(Talk(row.spoke_on, names[row.organization_id]) for row in session.scalars(newest))


def _disagreements(
    session: Session, partnership_id: str, in_order: list[str], names: dict[str, str], organization_id: str
) -> tuple[ShownDisagreement, ...]:
    rows = session.scalars(
        select(Disagreement).where(Disagreement.partnership_id == partnership_id).order_by(Disagreement.opened_at.desc(), Disagreement.id)
    ).all()
    words = session.scalars(select(DisagreementWords).where(DisagreementWords.disagreement_id.in_([row.id for row in rows]))).all()
    said = {(one.disagreement_id, one.organization_id): one for one in words}

    def side(row: Disagreement, each: str) -> SideWords:
        one = said.get((row.id, each))
        return SideWords(
            organization_id=each,
            name=names[each],
            is_own=each == organization_id,
            words=one.words if one else "",
            written_at=one.written_at if one else None,
            is_settled=one is not None and one.settled_at is not None,
        )

    return tuple(ShownDisagreement(row.id, row.opened_at, row.settled_at, tuple(side(row, each) for each in in_order)) for row in rows)
