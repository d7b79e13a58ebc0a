"""What the tables beside `service` say of a batch of services, for their signals. Nothing is read that nobody asked for."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from directory.domain.hours.contradictions import contradict
from directory.domain.people import Role
from directory.domain.upkeep.due import risk_of
from directory.domain.upkeep.links import address_of, key_of
from directory.domain.upkeep.reports import ASKS_TO_LOOK
from directory.rules.sets.signals import Plain
from directory.store.listing_rows import Grouped, entities, grouped, owned
from directory.store.schedules import rows_in_force
from directory.store.tables import LinkCheck, RoleGrant, ServiceCapacity, WorkerReport

_FILED = ("listing.risk", "listing.categories", "listing.has_category")
_ROOM = ("listing.tells_of_room", "listing.room_days")
_REPORTED = ("listing.is_reported", "listing.reported_days")
_REACHED = ("listing.has_phone", "listing.has_way_to_reach")
_PLACED = ("listing.has_place", "listing.has_point")
_HOURS = ("listing.has_hours", "listing.hours_contradict")
_AREA = ("listing.has_area",)
_COST = ("listing.has_cost",)
_LANGUAGES = ("listing.has_languages",)
_OWNER = ("listing.has_owner",)
_LINK = ("listing.link", "listing.link_days")
_KEEPS = (Role.EDITOR.value, Role.LEAD.value)
_NOTHING: Grouped = {}


def tells_of_room(at: datetime) -> ColumnElement[bool]:
    """Room that is still told of, as a condition."""
    return and_(ServiceCapacity.status.is_not(None), or_(ServiceCapacity.expires_at.is_(None), ServiceCapacity.expires_at > at))


def unanswered_reports(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Reports that ask somebody to look, which nobody has answered."""
    return (WorkerReport.kind.in_(ASKS_TO_LOOK), WorkerReport.answered_at.is_(None), WorkerReport.told_at <= at)


