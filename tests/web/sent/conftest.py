"""A town whose worker refers, served once for all tests of a worker's pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from directory.app import app_of
from directory.services.listings.community import save_community
from directory.store.tables import (  # fmt: skip
    Attempt,
    AttemptEvent,
    AuditEntry,
    FollowUp,
    Handoff,
    HelpedPerson,
    Need,
    OutgoingMessage,
    PersonConsent,
    RateCount,
    ReferralContact,
    ReferralLink,
    RuleDecision,
    RuleReview,
    ServiceCapacity,
)
from tests.support.installations import furnished_parts
from tests.support.moments import MONDAY_MORNING
from tests.support.referrals import TOWN, make_town
from tests.web.conftest import THREE_LANGUAGES
from tests.web.sent.desk import Desk

TABLES = (
    AttemptEvent, Handoff, FollowUp, ReferralLink, RuleReview, PersonConsent, Attempt, Need, HelpedPerson, ReferralContact,
    OutgoingMessage, ServiceCapacity, RateCount, AuditEntry, RuleDecision,
)  # fmt: skip
"""What tests here write, in the order in which it can be deleted."""


@pytest.fixture(scope="package")
def served(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A town that is served; made once, since making one takes longer than a test."""
    with furnished_parts(request, "sqlite", sqlite_template, tmp_path_factory.mktemp("town"), THREE_LANGUAGES, is_indexed=False) as made:
        town = make_town(made)
        save_community(made, "tests", replace(TOWN, crisis_numbers=THREE_LANGUAGES.crisis_numbers))
        app = app_of(made)
        app.testing = True
        yield Desk(made, town, app)


@pytest.fixture
def desk(served: Desk) -> Iterator[Desk]:
    """The same town without a need, at the same moment."""
    served.parts.clock.set(MONDAY_MORNING)  # type: ignore[attr-defined]
    yield served
    with served.parts.database.writing() as session:
        session.execute(update(Attempt).values(replaces_id=None))
        for table in TABLES:
            session.execute(delete(table))
        session.commit()


@pytest.fixture
def worker(desk: Desk) -> FlaskClient:
    return desk.browser("worker")
