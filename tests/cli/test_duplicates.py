"""`directory duplicates`: seeing beforehand what a merge does, doing it, taking it back."""

import pytest
from sqlalchemy import select

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import Service
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
    assert "Quay Food Bank: nobody there has an account; not awaited" in asked
    assert "awaited until" in say("duplicates", "merge", *pair, "--preview").out
    assert "awaited until" in say("duplicates", "merge", *pair).err
    done = say("duplicates", "merge", *pair, "--without-asking", "Both agreed by telephone.", "--json").json
    assert [each["in_the_way"] for each in done["organizations"] if each["id"] == ids[0]] == ["awaited"]
    assert done["event"] > 0
