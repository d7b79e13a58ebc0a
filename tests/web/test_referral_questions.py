"""Who cannot be written to is asked by their worker: on the board, in one tap, and by nobody else."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.referrals.follow_ups import ask_due
from directory.store.tables import FollowUp
from tests.services.referrals.test_follow_ups import taken_on
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, sign_in
from tests.support.referrals import PLANTED, Town, town

__all__ = ["town"]
pytestmark = ONE_IS_ENOUGH


@pytest.fixture
def app(parts: Parts) -> Flask:
    """Over the town, which each test changes."""
    made = app_of(parts)
    made.testing = True
    return made


def question_of(parts: Parts) -> FollowUp:
    with parts.database.reading() as session:
        found = session.scalars(select(FollowUp).where(FollowUp.day == 7)).one()
        session.expunge(found)
        return found


def test_a_worker_writes_down_what_the_person_says(parts: Parts, town: Town, client: FlaskClient) -> None:
    taken_on(parts, town, may_leave_message=False)
    at(parts, timedelta(days=7))
    ask_due(parts)
    sign_in(client, parts, Role.WORKER, email="worker@school.example", organization_id=town.school)
    board = client.get("/referrals").text
    assert "Ask them whether it helped" in board
    assert "Yes, it helped" in board
    assert not [word for word in PLANTED if word in board]
    assert client.post(f"/referrals/questions/{question_of(parts).id}", data={"answer": "partly"}).status_code == 303
    assert (question_of(parts).answer, question_of(parts).answered_by) == ("partly", "worker")
    assert "Ask them whether it helped" not in client.get("/referrals").text


def test_nobody_of_another_team_answers_for_them(parts: Parts, town: Town, client: FlaskClient) -> None:
    taken_on(parts, town, may_leave_message=False)
    at(parts, timedelta(days=7))
    ask_due(parts)
    sign_in(client, parts, Role.WORKER, email="nurse@clinic.example", organization_id=town.health)
    assert "Ask them whether it helped" not in client.get("/referrals").text
    assert client.post(f"/referrals/questions/{question_of(parts).id}", data={"answer": "helped"}).status_code == 404
    assert question_of(parts).answer is None
