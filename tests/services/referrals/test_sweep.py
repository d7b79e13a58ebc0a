"""The clocks: reminded, told as late, ended, each once; in the receiver's hours; and nothing of the person goes to anybody new."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from directory.domain.clock import FixedClock
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals import sweep_steps as sweeping
from directory.services.referrals.agree import give_consent
from directory.services.referrals.links import Purpose, bind, open_link
from directory.services.referrals.start import add_attempt, close_need
from directory.services.referrals.sweep import Swept, sweep
from directory.store.tables import Attempt, AttemptEvent, HelpedPerson, Need, OutgoingMessage, ReferralContact
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import (
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

MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""9 in the morning in Toronto: a working day there ends at 22:00 in UTC."""


@pytest.fixture
def town(parts: Parts, town: Town) -> Town:
    set_clock(parts, MONDAY)
    with parts.database.writing() as session:
        contact = ReferralContact(
            organization_id=town.house, address="intake@harbour.example", backup_address="lead@harbour.example", modified_at=MONDAY,
            modified_by="tests", on_duty=[],
        )  # fmt: skip
        session.add(contact)
        session.commit()
    return town


def set_clock(parts: Parts, moment: datetime) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(moment)


def kinds_of(parts: Parts, attempt: str) -> list[str]:
    with parts.database.reading() as session:
        rows = session.scalars(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt).order_by(AttemptEvent.number))
        return [row.kind for row in rows]


def told(parts: Parts) -> list[tuple[str, str]]:
    """Whom mails are for, with the subject; they are taken away."""
    found = [(to, subject) for to, subject, _body in mails_of(parts)]
    with parts.database.writing() as session:
        session.query(OutgoingMessage).delete()
        session.commit()
    return found


