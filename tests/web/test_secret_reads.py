"""Whoever reads a secret address in the editor is written down: who, when, which place, and never the address."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.services.accounts.audit import Audited
from directory.services.accounts.read_audit import read_audit
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, ServiceAtLocation
from tests.support.neighbourhood import ORGANIZATION, PANTRY, SECRET_PLACE, SECRET_STREET, SHELTER
from tests.support.people import at, sign_in
from tests.web.html import form_of, read

EDITOR = f"/manage/services/{SHELTER}"
TOLD = f"confidential address of {SECRET_PLACE}"


@pytest.fixture
def editor(edited_app: Flask, edited: Parts) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.EDITOR, "ana@harbour.example", organization_id=ORGANIZATION)


def reads(parts: Parts) -> list[tuple[str, str, str]]:
    """By whom, of which organization, of what; the newest first."""
    return [(line.actor, line.organization, line.detail) for line in read_audit(parts, Audited.PERSONAL_READ).lines]


def test_who_when_and_which_place_is_kept_and_shown_to_administrators_without_the_address(
    editor: FlaskClient, edited_app: Flask, edited: Parts
) -> None:
    editor.get(f"/manage/services/{PANTRY}")
    assert reads(edited) == []
    assert SECRET_STREET in editor.get(EDITOR).text
    assert reads(edited) == [("ana@harbour.example", "Harbour House", TOLD)]
    shown = sign_in(edited_app.test_client(), edited, Role.ADMINISTRATOR).get("/admin/audit?what=personal+data+read").text
    assert "ana@harbour.example" in shown
    assert SECRET_PLACE in shown
    assert SECRET_STREET not in shown
    with edited.database.reading() as session:
        assert SECRET_STREET not in str([vars(entry) for entry in session.scalars(select(AuditEntry))])


def test_one_sitting_is_one_read_and_the_next_is_another(editor: FlaskClient, edited: Parts) -> None:
    for address in (EDITOR, f"{EDITOR}/history", EDITOR):
        editor.get(address)
    assert len(reads(edited)) == 1
    at(edited, timedelta(minutes=11))
    editor.get(f"{EDITOR}/history")
    assert len(reads(edited)) == 2


def test_whoever_sees_no_secret_address_is_not_said_to_have_read_it(edited_app: Flask, edited: Parts) -> None:
    planner = sign_in(edited_app.test_client(), edited, Role.PLANNER)
    for address in (EDITOR, f"{EDITOR}/history"):
        assert planner.get(address).status_code == 200
    assert reads(edited) == []


def test_an_address_that_only_the_history_still_tells_counts_too(editor: FlaskClient, edited: Parts) -> None:
    form = form_of(read(editor.get(EDITOR).text))
    (street,) = [name for name in form if name.endswith("address.address_1")]
    form.setlist(street, ["14 Telltale Court"])
    form.setlist("do", ["publish"])
    editor.post(EDITOR, data=form)
    with edited.database.writing() as session:
        site = session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.location_id == SECRET_PLACE)).one()
        site.withdrawn_at = edited.clock.now()
        session.commit()
    at(edited, timedelta(minutes=11))
    editor.get(EDITOR)
    assert len(reads(edited)) == 1
    assert "14 Telltale Court" in editor.get(f"{EDITOR}/history").text
    assert len(reads(edited)) == 2
