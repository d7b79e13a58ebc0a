"""Planners see how old listings are, with the list behind each number; an area's planner those of the area."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from directory.domain.people import Role
from directory.domain.planning.freshness import Age, Aged
from directory.domain.upkeep.due import Risk
from directory.domain.upkeep.found import Found, How
from directory.services.parts import Parts
from directory.services.planning.freshness import read_listings
from directory.services.upkeep.verify import Look, note_found
from directory.services.upkeep.wanted import Wanted
from directory.store.tables import Area, Organization, Service, ServiceArea
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in, somebody
from tests.support.referrals import Town

AT = "/planning/freshness"


@pytest.fixture
def aged(parts: Parts, town: Town) -> Town:
    """The shelter (crisis) was looked at 100 days ago, the clinic (daily needs) 100 days ago too."""
    then = parts.clock.now() - timedelta(days=100)
    with parts.database.writing() as session:
        session.execute(update(Service).values(verified_at=then, verified_how="owner"))
        session.execute(update(Organization).where(Organization.id == town.house).values(sector="housing"))
        for service in (town.shelter, town.clinic):
            session.add(ServiceArea(service_id=service, area_id="ca-on-ottawa"))
        session.commit()
    return town


def rows(client: FlaskClient, name: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(f"{AT}/{name}.csv", query_string=asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_what_is_past_its_date_is_counted_by_kind_sector_need_and_organization(client: FlaskClient, parts: Parts, aged: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT)
    assert page.status_code == 200
    assert "50% of listings are to be looked at: 1 of 2" in page.text
    assert "due after 90 days" in page.text
    assert "Not known: nobody looked at these here in the last twelve months." in page.text
    found = {(row["by"], row["key"]): (row["listings"], row["due"], row["verified_half"]) for row in rows(planner, "freshness")}
    assert found["all", "all"] == ("2", "1", "2")
    assert (found["risk", "crisis"], found["risk", "basic"]) == (("1", "1", "1"), ("1", "0", "1"))
    assert (found["sector", "housing"], found["need", "housing"], found["organization", aged.house]) == (("1", "1", "1"),) * 3


@ONE_IS_ENOUGH
def test_each_number_is_as_long_as_the_list_behind_it(client: FlaskClient, parts: Parts, aged: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    for row in rows(planner, "freshness"):
        asked = {} if row["by"] == "all" or row["key"] == "not_known" else {row["by"]: row["key"]}
        if row["key"] != "not_known":
            assert len(rows(planner, "listings", **asked)) == int(row["listings"])
            assert len(rows(planner, "listings", **asked, due="yes")) == int(row["due"])
            for age in ("quarter", "half", "year", "two_years", "older"):
                assert len(rows(planner, "listings", **asked, age=age)) == int(row[f"verified_{age}"])
    page = planner.get(f"{AT}/listings", query_string={"risk": "crisis", "due": "yes"})
    assert "Night shelter" in page.text
    assert "Walk-in clinic" not in page.text
    assert planner.get(f"{AT}/listings.json", query_string={"due": "yes"}).json["total"] == 1
    assert planner.get(f"{AT}/freshness.xlsx").data[:2] == planner.get(f"{AT}/listings.xlsx").data[:2] == b"PK"


@ONE_IS_ENOUGH
def test_from_the_list_one_calls_and_the_queue_is_narrowed_alike(client: FlaskClient, parts: Parts, aged: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    assert "Harbour House" in planner.get("/planning/verify", query_string={"risk": "crisis"}).text
    assert "Harbour House" not in planner.get("/planning/verify", query_string={"sector": "food"}).text
    assert planner.post("/planning/verify?sector=food").headers["Location"].endswith("done=nothing")
    taken = planner.post("/planning/verify?risk=crisis")
    assert taken.headers["Location"].endswith(f"/organizations/{aged.house}")


@ONE_IS_ENOUGH
def test_what_somebody_looked_at_here_counts_in_its_month(client: FlaskClient, parts: Parts, aged: Town) -> None:
    with parts.database.writing() as session:
        note_found(session, aged.shelter, Look(by="system", how=How.CALL), Found.RIGHT, parts.clock)
        session.commit()
    page = sign_in(client, parts, Role.PLANNER).get(AT).text
    assert "Nov 2026" in page
    assert "0% of listings are to be looked at: 0 of 2" in page


@ONE_IS_ENOUGH
def test_what_is_no_age_no_need_and_no_sector_is_told(client: FlaskClient, parts: Parts, aged: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    for name in ("risk", "age", "sector", "need", "organization"):
        assert planner.get(AT, query_string={name: "nonsense"}).status_code in (400, 422)


@ONE_IS_ENOUGH
def test_who_plans_for_another_area_sees_none_of_it_and_others_nothing_at_all(client: FlaskClient, parts: Parts, aged: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="us-ca", name="California", kind="region", zone="America/Los_Angeles"))
        session.commit()
    far = sign_in(client, parts, Role.PLANNER, email="far@plan.example", area_id="us-ca")
    assert rows(far, "listings") == []
    assert "No listing is like that." in far.get(AT).text
    client.delete_cookie("session")
    assert sign_in(client, parts, Role.WORKER, organization_id=aged.school, email="w@x.example").get(AT).status_code in (302, 303, 403)


@ONE_IS_ENOUGH
def test_lists_begin_and_end_on_the_same_days_as_the_counts(parts: Parts, aged: Town) -> None:
    planner = somebody(parts, Role.PLANNER)
    for days in (0, 90, 91, 180, 181, 365, 366, 730, 731, 2_000):
        with parts.database.writing() as session:
            session.execute(update(Service).values(verified_at=parts.clock.now() - timedelta(days=days, hours=1)))
            session.commit()
        lists = {age: read_listings(parts, planner, Wanted(age=age)).total for age in Age}
        assert lists == dict.fromkeys(Age, 0) | {Aged(Risk.OTHER, days, is_due=False).age: 2}
