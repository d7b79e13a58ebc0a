"""Small steps on the pages of referrals, for tests and journeys."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.parts import Parts
from tests.support.people import sign_in
from tests.support.referrals import Town


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
