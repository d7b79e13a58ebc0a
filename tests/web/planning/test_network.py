"""Planners see who refers to whom between sectors; nobody else does, no organization is counted, and small counts stand nowhere."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from directory.domain.people import Role
from directory.domain.referrals.codes import Code
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.store.tables import Area, Attempt, AttemptEvent, Organization, ServiceArea, ServiceCategory
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add
from tests.support.people import sign_in
from tests.support.referrals import Town, sent_to_shelter

AT = "/planning/network"


@pytest.fixture
def busy(parts: Parts, town: Town) -> Town:
    """A school refers twelve times to a shelter, six of them answered late, and twice to a clinic; the clinic once to the school. Some
    needed nothing any more, so that less is told of them among the gaps."""
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _number in range(15)]
    with parts.database.writing() as session:
        for organization, sector in ((town.school, "schools"), (town.house, "housing"), (town.health, "health")):
            session.execute(update(Organization).where(Organization.id == organization).values(sector=sector))
        session.execute(update(Attempt).where(Attempt.id.in_(attempts[:2])).values(receiver_id=town.health))
        session.execute(update(Attempt).where(Attempt.id == attempts[2]).values(sender_id=town.health, receiver_id=town.school))
        last = select(AttemptEvent).where(AttemptEvent.attempt_id.in_(attempts[3:9]), AttemptEvent.kind == "sent")
        for event in session.scalars(last).all():
            late = {"attempt_id": event.attempt_id, "number": event.number + 1, "by": "system", "state": "sent"}
            add(session, AttemptEvent(**late, kind="escalated", side="system", at=event.at + timedelta(days=2)))
        gone = update(Attempt).where(Attempt.id.in_(attempts[3:9]))
        session.execute(gone.values(state=State.DECLINED.value, code=Code.NO_LONGER_NEEDED.value))
        for service, category in ((town.shelter, "housing-search"), (town.clinic, "settlement")):
            add(session, ServiceCategory(service_id=service, category=category))
            add(session, ServiceArea(service_id=service, area_id="ca-on-ottawa"))
        session.commit()
    return town


def rows(client: FlaskClient, **asked: str) -> dict[tuple[str, str], dict[str, str]]:
    answer = client.get(f"{AT}/network.csv", query_string=asked)
    assert answer.status_code == 200
    return {(row["from_sector"], row["to_sector"]): row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}


@ONE_IS_ENOUGH
def test_a_planner_reads_who_refers_to_whom_and_where_it_is_slow(client: FlaskClient, parts: Parts, busy: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT)
    assert page.status_code == 200
    assert "The widest link runs from Schools to Housing: 12 of 14 or more referrals" in page.text
    assert "Schools to Housing: 6 of 12 were late." in page.text
    assert "within 2 working days" in page.text
    found = rows(planner)[("schools", "housing")]
    assert (found["referrals"], found["not_late"], found["not_late_of"], found["is_slow"]) == ("12", "6", "12", "yes")
    for measure in ("in_time", "days", "helped", "nonsense"):
        assert planner.get(AT, query_string={"show": measure}).status_code == 200


@ONE_IS_ENOUGH
def test_what_is_small_stands_nowhere_nor_does_an_organization(client: FlaskClient, parts: Parts, busy: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    hidden = rows(planner)[("schools", "health")]
    assert (hidden["referrals"], hidden["some_hidden"]) == ("", "yes")
    told = planner.get(f"{AT}/counts.json").json
    assert {(row["from_sector"], row["to_sector"]): row["referrals"] for row in told["flows"]} == {
        ("schools", "housing"): 12,
        ("schools", "health"): None,
        ("health", "schools"): None,
    }
    assert planner.get(f"{AT}/network.xlsx").data[:2] == b"PK"
    page = planner.get(AT).text
    assert "Harbour" not in page
    assert "Schools 15" not in page


def test_a_missing_link_says_why_and_leads_to_the_two(client: FlaskClient, parts: Parts, busy: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT).text
    assert "Both refer, or are asked, elsewhere." in page
    assert "Settlement" in page
    pair = planner.get(AT, query_string={"from": "housing", "to": "health"})
    assert pair.status_code == 200
    assert "A link that is missing" in pair.text
    assert "None in your reach." in pair.text
    both = planner.get(f"{AT}/counts.json", query_string={"from": "housing", "to": "schools"}).json["flows"]
    assert [(row["from_sector"], row["to_sector"], row["referrals"]) for row in both] == [("schools", "housing", 12)]
    assert planner.get(AT, query_string={"from": "housing", "to": "nowhere"}).status_code in (400, 422)


@ONE_IS_ENOUGH
def test_who_plans_for_another_area_sees_none_of_it_and_others_nothing_at_all(client: FlaskClient, parts: Parts, busy: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="us-ca", name="California", kind="region", zone="America/Los_Angeles"))
        session.commit()
    far = sign_in(client, parts, Role.PLANNER, email="far@plan.example", area_id="us-ca")
    assert rows(far) == {}
    page = far.get(AT).text
    assert "Not known: fewer than ten referrals" in page
    client.delete_cookie("session")
    assert sign_in(client, parts, Role.WORKER, organization_id=busy.school, email="w@x.example").get(AT).status_code in (302, 303, 403)


@ONE_IS_ENOUGH
def test_who_plans_for_the_area_that_people_live_in_sees_their_referrals(client: FlaskClient, parts: Parts, busy: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="ca-on", name="Ontario", kind="region", zone="America/Toronto"))
        session.commit()
    near = sign_in(client, parts, Role.PLANNER, email="near@plan.example", area_id="ca-on")
    assert rows(near)[("schools", "housing")]["referrals"] == "12"


@ONE_IS_ENOUGH
def test_where_gaps_hide_a_need_that_was_referred_nobody_adds_up_all_referrals(client: FlaskClient, parts: Parts, busy: Town) -> None:
    with parts.database.writing() as session:
        all_alike = {"sender_id": busy.school, "receiver_id": busy.house, "state": State.SENT.value, "code": None}
        session.execute(update(Attempt).values(**all_alike))
        session.commit()
    planner = sign_in(client, parts, Role.PLANNER)
    assert "15 of 15 referrals" in planner.get(AT).text
    with parts.database.writing() as session:
        two = session.scalars(select(Attempt).limit(2)).all()
        for attempt in two:
            attempt.category = "detox"
        session.commit()
    assert "15 of 15" not in planner.get(AT).text
    assert rows(planner)[("schools", "housing")]["referrals"] == ""