class Said:
    """Read once for a batch; the rows are those of `signals`."""

    def __init__(self, session: Session, rows: Sequence[Any], now: datetime, wanted: Collection[str] | None) -> None:
        self._session, self._now, self._wanted = session, now, wanted
        self._ids = [row.id for row in rows]
        self._organizations = {row.organization_id for row in rows if row.organization_id}
        self._sites: Grouped = _NOTHING
        if self._asks(*_REACHED, *_PLACED, *_HOURS, *_AREA, *_LANGUAGES):
            self._sites = grouped(entities(session, "site", self._ids), "service_id")
        sites = [site for some in self._sites.values() for site in some]
        self._hangs = {
            "service_id": self._ids,
            "location_id": {site.location_id for site in sites},
            "service_at_location_id": [site.id for site in sites],
        }
        self._categories = grouped(entities(session, "category", self._ids), "service_id") if self._asks(*_FILED) else _NOTHING
        self._room_at = self._newest(ServiceCapacity, ServiceCapacity.updated, (tells_of_room(now),)) if self._asks(*_ROOM) else {}
        reports = unanswered_reports(now)
        self._told_at = self._newest(WorkerReport, WorkerReport.told_at, reports) if self._asks(*_REPORTED) else {}
        self._costs = grouped(entities(session, "cost", self._ids), "service_id") if self._asks(*_COST) else _NOTHING
        self._schedules = self._owned("schedule", _HOURS, *self._hangs)
        self._served = self._owned("served", _AREA, "service_id", "service_at_location_id")
        self._languages = self._owned("language", _LANGUAGES, "service_id", "location_id")
        self._contacts = self._owned("contact", _REACHED, "service_id")
        self._phones = self._read_phones() if self._asks(*_REACHED) else {}
        self._links = self._read_links(rows) if self._asks(*_LINK) else {}
        self._kept = self._kept_organizations() if self._asks(*_OWNER) else frozenset()

    def _asks(self, *names: str) -> bool:
        return self._wanted is None or any(name in self._wanted for name in names)

    def _newest(self, table: Any, column: Any, conditions: tuple[ColumnElement[bool], ...]) -> dict[str, datetime]:
        asked = select(table.service_id, func.max(column)).where(table.service_id.in_(self._ids), *conditions)
        return dict(self._session.execute(asked.group_by(table.service_id)).all())

    def _owned(self, name: str, for_: tuple[str, ...], *owners: str) -> dict[str, Grouped]:
        if not self._asks(*for_):
            return dict.fromkeys(owners, _NOTHING)
        return owned(self._session, name, {owner: self._hangs[owner] for owner in owners})

    def _read_phones(self) -> dict[str, Grouped]:
        contacts = [contact.id for some in self._contacts["service_id"].values() for contact in some]
        return owned(self._session, "phone", {**self._hangs, "organization_id": self._organizations, "contact_id": contacts})

    def _read_links(self, rows: Sequence[Any]) -> dict[str, Any]:
        keys = {key for key in map(_link_key, rows) if key}
        columns = (LinkCheck.key, LinkCheck.state, LinkCheck.answered_at)
        return {found.key: found for found in self._session.execute(select(*columns).where(LinkCheck.key.in_(keys)))} if keys else {}

    def _kept_organizations(self) -> frozenset[str]:
        """Organizations of which somebody with an account may change listings."""
        held = (RoleGrant.organization_id.in_(self._organizations), RoleGrant.role.in_(_KEEPS), RoleGrant.ended_at.is_(None))
        return frozenset(key for key in self._session.scalars(select(RoleGrant.organization_id).where(*held)) if key)

    def room_at(self, row: Any) -> datetime | None:
        """When the room that it tells of was told last, or found right since; None where it tells of none."""
        told = self._room_at.get(row.id)
        return max(told, row.verified_at) if told and row.verified_at else told

    def told_at(self, row: Any) -> datetime | None:
        """Since when a report that nobody answered says that it may be wrong; None where somebody has looked since."""
        told = self._told_at.get(row.id)
        return None if told and row.verified_at and told <= row.verified_at else told

    def link_since(self, row: Any) -> datetime | None:
        """When its website answered last; None where it never did, or nobody asked."""
        link = self._link(row)
        return link.answered_at if link is not None else None

    def _link(self, row: Any) -> Any:
        return self._links.get(_link_key(row)) if self._links else None

    def told(self, row: Any) -> Iterator[tuple[str, Plain | None]]:
        """The signals of one service."""
        if self._asks(*_FILED):
            slugs = frozenset(entry.category for entry in self._categories.get(row.id, ()))
            yield from zip(_FILED, (risk_of(slugs).value, slugs, bool(slugs)), strict=True)
        if self._asks(*_ROOM):
            yield "listing.tells_of_room", row.id in self._room_at
        if self._asks(*_REPORTED):
            yield "listing.is_reported", self.told_at(row) is not None
        if self._asks(*_REACHED):
            yield from self._reached(row)
        if self._asks(*_PLACED):
            yield from self._placed(row)
        if self._asks(*_HOURS):
            yield from self._hours(row)
        if self._asks(*_AREA):
            at_site = any(site.id in self._served["service_at_location_id"] for site in self._at(row))
            yield "listing.has_area", at_site or row.id in self._served["service_id"]
        if self._asks(*_COST):
            yield "listing.has_cost", bool(row.cost or row.fees or row.fees_description or row.id in self._costs)
        if self._asks(*_LANGUAGES):
            at_place = any(site.location_id in self._languages["location_id"] for site in self._at(row))
            yield "listing.has_languages", at_place or row.id in self._languages["service_id"] or bool(row.interpretation_services)
        if self._asks(*_OWNER):
            yield "listing.has_owner", row.organization_id in self._kept
        link = self._link(row)
        if link is not None:
            yield "listing.link", link.state

    def _at(self, row: Any) -> Sequence[Any]:
        return self._sites.get(row.id, ())

    def _reached(self, row: Any) -> Iterator[tuple[str, Plain]]:
        contacts = self._contacts["service_id"].get(row.id, ())
        phones = self._phones
        has_phone = (
            row.id in phones["service_id"]
            or row.organization_id in phones["organization_id"]
            or any(contact.id in phones["contact_id"] for contact in contacts)
            or any(site.id in phones["service_at_location_id"] or site.location_id in phones["location_id"] for site in self._at(row))
        )
        written = (row.email, row.url, row.organization_email, row.website, *(contact.email for contact in contacts))
        yield "listing.has_phone", has_phone
        yield "listing.has_way_to_reach", has_phone or any((text or "").strip() for text in written)

    def _placed(self, row: Any) -> Iterator[tuple[str, Plain]]:
        """A place whose address is kept secret is a place; that it has no point is as it should be."""
        sites = self._at(row)
        yield "listing.has_place", bool(sites) or bool({"phone", "online"}.intersection(row.remote or ()))
        shown = [site for site in sites if not site.confidential and site.location_type != "virtual"]
        if shown:
            yield "listing.has_point", all(site.latitude is not None and site.longitude is not None for site in shown)

    def _hours(self, row: Any) -> Iterator[tuple[str, Plain]]:
        own = self._schedules["service_id"].get(row.id, ())
        by_site, by_place = self._schedules["service_at_location_id"], self._schedules["location_id"]
        nearness = [[by_site.get(site.id, ()), own, by_place.get(site.location_id, ())] for site in self._at(row)] or [[own]]
        hours = [rows_in_force(rows, "hours") for rows in nearness]
        intake = [rows_in_force(rows, "intake") for rows in nearness]
        yield "listing.has_hours", any(hours) or any(intake)
        if any(hours) or any(intake):
            yield "listing.hours_contradict", any(contradict(rows) for rows in (*hours, *intake))


def _link_key(row: Any) -> str:
    """Of its own website, else of its organization's; "" where it has none that can be asked."""
    address = address_of(row.url or "") or address_of(row.website or "")
    return key_of(address) if address else ""
