"""Planners see what was asked for and not got; nobody else does, and small counts nowhere."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from directory.domain.clock import FixedClock
from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.planning.turned import last_whole
from directory.store.tables import Area
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.support.referrals import Town, receiver_does, sent_to_shelter

pytestmark = ONE_IS_ENOUGH
OTTAWA = "ca-on-ottawa"
AT = "/planning/gaps"


@pytest.fixture
def asked(parts: Parts, town: Town) -> Town:
    day = date(2026, 11, 20)
    for area, need, found, short in ((OTTAWA, "detox", 20, 12), ("ca-on-kingston", "detox", 6, 2), (OTTAWA, "primary-care", 3, 1)):
        for number in range(found + short):
            parts.gaps.count(day, (need,), area)
            if number < short:
                parts.gaps.add(Gap(day, (need,), area, (), 0, "en"))
    parts.gaps.flush(parts.database)
    for _number in range(5):
        _need, attempt = sent_to_shelter(parts, town, with_consent=False)
        receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    return town


def rows(client: FlaskClient, **asked: str) -> list[dict[str, str]]:
    answer = client.get(f"{AT}/gaps.csv", query_string=asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_planner_reads_gaps_with_their_causes_and_never_an_organization(client: FlaskClient, parts: Parts, asked: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT)
    assert page.status_code == 200
    assert "Detox" in page.text
    assert "searches that found too little: 12" in page.text
    assert "no room or money: 5" in page.text
    assert "Harbour" not in page.text
    found = {(row["need"], row["area"]): row for row in rows(planner)}
    assert (found["detox", OTTAWA]["ended_found"], found["detox", OTTAWA]["ended_nothing"], found["detox", OTTAWA]["reading"]) == (
        "20",
        "12",
        "gap",
    )
    assert found["emergency-shelter", OTTAWA]["ended_capacity"] == "5"


def test_what_is_small_is_in_no_table_and_cannot_be_subtracted(client: FlaskClient, parts: Parts, asked: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    found = {(row["need"], row["area"]): row for row in rows(planner)}
    assert found["detox", "ca-on-kingston"]["ended_nothing"] == ""
    assert found["detox", "ca-on-kingston"]["some_hidden"] == "yes"
    assert (found["primary-care", OTTAWA]["ended_found"], found["primary-care", OTTAWA]["reading"]) == ("", "not_known")
    told = json.loads(planner.get(f"{AT}/counts.json").text)
    assert {(row["need"], row["area"], row["ended_nothing"]) for row in told["cells"]} == {
        (row["need"], row["area"], int(row["ended_nothing"]) if row["ended_nothing"] else None) for row in found.values()
    }
    assert len(planner.get(f"{AT}/gaps.geojson").json["features"]) == len(found)
    assert planner.get(f"{AT}/gaps.xlsx").data[:2] == b"PK"
    assert planner.get(f"{AT}/gaps.exe").status_code == 404


def test_who_plans_for_another_area_sees_none_of_it_and_others_nothing_at_all(client: FlaskClient, parts: Parts, asked: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="us-ca", name="California", kind="region", zone="America/Los_Angeles"))
        session.commit()
    assert rows(sign_in(client, parts, Role.PLANNER, email="far@plan.example", area_id="us-ca")) == []
    client.delete_cookie("session")
    assert sign_in(client, parts, Role.WORKER, organization_id=asked.school, email="w@x.example").get(AT).status_code in (302, 303, 403)


def test_a_quarter_that_is_none_is_told_what_would_be_right(client: FlaskClient, parts: Parts, asked: Town) -> None:
    answer = sign_in(client, parts, Role.PLANNER).get(AT, query_string={"quarter": "soon"})
    assert answer.status_code in (400, 422)
    assert "2026-Q4" in answer.text


@pytest.mark.parametrize("at", ["/planning/gaps/counts.json", "/planning/network/counts.json"])
def test_the_quarter_that_goes_on_is_that_of_the_community(client: FlaskClient, parts: Parts, town: Town, at: str) -> None:
    """In Ottawa it is still the evening of the 30th of September."""
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(datetime(2026, 10, 1, 2, tzinfo=UTC))
    planner = sign_in(client, parts, Role.PLANNER)
    assert planner.get(at).json["quarter"] == "2026-Q3"
    assert str(last_whole(parts)) == "2026-Q2"
