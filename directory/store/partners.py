"""Agreements between organizations, those who look after them, and introductions of people who work there.

Words and what is of a person are sealed. `by` is always the label of an actor, never a name. Nothing here is of a person who is helped.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class Partnership(Identified, Base):
    """An agreement between organizations. `agreed_at`: when all had said yes for the first time; until then it is a proposal.
    `reminded_for`: the date of the review that both sides were last reminded of. `ended_at` without `agreed_at`: declined."""

    __tablename__ = "partnership"

    proposed_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    review_on: Mapped[date | None] = mapped_column(index=True)
    reviewed_on: Mapped[date | None]
    reminded_for: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_by: Mapped[str | None] = mapped_column(String(60))
    ended_by_organization: Mapped[str | None] = mapped_column(IdType)


class PartnershipParty(Base):
    """An organization that is part of an agreement, or asked to be."""

    __tablename__ = "partnership_party"

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True, index=True)


class PartnershipTerms(Identified, Base):
    """What is agreed, or proposed: nothing in it counts before every party has confirmed it. Times in working hours. `set_aside_at`: newer
    ones took its place, or somebody declined."""

    __tablename__ = "partnership_terms"

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    urgent_hours: Mapped[int | None]
    routine_hours: Mapped[int | None]
    shared_intake: Mapped[bool]
    words: Mapped[str | None] = mapped_column(Sealed)
    review_on: Mapped[date]
    agreed_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]


class PartnershipConfirmation(Base):
    """A party said yes to these terms."""

    __tablename__ = "partnership_confirmation"

    terms_id: Mapped[str] = mapped_column(ForeignKey("partnership_terms.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class PartnershipContact(Identified, Base):
    """Whom to ask for on one side: somebody with an account there, whose name and address are read from it, else a name with a work phone
    or mail. `left_at`: they are not there any more, and a successor is asked for."""

    __tablename__ = "partnership_contact"

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)
    mail: Mapped[str | None] = mapped_column(Sealed)
    added_by: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class PartnershipTalk(Identified, Base):
    """Somebody noted that the two sides spoke on a day; not who, and not of what."""

    __tablename__ = "partnership_talk"

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    by: Mapped[str] = mapped_column(String(60))
    spoke_on: Mapped[date]
    noted_at: Mapped[datetime]


Index("ix_partnership_talk", PartnershipTalk.partnership_id, PartnershipTalk.spoke_on)


class Disagreement(Identified, Base):
    """Something that the sides see differently. `settled_at`: everybody who wrote says that it is settled."""

    __tablename__ = "disagreement"

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class DisagreementWords(Identified, Base):
    """How one side sees it. `settled_at`: for this side it is settled."""

    __tablename__ = "disagreement_words"
    __table_args__ = (UniqueConstraint("disagreement_id", "organization_id"),)

    disagreement_id: Mapped[str] = mapped_column(ForeignKey("disagreement.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    by: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Sealed)
    settled_at: Mapped[datetime | None]


class Introduction(Identified, Base):
    """Somebody who works at one organization asks to be introduced to somebody at another, without any case. `answer`: yes, no. The words
    go when it is answered."""

    __tablename__ = "introduction"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    to_organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
    answer: Mapped[str | None] = mapped_column(String(5))


class PartnerLink(Identified, Base):
    """A link by which an organization answers one thing without an account. `kind` and `object_id` say which; of its secret only the hash
    is kept. Where it works in one browser alone, `bound_hash` is of what that browser keeps; where it works for one answer, `used_at` says
    when that was given; `sent_to` is the mailbox that it went to, with its name covered."""

    __tablename__ = "partner_link"

    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[str] = mapped_column(IdType, index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    bound_hash: Mapped[str | None] = mapped_column(String(64))
    used_at: Mapped[datetime | None]
    sent_to: Mapped[str | None] = mapped_column(String(300))


class NotWith(Identified, Base):
    """An organization says that it does not refer to another one (`refers` False), or takes nobody from it (`takes` False). `words`: why,
    for its own leads alone. The other one is not told, and nobody is suggested to either by the other."""

    __tablename__ = "not_with"
    __table_args__ = (UniqueConstraint("organization_id", "other_id"),)

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    refers: Mapped[bool]
    takes: Mapped[bool]
    words: Mapped[str | None] = mapped_column(Sealed)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
