"""A place that becomes secret is secret everywhere at once: its address, which stood in the listing, its history and drafts before, is in
no answer to anybody but those who keep the listing, in no plain column of the database, in no log and no index."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from directory.app import app_of
from directory.domain.editing.authors import Author
from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.services.editing.drafts import keep_draft
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.indexing.dispatch import dispatch_pending
from directory.services.matching.levels import Level
from directory.services.matching.run import run_all
from directory.services.parts import Parts
from directory.store.tables import Address, Base, Claim, DuplicateFacts, Location
from tests.support.listings import add, add_organization
from tests.support.neighbourhood import ORGANIZATION, PANTRY, PANTRY_PLACE, furnish
from tests.support.people import sign_in, somebody

STREET = "Quokka" + "burrow Lane"
POINT = ("39.951234", "-75.198765")
SECRETS = (STREET.lower(), POINT[0], POINT[1].lstrip("-"))
EDITOR = Author("person:editor", role="editor", organization="Harbour House")


pytestmark = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
"""Who may read what is decided before the database is asked; that both answer alike is tried elsewhere."""


@pytest.fixture
def secret(parts: Parts) -> Parts:
    """The pantry moved to an address that everybody could read, was compared with others, and then kept it secret."""
    furnish(parts)
    edit(parts, address={**address(parts), "address_1": f"12 {STREET}"})
    somebody(parts, "editor", organization_id=ORGANIZATION)
    form = read_listing(parts, PANTRY).form
    keep_draft(parts, somebody(parts, "planner").person_id, "service", PANTRY, form, form)
    edit(parts, point={"latitude": float(POINT[0]), "longitude": float(POINT[1])})
    with parts.database.reading() as session:
        assert STREET in session.scalars(select(Address.address_1).where(Address.location_id == PANTRY_PLACE)).one()
    dispatch_pending(parts)
    for level in Level:
        run_all(parts, level)
    with parts.database.reading() as session:
        assert [each for each in session.scalars(select(DuplicateFacts.facts)) if found_in(str(each).encode())]
    edit(parts, confidential=True)
    dispatch_pending(parts)
    return parts


def address(parts: Parts) -> dict[str, object]:
    found: dict[str, object] = read_listing(parts, PANTRY).form[f"location:{PANTRY_PLACE}:address"]
    return found


def edit(parts: Parts, **fields: object) -> None:
    keys = {f"location:{PANTRY_PLACE}:{name}": value for name, value in fields.items()}
    base = read_listing(parts, PANTRY).form
    assert publish(parts, PANTRY, base, keys, EDITOR).changes


def reads(app: Flask, ids: dict[str, str]) -> Iterator[str]:
    """Every address that is read, with the ids of the pantry in it."""
    values = {"kind": "services", "number": "1", "code": "x", "token": "x", "name": "x", "slug": "food"} | ids
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "static" not in rule.rule and "leaflet" not in rule.rule:
            yield re.sub(r"<(?:[^<>:]+:)?([a-z_]+)>", lambda part: values.get(part[1], PANTRY), rule.rule)


def found_in(body: bytes) -> list[str]:
    words = body.decode("utf-8", errors="replace").lower()
    return [each for each in SECRETS if each in words]


def test_no_answer_to_anybody_else_holds_it(secret: Parts) -> None:
    app = app_of(secret)
    with secret.database.writing() as session:
        other = add_organization(session, name="Somebody else").id
        waits = {"way": "call", "state": "open", "made_at": secret.clock.now()}
        claim = add(session, Claim(organization_id=ORGANIZATION, person_id=somebody_in(secret), **waits)).id
        session.commit()
    ids = {"service_id": PANTRY, "organization_id": ORGANIZATION, "location_id": PANTRY_PLACE, "claim_id": claim}
    search = "/search?q=food&near=19104"
    asked = [*reads(app, ids), search, f"{search}&lang=fr", "/search/points?q=food&near=19104", f"/api/v1{search}"]
    told = {}
    for role in ("visitor", *Role, "lead of another"):
        client = app.test_client()
        if role == "lead of another":
            sign_in(client, secret, "lead", "other@example.org", organization_id=other)
        elif role != "visitor":
            sign_in(client, secret, role, **({"organization_id": ORGANIZATION} if role in OF_AN_ORGANIZATION else {}))
        keeps = role in (Role.EDITOR, Role.LEAD)
        for address_asked in asked if role in ("visitor", Role.PLANNER) else [each for each in asked if _needs_account(each)]:
            if not (keeps and address_asked.startswith("/manage/")):
                found = found_in(client.get(address_asked, headers={"Accept-Encoding": "identity"}).get_data())
                told |= {(role, address_asked): found} if found else {}
    assert told == {}


def _needs_account(address_asked: str) -> bool:
    return address_asked.startswith(("/manage", "/account", "/admin", "/planning"))


def somebody_in(parts: Parts) -> str:
    with parts.database.reading() as session:
        return str(session.scalar(text("SELECT id FROM person")))


def test_those_who_keep_the_listing_still_read_it(secret: Parts) -> None:
    assert address(secret)["address_1"] == f"12 {STREET}"


def test_it_stands_in_its_own_rows_and_nowhere_else_in_plain(secret: Parts) -> None:
    """Read from the disk as it is: what is sealed does not show its words."""
    with secret.database.reading() as session:
        plain = [
            (table.name, column.name)
            for table in Base.metadata.sorted_tables
            for column in table.c
            for (value,) in session.execute(text(f'SELECT "{column.name}" FROM "{table.name}"'))
            if found_in(str(value).encode())
        ]
    assert set(plain) <= {("address", "address_1"), ("location", "latitude"), ("location", "longitude")}
    assert ("address", "address_1") in plain


def test_no_index_holds_it(secret: Parts) -> None:
    files = [path for path in secret.settings.index_dir.rglob("*") if path.is_file()]
    assert files
    with secret.database.reading() as session:
        assert session.get_one(Location, PANTRY_PLACE).confidential
    from directory.services.finding.find import find_services
    from directory.services.finding.request import FindRequest

    assert find_services(secret, FindRequest(text=STREET)).total == 0
    (found,) = [each for each in find_services(secret, FindRequest(text="pantry")).results if each.listing.id == PANTRY]
    assert found.listing.places[0].point is None


def test_no_log_holds_it(secret: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    client = sign_in(app_of(secret).test_client(), secret, "editor", organization_id=ORGANIZATION)
    client.get(f"/manage/services/{PANTRY}")
    client.get(f"/services/{PANTRY}")
    edit(secret, address={**address(secret), "address_2": "side door"})
    dispatch_pending(secret)
    printed = capsys.readouterr()
    assert found_in((printed.out + printed.err).encode()) == []
