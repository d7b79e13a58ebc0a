"""On the command line: what is due as text and as JSON, asking an organization, a link to hand over, webhooks."""

import pytest
from sqlalchemy import select

from directory.services.parts import Parts
from directory.services.upkeep.links import open_link
from directory.store.tables import UpkeepContact
from tests.cli.conftest import Say
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY

pytestmark = pytest.mark.usefixtures("furnished")


def test_what_is_due_is_listed_with_why_and_how_it_was_verified_last(say: Say) -> None:
    told = say("verify", "due", "--json").json
    assert (told["count"], told["at"]) == (len(told["listings"]), "2026-11-23T15:00:00+00:00")
    clinic = next(listing for listing in told["listings"] if listing["id"] == CLINIC)
    assert (clinic["why"], clinic["risk"], clinic["organization"], clinic["verified_at"]) == ("never", "basic", "Harbour House", None)
    assert PANTRY not in {listing["id"] for listing in told["listings"]}
    assert "never verified" in say("verify", "due").out


def test_what_will_be_due_is_listed_as_of_another_day(say: Say) -> None:
    later = say("verify", "due", "--at", "2027-06-01", "--organization", ORGANIZATION, "--json").json
    pantry = next(listing for listing in later["listings"] if listing["id"] == PANTRY)
    assert (pantry["due_on"], pantry["why"], pantry["how"]) == ("2027-04-30", "basic", "owner")


def test_a_moment_that_cannot_be_is_named_in_one_sentence(say: Say) -> None:
    said = say("verify", "due", "--at", "soon")
    assert (said.code, said.out) == (1, "")
    assert "at must be" in said.err


def test_an_organization_is_asked_and_given_a_link(say: Say, furnished: Parts) -> None:
    assert "lists none" in say("verify", "ask", ORGANIZATION).err
    assert "zoe@harbour.example" in say("verify", "ask", ORGANIZATION, "--to", "zoe@harbour.example").out
    with furnished.database.reading() as session:
        assert session.scalar(select(UpkeepContact.address)) == "zoe@harbour.example"
    link = say("verify", "link", ORGANIZATION, "--site", "https://help.example", "--json").json["link"]
    assert link.startswith("https://help.example/keep/")
    assert open_link(furnished, link.rpartition("/")[2], sender="a").organization_id == ORGANIZATION
    assert say("verify", "link", PANTRY).code == 1


def test_a_webhook_is_added_listed_given_a_new_secret_and_taken_away(say: Say) -> None:
    made = say(
        "webhooks", "add", "https://hooks.example.org/", "--organization", ORGANIZATION, "--event", "listing.verified", "--json"
    ).json
    assert made["secret"].startswith("whsec_")
    (listed,) = say("webhooks", "list", "--json").json["webhooks"]
    assert (listed["id"], listed["events"], "secret" in listed) == (made["id"], ["listing.verified"], False)
    assert say("webhooks", "rotate", made["id"], "--json").json["secret"] != made["secret"]
    assert say("webhooks", "on", made["id"]).code == 0
    assert "https://" in say("webhooks", "add", "http://example.org/").err
    assert say("webhooks", "remove", made["id"]).code == 0
    assert say("webhooks", "remove", made["id"]).code == 1
    assert say("webhooks", "list").out == ""
