"""An organization's inbox: what it was asked, the same answers as by link, and nothing of anybody else's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.store.tables import ReferralContact, ReferralLink
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.support.referrals import NAME, PLANTED, Town, mails_of, receiver_does, row_of, sent_to_shelter
from tests.web.html import read
from tests.web.received.mailed import links_of, number_of, opened

pytestmark = ONE_IS_ENOUGH


@pytest.fixture
def keeper(client: FlaskClient, parts: Parts, town: Town) -> FlaskClient:
    return sign_in(client, parts, Role.EDITOR, email="keeper@harbour.example", organization_id=town.house)


def test_the_inbox_shows_what_waits_and_nothing_of_the_person(keeper: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    assert keeper.get("/referrals/inbox").headers["Location"].endswith(f"/referrals/inbox/{town.house}")
    page = read(keeper.get(f"/referrals/inbox/{town.house}").text)
    (row,) = page.find("li", "inbox-row")
    assert "A place to stay tonight" in row.text
    assert "Maple School" in row.text
    assert not [words for words in PLANTED if words in row.text]
    assert row_of(parts, attempt).state == State.SENT  # a list is not a look
    keeper.get(f"/referrals/inbox/{town.house}/{attempt}")
    assert row_of(parts, attempt).state == State.SEEN
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    over = keeper.get(f"/referrals/inbox/{town.house}?part=ended").text
    assert "We have no room" in over
    assert "A place to stay tonight" not in over


def test_with_an_account_the_same_acts_lead_to_the_same_ends(keeper: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = f"/referrals/inbox/{town.house}/{attempt}"
    assert keeper.post(path, data={"do": "accepted", "contact_name": ""}).status_code == 400
    assert keeper.post(path, data={"do": "accepted", "contact_name": "Rosa"}).status_code == 303
    assert NAME in keeper.get(path).text  # whoever is signed in proved who they are
    assert keeper.post(path, data={"do": "accepted", "contact_name": "Ida"}).status_code in (303, 409)
    keeper.post(path, data={"do": "service_started"})
    keeper.post(path, data={"do": "helped:helped"})
    assert row_of(parts, attempt).state == State.HELPED
    assert keeper.post(path, data={"do": "service_started"}).status_code == 409


def test_nobody_opens_what_another_organization_was_asked(app: Flask, keeper: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.SEEN)  # so that opening it writes nothing, and reading alone is what is refused
    nurse = sign_in(app.test_client(), parts, Role.WORKER, email="nurse@clinic.example", organization_id=town.health)
    worker = sign_in(app.test_client(), parts, Role.WORKER, email="worker@school.example", organization_id=town.school)
    for other, own in ((nurse, town.health), (worker, town.school)):
        assert other.get(f"/referrals/inbox/{town.house}").status_code == 403
        assert other.get(f"/referrals/inbox/{own}/{attempt}").status_code == 404
        assert other.post(f"/referrals/inbox/{own}/{attempt}", data={"do": "declined:no_capacity"}).status_code == 404
        assert other.get(f"/referrals/figures/{town.house}").status_code == 403
    assert row_of(parts, attempt).state == State.SEEN
    for wrong in ("nonsense", town.house):
        assert keeper.get(f"/referrals/inbox/{town.house}/{wrong}").status_code == 404


def test_leads_and_editors_say_where_referrals_go_and_workers_do_not(app: Flask, keeper: FlaskClient, parts: Parts, town: Town):
    path = f"/referrals/receiving/{town.house}"
    wish = {"takes": "yes", "address": "Beds@Harbour.example", "backup_address": "lead@harbour.example", "language": "fr"}
    assert keeper.post(path, data={**wish, "address": "nonsense"}).status_code == 400
    on_duty = [town.keeper.person_id, town.nurse.person_id]
    assert keeper.post(path, data={**wish, "on_duty": on_duty}).status_code == 303
    with parts.database.reading() as session:
        row = session.get_one(ReferralContact, town.house)
        told = (row.address, row.backup_address, row.language, row.takes_referrals, row.on_duty)
    assert told == ("beds@harbour.example", "lead@harbour.example", "fr", True, [town.keeper.person_id])
    sent_to_shelter(parts, town)
    assert {to for to, _subject, body in mails_of(parts) if "/r/" in body} == {"beds@harbour.example"}
    worker = sign_in(app.test_client(), parts, Role.WORKER, email="bedside@harbour.example", organization_id=town.house)
    assert worker.get(path).status_code == 403
    planner = sign_in(app.test_client(), parts, Role.PLANNER)
    assert planner.get(path).status_code == 403


def test_whoever_showed_to_read_the_old_address_shows_it_again_for_a_new_one(app: Flask, keeper: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    by_link = app.test_client()
    path = opened(by_link, parts)
    by_link.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    by_link.post(f"{path}/number")
    by_link.post(f"{path}/prove", data={"number": number_of(parts)})
    assert NAME in by_link.get(path).text
    keeper.post(f"/referrals/receiving/{town.house}", data={"takes": "yes", "address": "new@harbour.example", "language": "en"})
    assert NAME not in by_link.get(path).text
    with parts.database.reading() as session:
        assert session.query(ReferralLink).one().confirmed_at is None


def test_who_takes_no_referrals_is_asked_for_none(keeper: FlaskClient, parts: Parts, town: Town):
    keeper.post(f"/referrals/receiving/{town.house}", data={"language": "en"})
    assert "You take no referrals here" in keeper.get(f"/referrals/receiving/{town.house}").text
    with pytest.raises(Exception, match="takes no referrals"):
        sent_to_shelter(parts, town)
    assert links_of(parts) == []
