"""Whether it helped: asked where a message may be left, put to the worker where not, and never after somebody took anything back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.referrals.contact import Channel
from directory.domain.referrals.events import Kind
from directory.jobs.referrals import FollowUps, ReferralClocks, Retention
from directory.services.keeping.jobs import jobs_in
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, give_consent, revoke_consent
from directory.services.referrals.erase import forget_old_questions
from directory.services.referrals.follow_ups import Asked, ask_due, due_follow_ups
from directory.services.referrals.links import Purpose, open_link
from directory.services.referrals.standpoint import as_receiver, as_sender
from directory.services.referrals.start import add_attempt, send
from directory.services.referrals.write import Act, act_on
from directory.store.tables import FollowUp, Need, OutgoingMessage
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import CONTACT, NAME, Town, agreed_by, need_of, receiver_does, sender_does

WEEK = timedelta(days=7)
TELLING = ("shelter", "Harbour", "Maple", NAME, "Quillfeather")


def taken_on(parts: Parts, town: Town, **more: object) -> tuple[str, str]:
    need = need_of(parts, town)
    give_consent(parts, town.worker, need, agreed_by(town, **more))
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    send(parts, town.worker, attempt)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    return need, attempt


def messages(parts: Parts) -> list[tuple[str, str, str]]:
    """What waits for the person: way, subject, words."""
    with parts.database.reading() as session:
        rows = session.scalars(select(OutgoingMessage))
        return [(row.way, row.subject, row.body) for row in rows if row.recipient in (CONTACT, "me@home.example")]


def on_board(parts: Parts, town: Town) -> list[str]:
    with parts.database.reading() as session:
        return [one.need_id for one in due_follow_ups(session, town.school, parts.clock.now())]


def test_who_may_be_written_to_is_asked_once_by_their_own_way_and_in_their_language(parts: Parts, town: Town):
    need, _attempt = taken_on(parts, town, language="fr")
    assert ask_due(parts) == Asked()
    at(parts, WEEK)
    assert ask_due(parts) == Asked(by_message=1)
    assert ask_due(parts) == Asked()
    ((way, subject, body),) = messages(parts)
    assert (way, subject) == ("text", "")
    assert body.startswith("Une courte question")
    assert not [word for word in TELLING if word in body]
    token = body.strip().rpartition("/f/")[2]
    assert open_link(parts, token, Purpose.FOLLOW_UP, "", sender="a").follow_up_id
    assert on_board(parts, town) == []
    at(parts, timedelta(days=23))
    assert ask_due(parts).by_message == 1
    assert need


@ONE_IS_ENOUGH
@pytest.mark.parametrize(
    "more", [{"may_leave_message": False}, {"channel": Channel.CALL}, {"channel": Channel.THROUGH_WORKER}, {"channel": Channel.NONE}]
)
def test_where_nothing_may_be_left_their_worker_asks(parts: Parts, town: Town, more: dict[str, object]):
    need, _attempt = taken_on(parts, town, **more)
    at(parts, WEEK)
    assert ask_due(parts) == Asked(by_worker=1)
    assert messages(parts) == []
    assert on_board(parts, town) == [need]
    with parts.database.reading() as session:
        (due,) = due_follow_ups(session, town.school, parts.clock.now(), worker_id=str(town.worker.person_id))
        assert (due.day, due.receiver) == (7, "Harbour House")
        assert due_follow_ups(session, town.school, parts.clock.now(), worker_id=str(town.colleague.person_id)) == ()
        assert due_follow_ups(session, town.house, parts.clock.now()) == ()


@ONE_IS_ENOUGH
def test_a_mail_says_neither_what_for_nor_by_whom(parts: Parts, town: Town):
    taken_on(parts, town, channel=Channel.MAIL, contact="me@home.example")
    at(parts, WEEK)
    ask_due(parts)
    ((way, subject, body),) = messages(parts)
    assert (way, subject) == ("mail", "A short question")
    assert not [word for word in TELLING if word in subject + body]


@ONE_IS_ENOUGH
@pytest.mark.parametrize("what", ["withdrawn", "not_helped", "revoked"])
def test_who_took_it_back_is_not_asked(parts: Parts, town: Town, what: str):
    need, attempt = taken_on(parts, town)
    if what == "withdrawn":
        sender_does(parts, town, attempt, Kind.WITHDRAWN, code="by-person")
    elif what == "not_helped":
        receiver_does(parts, town, attempt, Kind.NOT_HELPED, code="no_capacity")
    else:
        with parts.database.reading() as session:
            person = session.get_one(Need, need).person_id
            ((consent, _value),) = consents_of(session, person)
        revoke_consent(parts, consent, as_sender(town.worker, town.school), person_id=person)
    at(parts, WEEK)
    assert ask_due(parts) == Asked(left_out=1)
    assert (messages(parts), on_board(parts, town)) == ([], [])


@ONE_IS_ENOUGH
def test_where_nobody_was_there_to_ask_for_long_one_question_is_put_instead_of_two(parts: Parts, town: Town):
    taken_on(parts, town, may_leave_message=False)
    at(parts, timedelta(days=31))
    assert ask_due(parts) == Asked(by_worker=1, left_out=1)
    with parts.database.reading() as session:
        assert [one.day for one in due_follow_ups(session, town.school, parts.clock.now())] == [30]


@ONE_IS_ENOUGH
def test_somebody_with_two_needs_is_written_to_once_a_day(parts: Parts, town: Town):
    first, _attempt = taken_on(parts, town, for_all_needs=True)
    second = add_attempt(parts, town.worker, need_of(parts, town, category="primary-care", person_of=first), town.clinic)
    send(parts, town.worker, second)
    act_on(parts, second, as_receiver(town.nurse, town.health), Act(Kind.ACCEPTED, contact_name="Sam"))
    at(parts, WEEK)
    assert ask_due(parts).by_message == 1
    at(parts, timedelta(hours=25))
    assert ask_due(parts).by_message == 1


@ONE_IS_ENOUGH
def test_the_worker_runs_clocks_questions_and_forgetting_and_says_when_it_did(parts: Parts, town: Town):
    taken_on(parts, town, may_leave_message=False)
    at(parts, WEEK)
    jobs = (ReferralClocks(parts), FollowUps(parts), Retention(parts))
    assert [job.step() for job in jobs] == [True, True, True]
    assert [job.step() for job in jobs] == [False, False, False]
    with parts.database.reading() as session:
        assert {job.name for job in jobs_in(session) if not job.failure} == {"referral clocks", "follow-ups", "retention"}
    at(parts, timedelta(days=91))
    assert forget_old_questions(parts) == 1
    with parts.database.reading() as session:
        assert [row.day for row in session.scalars(select(FollowUp))] == [30]
