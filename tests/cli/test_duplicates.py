"""`directory duplicates`: seeing beforehand what a merge does, doing it, taking it back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import DuplicateQuestion, Service
from tests.cli.conftest import Say
from tests.support.listings import add_organization, add_service
from tests.support.people import somebody

pytestmark = pytest.mark.usefixtures("furnished")


def test_a_merge_is_shown_done_and_taken_back(say: Say, furnished: Parts) -> None:
    with furnished.database.writing() as session:
        kept = add_organization(session, name="Food Bank of the Ward")
        retired = add_organization(session, name="Ward Food Bank", website="https://ward.example")
        service = add_service(session, organization=retired)
        session.commit()
        ids, service_id = (kept.id, retired.id), service.id

    def owner() -> str | None:
        with furnished.database.reading() as session:
            return session.scalar(select(Service.organization_id).where(Service.id == service_id))

    shown = say("duplicates", "merge", *ids, "--level", "organization", "--preview").out
    assert "website: https://ward.example  (only the other says it)" in shown
    assert "listings: 1 come along" in shown
    assert owner() == ids[1]
    event = say("duplicates", "merge", *ids, "--level", "organization", "--json").json["event"]
    assert owner() == ids[0]
    assert "stands by itself again" in say("duplicates", "undo", str(event)).out
    assert owner() == ids[1]
    again = say("duplicates", "undo", str(event))
    assert again.code == 1
    assert "already" in again.err


def test_who_runs_the_server_asks_first_too_or_says_why_not(say: Say, furnished: Parts) -> None:
    with furnished.database.writing() as session:
        ids = [add_organization(session, name=name).id for name in ("Food Bank of the Quay", "Quay Food Bank")]
        session.commit()
    somebody(furnished, Role.LEAD, "lead@quay.example", organization_id=ids[0])
    pair = (*ids, "--level", "organization")
    stopped = say("duplicates", "merge", *pair)
    assert (stopped.code, "Food Bank of the Quay: not asked yet" in stopped.err) == (1, True)
    asked = say("duplicates", "ask", *pair).out
    assert "Food Bank of the Quay: awaited until" in asked
    assert "Quay Food Bank: nobody there has an account, and no link works; not awaited" in asked
    assert "awaited until" in say("duplicates", "merge", *pair, "--preview").out
    assert "awaited until" in say("duplicates", "merge", *pair).err
    done = say("duplicates", "merge", *pair, "--without-asking", "Both agreed by telephone.", "--json").json
    assert [each["in_the_way"] for each in done["organizations"] if each["id"] == ids[0]] == ["awaited"]
    assert done["event"] > 0


def test_the_day_until_which_somebody_is_awaited_is_that_of_the_community(say: Say, furnished: Parts) -> None:
    """As in the mail, on the page and in the sentence that stops a merge; late in the evening the world's day is another."""
    with furnished.database.writing() as session:
        ids = [add_organization(session, name=name).id for name in ("Food Bank of the Quay", "Quay Food Bank")]
        session.commit()
    somebody(furnished, Role.LEAD, "lead@quay.example", organization_id=ids[0])
    pair = (*ids, "--level", "organization")
    say("duplicates", "ask", *pair)
    with furnished.database.writing() as session:
        session.execute(update(DuplicateQuestion).values(answer_until=datetime(2100, 6, 2, 2, 0, tzinfo=UTC)))
        session.commit()
    stopped = say("duplicates", "merge", *pair).err
    shown = say("duplicates", "merge", *pair, "--preview").out
    assert "awaited until 2100-06-01" in stopped
    assert "awaited until 2100-06-01" in shown
