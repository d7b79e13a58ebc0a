"""One event after the other: what may happen happens once, what may not leaves everything as it was, and the listing learns from a no."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.referrals.consent import Field, Hindrance
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import IllegalMove
from directory.domain.referrals.handoff import How
from directory.domain.referrals.states import State
from directory.services.listings import read
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, give_consent, revoke_consent
from directory.services.referrals.introduce import Met, Planned, close_handoff, offered_slots, plan_handoff
from directory.services.referrals.links import Purpose, bind, open_link
from directory.services.referrals.seen_by import for_receiver, for_worker
from directory.services.referrals.standpoint import as_receiver, as_sender
from directory.services.referrals.start import add_attempt, send
from directory.services.referrals.write import Act, act_on
from directory.store.tables import Attempt, AttemptEvent, Need, RuleReview
from tests.support.people import at
from tests.support.referrals import (
    CONTACT,
    NAME,
    PLANTED,
    Town,
    agreed_by,
    mails_of,
    need_of,
    receiver_does,
    row_of,
    sender_does,
    sent_to_shelter,
)


def test_a_referral_is_sent_seen_accepted_introduced_and_helps(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.SEEN)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    slot = offered_slots(parts, attempt)[0]
    plan_handoff(parts, attempt, as_sender(town.worker, town.school), Planned(slot.start, How.IN_PERSON, made_present=True))
    assert row_of(parts, attempt).state == State.HANDOFF_PLANNED
    close_handoff(parts, attempt, as_receiver(town.keeper, town.house), Met(held=True))
    receiver_does(parts, town, attempt, Kind.HELPED, code="partly_helped")
    row = row_of(parts, attempt)
    assert (row.state, row.code, row.check_at) == ("helped", "partly_helped", None)


def test_a_missed_introduction_is_told_to_the_referrer_at_once(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    slot = offered_slots(parts, attempt)[0]
    plan_handoff(parts, attempt, as_receiver(town.keeper, town.house), Planned(slot.start, How.THREE_WAY_CALL))
    before = len(mails_of(parts))
    close_handoff(parts, attempt, as_receiver(town.keeper, town.house), Met(held=False))
    told = mails_of(parts)
    assert len(told) == before + 1
    assert any(to == "worker@school.example" and "did not come" in subject for to, subject, _body in told)
    assert row_of(parts, attempt).state == State.ACCEPTED


def test_what_cannot_happen_is_refused_and_leaves_everything_as_it_was(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    before = row_of(parts, attempt)
    with pytest.raises(IllegalMove):
        act_on(parts, attempt, as_receiver(town.keeper, town.house), Act(Kind.ACCEPTED, contact_name="Rosa"))
    assert row_of(parts, attempt).version == before.version


@pytest.mark.parametrize(("code", "clause"), [("", ""), ("helped", ""), ("no_show", ""), ("not_eligible", " ")])
def test_a_decline_needs_a_reason_that_says_something(parts: Parts, town: Town, code: str, clause: str):
    _need, attempt = sent_to_shelter(parts, town)
    with pytest.raises(InvalidInput):
        act_on(parts, attempt, as_receiver(town.keeper, town.house), Act(Kind.DECLINED, code=code, clause=clause))


def test_a_decline_for_want_of_room_is_shown_on_the_listing_for_a_fortnight(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    (room,) = read.service(parts, town.shelter).rooms
    assert room.status == "no-capacity"
    at(parts, timedelta(days=14, minutes=1))
    assert read.service(parts, town.shelter).rooms == ()


def test_who_knows_when_there_is_money_again_says_so_and_the_listing_until_then(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    again = parts.clock.now() + timedelta(days=40)
    for wrong in (timedelta(0), timedelta(days=400)):
        with pytest.raises(InvalidInput):
            receiver_does(parts, town, attempt, Kind.DECLINED, code="funds_exhausted", review_at=parts.clock.now() + wrong)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="funds_exhausted", review_at=again)
    (room,) = read.service(parts, town.shelter).rooms
    assert (room.status, room.expires_at) == ("no-capacity", again)


def test_a_decline_for_a_condition_opens_a_review_that_names_it(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="not_eligible", clause="Women only")
    with parts.database.reading() as session:
        (review,) = session.scalars(select(RuleReview))
        assert (review.kind, review.clause, review.service_id) == ("eligibility", "Women only", town.shelter)


def test_who_declines_for_want_of_information_asks_for_it_the_first_time(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    decline = {"code": "missing_information", "words": "Do they use a wheelchair?"}
    receiver_does(parts, town, attempt, Kind.DECLINED, **decline)
    assert row_of(parts, attempt).state == State.INFO_NEEDED
    sender_does(parts, town, attempt, Kind.INFO_GIVEN, words="No.")
    at(parts, timedelta(minutes=5))
    receiver_does(parts, town, attempt, Kind.DECLINED, **decline)
    assert row_of(parts, attempt).state == State.DECLINED


def test_a_second_tap_says_nothing_new(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        kinds = [row.kind for row in session.scalars(select(AttemptEvent).order_by(AttemptEvent.number))]
    assert kinds == ["drafted", "sent", "accepted"]


def test_an_introduction_can_be_moved_twice_within_a_minute(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    slots = offered_slots(parts, attempt)
    for slot in slots[:3]:
        plan_handoff(parts, attempt, as_sender(town.worker, town.school), Planned(slot.start, How.VIDEO))
    with parts.database.reading() as session:
        kinds = [row.kind for row in session.scalars(select(AttemptEvent).order_by(AttemptEvent.number))]
    assert kinds[-3:] == ["handoff_planned", "handoff_moved", "handoff_moved"]
    assert row_of(parts, attempt).due_at >= slots[2].end


def test_what_never_reached_a_receiver_is_not_there_for_them(parts: Parts, town: Town):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    sender_does(parts, town, attempt, Kind.CONSENT_ASKED)
    sender_does(parts, town, attempt, Kind.WITHDRAWN, code="by-person")
    with pytest.raises(NotFound):
        receiver_does(parts, town, attempt, Kind.CANCEL_CONFIRMED)


def test_other_organizations_neither_see_nor_touch_it(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    with pytest.raises(NotFound):
        act_on(parts, attempt, as_receiver(town.nurse, town.health), Act(Kind.SEEN))
    with pytest.raises(Forbidden):
        act_on(parts, attempt, as_sender(town.worker, town.school), Act(Kind.ACCEPTED, contact_name="Me"))


def test_names_are_shown_to_who_says_yes_and_nobody_before(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    now = parts.clock.now()
    with parts.database.reading() as session:
        seen = for_receiver(session, session.get_one(Attempt, attempt), now)
        assert (seen.name, seen.reach.address) == ("", "")
        assert seen.matters
        assert for_worker(session, session.get_one(Need, need)).name == NAME
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        row = session.get_one(Attempt, attempt)
        assert for_receiver(session, row, now).reach.address == CONTACT
        assert for_receiver(session, row, now, with_identity=False).name == ""


def test_without_consent_nothing_of_the_person_travels(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        seen = for_receiver(session, session.get_one(Attempt, attempt), parts.clock.now())
    assert not seen.is_somebody


def test_revoking_closes_access_at_once_and_tells_the_receiver(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        person = session.get_one(Need, need).person_id
        ((consent, _value),) = consents_of(session, person)
    assert revoke_consent(parts, consent, as_sender(town.worker, town.school), person_id=person) == (attempt,)
    row = row_of(parts, attempt)
    assert (row.state, row.code) == ("withdrawn", "consent-withdrawn")
    with parts.database.reading() as session:
        assert not for_receiver(session, session.get_one(Attempt, attempt), parts.clock.now()).is_somebody
    assert any("withdrawn" in subject for to, subject, _body in mails_of(parts) if to == "intake@harbour.example")


def test_nobody_is_asked_to_agree_who_cannot_freely(parts: Parts, town: Town):
    need = need_of(parts, town)
    with pytest.raises(InvalidInput):
        give_consent(parts, town.worker, need, agreed_by(town, hindrances=frozenset({Hindrance.INTOXICATED})))
    with parts.database.reading() as session:
        assert consents_of(session, session.get_one(Need, need).person_id) == ()


def test_mails_name_nobody_and_say_nothing_of_the_need(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    receiver_does(parts, town, attempt, Kind.NOT_HELPED, code="no_show")
    texts = " ".join(part for mail in mails_of(parts) for part in mail)
    assert not [planted for planted in PLANTED if planted in texts]
    assert "shelter" not in texts.lower()


def test_a_link_is_bound_to_the_browser_that_opens_it_first(parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    (body,) = [body for to, _subject, body in mails_of(parts) if to == "intake@harbour.example"]
    token = next(line for line in body.splitlines() if "/r/" in line).rpartition("/")[2]
    assert not open_link(parts, token, Purpose.ANSWER, "", sender="a").is_bound
    browser = bind(parts, token, Purpose.ANSWER)
    assert open_link(parts, token, Purpose.ANSWER, browser, sender="a").is_bound
    with pytest.raises(Forbidden):
        open_link(parts, token, Purpose.ANSWER, "", sender="b")
    with pytest.raises(Forbidden):
        bind(parts, token, Purpose.ANSWER)


def test_the_clock_of_a_referral_runs_in_the_receiver_s_opening_hours(parts: Parts, town: Town):
    parts.clock.set(datetime(2026, 3, 6, 21, 0, tzinfo=UTC))  # type: ignore[attr-defined]  # Friday at 16:00 there
    _need, attempt = sent_to_shelter(parts, town)
    row = row_of(parts, attempt)
    assert row.waits_for == "receiver"
    assert row.due_at == datetime(2026, 3, 9, 20, 0, tzinfo=UTC)  # Monday at 16:00, after the clocks went forward


def test_a_reroute_is_a_new_attempt_and_settles_the_one_that_came_back(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    assert row_of(parts, attempt).waits_for == "sender"
    second = add_attempt(parts, town.worker, need, town.clinic, replaces=attempt, shares=frozenset({Field.LANGUAGE}))
    send(parts, town.worker, second)
    assert row_of(parts, second).replaces_id == attempt
    assert (row_of(parts, attempt).has_next_step, row_of(parts, attempt).due_at) == (True, None)
