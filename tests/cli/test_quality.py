"""On the command line: what is to be put right, judging now, websites that are gone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from directory.services.parts import Parts
from directory.store.tables import LinkCheck, ListingFlag, QualityPass
from tests.cli.conftest import Say
from tests.support.listings import add
from tests.support.neighbourhood import CLINIC, ORGANIZATION


@pytest.fixture(autouse=True)
def _as_it_was(furnished: Parts) -> Iterator[None]:
    yield
    with furnished.database.writing() as session:
        for table in (ListingFlag, QualityPass, LinkCheck):
            session.execute(delete(table))
        session.commit()


def test_listings_are_judged_and_what_is_to_be_put_right_is_listed_with_what_to_do(say: Say) -> None:
    assert "No listing has been judged yet" in say("quality").err
    judged = say("quality", "judge", "--json").json
    told = say("quality", "--organization", ORGANIZATION, "--json").json
    assert judged["opened"] >= told["count"] == len(told["flags"]) > 0
    clinic = {flag["flag"]: flag for flag in told["flags"] if flag["service_id"] == CLINIC}
    assert clinic["no_languages"]["reason"] == "It does not say which languages are spoken"
    assert clinic["no_languages"]["way_out"].startswith("Choose the languages")
    assert {flag["severity"] for flag in say("quality", "--severity", "low", "--json").json["flags"]} == {"low"}
    assert "It does not say which languages are spoken" in say("quality").out
    assert "listings judged" in say("quality", "judge").out


def test_websites_that_are_gone_are_listed(furnished: Parts, say: Say) -> None:
    assert "LINK_CHECKS names no host" in say("quality", "links").err
    with furnished.database.writing() as session:
        now = furnished.clock.now()
        add(session, LinkCheck(key="a" * 64, address="https://gone.example/", host="gone.example", state="dead", since=now, next_at=now))
        session.commit()
    (link,) = say("quality", "links", "--json").json["links"]
    assert (link["address"], link["state"], link["listings"]) == ("https://gone.example/", "dead", 0)
    assert "https://gone.example/" in say("quality", "links").out
