"""One mail a month, in the organization's language, opening with what its listings did; reminders that stop; what was reported, told at
once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from directory.domain.errors import NotFound
from directory.domain.lists import Entry, HandList
from directory.domain.people import Role
from directory.domain.upkeep.pace import MOST_UNANSWERED
from directory.domain.upkeep.reports import Report
from directory.services.accounts.claim import grant
from directory.services.accounts.people import add_person
from directory.services.listings.community import save_community
from directory.services.lists.share import share_list
from directory.services.messages.deliver import deliver_messages
from directory.services.messages.outbox import read_outbox
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_somebody_else, stop_asking, tell_at_once
from directory.services.upkeep.links import forget_old_links, open_link
from directory.services.upkeep.mails import ask_who_is_due
from directory.services.upkeep.own import Owner, say_right
from directory.services.upkeep.queue import read_queue
from directory.services.upkeep.reports import report_listing
from directory.services.upkeep.telling import tell_what_was_said
from directory.settings import Settings
from directory.store.tables import Claim, OutgoingMessage, Service, UpkeepContact
from tests.services.upkeep.conftest import OTTAWA, PLANNER, House
from tests.support.listings import THEN


def later(parts: Parts, **span: int) -> None:
    parts.clock.set(parts.clock.now() + timedelta(**span))  # type: ignore[attr-defined]


def mails(parts: Parts) -> list[tuple[str, str, str]]:
    """Recipient, subject and body of what waits, taken out."""
    with parts.database.writing() as session:
        found = [(row.recipient, row.subject, row.body) for row in session.scalars(select(OutgoingMessage))]
        session.execute(delete(OutgoingMessage))
        session.commit()
    return found


def link_in(body: str) -> str:
    (line,) = [line for line in body.splitlines() if "/keep/" in line]
    return line.rpartition("/")[2]


def test_a_mail_names_what_is_due_and_has_a_link_that_opens_it(parts: Parts, asked: House):
    assert ask_who_is_due(parts) == 1
    ((to, subject, body),) = mails(parts)
    assert (to, subject) == ("info@harbour.example", "Harbour House: is this listing still right?")
    assert "- Food pantry (nobody has looked at it yet, as far as we know)" in body
    assert "English class" not in body
    assert open_link(parts, link_in(body), sender="a").organization_id == asked.organization
    later(parts, days=46)
    assert forget_old_links(parts) == 1
    with pytest.raises(NotFound):
        open_link(parts, link_in(body), sender="a")


def test_it_opens_with_what_the_listings_did_and_tells_no_small_number(parts: Parts, asked: House):
    def hand_over(times: int) -> str:
        for _ in range(times):
            share_list(parts, HandList((Entry(asked.lesson),)), days=30, sender="a")
        with parts.database.writing() as session:
            session.execute(update(UpkeepContact).values(last_sent_at=None))
            session.commit()
        ask_who_is_due(parts)
        return mails(parts)[0][2]

    assert hand_over(0).startswith("Anybody in the community can find your listings")
    assert hand_over(4).startswith("A few lists with your places were handed to people in the last month.")
    assert hand_over(1).startswith("5 lists with your places were handed to people in the last month.")


def test_one_mail_a_month_however_often_the_worker_looks(parts: Parts, asked: House):
    assert [ask_who_is_due(parts) for _ in range(3)] == [1, 0, 0]
    later(parts, days=28)
    assert ask_who_is_due(parts) == 0
    later(parts, days=7)
    assert ask_who_is_due(parts) == 1


def test_reminders_stop_and_a_person_calls(parts: Parts, asked: House):
    for _ in range(MOST_UNANSWERED):
        assert ask_who_is_due(parts) == 1
        assert asked.organization not in {item.id for item in read_queue(parts, PLANNER)} or _ == MOST_UNANSWERED - 1
        later(parts, days=35)
    assert ask_who_is_due(parts) == 0
    assert asked.organization in {item.id for item in read_queue(parts, PLANNER)}


def test_an_answer_lets_reminders_begin_anew(parts: Parts, asked: House):
    ask_who_is_due(parts)
    say_right(parts, Owner(asked.organization, "organization:x", "00000000-0000-4000-8000-000000000001"), asked.lesson)
    with parts.database.reading() as session:
        row = session.get_one(UpkeepContact, asked.organization)
        assert (row.unanswered, row.answered_at) == (0, parts.clock.now())


def test_nothing_due_within_a_month_sends_nothing(parts: Parts, asked: House):
    with parts.database.writing() as session:
        session.execute(update(Service).values(verified_at=parts.clock.now()))
        session.commit()
    assert ask_who_is_due(parts) == 0


def test_no_mail_goes_out_at_night_or_on_a_sunday(parts: Parts, asked: House):
    real = Settings(data_dir=parts.settings.data_dir, mail_server="smtp://x", mail_from="a@b.example", public_address="https://h.example")
    parts = replace(parts, settings=real)
    save_community(parts, "tests", OTTAWA)
    later(parts, hours=12)
    assert ask_who_is_due(parts) == 0
    later(parts, days=5, hours=12)
    assert ask_who_is_due(parts) == 0
    later(parts, days=1)
    assert ask_who_is_due(parts) == 1
    assert "https://h.example/keep/" in mails(parts)[0][2]


def test_who_wants_no_mails_or_has_no_address_is_called(parts: Parts, asked: House):
    with parts.database.writing() as session:
        stop_asking(session, asked.organization, "organization:x", parts.clock.now())
        session.add(UpkeepContact(organization_id=asked.other, added_at=THEN, added_by="server", unanswered=0))
        session.commit()
    assert ask_who_is_due(parts) == 0
    assert {item.id for item in read_queue(parts, PLANNER)} == {asked.organization, asked.other}


def test_it_is_written_in_the_language_of_most_of_its_listings(parts: Parts, asked: House):
    with parts.database.writing() as session:
        session.execute(update(Service).values(text_language="fr-CA"))
        session.commit()
    ask_who_is_due(parts)
    ((_, subject, body),) = mails(parts)
    assert "Harbour House" in subject
    assert "listing" not in subject
    assert "Regardez-les" in body


def test_the_mail_goes_to_somebody_else_when_the_organization_says_so(parts: Parts, asked: House):
    with parts.database.writing() as session:
        ask_somebody_else(session, asked.organization, "Zoe@Harbour.example", "organization:x", parts.clock.now())
        session.commit()
    ask_who_is_due(parts)
    assert mails(parts)[0][0] == "zoe@harbour.example"


def test_whoever_claims_an_organization_is_asked_from_then_on_unless_somebody_is_already(parts: Parts, asked: House):
    lead = add_person(parts, "lead@ward.example", Role.LEAD, organization_id=asked.other)
    for organization in (asked.other, asked.organization):
        with parts.database.writing() as session:
            claim = Claim(organization_id=organization, person_id=lead.id, way="word", state="open", made_at=THEN)
            session.add(claim)
            session.flush()
            grant(session, parts, claim, by="person:1", why="")
            session.commit()
    ask_who_is_due(parts)
    assert sorted(to for to, _subject, _body in mails(parts)) == ["info@harbour.example", "lead@ward.example"]


def test_what_workers_report_is_told_at_once_but_once_a_day(parts: Parts, asked: House):
    report_listing(parts, asked.pantry, Report.WRONG_NUMBER, "person:1")
    report_listing(parts, asked.shelter, Report.NO_ANSWER, "person:1")
    assert tell_what_was_said(parts) == 1
    ((to, _, body),) = mails(parts)
    assert to == "info@harbour.example"
    assert "- Food pantry: a worker called, and the number was wrong (10:00" in body
    assert "Women's shelter: a worker called, and nobody answered" in body
    report_listing(parts, asked.pantry, Report.MOVED, "person:2")
    assert tell_what_was_said(parts) == 0
    later(parts, hours=23, minutes=59)
    assert tell_what_was_said(parts) == 0
    report_listing(parts, asked.pantry, Report.FULL, "person:2")
    later(parts, minutes=1)
    assert tell_what_was_said(parts) == 1


def test_who_wants_the_monthly_mail_only_is_told_nothing_else(parts: Parts, asked: House):
    with parts.database.writing() as session:
        tell_at_once(session, asked.organization, False, "organization:x", parts.clock.now())
        session.commit()
    report_listing(parts, asked.pantry, Report.FULL, "person:1")
    assert tell_what_was_said(parts) == 0


def test_the_demo_shows_what_it_would_have_sent_and_others_keep_nothing(parts: Parts, asked: House):
    assert read_outbox(parts) == []
    ask_who_is_due(parts)
    deliver_messages(parts)
    (letter,) = read_outbox(parts)
    assert (letter.way, letter.to) == ("mail", "info@harbour.example")
    assert "/keep/" in letter.body
    save_community(parts, "tests", OTTAWA)
    with pytest.raises(NotFound):
        read_outbox(parts)
