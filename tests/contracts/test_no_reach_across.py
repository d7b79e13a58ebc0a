"""Nobody reaches what another organization keeps: every address is asked with every id of another's things, and every form that one's own
pages show is sent with another's ids in the place of one's own. Nothing of theirs is read or changed by it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from directory.domain.access import Action
from directory.domain.clock import FixedClock
from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.domain.referrals.reference import reference_of
from directory.services.access import RESOURCES
from directory.services.accounts.api_tokens import make_token
from directory.services.accounts.invite import invite
from directory.services.parts import Parts
from directory.services.policy import policy_of
from directory.store.tables import (
    Address,
    AskAround,
    Attempt,
    AttemptEvent,
    Base,
    Claim,
    Conversation,
    ConversationAnswer,
    ConversationSide,
    FollowUp,
    HelpedPerson,
    ImportReview,
    Need,
    NotWith,
    Partnership,
    PartnershipParty,
    Person,
    Phone,
    RuleDecision,
)
from tests.support.listings import add, add_location, add_organization, add_service
from tests.support.people import sign_in, somebody
from tests.web.html import Element, form_of, read

THEIRS = "Quokka" + "burrow"
"""Stands in every text of the other organization that is not for everybody."""

OF_REFERRALS = {"follow_up_id"}
"""Parts of addresses by which a use case finds out itself whose it is."""

VOLATILE = {"audit_entry", "person_session", "rate_count", "way_in_link", "job_run", "index_pending", "index_consumer"}
"""Tables of what happens rather than of what is kept."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


pytestmark = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
"""Who may do what is decided before the database is asked; that lists are filtered alike on both is tried elsewhere."""


def found_house(parts: Parts, name: str, email: str, secret: str) -> dict[str, str]:
    """An organization with a listing, a place, people, an invitation, a token and a claim; ids by the names of parts of addresses."""
    with parts.database.writing() as session:
        house = add_organization(session, name=name, website=f"https://{name.split()[0].lower()}.example")
        place = add_location(session, name=f"{name} hall", organization_id=house.id)
        add(session, Address(location_id=place.id, address_1=f"12 {name} Street", city="Ottawa"))
        service = add_service(session, name=f"{name} pantry", organization=house, at=place)
        add(session, Phone(organization_id=house.id, number="613-555-0142"))
        ids = {"organization_id": house.id, "service_id": service.id, "location_id": place.id}
        session.commit()
    lead = somebody(parts, "lead", email, organization_id=ids["organization_id"])
    somebody(parts, "editor", f"editor.{email}", organization_id=ids["organization_id"])
    invite(parts, lead, f"{secret}@example.org", "worker", organization_id=ids["organization_id"], letter=lambda token: ("", token))
    make_token(parts, lead, ids["organization_id"], name=secret, scopes=["listings:read"], days=30)
    with parts.database.writing() as session:
        guest = Person(email=f"guest.{email}", email_key=email, name=secret, created_at=parts.clock.now())
        session.add(guest)
        session.flush()
        ids["claim_id"] = add(
            session,
            Claim(
                organization_id=ids["organization_id"], person_id=guest.id, way="call", state="open", words=secret, code="12345678",
                made_at=parts.clock.now(),
            ),
        ).id  # fmt: skip
        brought = ImportReview(
            kind="upload", source=secret, organization_id=ids["organization_id"], actor="person:x", made_at=parts.clock.now(),
            state="waiting", path="file.csv",
        )  # fmt: skip
        ids["import_id"] = add(session, brought).id
        session.commit()
    with parts.database.writing() as session:
        asked = AskAround(
            organization_id=ids["organization_id"], person_id=lead.person_id, question=secret, asked_at=parts.clock.now(),
            ends_at=parts.clock.now() + timedelta(days=30),
        )  # fmt: skip
        ids["question_id"] = add(session, asked).id
        session.commit()
    return {**ids, **_referred_by(parts, ids, secret)}


