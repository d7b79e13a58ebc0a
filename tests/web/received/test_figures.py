"""Figures of an organization: its own alone, small numbers without rates, and every number made again from the counts behind it."""

import csv
import io
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.standpoint import CLOCKS
from directory.services.referrals.write import Act, act_on
from tests.support.people import at, sign_in
from tests.support.referrals import PLANTED, Town, receiver_does, sender_does, sent_to_shelter


def make_history(parts: Parts, town: Town) -> None:
    """Six were sent: three helped, of which one is contested; one was declined and read, one was late, one waits."""
    sent = [sent_to_shelter(parts, town, with_consent=False)[1] for _number in range(6)]
    for attempt in sent[:3]:
        receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
        receiver_does(parts, town, attempt, Kind.SERVICE_STARTED)
        receiver_does(parts, town, attempt, Kind.HELPED, code="helped")
    sender_does(parts, town, sent[0], Kind.CONTESTED)
    receiver_does(parts, town, sent[3], Kind.DECLINED, code="no_capacity")
    sender_does(parts, town, sent[3], Kind.SENDER_READ)
    act_on(parts, sent[4], CLOCKS, Act(Kind.ESCALATED))
    at(parts, timedelta(days=2))
    receiver_does(parts, town, sent[4], Kind.DECLINED, code="outside_area")


def test_the_page_shows_what_the_counts_come_to(app: Flask, client: FlaskClient, parts: Parts, town: Town):
    make_history(parts, town)
    keeper = sign_in(client, parts, Role.EDITOR, email="keeper@harbour.example", organization_id=town.house)
    counts = keeper.get(f"/referrals/figures/{town.house}/counts.json").json["received"]["counts"]
    assert {name: counts[name] for name in ("sent", "helped", "contested", "decided", "decided_in_time", "closed")} == {
        "sent": 6, "helped": 2, "contested": 1, "decided": 5, "decided_in_time": 4, "closed": 1,
    }  # fmt: skip
    page = keeper.get(f"/referrals/figures/{town.house}").text
    for words in ("33%", "2 of 6", "67%", "4 of 6", "36%", "1,235", "Too few for a rate: 0 of 2"):
        assert words in page, words
    table = list(csv.DictReader(io.StringIO(keeper.get(f"/referrals/figures/{town.house}/counts.csv").text)))
    assert [(row["side"], row["from_sector"], row["sent"]) for row in table] == [
        ("received", "all", "6"), ("received", "", "6"), ("sent", "all", "0"),
    ]  # fmt: skip
    worker = sign_in(app.test_client(), parts, Role.WORKER, email="worker@school.example", organization_id=town.school)
    own = worker.get(f"/referrals/figures/{town.school}").text
    assert "You sent 6 referrals" in own
    assert "Harbour House" not in own
    assert not [words for words in PLANTED if words in page + own]
