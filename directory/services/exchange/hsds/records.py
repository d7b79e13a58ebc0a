"""Records as nested objects of HSDS 3.1, a batch at a time, with all that belongs inside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.hsds.objects import Json, Surroundings, object_of
from directory.services.exchange.hsds.rows import PARTS_KEY, Row, is_public, public_rows, rows_by
from directory.services.exchange.identity import derived_id
from directory.store.sources_of import source_notes

MOST_REMEMBERED = 20_000


class Records:
    """Reads and makes objects within one session. `zone` is the community's, for places that have none of their own."""

    def __init__(self, session: Session, *, zone: str, today: date) -> None:
        self.session = session
        self.zone = zone
        self._terms: dict[str, Json] = {}
        self._units: dict[str, Row] = {}
        self._listed: dict[str, set[str]] = {"organization": set(), "program": set()}
        self.sources = source_notes(session)
        self._around = Surroundings(self.sources, self._terms, self._units, today)

    def services(self, ids: Iterable[str]) -> dict[str, Json]:
        """Services by id, fully nested."""
        rows = public_rows(self.session, "service", ids)
        sites: dict[str, list[tuple[str, Json]]] = defaultdict(list)
        for service_id, zone, site in self._sites(rows_by(self.session, "service_at_location", "service_id", list(rows))):
            sites[service_id].append((zone, site))
        organizations = self.nested_organizations(row["organization_id"] for row in rows.values())
        programs = self.own("program", (row["program_id"] for row in rows.values()))
        self._learn(rows.values())
        found: dict[str, Json] = {}
        for key, row in rows.items():
            here = sites[key]
            service = object_of("service", row, self._at(_shared_zone([zone for zone, _ in here], self.zone)))
            for name, known in (("organization", organizations), ("program", programs)):
                if row[f"{name}_id"] in known:
                    service[name] = known[row[f"{name}_id"]]
            if here:
                service["service_at_locations"] = [site for _, site in here]
            found[key] = service
        return found

    def _sites(self, rows: dict[str, Row]) -> list[tuple[str, str, Json]]:
        """(service id, zone, object) of services at locations, each with its location inside."""
        locations = public_rows(self.session, "location", [row["location_id"] for row in rows.values()])
        self._drop_links(locations.values())
        self._learn([*rows.values(), *locations.values()])
        found = []
        for key, row in rows.items():
            place = locations.get(row["location_id"])
            if place is None:
                continue
            zone = place["zone"] or self.zone
            site = object_of("service_at_location", _hidden_site(row) if place["confidential"] else row, self._at(zone))
            site["location"] = self._place(key, place, zone)
            found.append((row["service_id"], zone, site))
        return found

    def _place(self, site_id: str, row: Row, zone: str) -> Json:
        """A location at a service. The id of a confidential one is made from the site's, so that nothing can be found by it."""
        if row["confidential"]:
            row = {**row, "id": hidden_id(site_id)}
        return object_of("location", row, self._at(zone))

    def service_at_locations(self, ids: Iterable[str]) -> dict[str, tuple[str, Json]]:
        """(service id, object) of services at locations by id."""
        sites = self._sites(public_rows(self.session, "service_at_location", ids))
        return {site["id"]: (service, site) for service, _, site in sites}

    def flat_services(self, ids: Iterable[str]) -> Iterator[tuple[Row, Json]]:
        """(row, object) of services without other records inside, times of day without an offset where their places do not share one."""
        rows = public_rows(self.session, "service", ids)
        zones = self._zones(list(rows))
        self._drop_links(rows.values())
        self._learn(rows.values())
        for key, row in rows.items():
            yield row, object_of("service", row, self._at(_shared_zone(zones[key], self.zone)))

    def _zones(self, service_ids: list[str]) -> dict[str, list[str]]:
        """Service id -> zones of its places."""
        site, place = TABLES["service_at_location"], TABLES["location"]
        statement = (
            select(site.c.service_id, place.c.zone)
            .join_from(site, place, place.c.id == site.c.location_id)
            .where(site.c.service_id.in_(service_ids), *is_public(site), *is_public(place))
        )
        found: dict[str, list[str]] = defaultdict(list)
        for service_id, zone in self.session.execute(statement):
            found[service_id].append(zone or self.zone)
        return found

    def own(self, kind: str, ids: Iterable[str | None]) -> dict[str, Json]:
        """Records of a kind with their parts, other records left out. Confidential locations are not among them."""
        rows = public_rows(self.session, kind, [key for key in ids if key])
        self._drop_links(rows.values())
        self._learn(rows.values())
        return {
            key: object_of(kind, row, self._at(row.get("zone") or self.zone)) for key, row in rows.items() if not row.get("confidential")
        }

    def nested_organizations(self, ids: Iterable[str | None]) -> dict[str, Json]:
        """Organizations as they stand inside a service: without their locations and programs."""
        return self.own("organization", ids)

    def organizations(self, ids: Sequence[str]) -> dict[str, Json]:
        """Organizations by id with their programs and the locations that are theirs."""
        found = self.own("organization", ids)
        for kind, name in (("location", "locations"), ("program", "programs")):
            rows = rows_by(self.session, kind, "organization_id", list(found))
            self._learn(rows.values())
            for row in rows.values():
                if not row.get("confidential"):
                    around = self._at(row.get("zone") or self.zone)
                    found[row["organization_id"]].setdefault(name, []).append(object_of(kind, row, around))
        return found

    def terms(self, ids: Iterable[str]) -> dict[str, Json]:
        """Imported taxonomy terms, each with its taxonomy inside and its source noted."""
        rows = public_rows(self.session, "taxonomy_term", ids)
        taxonomies = self.own("taxonomy", {row["taxonomy_id"] for row in rows.values()})
        found = {key: object_of("taxonomy_term", row, self._around) for key, row in rows.items()}
        for key, row in rows.items():
            if row["taxonomy_id"] in taxonomies:
                found[key]["taxonomy_detail"] = taxonomies[row["taxonomy_id"]]
        return found

    def _drop_links(self, rows: Iterable[Row]) -> None:
        """Take out the names of organizations and programs that are no longer listed."""
        rows = list(rows)
        for kind in ("organization", "program"):
            column, table, listed = f"{kind}_id", TABLES[kind], self._listed[kind]
            named = {row[column] for row in rows if row.get(column)}
            if len(listed) > MOST_REMEMBERED:
                listed.clear()
            if unknown := named - listed:
                listed.update(self.session.scalars(select(table.c.id).where(table.c.id.in_(unknown), *is_public(table))))
            for row in rows:
                if row.get(column) in named - listed:
                    row[column] = None

    def _at(self, zone: str) -> Surroundings:
        return self._around if zone == self._around.zone else replace(self._around, zone=zone)

    def _learn(self, rows: Iterable[Row]) -> None:
        """Read the terms and units that rows name."""
        named = list(_named(rows))
        terms = {key for kind, key in named if kind == "taxonomy_term"} - self._terms.keys()
        if len(self._terms) > MOST_REMEMBERED:
            self._terms.clear()
            terms = {key for kind, key in named if kind == "taxonomy_term"}
        for key, term in self.terms(sorted(terms)).items() if terms else ():
            self._terms[key] = {name: value for name, value in term.items() if name not in ("metadata", "taxonomy_id")}
            self._terms[key].get("taxonomy_detail", {}).pop("metadata", None)
        if len(self._units) > MOST_REMEMBERED:
            self._units.clear()
        units = {key for kind, key in named if kind == "unit"} - self._units.keys()
        if units:
            table = TABLES["unit"]
            self._units.update(
                (row["id"], dict(row)) for row in self.session.execute(select(table).where(table.c.id.in_(units))).mappings()
            )


def hidden_id(site_id: str) -> str:
    """The id that a confidential location has outside: one for each service at it."""
    return derived_id("hsds", "hidden", site_id)


def _hidden_site(row: Row) -> Row:
    """What is said of a service at a confidential place, without the change log and terms that may tell of the place."""
    return {**row, PARTS_KEY: {name: parts for name, parts in row[PARTS_KEY].items() if name not in ("attributes", "metadata")}}


def _shared_zone(zones: list[str], default: str) -> str:
    """The zone that a service's own hours are read in: that of its places where they have one in common, "" where they have not."""
    return default if not zones else zones[0] if len(set(zones)) == 1 else ""


def _named(rows: Iterable[Row]) -> Iterator[tuple[str, Any]]:
    """(kind, id) of terms and units that rows or any of their parts name."""
    for row in rows:
        if key := row.get("taxonomy_term_id"):
            yield "taxonomy_term", key
        if key := row.get("unit_id"):
            yield "unit", key
        for parts in row.get(PARTS_KEY, {}).values():
            yield from _named(parts)
