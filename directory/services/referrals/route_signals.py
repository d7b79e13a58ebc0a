"""What rules that route may know of a referral: how it stands, what it is about, between whom; nothing of the person. Only what the rules
in force ask for is read, each once for a pass."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from directory.domain.referrals.codes import Code
from directory.domain.referrals.states import State
from directory.domain.sectors import Sector
from directory.rules.sets.routing import STATE
from directory.rules.sets.signals import Plain
from directory.services.referrals.slow import slowness_of
from directory.store.tables import Attempt, Organization, Partnership, PartnershipParty

URGENCY, CATEGORY, CODE, ATTEMPTS = "referral.urgency", "referral.category", "referral.code", "referral.attempts"
SENDER_SECTOR, RECEIVER_SECTOR = "referral.sender_sector", "referral.receiver_sector"
HAS_AGREEMENT, IS_SLOW = "referral.has_agreement", "referral.receiver_is_slow"

OF_ITS_EVENTS = frozenset({STATE, URGENCY, CATEGORY, CODE, "referral.waits_for"})
"""What the referral's own record tells for any moment of the past, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks which program, at which of its places, for what and how urgently. `need_id` "" where it is not kept yet."""

    service_id: str
    place_id: str | None
    urgency: str
    category: str
    sender_id: str
    receiver_id: str
    need_id: str = ""


def asked_of(attempt: Attempt) -> Asked:
    return Asked(
        attempt.service_id, attempt.place_id, attempt.urgency, attempt.category, attempt.sender_id, attempt.receiver_id, attempt.need_id
    )


class SignalReader:
    """For one pass, as of a moment."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._sectors: dict[str, str] = {}
        self._agreed: dict[tuple[str, str], bool] = {}
        self._slow: dict[str, bool] = {}
        self._attempts: dict[str, int] = {}

    def of(self, session: Session, wanted: tuple[str, ...], asked: Asked, state: State, code: str) -> dict[str, Plain]:
        """The signals that are wanted and known."""
        found: dict[str, Plain] = {}
        for name in wanted:
            value = self._one(session, name, asked, state, code)
            if value is not None:
                found[name] = value
        return found

    def _one(self, session: Session, name: str, asked: Asked, state: State, code: str) -> Plain | None:
        if name == STATE:
            return state.value
        if name == URGENCY:
            return asked.urgency
        if name == CATEGORY:
            return asked.category
        if name == CODE:
            return code if code in list(Code) else None
        if name == ATTEMPTS:
            return self._attempts_of(session, asked.need_id)
        if name in (SENDER_SECTOR, RECEIVER_SECTOR):
            return self._sector_of(session, asked.sender_id if name == SENDER_SECTOR else asked.receiver_id)
        if name == HAS_AGREEMENT:
            return self._have_agreed(session, asked.sender_id, asked.receiver_id)
        return self._is_slow(session, asked.service_id) if name == IS_SLOW else None

    def _attempts_of(self, session: Session, need_id: str) -> float | None:
        if need_id and need_id not in self._attempts:
            self._attempts[need_id] = session.scalar(select(func.count()).select_from(Attempt).where(Attempt.need_id == need_id)) or 0
        return float(self._attempts[need_id]) if need_id else None

    def _sector_of(self, session: Session, organization_id: str) -> str | None:
        if organization_id not in self._sectors:
            kept = session.scalar(select(Organization.sector).where(Organization.id == organization_id)) or ""
            self._sectors[organization_id] = kept if kept in list(Sector) else ""
        return self._sectors[organization_id] or None

    def _have_agreed(self, session: Session, sender_id: str, receiver_id: str) -> bool:
        key = (sender_id, receiver_id)
        if key not in self._agreed:
            theirs = aliased(PartnershipParty)
            holding = (
                select(Partnership.id)
                .join(PartnershipParty, PartnershipParty.partnership_id == Partnership.id)
                .join(theirs, theirs.partnership_id == Partnership.id)
                .where(PartnershipParty.organization_id == sender_id, theirs.organization_id == receiver_id)
                .where(Partnership.agreed_at.is_not(None), Partnership.ended_at.is_(None))
            )
            self._agreed[key] = session.scalar(holding.limit(1)) is not None
        return self._agreed[key]

    def _is_slow(self, session: Session, service_id: str) -> bool:
        if service_id not in self._slow:
            self._slow[service_id] = service_id in slowness_of(session, [service_id], self._now)
        return self._slow[service_id]
