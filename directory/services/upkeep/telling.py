"""Tell an organization at once what workers reported and people suggested: one mail for all of a day, to those that are asked by mail and
want to hear of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_time
from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.services.listings.community import community_in
from directory.services.messages.language import language_for
from directory.services.messages.letter import can_mail, leave_mail
from directory.services.parts import Parts
from directory.services.upkeep.links import make_link
from directory.services.upkeep.mails import link_address
from directory.services.upkeep.stopping import Kind, stop_address
from directory.services.words import write_letter
from directory.store.tables import Organization, Service, Suggestion, UpkeepContact, WorkerReport

DAY = timedelta(days=1)
AT_ONCE = 100
NAMED = 10


@dataclass(frozen=True, slots=True)
class _Told:
    """`name` of the listing, `kind` of the report, `time` on the community's clock."""

    name: str
    kind: str
    time: str


def tell_what_was_said(parts: Parts) -> int:
    """Leave a mail for each organization that has something to hear; how many."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        community = community_in(session)
        if not can_mail(parts, community):
            return 0
        waiting = or_(_reported(now), _suggested())
        turn = list(session.scalars(select(UpkeepContact.organization_id).where(_wants_to_hear(now), waiting).limit(AT_ONCE)))
    return sum(_tell(parts, organization_id, community, now) for organization_id in turn)


def _wants_to_hear(now: datetime) -> ColumnElement[bool]:
    rested = or_(UpkeepContact.last_told_at.is_(None), UpkeepContact.last_told_at <= now - DAY)
    return and_(UpkeepContact.tells_at_once.is_(True), UpkeepContact.stopped_at.is_(None), rested)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WorkerReport.answered_at.is_(None), WorkerReport.mailed_at.is_(None), WorkerReport.ends_at > now)


def _reported(now: datetime) -> ColumnElement[bool]:
    of_it = and_(Service.id == WorkerReport.service_id, Service.organization_id == UpkeepContact.organization_id)
    return exists().where(of_it, *_open(now))


def _suggested() -> ColumnElement[bool]:
    of_it = Suggestion.organization_id == UpkeepContact.organization_id
    return exists().where(of_it, Suggestion.state == "waiting", Suggestion.mailed_at.is_(None))


def _tell(parts: Parts, organization_id: str, community: Community, now: datetime) -> bool:
    """The update itself decides which of two workers writes the mail."""
    with parts.database.writing() as session:
        mine = update(UpkeepContact).where(UpkeepContact.organization_id == organization_id, _wants_to_hear(now))
        taken = mine.values(last_told_at=now).returning(UpkeepContact.organization_id)
        if session.execute(taken.execution_options(synchronize_session=False)).first() is None:
            return False
        organization, row = session.get_one(Organization, organization_id), session.get_one(UpkeepContact, organization_id)
        address = row.address or (organization.email or "").strip()
        if not address:
            return False
        language = language_for(session, organization_id, row.language, community)
        reports, suggestions = (
            _reports(session, organization_id, language, community, now),
            _suggestions(session, organization_id, language, community, now),
        )
        if not reports and not suggestions:
            return False
        subject, body = write_letter(
            "told",
            language,
            name=organization.name,
            reports=reports[:NAMED],
            suggestions=suggestions[:NAMED],
            link=link_address(parts, make_link(session, organization_id, now)),
            community=community.name,
            stop=stop_address(parts, organization_id, address, Kind.AT_ONCE),
        )
        leave_mail(parts, session, address, subject, body)
        session.commit()
    return True


def _reports(session: Session, organization_id: str, language: str, community: Community, now: datetime) -> list[_Told]:
    asked = select(WorkerReport, Service.name).join(Service, Service.id == WorkerReport.service_id)
    rows = session.execute(asked.where(Service.organization_id == organization_id, *_open(now)).order_by(WorkerReport.told_at)).all()
    for report, _name in rows:
        report.mailed_at = now
    return [_Told(name, report.kind, _clock(report.told_at, language, community)) for report, name in rows]


def _suggestions(session: Session, organization_id: str, language: str, community: Community, now: datetime) -> list[_Told]:
    asked = select(Suggestion, Service.name).join(Service, Service.id == Suggestion.service_id)
    waiting = (Suggestion.organization_id == organization_id, Suggestion.state == "waiting", Suggestion.mailed_at.is_(None))
    rows = session.execute(asked.where(*waiting).order_by(Suggestion.made_at)).all()
    for suggestion, _name in rows:
        suggestion.mailed_at = now
    return [_Told(name, "", _clock(suggestion.made_at, language, community)) for suggestion, name in rows]


def _clock(moment: datetime, language: str, community: Community) -> str:
    locale = f"{language}_{community.country.upper()}" if community.country else language
    return format_time(moment.astimezone(ZoneInfo(community.zone)).replace(tzinfo=None), "short", locale=locale)
