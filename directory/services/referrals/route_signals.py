"""What rules that route may know of a referral: how it stands, what it is about, between whom; nothing of the person. Only what the rules
in force ask for is read, each once for a pass."""

from collections.abc import Iterable, Iterator
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
    """For one pass, as of a moment. What is asked of many is read at once (`prepare`)."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._sectors: dict[str, str] = {}
        self._agreed: frozenset[tuple[str, str]] | None = None
        self._slow: dict[str, bool] = {}
        self._attempts: dict[str, int] = {}

    def prepare(self, session: Session, wanted: tuple[str, ...], asked: Iterable[Asked]) -> None:
        """Read what is wanted of these and not known yet."""
        each_asked = list(asked)
        if ATTEMPTS in wanted:
            self._read_attempts(session, {each.need_id for each in each_asked if each.need_id} - self._attempts.keys())
        if SENDER_SECTOR in wanted or RECEIVER_SECTOR in wanted:
            ids = {organization for each in each_asked for organization in (each.sender_id, each.receiver_id)}
            self._read_sectors(session, ids - self._sectors.keys())
        if HAS_AGREEMENT in wanted and self._agreed is None:
            self._agreed = _agreed_pairs(session)
        if IS_SLOW in wanted:
            ids = {each.service_id for each in each_asked} - self._slow.keys()
            slow = slowness_of(session, ids, self._now)
            self._slow |= {service_id: service_id in slow for service_id in ids}

    def of(self, session: Session, wanted: tuple[str, ...], asked: Asked, state: State, code: str) -> dict[str, Plain]:
        """The signals that are wanted and known."""
        if not OF_ITS_EVENTS.issuperset(wanted):
            self.prepare(session, wanted, [asked])
        known: dict[str, Plain | None] = {
            STATE: state.value,
            URGENCY: asked.urgency,
            CATEGORY: asked.category,
            CODE: code if code in _CODES else None,
            ATTEMPTS: float(self._attempts[asked.need_id]) if asked.need_id in self._attempts else None,
            SENDER_SECTOR: self._sectors.get(asked.sender_id) or None,
            RECEIVER_SECTOR: self._sectors.get(asked.receiver_id) or None,
            HAS_AGREEMENT: (asked.sender_id, asked.receiver_id) in self._agreed if self._agreed is not None else None,
            IS_SLOW: self._slow.get(asked.service_id),
        }
        return {name: value for name in wanted if (value := known.get(name)) is not None}

    def _read_attempts(self, session: Session, need_ids: set[str]) -> None:
        for some in _in_parts(need_ids):
            counts = select(Attempt.need_id, func.count()).where(Attempt.need_id.in_(some)).group_by(Attempt.need_id)
            self._attempts |= {need_id: count for need_id, count in session.execute(counts)}  # noqa: C416  # typed rows

    def _read_sectors(self, session: Session, ids: set[str]) -> None:
        for some in _in_parts(ids):
            rows = session.execute(select(Organization.id, Organization.sector).where(Organization.id.in_(some)))
            self._sectors |= {organization_id: sector if sector in _SECTORS else "" for organization_id, sector in rows}


_CODES = frozenset(code.value for code in Code)
_SECTORS = frozenset(sector.value for sector in Sector)
_AT_ONCE = 500


def _in_parts(ids: set[str]) -> Iterator[list[str]]:
    """So that no statement names too many."""
    ordered = sorted(ids)
    return (ordered[first : first + _AT_ONCE] for first in range(0, len(ordered), _AT_ONCE))


def _agreed_pairs(session: Session) -> frozenset[tuple[str, str]]:
    """Both ways around."""
    theirs = aliased(PartnershipParty)
    holding = (
        select(PartnershipParty.organization_id, theirs.organization_id)
        .join(Partnership, Partnership.id == PartnershipParty.partnership_id)
        .join(theirs, theirs.partnership_id == Partnership.id)
        .where(Partnership.agreed_at.is_not(None), Partnership.ended_at.is_(None))
        .where(PartnershipParty.organization_id != theirs.organization_id)
    )
    return frozenset((row[0], row[1]) for row in session.execute(holding))
