"""`directory sign-in` prints a way in, and the list of addresses shows what it is needed for."""

from urllib.parse import parse_qs, urlsplit

from directory.domain.access import Action
from directory.services.accounts.person_session import open_by_link
from directory.services.parts import Parts
from directory.services.policy import Policy
from tests.cli.conftest import Say


def test_the_printed_link_signs_in_whom_it_was_made_for(furnished: Parts, say: Say) -> None:
    say("users", "add", "anna@example.org", "--role", "planner")
    said = say("sign-in", "--to", "/needs", "--as", "anna@example.org", "--site", "https://directory.example/")
    assert said.code == 0
    address = urlsplit(said.out.strip())
    assert (address.netloc, address.path) == ("directory.example", "/sign-in")
    opened = open_by_link(furnished, parse_qs(address.query)["link"][0])
    assert (opened.actor.email, opened.leads_to) == ("anna@example.org", "/needs")


def test_a_link_needs_somebody_to_be_for(furnished: Parts, say: Say) -> None:
    said = say("sign-in", "--as", "anna")
    assert said.code == 1
    assert said.err.startswith("directory: as must be a mail address")
    assert say("sign-in").code == 2


def test_a_link_is_told_as_json_with_its_end(furnished: Parts, say: Say) -> None:
    say("users", "add", "anna@example.org", "--role", "planner")
    found = say("sign-in", "--as", "anna@example.org", "--json").json
    assert found["link"].startswith("http://localhost:8000/sign-in?link=")
    assert found["expires_at"].startswith("2026-11-23T")


def test_the_list_of_addresses_says_what_each_needs(furnished: Parts, say: Say) -> None:
    lines = say("routes").out.splitlines()
    assert any(line.split() == ["public", "GET", "/sign-in"] for line in lines)
    assert any(line.startswith("plan ") and line.endswith("/planning/terms") for line in lines)
    assert all(line.startswith((*Policy, *Action)) for line in lines)
