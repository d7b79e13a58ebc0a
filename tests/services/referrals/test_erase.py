"""Forgetting who a need was for: on time or at once, unless two people hold it back; and what was taken back does not come again."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, type_coerce
from sqlalchemy.types import String

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import How
from directory.services.keeping.backup import back_up
from directory.services.keeping.restore import restore
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, give_consent, revoke_consent
from directory.services.referrals.erase import EMPTIED_COLUMNS, erase_due, erase_person
from directory.services.referrals.hold import ask_hold, confirm_hold, end_hold, end_old_holds
from directory.services.referrals.introduce import Planned, offered_slots, plan_handoff
from directory.services.referrals.read_held import read_held
from directory.services.referrals.seen_by import for_receiver, for_worker
from directory.services.referrals.standpoint import as_sender
from directory.services.referrals.start import NewNeed, start_need
from directory.store.sealing import Sealed
from directory.store.tables import Attempt, AttemptEvent, AuditEntry, HelpedPerson, Need, OutgoingMessage, PersonConsent
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, somebody
from tests.support.referrals import (
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

WORDS = "Quillfeather said so"


def code_of(parts: Parts, need: str) -> str:
    with parts.database.reading() as session:
        return session.get_one(Need, need).code


def taken_on(parts: Parts, town: Town) -> tuple[str, str]:
    """A need and its attempt that the shelter knows everything of, with words in every place that takes some."""
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Planted Rosa", words=WORDS)
    planned = Planned(
        offered_slots(parts, attempt)[0].start, How.IN_PERSON, where="Marrowstone hall", receiver_name="Planted Rosa",
        sender_name="Planted Sam", to_know=WORDS,
    )  # fmt: skip
    plan_handoff(parts, attempt, as_sender(town.worker, town.school), planned)
    return need, attempt


def readable(parts: Parts) -> str:
    """Everything that can be read in the tables of referrals and in mails, opened where it is sealed."""
    found = []
    with parts.database.reading() as session:
        for table in (*EMPTIED_COLUMNS, OutgoingMessage, AuditEntry):
            found += [str(row) for row in session.execute(select(table.__table__))]
    return "\n".join(found)


def planted_in(parts: Parts) -> list[str]:
    text = readable(parts)
    return [planted for planted in (*PLANTED, WORDS) if planted in text]


def test_everything_that_is_sealed_is_emptied():
    """A column that somebody adds must not be forgotten here."""
    others = {"address", "backup_address"}  # of organizations, not of people
    for table, values in EMPTIED_COLUMNS.items():
        sealed = {column.name for column in table.__table__.columns if isinstance(column.type, Sealed)} - others
        assert sealed <= set(values), table


def test_erasing_leaves_what_happened_and_nobody_in_it(parts: Parts, town: Town):
    need, attempt = taken_on(parts, town)
    assert set(planted_in(parts)) >= {NAME, WORDS}
    done = erase_person(parts, code_of(parts, need).lower().replace("-", " "), "operator")
    assert (done.ended, done.was_erased) == ((attempt,), False)
    assert planted_in(parts) == []
    row = row_of(parts, attempt)
    assert (row.state, row.code) == ("withdrawn", "consent-withdrawn")
    with parts.database.reading() as session:
        assert not for_receiver(session, session.get_one(Attempt, attempt), parts.clock.now()).is_somebody
        assert not for_worker(session, session.get_one(Need, need)).is_somebody
        assert len(session.scalars(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt)).all()) == row.version
    assert any("withdrawn" in subject for to, subject, _body in mails_of(parts) if to == "intake@harbour.example")
    assert erase_person(parts, code_of(parts, need), "operator").was_erased


@ONE_IS_ENOUGH
def test_what_went_by_the_code_alone_goes_on_after_erasing(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town, with_consent=False)
    assert erase_person(parts, code_of(parts, need), "operator").ended == ()
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa", words=WORDS)
    assert row_of(parts, attempt).state == "accepted"
    at(parts, timedelta(days=31))
    assert erase_due(parts) == 1  # what was written since goes in its turn
    assert planted_in(parts) == []


@ONE_IS_ENOUGH
def test_who_was_erased_is_not_written_down_again_under_the_old_need(parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    erase_person(parts, code_of(parts, need), "operator")
    with pytest.raises(Refused):
        give_consent(parts, town.worker, need, agreed_by(town))
    other = start_need(parts, town.worker, town.school, NewNeed(category="primary-care", person_of=need))
    with parts.database.reading() as session:
        assert session.get_one(Need, other).person_id != session.get_one(Need, need).person_id


@ONE_IS_ENOUGH
def test_who_it_was_for_goes_thirty_days_after_the_end_and_no_day_before(parts: Parts, town: Town):
    _need, attempt = taken_on(parts, town)
    at(parts, timedelta(days=40))
    assert erase_due(parts) == 0
    receiver_does(parts, town, attempt, Kind.NOT_HELPED, code="no_show")
    at(parts, timedelta(days=20))
    sender_does(parts, town, attempt, Kind.SENDER_READ)
    at(parts, timedelta(days=9, hours=23))
    assert erase_due(parts) == 0
    at(parts, timedelta(hours=2))
    assert erase_due(parts) == 1
    assert planted_in(parts) == []
    assert erase_due(parts) == 0


@ONE_IS_ENOUGH
def test_a_need_that_was_never_sent_is_forgotten_after_a_week(parts: Parts, town: Town):
    need_of(parts, town)
    at(parts, timedelta(days=7))
    assert erase_due(parts) == 1
    assert planted_in(parts) == []


@ONE_IS_ENOUGH
def test_a_later_end_of_the_same_person_keeps_them_longer_and_an_older_one_read_late_does_not_shorten_it(parts: Parts, town: Town):
    need, first = sent_to_shelter(parts, town)
    second_need, second = sent_to_shelter(parts, town)
    with parts.database.writing() as session:  # two needs of one person
        session.get_one(Need, second_need).person_id = session.get_one(Need, need).person_id
        session.commit()
    receiver_does(parts, town, first, Kind.DECLINED, code="no_capacity")
    at(parts, timedelta(days=10))
    receiver_does(parts, town, second, Kind.DECLINED, code="no_capacity")
    until = parts.clock.now() + timedelta(days=30)
    at(parts, timedelta(days=1))
    sender_does(parts, town, first, Kind.SENDER_READ)
    with parts.database.reading() as session:
        assert session.get_one(HelpedPerson, session.get_one(Need, need).person_id).delete_at == until


@ONE_IS_ENOUGH
def test_only_two_people_hold_something_back_and_not_for_ever(parts: Parts, town: Town):
    need, attempt = taken_on(parts, town)
    receiver_does(parts, town, attempt, Kind.NOT_HELPED, code="no_show")
    code = code_of(parts, need)
    for email in ("anna@town.example", "bela@town.example"):
        somebody(parts, Role.ADMINISTRATOR, email=email)
    now = parts.clock.now()
    with pytest.raises(InvalidInput):
        ask_hold(parts, code, "Court order 12", now + timedelta(days=400), "anna@town.example")
    with pytest.raises(InvalidInput):
        ask_hold(parts, code, "Court order 12", now + timedelta(days=60), "nobody@town.example")
    ask_hold(parts, code, "Court order 12", now + timedelta(days=60), "anna@town.example")
    with pytest.raises(Refused, match="Somebody else"):
        confirm_hold(parts, code, "anna@town.example")
    assert confirm_hold(parts, code, "bela@town.example").is_confirmed
    with pytest.raises(Refused):
        erase_person(parts, code, "operator")
    at(parts, timedelta(days=40))
    assert erase_due(parts) == 0
    at(parts, timedelta(days=21))
    assert (end_old_holds(parts), erase_due(parts)) == (1, 1)
    assert planted_in(parts) == []
    with pytest.raises(NotFound):
        end_hold(parts, code, "anna@town.example")


@ONE_IS_ENOUGH
def test_what_only_one_asked_for_holds_nothing(parts: Parts, town: Town):
    need, attempt = taken_on(parts, town)
    receiver_does(parts, town, attempt, Kind.NOT_HELPED, code="no_show")
    somebody(parts, Role.ADMINISTRATOR, email="anna@town.example")
    ask_hold(parts, code_of(parts, need), "Court order 12", parts.clock.now() + timedelta(days=60), "anna@town.example")
    at(parts, timedelta(days=31))
    assert erase_due(parts) == 1


@ONE_IS_ENOUGH
def test_a_report_says_what_is_held_and_opens_nothing_unless_asked(parts: Parts, town: Town):
    need, attempt = taken_on(parts, town)
    held = read_held(parts, code_of(parts, need))
    assert not [planted for planted in PLANTED if planted in repr(held)]
    assert set(held.sealed) == {"name", "contact", f"matters ({held.codes[0]})", f"tried ({held.codes[0]})"}
    (one,) = held.attempts
    assert "name" in one.open_to_receiver
    assert (one.events, one.with_words, held.introductions, held.reads) == (row_of(parts, attempt).version, 1, 1, 0)
    assert read_held(parts, held.codes[0], show=True, by="person:1").shown["name"] == NAME
    assert read_held(parts, held.codes[0]).reads == 1
    with pytest.raises(NotFound):
        read_held(parts, "0000-0000")


def test_an_older_copy_brings_back_nothing_that_was_taken_back(parts: Parts, town: Town, tmp_path: Path):
    """Erased, revoked, withdrawn, unsafe to reach, held: each after the copy was made. None of it comes again."""
    parts.settings.data_dir.mkdir(parents=True, exist_ok=True)
    erased_need, erased = taken_on(parts, town)
    revoked_need, revoked = taken_on(parts, town)
    _withdrawn_need, withdrawn = taken_on(parts, town)
    unsafe_need, unsafe = taken_on(parts, town)
    draft_need, due_need = need_of(parts, town), need_of(parts, town)
    for email in ("anna@town.example", "bela@town.example"):
        somebody(parts, Role.ADMINISTRATOR, email=email)
    copy = back_up(parts, tmp_path / "a.copy").path
    erase_person(parts, code_of(parts, erased_need), "operator")
    with parts.database.reading() as session:
        person = session.get_one(Need, revoked_need).person_id
        ((consent, _value),) = consents_of(session, person)
    revoke_consent(parts, consent, as_sender(town.worker, town.school), person_id=person)
    sender_does(parts, town, withdrawn, Kind.WITHDRAWN, code="by-person")
    give_consent(parts, town.worker, unsafe_need, agreed_by(town, contact="safe@friend.example", may_leave_message=False))
    ask_hold(parts, code_of(parts, draft_need), "Court order 12", parts.clock.now() + timedelta(days=60), "anna@town.example")
    confirm_hold(parts, code_of(parts, draft_need), "bela@town.example")

    at(parts, timedelta(days=8))

    report = restore(parts, copy, yes=True)

    assert report.erased_again >= 4
    assert [row_of(parts, each).state for each in (erased, revoked, withdrawn, unsafe)] == ["withdrawn"] * 3 + ["handoff_planned"]
    with parts.database.reading() as session:
        for attempt in (erased, revoked, withdrawn):
            assert not for_receiver(session, session.get_one(Attempt, attempt), parts.clock.now()).is_somebody
        assert session.get_one(PersonConsent, consent).revoked_at is not None
        nobody = session.get_one(HelpedPerson, session.get_one(Need, erased_need).person_id)
        assert (nobody.name, nobody.contact, nobody.erased_at is not None) == (None, None, True)
        assert session.get_one(Need, due_need).matters is None  # its week was over before anybody was served
        assert session.get_one(Need, draft_need).matters is not None
        known = session.get_one(HelpedPerson, session.get_one(Need, unsafe_need).person_id)
        assert (known.contact, known.may_leave_message) == ("safe@friend.example", False)
        events = session.execute(
            select(type_coerce(AttemptEvent.words, String)).where(AttemptEvent.attempt_id == erased, AttemptEvent.words.is_not(None))
        )
        assert events.all() == []
    with pytest.raises(Refused):
        erase_person(parts, code_of(parts, draft_need), "operator")
    receiver_does(parts, town, unsafe, Kind.SERVICE_STARTED)  # and what goes on can go on


@ONE_IS_ENOUGH
def test_a_withdrawal_is_taken_back_where_the_copy_is_too_old_to_know_that_it_was_sent(parts: Parts, town: Town, tmp_path: Path):
    from directory.services.referrals.start import add_attempt, send

    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    copy = back_up(parts, tmp_path / "a.copy").path
    send(parts, town.worker, attempt)
    sender_does(parts, town, attempt, Kind.WITHDRAWN, code="by-sender")
    restore(parts, copy, yes=True)
    assert row_of(parts, attempt).state == "void"
    sender_does(parts, town, attempt, Kind.SENDER_READ)
