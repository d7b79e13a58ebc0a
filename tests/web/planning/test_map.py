"""The map of a need: what is known of each area, the worst by name, and nothing that is hidden in picture, table or file."""

import csv
import io
from datetime import date

import pytest
from flask.testing import FlaskClient

from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.planning.population import load_population
from directory.store.tables import Area, ServiceArea
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add
from tests.support.people import sign_in
from tests.support.referrals import Town

pytestmark = ONE_IS_ENOUGH
OTTAWA, KINGSTON, SANDY = "ca-on-ottawa", "ca-on-kingston", "ca-on-ottawa-sandy-hill"
AT = "/planning/map"
SQUARE = {"type": "Polygon", "coordinates": [[[-76, 45], [-75, 45], [-75, 46], [-76, 46], [-76, 45]]]}


@pytest.fixture
def mapped(parts: Parts, town: Town) -> Town:
    """Two towns, one with an outline and a part of it; the shelter serves one of them by name."""
    with parts.database.writing() as session:
        told = {"zone": "America/Toronto"}
        session.add(Area(id=OTTAWA, name="Ottawa", kind="city", latitude=45.4, longitude=-75.7, polygon=SQUARE, **told))
        session.add(Area(id=KINGSTON, name="Kingston", kind="city", latitude=44.2, longitude=-76.5, **told))
        session.flush()
        session.add(Area(id=SANDY, name="Sandy Hill", kind="neighbourhood", parent_id=OTTAWA, latitude=45.42, longitude=-75.68, **told))
        add(session, ServiceArea(service_id=town.shelter, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    for area, found, short in ((OTTAWA, 20, 12), (KINGSTON, 12, 0)):
        for number in range(found + short):
            parts.gaps.count(date(2026, 11, 20), ("emergency-shelter",), area)
            if number < short:
                parts.gaps.add(Gap(date(2026, 11, 20), ("emergency-shelter",), area, (), 0, "en"))
    parts.gaps.flush(parts.database)
    rows = (f"{OTTAWA},1000000,2021,Census,", f"{KINGSTON},130000,2021,Census,", f"{KINGSTON},20000,2021,Census,65 and over")
    load_population(parts, "\n".join(("area,people,year,source,group", *rows)).encode())
    return town


def rows(client: FlaskClient, **asked: str) -> dict[str, dict[str, str]]:
    answer = client.get(f"{AT}/map.csv", query_string=asked)
    assert answer.status_code == 200
    return {row["area"]: row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}


def test_the_share_that_stays_unmet_is_told_of_towns_with_the_worst_named(client: FlaskClient, parts: Parts, mapped: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT).text
    assert "A place to stay tonight: most stays unmet in Ottawa, 38% (12 of 32)" in page
    assert 'class="shade step-2"' in page
    found = rows(planner)
    assert {key: (row["part"], row["whole"], row["step"]) for key, row in found.items()} == {
        OTTAWA: ("12", "32", "3"),
        KINGSTON: ("0", "12", "1"),
    }
    features = planner.get(f"{AT}/map.geojson").json["features"]
    assert {feature["properties"]["area"]: feature["geometry"]["type"] for feature in features} == {
        OTTAWA: "MultiPolygon",
        KINGSTON: "Point",
    }
    assert planner.get(f"{AT}/map.xlsx").data[:2] == b"PK"


def test_what_few_asked_for_is_not_known_on_the_map_and_in_its_files(client: FlaskClient, parts: Parts, mapped: Town) -> None:
    for _number in range(8):
        parts.gaps.count(date(2026, 11, 20), ("detox",), KINGSTON)
    parts.gaps.flush(parts.database)
    planner = sign_in(client, parts, Role.PLANNER)
    assert {row["value"] for row in rows(planner, need="detox").values()} == {""}
    page = planner.get(AT, query_string={"need": "detox"}).text
    assert "Detox: not known for any area" in page
    assert 'class="shade step-' not in page.split('class="shade-key"')[0]


def test_programs_and_reach_are_told_with_their_people(client: FlaskClient, parts: Parts, mapped: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    asked = {"need": "emergency-shelter"}
    found = rows(planner, measure="usable", **asked)
    assert (found[OTTAWA]["part"], found[OTTAWA]["whole"], found[OTTAWA]["value"]) == ("1", "1000000", "0.01")
    assert (found[KINGSTON]["part"], found[KINGSTON]["step"], found[KINGSTON]["source"]) == ("0", "5", "Census (2021)")
    found = rows(planner, measure="reached", **asked)
    assert {key: row["value"] for key, row in found.items()} == {OTTAWA: "1.0", KINGSTON: "0.0"}
    assert rows(planner, measure="reached", group="65 and over", **asked)[KINGSTON]["whole"] == "20000"
    parts_of = rows(planner, measure="usable", level="part", **asked)
    assert set(parts_of) == {SANDY, KINGSTON}
    assert parts_of[SANDY]["value"] == "", "nobody told how many live there"


def test_who_plans_for_one_area_has_a_map_of_it_and_wrong_choices_are_told(client: FlaskClient, parts: Parts, mapped: Town) -> None:
    assert set(rows(sign_in(client, parts, Role.PLANNER, email="area@plan.example", area_id=KINGSTON))) == {KINGSTON}
    for wrong in ({"measure": "luck"}, {"level": "street"}, {"need": "gold"}, {"group": "nobody"}, {"quarter": "soon"}):
        assert client.get(AT, query_string=wrong).status_code in (400, 422), wrong
    client.delete_cookie("session")
    assert sign_in(client, parts, Role.WORKER, organization_id=mapped.school, email="w@x.example").get(AT).status_code == 403