def _referred_by(parts: Parts, ids: dict[str, str], secret: str) -> dict[str, str]:
    """A need of the organization's team, with an attempt that it receives itself, a question to be put, and an agreement."""
    now, house = parts.clock.now(), ids["organization_id"]
    with parts.database.writing() as session:
        person = add(session, HelpedPerson(organization_id=house, name=secret, channel="none", made_at=now))
        need = add(
            session,
            Need(
                code=reference_of(len(secret)), person_id=person.id, organization_id=house, category="housing", urgency="routine",
                matters=secret, made_at=now, avoid=json.dumps({"organizations": [], "sectors": [secret]}),
            ),
        )  # fmt: skip
        session.add(
            RuleDecision(
                set_name="suggest-partners", version=0, kind="suggest", about_kind="need", about_id=need.id, organization_id=house, at=now,
                seen={"candidates": {}}, outcome={"shown": [], "words": secret},
            )
        )  # fmt: skip
        other = add_organization(session, name=f"Apart from {secret[:4]}", email="x@example.org")
        session.add(NotWith(organization_id=house, other_id=other.id, refers=False, takes=True, words=secret, by="x", at=now))
        attempt = add(
            session,
            Attempt(
                need_id=need.id, service_id=ids["service_id"], sender_id=house, receiver_id=house, urgency="routine", category="housing",
                made_at=now, state="sent", since=now, sent_at=now, contact_name=secret, version=2,
            ),
        )  # fmt: skip
        for number, kind in ((1, "drafted"), (2, "sent")):
            state = "draft" if number == 1 else "sent"
            session.add(AttemptEvent(attempt_id=attempt.id, number=number, kind=kind, side="sender", by="x", at=now, state=state))
        question = add(session, FollowUp(need_id=need.id, attempt_id=attempt.id, day=7, due_at=now, asked_at=now, asked_how="worker"))
        agreement = add(session, Partnership(proposed_at=now))
        session.add(PartnershipParty(partnership_id=agreement.id, organization_id=house))
        talk = add(
            session,
            Conversation(about="gap", question=secret, need="housing", area_id="", facts={}, begun_at=now, begun_by="x", proposal=0),
        )
        side = ConversationSide(conversation_id=talk.id, organization_id=house, position=1, rather_talk=False, agreed_to=0, told="")
        session.add(ConversationAnswer(side_id=add(session, side).id, reaches=secret))
        session.commit()
        found = {"need_id": need.id, "attempt_id": attempt.id, "follow_up_id": question.id, "partnership_id": agreement.id}
        return {**found, "conversation_id": talk.id}


@pytest.fixture
def mine(parts: Parts) -> dict[str, str]:
    return found_house(parts, "Harbour House", "lena@example.org", "Mine")


@pytest.fixture
def theirs(parts: Parts) -> dict[str, str]:
    return found_house(parts, "Lighthouse", "boss@example.org", THEIRS)


def everything(parts: Parts) -> dict[str, list[dict[str, Any]]]:
    """Every row that is kept, by table."""
    with parts.database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in VOLATILE]
        return {table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}


def ids_of(parts: Parts, theirs: dict[str, str]) -> set[str]:
    """The ids of all that belongs to the other organization: its rows, and rows that name one of these."""
    rows, found = everything(parts), set(theirs.values())
    while True:
        belonging = [
            row for table in rows.values() for row in table if any(str(value) in found for value in row.values() if is_uuid(value))
        ]
        more = {str(row[name]) for row in belonging for name in ("id", "person_id") if is_uuid(row.get(name))}
        if more <= found:
            return found
        found |= more


