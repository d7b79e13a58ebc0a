"""A secret is planted in every field that must not go out, and every byte of everything that goes out is searched for it."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from directory.services.exchange.export.request import FORMATS, ExportRequest
from directory.services.exchange.export.run import export_directory
from directory.services.parts import Parts
from directory.store.tables import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    Language,
    Location,
    Metadata,
    Phone,
    ScheduleRow,
    Service,
    ServiceAtLocation,
    Source,
    TaxonomyTerm,
    Translation,
    Unmapped,
)
from tests.support.listings import THEN, add, add_organization

SECRET = "Zyx" + "wvut"
"""Stands in every text that must stay inside."""
POINT = (45.987654, -75.123456)
NUMBER = "613-555-0177"
SHELTER, OTHER = "33333333-3333-4333-8333-333333333333", "33333333-3333-4333-8333-333333333334"


def plant(session: Session) -> str:
    """A shelter at a confidential place, with a secret wherever one can be; gives the id of the place."""
    source = Source(
        name="feed", publisher="Publisher", licence="CC0-1.0", attribution="Thanks", retrieved_on=date(2026, 1, 1), created_at=THEN
    )
    session.add(source)
    session.flush()
    house = add_organization(session, source_id=source.id, name="Harbour House", description="A house")
    shelter = add(
        session,
        Service(
            id=SHELTER, name="Women's shelter", description="A safe bed", organization_id=house.id, source_id=source.id,
            assurer_email=f"{SECRET}@example.org", verified_by=f"{SECRET}@example.org", verified_at=THEN,
        ),
    )  # fmt: skip
    texts = {column.name: SECRET for column in Location.__table__.columns if isinstance(column.type, String) and column.type.length is None}
    place = add(
        session,
        Location(**texts, latitude=POINT[0], longitude=POINT[1], confidential=True, zone="America/Toronto", source_id=source.id,
                 organization_id=house.id, area_id=f"ca-on-{SECRET.lower()}"),
    )  # fmt: skip
    site = add(session, ServiceAtLocation(service_id=shelter.id, location_id=place.id, description="Call first", source_id=source.id))
    for of_place in _of_the_place(place.id):
        add(session, of_place)
    owners = {"service_id": shelter.id, "organization_id": house.id, "service_at_location_id": site.id, "location_id": place.id}
    for column, key in owners.items():
        add(session, Phone(number=NUMBER, description=SECRET, confidential=True, **{column: key}))
        person = {"name": SECRET, "title": SECRET, "department": SECRET, "email": f"{SECRET}@example.org", column: key}
        contact = add(session, Contact(published=False, **person))
        add(session, Phone(number=NUMBER, contact_id=contact.id))
    term = add(session, TaxonomyTerm(name="Term", source_id=source.id))
    for link, entity in ((place.id, "location"), (site.id, "service_at_location")):
        add(session, Attribute(link_entity=entity, link_id=link, taxonomy_term_id=term.id, value=SECRET, label=SECRET))
        add(session, _metadata(entity, link))
    for kind, key in (("service", shelter.id), ("organization", house.id), ("location", place.id)):
        session.add(Unmapped(object_id=key, kind=kind, fields={"note": SECRET, SECRET: 1}))
    gone: dict[str, Any] = {"withdrawn_at": THEN, "withdrawn_why": SECRET, "source_id": source.id}
    add(session, Service(id=OTHER, name=SECRET, description=SECRET, **gone))
    return place.id


def _of_the_place(place_id: str) -> Iterator[Any]:
    yield Address(
        location_id=place_id, address_1=SECRET, address_2=SECRET, city=SECRET, postal_code=SECRET, attention=SECRET, region=SECRET
    )
    yield Accessibility(location_id=place_id, code="wheelchair", description=SECRET, details=SECRET, url=f"https://{SECRET}.example")
    yield Language(location_id=place_id, code="fr", name="French", note=SECRET)
    yield Phone(location_id=place_id, number="613-555-0100", description=SECRET)
    yield ScheduleRow(
        location_id=place_id, freq="WEEKLY", byday="MO", opens_at="09:00", closes_at="17:00", description=SECRET, notes=SECRET,
        source_text=SECRET, attending_type=SECRET, schedule_link=f"https://{SECRET}.example",
    )  # fmt: skip
    yield Translation(object_id=place_id, kind="location", field="name", language="fr", text=SECRET, modified_at=THEN)


def _metadata(kind: str, key: str) -> Metadata:
    return Metadata(
        resource_type=kind, resource_id=key, last_action_date="2026-01-01", last_action_type="update", field_name="address",
        previous_value=SECRET, replacement_value=SECRET, updated_by=SECRET,
    )  # fmt: skip


@pytest.fixture
def secrets(parts: Parts) -> list[str]:
    with parts.database.writing() as session:
        place_id = plant(session)
        session.commit()
    return [place_id, SECRET, "45.98765", "75.12345", NUMBER, "555-0177"]


def leaks(content: bytes, secrets: list[str]) -> list[str]:
    text = content.decode("utf-8").lower()
    return [secret for secret in secrets if secret.lower() in text]


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_holds_a_secret(parts: Parts, secrets: list[str], tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    export_directory(parts, ExportRequest(form, out))
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    told = {path.name: found for path in files if (found := leaks(path.read_bytes(), secrets))}
    assert told == {}
    if form != "geojson":  # which has points only
        assert any("Women's shelter" in path.read_text(encoding="utf-8") for path in files)


def test_the_place_is_said_to_be_confidential_and_keeps_what_may_be_known(parts: Parts, secrets: list[str], tmp_path: Path) -> None:
    export_directory(parts, ExportRequest("hsds-json", tmp_path / "out"))
    (line,) = (tmp_path / "out" / "services.ndjson").read_text(encoding="utf-8").splitlines()
    (site,) = json.loads(line)["service_at_locations"]
    place = site["location"]
    fields = {entry["label"]: entry["value"] for entry in place["attributes"] if entry["label"] != "source"}
    assert fields["confidential"] == "yes"
    assert set(place) == {"id", "location_type", "languages", "accessibility", "phones", "schedules", "attributes"}
    assert [phone["number"] for phone in place["phones"]] == ["613-555-0100"]
    assert [row["byday"] for row in place["schedules"]] == ["MO"]
    assert (tmp_path / "out" / "locations.ndjson").read_text() == ""


def test_these_secrets_are_found_where_they_are(parts: Parts, secrets: list[str]) -> None:
    """The search itself works: the row holds every secret of a place."""
    with parts.database.reading() as session:
        place = session.scalars(select(Location)).one()
        row = f"{place.id} {place.name} {place.latitude} {place.longitude}"
        assert leaks(row.encode(), secrets) == [place.id, SECRET, "45.98765", "75.12345"]


Ask = Callable[[str], bytes]


def answers_of(app: Flask) -> Ask:
    """The body and the headers of whatever an address answers."""
    client = app.test_client()

    def ask(address: str) -> bytes:
        response = client.get(address, headers={"Accept-Encoding": "identity"})
        return response.get_data() + str(response.headers).encode()

    return ask


PAGES = (
    f"/services/{SHELTER}", f"/services/{OTHER}", f"/services/{SHELTER}/history", f"/services/{OTHER}/history",
    f"/api/v1/services/{SHELTER}", "/about", "/hsds/", f"/hsds/services/{SHELTER}",
    f"/hsds/services/{OTHER}", "/hsds/services?full=true", "/hsds/services?format=ndjson&full=true", "/hsds/services?minimal=true",
    "/hsds/organizations?full=true", "/hsds/organizations?full_service=true&format=ndjson", "/hsds/service_at_locations?full=true",
    "/hsds/service_at_locations?format=ndjson", "/hsds/taxonomies", "/hsds/taxonomy_terms?per_page=500", "/hsds/deletions",
    "/feeds/changes.atom", "/sitemap.xml", "/sitemaps/services-1.xml", "/sitemaps/locations-1.xml",
    "/sitemaps/organizations-1.xml", "/embed",
)  # fmt: skip


def test_no_page_holds_a_secret(app: Flask, secrets: list[str]) -> None:
    ask = answers_of(app)
    assert {address: found for address in PAGES if (found := leaks(ask(address), secrets))} == {}
