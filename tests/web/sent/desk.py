"""Small steps on a worker's pages of referrals, for tests and journeys."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import (  # fmt: skip
    Attempt,
)
from tests.support.people import sign_in
from tests.support.referrals import CONTACT, NAME, Town


@dataclass(frozen=True)
class Desk:
    """A town that is served, with a browser for each of its people."""

    parts: Parts
    town: Town
    app: Flask

    def browser(self, who: str) -> FlaskClient:
        """Of the worker, a colleague, the shelter's keeper, the clinic's nurse, or ("nobody") a visitor."""
        client = self.app.test_client()
        if who == "nobody":
            return client
        email, role, where = {
            "worker": ("worker@school.example", Role.WORKER, self.town.school),
            "colleague": ("colleague@school.example", Role.WORKER, self.town.school),
            "keeper": ("keeper@harbour.example", Role.EDITOR, self.town.house),
            "nurse": ("nurse@clinic.example", Role.WORKER, self.town.health),
        }[who]
        return sign_in(client, self.parts, role, email=email, organization_id=where)


CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def start_form(desk: Desk, **more: str) -> dict[str, str]:
    return {
        "place": desk.town.shelter,
        "category": "emergency-shelter",
        "urgency": "urgent",
        "lives": "",
        "whom": "new",
        "do": "send",
        **more,
    }


def only_attempt(parts: Parts) -> Attempt:
    with parts.database.reading() as session:
        row = session.scalars(select(Attempt)).one()
        session.expunge(row)
        return row


CONSENT = {
    "fields": ["name", "contact"], "name": NAME, "contact": CONTACT, "channel": "text", "may_leave_message": "1", "level": "these",
    "days": "90", "method": "ticked", "language": "fr",
}  # fmt: skip


def consent_form(desk: Desk, **more: object) -> dict[str, object]:
    return {**CONSENT, "recipients": [desk.town.house], **more}


def coded(desk: Desk, worker: FlaskClient, **more: str) -> str:
    """The id of a need of which a code was sent."""
    return worker.post("/referrals/start", data=start_form(desk, **more)).headers["Location"].split("/")[3].split("?")[0]
