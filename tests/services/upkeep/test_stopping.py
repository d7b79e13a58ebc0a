"""Whoever gets mails that come again stops them with one press, for themselves and that organization alone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from directory.domain.errors import NotFound
from directory.domain.upkeep.reports import Report
from directory.services.messages.deliver import deliver_messages
from directory.services.messages.letter import STOP_PATH
from directory.services.messages.ways import Ways
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_somebody_else, give_link
from directory.services.upkeep.mails import ask_who_is_due
from directory.services.upkeep.reports import report_listing
from directory.services.upkeep.stopping import Kind, have_mails_again, read_stopping, stop_address, stop_mails
from directory.services.upkeep.telling import tell_what_was_said
from directory.store.tables import UpkeepContact
from tests.services.test_messages import Told
from tests.services.upkeep.conftest import House
from tests.support.people import at

LISTED = "info@harbour.example"


def token_of(parts: Parts, house: House, address: str = LISTED, kind: Kind = Kind.MONTHLY) -> str:
    return stop_address(parts, house.organization, address, kind).rpartition("/")[2]


def contact(parts: Parts) -> tuple[datetime | None, bool]:
    """When the mails were stopped, and whether what is reported is told at once."""
    with parts.database.reading() as session:
        stopped_at, tells_at_once = session.execute(select(UpkeepContact.stopped_at, UpkeepContact.tells_at_once)).one()
        return stopped_at, tells_at_once


def test_both_kinds_of_mail_carry_in_their_head_the_address_that_they_show(parts: Parts, asked: House) -> None:
    ask_who_is_due(parts)
    report_listing(parts, asked.lesson, Report.WRONG_NUMBER, "person:ben")
    tell_what_was_said(parts)
    told = Told()
    deliver_messages(parts, Ways(mailer=told))
    assert len(told.sent) == 2
    for mail in told.sent:
        assert STOP_PATH in mail.stop_address
        assert mail.body.count(mail.stop_address) == 1
        stopping = read_stopping(parts, mail.stop_address.rpartition("/")[2])
        assert (stopping.organization_id, stopping.is_theirs, stopping.is_stopped) == (asked.organization, True, False)


def test_stopping_stops_and_is_taken_back_with_one_press(parts: Parts, asked: House) -> None:
    token = token_of(parts, asked)
    assert stop_mails(parts, token).is_stopped
    stopped = contact(parts)
    at(parts, timedelta(days=40))
    assert ask_who_is_due(parts) == 0
    assert stop_mails(parts, token).is_stopped
    assert contact(parts) == stopped, "pressing twice is pressing once"
    assert not have_mails_again(parts, token).is_stopped
    assert ask_who_is_due(parts) == 1


def test_the_link_of_one_kind_of_mail_leaves_the_other_alone(parts: Parts, asked: House) -> None:
    assert stop_mails(parts, token_of(parts, asked, kind=Kind.AT_ONCE)).is_stopped
    assert contact(parts) == (None, False)
    assert ask_who_is_due(parts) == 1


def test_whoever_got_the_mails_before_stops_nothing_for_whoever_gets_them_now(parts: Parts, asked: House) -> None:
    token = token_of(parts, asked)
    with parts.database.writing() as session:
        ask_somebody_else(session, asked.organization, "ana@harbour.example", "tests", parts.clock.now())
        session.commit()
    found = stop_mails(parts, token)
    assert (found.is_theirs, found.is_stopped) == (False, False)
    assert have_mails_again(parts, token).is_theirs is False
    assert stop_mails(parts, token_of(parts, asked, " ANA@harbour.example")).is_stopped


def test_the_link_works_for_as_long_as_the_mail_is_kept(parts: Parts, asked: House) -> None:
    token = token_of(parts, asked)
    at(parts, timedelta(days=2000))
    assert stop_mails(parts, token).is_stopped


def test_what_was_not_made_for_this_opens_nothing(parts: Parts, asked: House) -> None:
    other_seal = parts.database.keyring.seal('{"for":"stop mails"}')
    for what in ("", "x", "gAAAAA", other_seal, give_link(parts, asked.organization), token_of(parts, asked)[:-3]):
        with pytest.raises(NotFound):
            stop_mails(parts, what)
    assert contact(parts) == (None, True)
