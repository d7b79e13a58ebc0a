"""A referral behind a link: whoever is asked answers in one tap, and nobody else learns anything by it."""

from datetime import timedelta

import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import How
from directory.domain.referrals.states import State
from directory.rules.criteria import SCHEMA
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, revoke_consent
from directory.services.referrals.introduce import Planned, plan_handoff
from directory.services.referrals.standpoint import as_sender
from directory.store.tables import AttemptEvent, AuditEntry, Handoff, Need, RuleReview, Service
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import CONTACT, MATTERS, NAME, PLANTED, Town, mails_of, receiver_does, row_of, sender_does, sent_to_shelter
from tests.web.html import read
from tests.web.received.mailed import links_of, number_of, opened

pytestmark = ONE_IS_ENOUGH


def planted_in(text: str) -> list[str]:
    return [words for words in PLANTED if words in text]


def prove(client: FlaskClient, parts: Parts, path: str) -> None:
    assert client.post(f"{path}/number").status_code == 303
    assert client.post(f"{path}/prove", data={"number": number_of(parts)}).status_code == 303


def test_before_its_button_is_pressed_a_link_shows_who_is_asked_and_nothing_else(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Harbour House" in answer.text
    assert "Look at it" in answer.text
    assert not planted_in(answer.text)
    assert "Maple School" not in answer.text
    assert "helter" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert row_of(parts, attempt).state == State.SENT


def test_nothing_is_answered_through_a_link_that_nobody_looked_at(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    assert client.post(path, data={"do": "accepted", "contact_name": "Rosa"}).status_code == 409
    assert row_of(parts, attempt).state == State.SENT


def test_the_button_binds_the_link_to_this_browser_and_the_referral_is_seen(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    answer = client.post(f"{path}/look")
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("referral-links=")]
    assert all(words in cookie for words in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert row_of(parts, attempt).state == State.SEEN
    page = client.get(path).text
    assert "A place to stay tonight" in page
    assert MATTERS in page
    assert NAME not in page
    assert CONTACT not in page
    assert client.post(f"{path}/look").status_code == 303  # a second press changes nothing


def test_another_browser_is_told_why_and_gets_a_new_link_to_the_address_on_file_alone(
    app: Flask, client: FlaskClient, parts: Parts, town: Town
):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    thief = app.test_client()
    for answer in (thief.get(path), thief.post(f"{path}/look"), thief.post(path, data={"do": "declined:no_capacity"})):
        assert answer.status_code == 403
        assert "another device" in answer.text
        assert not planted_in(answer.text)
    before = mails_of(parts)
    asked = thief.post(f"{path}/new-link", data={"address": "thief@elsewhere.example"})
    assert "on its way" in asked.text
    (mail,) = [mail for mail in mails_of(parts) if mail not in before]
    assert mail[0] == "intake@harbour.example"
    assert client.get(path).status_code == 404  # the older link is over
    (fresh,) = [link for link in links_of(parts) if link != path]
    assert client.post(f"{fresh}/look").status_code == 303


def test_a_cookie_that_was_copied_to_another_link_opens_nothing(app: Flask, client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    thief = app.test_client()
    for forged in ("", "nonsense", "gAAAAA" + "x" * 90):
        thief.set_cookie("referral-links", forged)
        assert thief.get(path).status_code == 403


def test_new_links_and_numbers_are_sent_only_so_often(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    for _time in range(3):
        assert client.post(f"{path}/new-link").status_code == 200
        path = links_of(parts)[-1] if client.get(path).status_code == 404 else path
        path = next(link for link in links_of(parts) if client.get(link).status_code == 200)
    assert client.post(f"{path}/new-link").status_code == 429


def test_links_that_are_none_are_counted_and_then_refused(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    assert {client.get(f"/r/guess-{number}").status_code for number in range(30)} == {404}
    assert client.get("/r/guess-30").status_code == 429
    assert client.get(path).status_code == 429  # not even a right one: nobody tries on
    assert client.post(f"{path}/look").status_code == 429
    at(parts, timedelta(minutes=20))
    assert client.get(path).status_code == 200


def test_yes_takes_a_name_which_is_offered_again_the_next_time(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    nameless = client.post(path, data={"do": "accepted", "contact_name": " "})
    assert nameless.status_code == 400
    assert read(nameless.text).one("input", id="accepted-contact_name").attributes["aria-invalid"] == "true"
    assert client.post(path, data={"do": "accepted", "contact_name": "Rosa"}).status_code == 303
    assert row_of(parts, attempt).state == State.ACCEPTED
    _need, _second = sent_to_shelter(parts, town)
    (fresh,) = [link for link in links_of(parts) if link != path]
    client.post(f"{fresh}/look")
    assert read(client.get(fresh).text).one("input", id="accepted-contact_name").attributes["value"] == "Rosa"


def test_name_and_contact_are_shown_only_after_yes_and_the_number_that_was_mailed(client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    page = client.get(path).text
    assert NAME not in page
    assert "i•••@harbour.example" in page
    assert client.post(f"{path}/prove", data={"number": "000000"}).status_code == 400  # none was sent yet
    prove(client, parts, path)
    page = client.get(path).text
    assert NAME in page
    assert CONTACT in page
    with parts.database.reading() as session:
        reads = {(entry.detail, entry.actor[:5]) for entry in session.scalars(select(AuditEntry)) if entry.what == "personal data read"}
    assert reads == {(f"need {need}", "link:")}


def test_a_number_is_guessed_five_times_and_then_a_new_one_is_needed(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    client.post(f"{path}/number")
    right = number_of(parts)
    wrong = "111 111" if right != "111 111" else "222 222"
    assert [client.post(f"{path}/prove", data={"number": wrong}).status_code for _ in range(5)] == [400] * 5
    late = client.post(f"{path}/prove", data={"number": right})
    assert late.status_code == 429
    assert NAME not in late.text


def test_a_number_proves_nothing_before_yes(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    prove(client, parts, path)
    page = client.get(path).text
    assert NAME not in page
    assert CONTACT not in page


def test_without_consent_the_page_tells_nothing_of_the_person(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town, with_consent=False)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    prove(client, parts, path)
    assert not planted_in(client.get(path).text)


def test_a_question_goes_back_and_its_answer_is_shown(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    assert client.post(path, data={"do": "info_asked", "words": ""}).status_code == 400
    client.post(path, data={"do": "info_asked", "words": "Do they use a wheelchair?"})
    assert row_of(parts, attempt).state == State.INFO_NEEDED
    sender_does(parts, town, attempt, Kind.INFO_GIVEN, words="No, they walk well.")
    assert "they walk well" in client.get(path).text


def test_what_the_sender_notes_for_itself_is_not_shown_to_the_receiver(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    sender_does(parts, town, attempt, Kind.NOTED, words="Marrowstone hall turned them away")
    assert "turned them away" not in client.get(path).text


def test_the_waiting_list_is_a_yes_with_a_place_or_a_date_and_never_half_of_it(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path, told = opened(client, parts), {"do": "waitlist", "contact_name": "Rosa"}
    places = ("0", "-1", "many", "²", "99999")
    wrong = ({}, *({"wait_position": each} for each in places), {"review_at": "2020-01-05"}, {"review_at": "soon"})
    assert [client.post(path, data={**told, **more}).status_code for more in wrong] == [400] * len(wrong)
    assert row_of(parts, attempt).state == State.SEEN
    assert client.post(path, data={**told, "wait_position": "4"}).status_code == 303
    assert client.post(path, data={"do": "waitlist", "review_at": "2099-01-05"}).status_code in (303, 409)
    with parts.database.reading() as session:
        kinds = [row.kind for row in session.scalars(select(AttemptEvent).order_by(AttemptEvent.number))]
    assert kinds[-2:] == ["accepted", "waitlisted"]
    assert "Place in line: 4" in client.get(path).text


def test_no_takes_one_of_the_reasons_and_a_condition_is_chosen_from_the_listing(client: FlaskClient, parts: Parts, town: Town):
    only_women = {"id": "who", "said": {"by": "owner"}, "when": {"field": "gender", "op": "eq", "value": "female"}}
    with parts.database.writing() as session:
        service = session.get_one(Service, town.shelter)
        service.criteria, service.version = {"schema": SCHEMA, "criteria": [only_women]}, service.version + 1
        session.commit()
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    page = read(client.get(path).text)
    (offered,) = [button.attributes["value"] for button in page.find("button", name="clause")]
    told = {button.attributes["value"] for button in page.find("button") if button.attributes.get("name") == "do"}
    assert {"declined:no_capacity", "declined:outside_area", "declined:listing_wrong", "declined:conflict_or_safety"} <= told
    assert not {"declined:no_show", "declined:could_not_contact", "declined:missing_information"} & told
    assert client.post(path, data={"do": "declined:not_eligible", "clause": ""}).status_code == 400
    assert client.post(path, data={"do": "declined:not_eligible", "clause": offered}).status_code == 303
    assert row_of(parts, attempt).state == State.DECLINED
    with parts.database.reading() as session:
        assert [row.clause for row in session.scalars(select(RuleReview))] == [offered] == ["Women and girls"]


def test_a_button_that_there_is_not_does_nothing(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    for do in ("", "nonsense", "sent", "expired", "voided", "contested", "plan:x:y", "declined:no_show", "helped:helped"):
        assert client.post(path, data={"do": do}).status_code in (400, 404, 409), do
    assert row_of(parts, attempt).state == State.SEEN


def test_what_happened_meanwhile_is_shown_to_who_comes_too_late(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    answer = client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    assert answer.status_code == 409
    assert "somebody answered meanwhile" in answer.text


def test_from_yes_to_helped_each_step_is_one_tap(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    assert client.post(path, data={"do": "plan", "how": "in_person"}).status_code == 400
    slot = next(box.attributes["value"] for box in read(client.get(path).text).find("input", name="slot"))
    steps = (
        ({"do": "plan", "how": "in_person", "slot": slot, "contact_name": "Rosa", "made_present": "yes"}, State.HANDOFF_PLANNED),
        ({"do": "plan", "how": "three_way_call", "starts_at": "2026-12-03T10:00", "contact_name": "Rosa"}, State.HANDOFF_PLANNED),
        ({"do": "missed"}, State.ACCEPTED),
        ({"do": "contact_tried:call"}, State.ACCEPTED),
        ({"do": "met"}, State.INTRODUCED),
        ({"do": "service_started"}, State.IN_SERVICE),
        ({"do": "still_going"}, State.IN_SERVICE),
        ({"do": "helped:partly_helped"}, State.HELPED),
    )
    for data, state in steps:
        assert client.post(path, data=data).status_code == 303, data
        assert row_of(parts, attempt).state == state
    with parts.database.reading() as session:
        (moved,) = session.scalars(select(Handoff).where(Handoff.how == "three_way_call"))
        assert moved.starts_at.isoformat() == "2026-12-03T15:00:00+00:00"  # ten o'clock in Toronto
        assert [row.made_present for row in session.scalars(select(Handoff).where(Handoff.how == "in_person"))] == [True]


def test_where_they_meet_is_shown_with_the_number_alone_even_where_nothing_else_is_agreed_to(client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    planned = Planned(parts.clock.now() + timedelta(days=1), How.IN_PERSON, where="Behind Marrowstone hall")
    plan_handoff(parts, attempt, as_sender(town.worker, town.school), planned)
    page = client.get(path).text
    assert "Marrowstone" not in page
    assert "Where you meet is shown to whoever reads the mail" in page
    prove(client, parts, path)
    assert "Behind Marrowstone hall" in client.get(path).text


def test_a_withdrawn_referral_says_so_and_shows_nothing_of_the_person(client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    prove(client, parts, path)
    with parts.database.reading() as session:
        person = session.get_one(Need, need).person_id
        ((consent, _value),) = consents_of(session, person)
    revoke_consent(parts, consent, as_sender(town.worker, town.school), person_id=person)
    page = client.get(path).text
    assert "Withdrawn" in page
    assert not planted_in(page)
    assert "A place to stay tonight" not in page
    assert client.post(path, data={"do": "cancel_confirmed"}).status_code == 303
    at(parts, timedelta(days=4))
    assert client.get(path).status_code == 404


def test_a_link_in_use_lasts_while_the_referral_does(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    for _time in range(3):
        at(parts, timedelta(days=20))
        assert client.get(path).status_code == 200
    at(parts, timedelta(days=31))
    assert client.get(path).status_code == 404


def test_no_log_holds_the_address_of_a_link_or_anything_of_a_person(client: FlaskClient, parts: Parts, town: Town):
    with structlog.testing.capture_logs() as lines:
        sent_to_shelter(parts, town)
        path = opened(client, parts)
        client.get(path)
        client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
        prove(client, parts, path)
        client.post(path, data={"do": "noted", "words": MATTERS})
        client.post(path, data={"do": "nonsense"})
        client.get(f"{path}?done={MATTERS}")
    told = str(lines)
    assert not planted_in(told)
    assert path.rpartition("/")[2] not in told
    assert number_of(parts).replace(" ", "") not in told
    assert {line["path"] for line in lines if line["event"] == "request"} >= {"/r/<token>", "/r/<token>/look", "/r/<token>/prove"}


def test_no_mail_of_all_this_tells_anything_of_the_person(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    client.post(path, data={"do": "info_asked", "words": f"Is it {MATTERS}?"})
    client.post(path, data={"do": "info_given"})
    client.post(path, data={"do": "accepted", "contact_name": "Rosa"})
    prove(client, parts, path)
    client.post(path, data={"do": "noted", "words": MATTERS})
    assert not planted_in(str(mails_of(parts)))


def test_the_page_speaks_the_reader_s_language(client: FlaskClient, parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    path = opened(client, parts)
    assert "Oui, nous nous en chargeons" in client.get(f"{path}?lang=fr").text
    assert "Sí, nos encargamos" in client.get(f"{path}?lang=es").text
