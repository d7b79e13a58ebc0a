"""Asking for a link by mail: the same for everybody, never too many mails, and always one that works in the mailbox of the owner."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from directory.domain.errors import InvalidInput, TooMany, Unavailable
from directory.services.accounts.ask_for_link import BY_SENDER, FOR_ADDRESS, Letter, ask_for_link
from directory.services.accounts.asking import Asking, note_of
from directory.services.accounts.leave import end_person
from directory.services.accounts.people import add_person
from directory.services.accounts.person_session import open_by_link
from directory.services.listings.community import read_community, save_community
from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage, SignInLink
from tests.services.accounts.test_password_sign_in import statements
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import ANNA, at

LETTER = Letter("Your link", "Open {link} and press the button.", "http://directory.example")
HERE = Asking("here")


@pytest.fixture(autouse=True)
def demo(parts: Parts) -> None:
    save_community(parts, "tests", replace(read_community(parts), name="Demo", is_demo=True))
    add_person(parts, ANNA, "planner")


def ask(parts: Parts, email: str = ANNA, asking: Asking = HERE, to: str = "/planning/terms") -> None:
    ask_for_link(parts, email, to, LETTER, asking)


def mails(parts: Parts) -> list[str]:
    deliver_messages(parts)
    folder: Path = parts.settings.data_dir / "outbox"
    return [path.read_text() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def token_in(mail: str) -> str:
    found = re.search(r"http://directory\.example/sign-in\?\S+", mail)
    assert found is not None
    return parse_qs(urlsplit(found[0]).query)["link"][0]


@ONE_IS_ENOUGH
def test_the_mail_holds_a_link_that_leads_to_the_page_that_was_wanted(parts: Parts) -> None:
    ask(parts, " Anna@Example.ORG")
    (mail,) = mails(parts)
    assert f"To: {ANNA}" in mail
    opened = open_by_link(parts, token_in(mail))
    assert (opened.actor.email, opened.leads_to) == (ANNA, "/planning/terms")


def test_asking_does_the_same_whether_or_not_somebody_has_the_address(parts: Parts) -> None:
    end_person(parts, add_person(parts, "gone@example.org", "planner").email)
    works = []
    for number, email in enumerate((ANNA, "nobody@example.org", "gone@example.org")):
        with statements(parts) as sent:
            ask(parts, email, Asking(f"network {number}"))
        works.append(sent)
    assert works[0] == works[1] == works[2]
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInLink)) == 0, "no link lies there before it is sent"
    assert len(mails(parts)) == 1
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0


@ONE_IS_ENOUGH
def test_the_link_is_made_when_it_is_sent_and_lies_nowhere(parts: Parts) -> None:
    ask(parts)
    at(parts, timedelta(minutes=30))  # the mail server was away
    (mail,) = mails(parts)
    assert open_by_link(parts, token_in(mail)).actor.email == ANNA


def test_asking_too_often_sends_no_more_and_a_mail_of_the_last_minutes_works(parts: Parts) -> None:
    for number in range(3 * FOR_ADDRESS.most):
        ask(parts, asking=Asking(f"network {number}"))
    sent = mails(parts)
    assert len(sent) == FOR_ADDRESS.most
    at(parts, timedelta(minutes=9))
    assert open_by_link(parts, token_in(sent[-1])).actor.email == ANNA
    at(parts, timedelta(minutes=1))
    ask(parts)
    assert len(mails(parts)) == FOR_ADDRESS.most + 1


@ONE_IS_ENOUGH
def test_strangers_who_ask_often_do_not_stop_the_owner_in_a_browser_of_theirs(parts: Parts) -> None:
    for number in range(FOR_ADDRESS.most + 2):
        ask(parts, asking=Asking(f"network {number}"))
    before = len(mails(parts))
    person_id = open_by_link(parts, token_in(mails(parts)[0])).actor.person_id
    ask(parts, asking=Asking("here", note_of(parts, person_id)))
    assert len(mails(parts)) == before + 1


@ONE_IS_ENOUGH
def test_one_network_cannot_ask_for_very_many_addresses(parts: Parts) -> None:
    for number in range(BY_SENDER.most):
        ask(parts, f"person{number}@example.org")
    with pytest.raises(TooMany):
        ask(parts, "another@example.org")
    ask(parts, asking=Asking("elsewhere"))


@ONE_IS_ENOUGH
@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "/a b"])
def test_a_link_leads_nowhere_else(parts: Parts, to: str) -> None:
    with pytest.raises(InvalidInput):
        ask(parts, to=to)


@ONE_IS_ENOUGH
def test_what_is_no_address_is_said_so(parts: Parts) -> None:
    with pytest.raises(InvalidInput, match="mail address"):
        ask(parts, "anna")


@ONE_IS_ENOUGH
def test_where_no_mail_leaves_it_is_said_so(parts: Parts) -> None:
    save_community(parts, "tests", replace(read_community(parts), is_demo=False))
    with pytest.raises(Unavailable):
        ask(parts)
