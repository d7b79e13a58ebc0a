"""A shelter's own system with a token, which speaks FHIR to the directory."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from directory.app import app_of
from directory.domain.people import Role
from directory.services.accounts.api_tokens import Scope, make_token
from directory.services.parts import Parts
from directory.store.tables import AttemptEvent
from tests.support.fhir import faults
from tests.support.people import somebody
from tests.support.referrals import Town

Ask = Callable[..., TestResponse]
BOTH = (Scope.REFERRALS_READ.value, Scope.REFERRALS_ANSWER.value)
BASE = "http://localhost/api/v1/fhir"
NAMED = [{"authorString": "Rosa Diaz", "text": "Ask for me."}]


@pytest.fixture
def ask(parts: Parts, town: Town) -> Ask:
    """Ask as the shelter's machine, or as that of another organization."""
    browser = app_of(parts).test_client()
    made: dict[tuple[str, tuple[str, ...]], str] = {}

    def asked(path: str, sent: Any = None, *, of: str = "", scopes: tuple[str, ...] = BOTH, **headers: str) -> TestResponse:
        key = (of or town.house, scopes)
        if key not in made:
            lead = somebody(parts, Role.LEAD, email=f"{key[0][:6]}@lead.example", organization_id=key[0])
            made[key] = make_token(parts, lead, key[0], name="records", scopes=list(scopes), days=30)
        more = {"Authorization": f"Bearer {made[key]}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        body = {"data": json.dumps(sent), "content_type": "application/fhir+json"} if sent is not None else {}
        return browser.open(f"/api/v1/fhir/{path}", method="PUT" if sent is not None else "GET", headers=more, **body)  # type: ignore[arg-type]

    return asked


def said(answer: TestResponse) -> dict[str, Any]:
    assert answer.mimetype == "application/fhir+json"
    found: dict[str, Any] = answer.get_json()
    assert faults(found) == []
    return found


def change(ask: Ask, attempt: str, status: str, business: str = "", reason: str = "", text: str = "", **more: Any) -> TestResponse:
    """Read a Task, change what it says of its status, and put it back."""
    task = {**said(ask(f"Task/{attempt}")), "status": status, **more}
    if business:
        task["businessStatus"] = {"coding": [{"system": f"{BASE}/CodeSystem/business-status", "code": business}]}
    if reason or text:
        coding = [{"system": f"{BASE}/CodeSystem/status-reason", "code": reason}] if reason else []
        task["statusReason"] = {name: value for name, value in (("coding", coding), ("text", text)) if value}
    return ask(f"Task/{attempt}", task)


def kinds(parts: Parts, attempt: str) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(AttemptEvent.kind).where(AttemptEvent.attempt_id == attempt).order_by(AttemptEvent.number)))