def is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def of_theirs(parts: Parts, ids: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """The other organization's rows, to be compared before and after."""
    return [(name, row) for name, table in everything(parts).items() for row in table if any(str(value) in ids for value in row.values())]


def addresses(app: Flask, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each method and address for an action that is about something, with these ids in it."""
    for rule in app.url_map.iter_rules():
        action = policy_of(app.extensions, rule.endpoint)
        if (
            isinstance(action, Action)
            and action not in {Action.HAVE_ACCOUNT, Action.REPORT_LISTING}
            and rule.arguments & (RESOURCES.keys() | OF_REFERRALS)
        ):
            built = re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", lambda part: ids[part[1]], rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, built


def test_no_address_with_an_id_of_theirs_answers_or_changes_anything(
    parts: Parts, app: Flask, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    before = of_theirs(parts, ids_of(parts, theirs))
    tried = list(addresses(app, theirs))
    assert len(tried) > 10
    form = {"act": "grant", "why": "because", "answer": "helped", "claim": theirs["claim_id"], "email": "me@example.org", "role": "lead"}
    for role in (*sorted(OF_AN_ORGANIZATION), Role.ADMINISTRATOR):
        where = {"organization_id": mine["organization_id"]} if role in OF_AN_ORGANIZATION else {}
        client = sign_in(app.test_client(), parts, role, **where)
        for method, address in tried:
            answer = client.open(address, method=method, data=form if method != "GET" else None)
            assert answer.status_code in (401, 403, 404), (role, method, address, answer.status_code)
            assert THEIRS not in answer.text, (role, method, address)
    assert of_theirs(parts, ids_of(parts, theirs)) == before


def forms_of(page: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each form that is sent by POST: where to, and every field and button with a value of its own."""
    for form in page.split("<form")[1:]:
        head, _, rest = form.partition(">")
        target = re.search(r'action="([^"]+)"', head)
        if 'method="post"' not in head:
            continue
        inner = read(rest.partition("</form")[0])
        named = [element for tag in ("input", "button", "select", "textarea", "option") for element in inner.find(tag)]
        yield (target[1].replace("&amp;", "&") if target else "", [_field(element) for element in named if element.attributes.get("name")])


def _field(element: Element) -> tuple[str, str]:
    return element.attributes["name"], element.attributes.get("value", "")


OWN_PAGES = (
    "/account", "/account/claims", "/manage/organizations/{organization_id}/people", "/manage/organizations/{organization_id}/verify",
    "/manage/organizations/{organization_id}/webhooks", "/manage/services/{service_id}/suggestions", "/manage/suggestions", "/manage",
    "/manage/imports", "/manage/imports/{import_id}", "/manage/services/{service_id}/history",
    "/manage/organizations/{organization_id}/not-with",
)  # fmt: skip


@pytest.mark.parametrize("role", [pytest.param(Role.EDITOR, marks=pytest.mark.slow), Role.LEAD])
def test_no_form_of_one_s_own_pages_reaches_theirs_by_another_id(
    parts: Parts, app: Flask, mine: dict[str, str], theirs: dict[str, str], role: Role
) -> None:
    client = sign_in(app.test_client(), parts, role, "attacker@example.org", organization_id=mine["organization_id"])
    of_them = ids_of(parts, theirs)
    before, tried = of_theirs(parts, of_them), 0
    for path in OWN_PAGES:
        page = client.get(path.format(**mine))
        if page.status_code == 403:
            continue
        assert page.status_code == 200, path
        assert THEIRS not in page.text, path
        for target, fields in forms_of(page.text):
            for changed in _with_their_ids(fields, of_them):
                answer = client.post(target or path.format(**mine), data=changed)
                assert answer.status_code < 500, (target, changed)
                tried += 1
                if answer.status_code == 403 or target.endswith(("/role", "/sign-out", "/account", "/sessions")):
                    _stay_signed_in(client, parts, role, mine)
    assert tried > len(of_them)
    assert of_theirs(parts, of_them) == before


@pytest.mark.parametrize(
    "page", ["/manage/services/{service_id}", "/manage/organizations/{organization_id}", "/manage/organizations/{organization_id}/new"]
)
def test_no_field_of_the_editor_reaches_a_record_of_theirs(
    parts: Parts, app: Flask, mine: dict[str, str], theirs: dict[str, str], page: str
) -> None:
    """Fields are named by the ids of places and of their parts: each is named by an id of theirs instead, looked at, and published."""
    client = sign_in(app.test_client(), parts, Role.EDITOR, organization_id=mine["organization_id"])
    of_them = ids_of(parts, theirs)
    kinds = {str(row["id"]): kind for kind, rows in everything(parts).items() for row in rows if "id" in row}
    before, address = of_theirs(parts, of_them), page.format(**mine)
    form = form_of(read(client.get(address).text))
    own = {found for name, value in form.items(multi=True) for found in _UUID.findall(f"{name} {value}")} | {mine["location_id"]}
    for each in own:
        for other in (one for one in of_them if kinds[one] == kinds[each]):
            swapped = MultiDict([(name.replace(each, other), value.replace(each, other)) for name, value in form.items(multi=True)])
            for field in ("name", "description"):
                swapped.setlist(f"location:{other}:{field}", ["Taken over"])
            answer = client.post(address, data=MultiDict([*swapped.items(multi=True), ("do", "publish")]), follow_redirects=True)
            assert answer.status_code < 500, (kinds[each], answer.status_code)
            assert THEIRS not in answer.text
    assert of_theirs(parts, of_them) == before
    form.setlist("name", ["Taken over"])
    client.post(address, data=MultiDict([*form.items(multi=True), ("do", "publish")]))
    assert any("Taken over" in row.values() for table in everything(parts).values() for row in table), "what is one's own is published"


def _with_their_ids(fields: list[tuple[str, str]], ids: set[str]) -> Iterator[dict[str, str]]:
    """The form as it is, but that one field which held an id holds one of theirs instead."""
    plain = {name: value or "a word" for name, value in fields}
    for name, value in fields:
        if _UUID.search(value) or name in ("organization", "service", "person", "claim", "token", "invitation"):
            for one in ids:
                yield {**plain, name: _UUID.sub(one, value) if _UUID.search(value) else one}


def _stay_signed_in(client: FlaskClient, parts: Parts, role: Role, mine: dict[str, str]) -> None:
    """Some forms end the session, or the role itself."""
    if (
        client.get("/account").status_code != 200
        or client.get(f"/manage/organizations/{mine['organization_id']}/verify").status_code != 200
    ):
        assert isinstance(parts.clock, FixedClock)
        sign_in(client, parts, role, "attacker@example.org", organization_id=mine["organization_id"])