def test_who_does_not_answer_is_reminded_then_others_are_told_then_it_ends(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    told(parts)
    assert sweep(parts, MONDAY + timedelta(hours=3)) == Swept()
    assert sweep(parts, MONDAY + timedelta(hours=5)) == Swept(reminded=1, mails=1)
    assert [to for to, _subject in told(parts)] == ["intake@harbour.example"]
    assert sweep(parts, MONDAY + timedelta(hours=9)).escalated == 1
    assert [to for to, _subject in told(parts)] == ["lead@harbour.example", "worker@school.example"]
    assert row_of(parts, attempt).check_at == MONDAY + timedelta(days=1, hours=8)  # a working day more, in the shelter's own hours
    assert sweep(parts, MONDAY + timedelta(days=1, hours=9)).expired == 1
    assert told(parts) == [
        ("intake@harbour.example", "Harbour House: a referral ended without an answer"),
        ("worker@school.example", f"{code_of(parts)}: Harbour House did not answer"),
    ]
    row = row_of(parts, attempt)
    assert (row.state, row.code, row.waits_for) == ("expired", "no-response", "sender")
    assert kinds_of(parts, attempt) == ["drafted", "sent", "reminded", "escalated", "expired"]


def code_of(parts: Parts) -> str:
    with parts.database.reading() as session:
        return session.scalars(select(Need.code)).one()


@ONE_IS_ENOUGH
def test_the_same_pass_again_does_nothing(parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    moment = MONDAY + timedelta(hours=5)
    assert sweep(parts, moment).steps == 1
    before = len(mails_of(parts))
    assert sweep(parts, moment) == Swept()
    assert len(mails_of(parts)) == before


@ONE_IS_ENOUGH
def test_where_nobody_swept_for_long_nothing_ends_that_was_not_said_to_be_late(parts: Parts, town: Town):
    """A worker that was away for a week must not blame the receiver for it."""
    _need, attempt = sent_to_shelter(parts, town)
    late = MONDAY + timedelta(days=7)
    assert sweep(parts, late) == Swept(escalated=1, mails=2)
    assert sweep(parts, late + timedelta(hours=7)) == Swept()
    assert sweep(parts, late + timedelta(days=1, hours=1)).expired == 1
    assert kinds_of(parts, attempt) == ["drafted", "sent", "escalated", "expired"]


@ONE_IS_ENOUGH
def test_who_has_a_link_in_use_gets_no_other_with_a_reminder(parts: Parts, town: Town):
    """A new link would shut out the browser that works with the old one."""
    sent_to_shelter(parts, town)
    (body,) = [body for to, _subject, body in mails_of(parts) if to == "intake@harbour.example"]
    token = next(line for line in body.splitlines() if "/r/" in line).rpartition("/")[2]
    browser = bind(parts, token, Purpose.ANSWER)
    told(parts)
    sweep(parts, MONDAY + timedelta(hours=5))
    ((_to, _subject, body),) = mails_of(parts)
    assert "/r/" not in body
    assert "link of the first mail" in body
    sweep(parts, MONDAY + timedelta(hours=9))  # the backup address gets one of its own, which does not end the other
    assert open_link(parts, token, Purpose.ANSWER, browser, sender="a").is_bound
    (late,) = [body for to, _subject, body in mails_of(parts) if to == "lead@harbour.example"]
    assert "/r/" in late


@ONE_IS_ENOUGH
def test_a_question_that_the_sender_leaves_unanswered_is_not_laid_to_the_receiver(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.INFO_ASKED, words="How old?")
    told(parts)
    assert sweep(parts, row_of(parts, attempt).check_at) == Swept(reminded=1, mails=1)
    assert [to for to, _subject in told(parts)] == ["worker@school.example"]
    for _ in range(2):
        sweep(parts, row_of(parts, attempt).check_at)
    assert any("the question of Harbour House was not answered" in subject for _to, subject in told(parts))


@ONE_IS_ENOUGH
def test_who_was_taken_on_and_is_spoken_of_no_more_is_told_once_and_never_ends_by_itself(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    receiver_does(parts, town, attempt, Kind.SERVICE_STARTED)
    for _ in range(3):
        sweep(parts, row_of(parts, attempt).check_at)
    row = row_of(parts, attempt)
    assert (row.state, row.reminded, row.check_at) == ("in_service", 3, None)
    assert kinds_of(parts, attempt)[-3:] == ["reminded", "escalated", "stale"]
    receiver_does(parts, town, attempt, Kind.STILL_GOING)
    assert row_of(parts, attempt).check_at is not None


@ONE_IS_ENOUGH
def test_what_came_back_reminds_the_team_until_they_choose(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    told(parts)
    sweep(parts, row_of(parts, attempt).check_at)
    assert [to for to, _subject in told(parts)] == ["worker@school.example"]
    close_need(parts, town.worker, need, "told")
    assert sweep(parts, MONDAY + timedelta(days=30)) == Swept()
    assert row_of(parts, attempt).has_next_step


@ONE_IS_ENOUGH
def test_a_draft_that_nobody_touches_is_struck_out_after_a_week_and_its_person_is_due_to_be_forgotten(parts: Parts, town: Town):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    at(parts, timedelta(days=3))
    sender_does(parts, town, attempt, Kind.CONSENT_ASKED)
    give_consent(parts, town.worker, need, agreed_by(town))  # touched again: a week from here
    assert sweep(parts, MONDAY + timedelta(days=9)) == Swept()
    assert sweep(parts, MONDAY + timedelta(days=10)) == Swept(struck_out=1)
    assert row_of(parts, attempt).code == "untouched"
    with parts.database.reading() as session:
        assert session.scalars(select(HelpedPerson.delete_at)).one() == MONDAY + timedelta(days=10)


@ONE_IS_ENOUGH
def test_consent_that_nobody_asked_for_after_all_is_no_reason_to_keep_a_draft(parts: Parts, town: Town):
    attempt = add_attempt(parts, town.worker, need_of(parts, town), town.shelter)
    sender_does(parts, town, attempt, Kind.CONSENT_ASKED)
    for _ in range(3):
        sweep(parts, row_of(parts, attempt).check_at)
    assert row_of(parts, attempt).state == "void"


@ONE_IS_ENOUGH
def test_one_that_cannot_be_read_holds_up_no_other(parts: Parts, town: Town):
    _need, broken = sent_to_shelter(parts, town)
    _need, whole = sent_to_shelter(parts, town)
    with parts.database.writing() as session:
        session.execute(update(AttemptEvent).where(AttemptEvent.attempt_id == broken, AttemptEvent.number == 2).values(kind="nonsense"))
        session.commit()
    done = sweep(parts, MONDAY + timedelta(hours=5))
    assert (done.reminded, done.put_off) == (1, 1)
    assert "reminded" in kinds_of(parts, whole)


def test_two_passes_at_once_write_each_step_once(parts: Parts, town: Town):
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _ in range(6)]
    told(parts)
    moment, done = MONDAY + timedelta(hours=5), []
    threads = [threading.Thread(target=lambda: done.append(sweep(parts, moment))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.reminded for each in done) + sweep(parts, moment).reminded == len(attempts)
    assert all(kinds_of(parts, attempt) == ["drafted", "sent", "reminded"] for attempt in attempts)
    assert len(mails_of(parts)) == len(attempts)


@ONE_IS_ENOUGH
def test_the_clocks_move_nothing_of_a_person_to_anybody_new(parts: Parts, town: Town):
    """Whatever happens on the way: mails name nobody, go to those concerned alone, and what is open to the receiver never grows."""
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    second = add_attempt(parts, town.worker, need, town.clinic, replaces=attempt)
    sender_does(parts, town, second, Kind.SENT)
    with parts.database.reading() as session:
        before = [(row.id, row.receiver_id, row.shares) for row in session.scalars(select(Attempt).order_by(Attempt.id))]
    for days in range(40):
        sweep(parts, MONDAY + timedelta(days=days))
    with parts.database.reading() as session:
        assert [(row.id, row.receiver_id, row.shares) for row in session.scalars(select(Attempt).order_by(Attempt.id))] == before
    mails = mails_of(parts)
    concerned = {"intake@harbour.example", "lead@harbour.example", "desk@clinic.example", "worker@school.example"}
    assert {to for to, _subject, _body in mails} <= concerned
    texts = " ".join(part for mail in mails for part in mail)
    assert not [planted for planted in (*PLANTED, "Walk-in", "Night shelter") if planted in texts]


@ONE_IS_ENOUGH
def test_what_is_cut_off_in_the_middle_leaves_nothing_half_done(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch):
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _ in range(3)]
    told(parts)
    tell, times = sweeping.tell_receiver, []

    def cut_off(*given: Any, **named: Any) -> bool:
        times.append(1)
        if len(times) == 2:
            raise KeyboardInterrupt
        return tell(*given, **named)

    monkeypatch.setattr(sweeping, "tell_receiver", cut_off)
    with pytest.raises(KeyboardInterrupt):
        sweep(parts, MONDAY + timedelta(hours=5))
    assert (mails_of(parts), [row_of(parts, each).reminded for each in attempts]) == ([], [0, 0, 0])
    assert sweep(parts, MONDAY + timedelta(hours=5)) == Swept(reminded=3, mails=3)
