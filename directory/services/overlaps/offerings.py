"""Listings as offerings that are held against each other: read in batches, and only what a pair rests on.

Of a confidential place nothing is taken: neither where it is nor in which area. Such a listing serves where it says that it does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.geojson import outline
from directory.domain.hours.access import deciding_hours
from directory.domain.hours.opening_calendar import opening_calendar
from directory.domain.hours.values import OpeningHours
from directory.domain.listing import ServedArea
from directory.domain.served import postal_area_of_code
from directory.rules.overlap.ground import NOWHERE, Circle, Ground, Holds, union_of
from directory.rules.overlap.offering import Offering
from directory.rules.overlap.people import NOBODY_TOLD, people_of
from directory.rules.overlap.week import week_of
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.store.criteria_of import criteria_in
from directory.store.listing_rows import entities, grouped, owned
from directory.store.places_of import served_area
from directory.store.schedules import access_of
from directory.store.tables import Area, Organization, Service, ServiceCategory

AT_ONCE = 500
_DAY = 1440
_WEEKS = timedelta(weeks=4)
Progress = Callable[[int, int], None]


def listed_ids(session: Session) -> list[str]:
    """Of everything that is listed, in order."""
    return list(session.scalars(select(Service.id).where(*listed_condition()).order_by(Service.id)))


def category_counts(session: Session) -> dict[str, int]:
    """How many listings have each category."""
    counted = select(ServiceCategory.category, func.count()).join(Service, Service.id == ServiceCategory.service_id)
    return dict(session.execute(counted.where(*listed_condition()).group_by(ServiceCategory.category)).all())


def area_holders(session: Session) -> Holds:
    """Of the areas that the community keeps: what holds each, beyond what its id says."""
    parents = {row.id: row.parent_id for row in session.execute(select(Area.id, Area.parent_id))}
    found: dict[str, frozenset[str]] = {}
    for area in parents:
        above, at = set(), parents[area]
        while at and at not in above:
            above.add(at)
            at = parents.get(at)
        found[area] = frozenset(above)
    return found


def read_offerings(
    session: Session, service_ids: Sequence[str], today: date, progress: Progress, stop: Callable[[], None]
) -> list[Offering]:
    """The offerings of these listings that have a category; others cannot be held against anything."""
    community, outlines = community_in(session), _area_outlines(session)
    found: list[Offering] = []
    for start in range(0, len(service_ids), AT_ONCE):
        stop()
        batch = _Batch(session, service_ids[start : start + AT_ONCE], community.zone, today, outlines)
        found.extend(batch.offering(row) for row in batch.services if batch.categories.get(row.id))
        progress(min(start + AT_ONCE, len(service_ids)), len(service_ids))
    return found


class _Batch:
    def __init__(self, session: Session, ids: Sequence[str], zone: str, today: date, outlines: Mapping[str, BaseGeometry]) -> None:
        columns = (Service.id, Service.organization_id, Service.closed_on_holidays, Service.ways_in, Organization.sector)
        asked = select(*columns).outerjoin(Organization, Organization.id == Service.organization_id).where(Service.id.in_(ids))
        self.services = session.execute(asked).all()
        self._zone, self._first, self._outlines = zone, today - timedelta(days=today.weekday()), outlines
        self.categories = grouped(entities(session, "category", ids), "service_id")
        self._criteria = criteria_in(session, ids)
        sites = [site for site in entities(session, "site", ids) if not site.confidential]
        hidden = [site for site in entities(session, "site", ids) if site.confidential]
        self._sites, self._hidden = grouped(sites, "service_id"), grouped(hidden, "service_id")
        site_ids = [site.id for site in (*sites, *hidden)]
        location_ids = {site.location_id for site in sites}
        owners = {"service_id": ids, "location_id": location_ids, "service_at_location_id": site_ids}
        self._schedules = owned(session, "schedule", owners)
        self._languages = owned(session, "language", {"service_id": ids, "location_id": location_ids})
        self._served = owned(session, "served", {"service_id": ids, "service_at_location_id": site_ids})

    def offering(self, row: Any) -> Offering:
        sites = self._sites.get(row.id, [])
        points = [(site.latitude, site.longitude) for site in sites if site.latitude is not None and site.longitude is not None]
        criteria = self._criteria.get(row.id)
        return Offering(
            id=row.id,
            organization_id=row.organization_id or "",
            categories=frozenset(each.category for each in self.categories[row.id]),
            people=people_of(criteria) if criteria is not None else NOBODY_TOLD,
            ground=self._ground(row, sites),
            at=points[0] if points else None,
            week=self._week(row, [*sites, *self._hidden.get(row.id, [])]),
            languages=frozenset(self._language_codes(row, sites)),
            sector=row.sector or "",
        )

    def _language_codes(self, row: Any, sites: Iterable[Any]) -> Iterable[str]:
        told = [*self._languages["service_id"].get(row.id, [])]
        told += [each for site in sites for each in self._languages["location_id"].get(site.location_id, [])]
        return (each.code.partition("-")[0].lower() for each in told if each.code)

    def _ground(self, row: Any, sites: Sequence[Any]) -> Ground:
        rows = [*self._served["service_id"].get(row.id, [])]
        for site in (*sites, *self._hidden.get(row.id, [])):
            rows += self._served["service_at_location_id"].get(site.id, [])
        stated = _stated([served_area(each) for each in rows], self._outlines)
        if stated.is_known:
            return stated
        circles = tuple(
            Circle(site.latitude, site.longitude, lies_in=frozenset(filter(None, (site.area_id,))))
            for site in sites
            if site.latitude is not None and site.longitude is not None
        )
        return Ground(circles=tuple(dict.fromkeys(circles)), is_reckoned=True) if circles else NOWHERE

    def _week(self, row: Any, sites: Sequence[Any]) -> int | None:
        own = self._schedules["service_id"].get(row.id, [])
        places = [
            (
                [
                    self._schedules["service_at_location_id"].get(site.id, []),
                    own,
                    self._schedules["location_id"].get(site.location_id, []),
                ],
                site.zone or self._zone,
            )
            for site in sites
        ] or [([own], self._zone)]
        weeks = [
            _week(deciding_hours(access_of(rows, zone, None, row.closed_on_holidays, row.ways_in or ())), self._first)
            for rows, zone in places
        ]
        known = [week for week in weeks if week is not None]
        return _either(known) if known else None


def _either(weeks: Iterable[int]) -> int:
    open_ = 0
    for week in weeks:
        open_ |= week
    return open_


@lru_cache(maxsize=20_000)
def _week(hours: OpeningHours, first: date) -> int | None:
    """The usual week of hours; what opens in some weeks only, as on the first Saturday, counts as open."""
    calendar = opening_calendar(hours, first, _WEEKS.days)
    if not calendar.known:
        return None
    rare = [(day.weekday() * _DAY + start, day.weekday() * _DAY + end) for day, spans in calendar.irregular.items() for start, end in spans]
    return week_of((*calendar.week, *rare))


def _stated(served: Sequence[ServedArea], outlines: Mapping[str, BaseGeometry]) -> Ground:
    """The areas that a listing says it serves: by their ids where it names any, with their outline where each has one; else as drawn."""
    areas = {area.area_id for area in served if area.area_id}
    areas |= {found for area in served for code in area.postal_codes if (found := postal_area_of_code(code))}
    if areas:
        shapes = [outlines[area] for area in sorted(areas) if area in outlines]
        return Ground(areas=frozenset(areas), outline=union_of(shapes) if len(shapes) == len(areas) else None)
    drawn = [shape for area in served if area.polygon is not None and (shape := _drawn(area.polygon)) is not None]
    return Ground(outline=union_of(drawn)) if drawn else NOWHERE


def _drawn(polygon: Mapping[str, Any]) -> BaseGeometry | None:
    try:
        return outline(polygon)
    except InvalidInput:
        return None


def _area_outlines(session: Session) -> dict[str, BaseGeometry]:
    found: dict[str, BaseGeometry] = {}
    for row in session.execute(select(Area.id, Area.polygon).where(Area.polygon.is_not(None))):
        shape = _drawn(row.polygon)
        if shape is not None:
            found[row.id] = shape
    return found


def kin_of(session: Session, service_ids: Collection[str]) -> set[str]:
    """These listings and all others of their organizations, listed or not."""
    owners = select(Service.organization_id).where(Service.id.in_(service_ids), Service.organization_id.is_not(None))
    return set(service_ids) | set(session.scalars(select(Service.id).where(Service.organization_id.in_(owners))))
