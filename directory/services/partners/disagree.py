"""What the sides of an agreement see differently: each writes its own words, nobody writes those of another, both stand side by side with
their dates. It is settled when everybody who wrote says so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.partners import LONGEST_WORDS
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.partners.scope import leads, names_of_organizations, own_partnership, party_ids
from directory.services.partners.told import leading, partners_path, tell
from directory.services.parts import Parts
from directory.store.tables import Disagreement, DisagreementWords


def write_down(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, words: str, disagreement_id: str = "") -> None:
    """Write down how one's own side sees it: something new, or one's words to what is there; new words take the place of one's older ones.
    The other side learns that there is something, not what. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    words = words.strip()
    if not 0 < len(words) <= LONGEST_WORDS:
        raise InvalidInput("disagreement", say("How you see it: write it, in at most %(count)s letters.", count=LONGEST_WORDS))
    now = parts.clock.now()
    with parts.database.writing() as session:
        own_partnership(session, organization_id, partnership_id, for_writing=True)
        if disagreement_id:
            about = _own(session, partnership_id, disagreement_id)
        else:
            about = Disagreement(partnership_id=partnership_id, opened_at=now)
            session.add(about)
            session.flush()
        row = _words_of(session, about, organization_id)
        if row is None:
            row = DisagreementWords(disagreement_id=about.id, organization_id=organization_id, by=actor.label, written_at=now, words=words)
            session.add(row)
        row.words, row.by, row.written_at, row.settled_at, about.settled_at = words, actor.label, now, None, None
        name = names_of_organizations(session, {organization_id})[organization_id]
        for each in party_ids(session, partnership_id):
            if each != organization_id:
                tell(parts, session, leading(session, each), "partner_disagreement", partners_path(each, partnership_id), partner=name)
        session.commit()


def settle(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, disagreement_id: str) -> bool:
    """For one's own side it is settled; whether it is for everybody who wrote. A side that wrote nothing has nothing to settle. Raise
    `Forbidden`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    now = parts.clock.now()
    with parts.database.writing() as session:
        own_partnership(session, organization_id, partnership_id, for_writing=True)
        about = _own(session, partnership_id, disagreement_id)
        row = _words_of(session, about, organization_id)
        if row is None:
            raise NotFound(say("Your organization has written nothing to this. Write how you see it first."))
        row.settled_at = row.settled_at or now
        session.flush()
        open_ones = (DisagreementWords.disagreement_id == about.id, DisagreementWords.settled_at.is_(None))
        if session.scalar(select(DisagreementWords.id).where(*open_ones).limit(1)) is None:
            about.settled_at = now
        is_settled = about.settled_at is not None
        session.commit()
    return is_settled


def _own(session: Session, partnership_id: str, disagreement_id: str) -> Disagreement:
    row = session.get(Disagreement, disagreement_id, with_for_update=True) if is_id(disagreement_id) else None
    if row is None or row.partnership_id != partnership_id:
        raise NotFound(say("There is no such disagreement."))
    return row


def _words_of(session: Session, about: Disagreement, organization_id: str) -> DisagreementWords | None:
    found = select(DisagreementWords).where(
        DisagreementWords.disagreement_id == about.id, DisagreementWords.organization_id == organization_id
    )
    return session.scalar(found)
