"""The planner's first page: what changed, what is worth an hour, overlap beside unmet need; and every number with what lies behind it."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import Area
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, link_of, sign_in
from tests.support.referrals import Town

pytestmark = ONE_IS_ENOUGH
OTTAWA, KINGSTON = "ca-on-ottawa", "ca-on-kingston"
AT = "/planning"


@pytest.fixture
def asked(parts: Parts, town: Town) -> Town:
    with parts.database.writing() as session:
        for key, name, latitude, longitude in ((OTTAWA, "Ottawa", 45.4, -75.7), (KINGSTON, "Kingston", 44.2, -76.5)):
            session.add(Area(id=key, name=name, kind="city", zone="America/Toronto", latitude=latitude, longitude=longitude))
        session.commit()
    day = date(2026, 11, 20)
    for area, need, found, short in ((OTTAWA, "detox", 20, 12), (KINGSTON, "detox", 6, 2), (OTTAWA, "primary-care", 4, 4)):
        for number in range(found + short):
            parts.gaps.count(day, (need,), area)
            if number < short:
                parts.gaps.add(Gap(day, (need,), area, (), 0, "en"))
    parts.gaps.flush(parts.database)
    return town


def points(page: str) -> list[str]:
    """What is drawn in the wide picture, by the addresses of the points."""
    wide = page[page.index('class="quadrant wide"') :]
    return re.findall(r'<a href="([^"]+)" class="quadrant-point', wide[: wide.index("</svg>")])


def test_each_point_leads_to_its_cell_and_what_is_hidden_is_not_drawn(client: FlaskClient, parts: Parts, asked: Town) -> None:
    page = sign_in(client, parts, Role.PLANNER).get(AT).text
    assert "The largest gap: Detox, Ottawa, 12 of 32 not met" in page
    drawn = points(page)
    assert [f"need=detox&amp;area={OTTAWA}" in drawn[-1], len(drawn)] == [True, 2]
    assert "primary-care" not in page, "four and four are both too few to be shown"
    assert "12 of 32 (38%)" in page
    assert client.get(drawn[-1].replace("&amp;", "&")).status_code == 200


def test_a_cell_of_which_little_may_be_shown_is_not_known(client: FlaskClient, parts: Parts, asked: Town) -> None:
    page = sign_in(client, parts, Role.PLANNER).get(AT).text
    assert 'class="quadrant-point not_known' in page
    assert "1 need of an area is not known: fewer than 10 asked." in page


def test_what_was_seen_is_not_told_again_and_a_link_tells_it_again(client: FlaskClient, parts: Parts, asked: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT).text
    added = re.search(r'<a href="(/planning/changes\?what=added[^"]+)"><b>(\d+)</b>', page)
    assert added is not None
    rows = planner.get(added[1].replace("&amp;", "&")).text
    assert rows.count("<li><span><a href") == int(added[2]) > 0
    link = re.search(r'<a href="(/planning\?since=[^"]+)">', page)
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert link is not None
    assert until is not None
    at(parts, timedelta(minutes=1))
    answer = planner.post(f"{AT}/seen", data={"until": until[1]})
    assert (answer.status_code, answer.location) == (303, "/planning?seen=1")
    assert "what=added" not in planner.get(answer.location).text.split('id="hours"')[0]
    assert "what=added" in planner.get(link[1].replace("&amp;", "&")).text


def test_all_that_changed_is_a_table_too(client: FlaskClient, parts: Parts, asked: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    table = planner.get(f"{AT}/changes.csv", query_string={"since": "2026-01-01"}).data.decode("utf-8-sig")
    assert "added," in table
    assert planner.get(f"{AT}/changes.xlsx").data[:2] == b"PK"
    assert planner.get(f"{AT}/changes", query_string={"what": "weather"}).status_code in (400, 422)
    assert planner.get(AT, query_string={"since": "lately"}).status_code in (400, 422)


def test_what_is_worth_an_hour_says_why_and_leads_there(client: FlaskClient, parts: Parts, asked: Town) -> None:
    page = sign_in(client, parts, Role.PLANNER).get(AT).text
    assert "Detox, Ottawa: nothing can be used now, and it was asked for 32 times." in page
    worker_of_nobody = page.split('id="hours"')[1].split("</section>")[0]
    assert f"/planning/gaps?quarter=2026-Q4&amp;need=detox&amp;area={OTTAWA}" in worker_of_nobody


def test_the_address_holds_quarter_area_and_need(client: FlaskClient, parts: Parts, asked: Town) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    page = planner.get(AT, query_string={"quarter": "2026-Q4", "area": KINGSTON, "need": "detox"}).text
    assert "Kingston" in page
    assert f"need=detox&amp;area={OTTAWA}" not in page
    assert "That is not known; it does not mean that nothing is needed." in planner.get(AT, query_string={"quarter": "2026-Q1"}).text
    assert planner.get(AT, query_string={"quarter": "soon"}).status_code in (400, 422)
    assert planner.get(AT, query_string={"need": "nothing-such"}).status_code in (400, 422)


def test_a_planner_of_an_area_sees_its_part_and_others_nothing(client: FlaskClient, parts: Parts, asked: Town) -> None:
    page = sign_in(client, parts, Role.PLANNER, email="area@plan.example", area_id=KINGSTON).get(AT).text
    assert f"area={OTTAWA}" not in page
    client.delete_cookie("session")
    assert sign_in(client, parts, Role.WORKER, email="w@x.example", organization_id=asked.school).get(AT).status_code == 403


def test_a_planner_who_wants_no_page_begins_here_and_others_at_their_account(client: FlaskClient, parts: Parts, asked: Town) -> None:
    answer = client.post("/sign-in", data={"link": link_of(parts, Role.PLANNER)})
    assert answer.location == AT
    answer = client.post("/sign-in", data={"link": link_of(parts, Role.PLANNER, "/planning/stuck")})
    assert answer.location == "/planning/stuck"
    answer = client.post("/sign-in", data={"link": link_of(parts, Role.EDITOR, organization_id=asked.school)})
    assert answer.location == "/account"
