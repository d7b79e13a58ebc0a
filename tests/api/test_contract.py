"""The contract: the kept document is the present one, and real answers are what it says, with nothing besides."""

import copy
from typing import Any

import jsonschema
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from directory.api.contract import KEPT, written
from tests.support.neighbourhood import CLINIC, MERGED, ORGANIZATION, PANTRY, PANTRY_PLACE, PHONE_LINE, SHELTER, WITHDRAWN

ANSWERS = {
    "/api/v1/search": [
        "q=food+near+19104&open_at=now&facets=category,organization,source",
        "near=Portland",
        "q=nothing+at+all&category=legal",
    ],
    "/api/v1/places": ["q=19104", "q=Portland", "q=Otawa", "q=nowhere"],
    "/api/v1/categories": ["", "lang=es"],
    "/api/v1/services/{service_id}": [PANTRY, CLINIC, SHELTER, PHONE_LINE],
    "/api/v1/organizations/{organization_id}": [ORGANIZATION],
    "/api/v1/locations/{location_id}": [PANTRY_PLACE],
    "/api/v1/facts": [""],
    "/api/v1/criteria.schema.json": [""],
    "/health": [""],
}
CASES = [(path, asked) for path, many in ANSWERS.items() for asked in many]


def test_the_kept_document_is_the_present_one(app: Flask) -> None:
    assert KEPT.read_text(encoding="utf-8") == written(app.extensions["directory_api"]), "run: python -m directory.api.contract"


def test_the_served_document_is_the_kept_one_and_of_version_3_1(client: FlaskClient) -> None:
    served = client.get("/api/v1/openapi.json").get_json()
    assert served["openapi"].startswith("3.1")
    assert served["paths"].keys() >= ANSWERS.keys()


def test_every_operation_says_what_it_does(client: FlaskClient) -> None:
    for path, operations in client.get("/api/v1/openapi.json").get_json()["paths"].items():
        for operation in operations.values():
            if isinstance(operation, dict):
                assert operation["summary"], path
                for parameter in operation.get("parameters", []):
                    assert parameter.get("description") or parameter["in"] == "path", (path, parameter["name"])


def strict(value: Any) -> Any:
    """The document with unknown members forbidden wherever members are named."""
    if isinstance(value, dict):
        found = {key: strict(entry) for key, entry in value.items()}
        if "properties" in found and "type" in found:
            found.setdefault("additionalProperties", False)
        return found
    return [strict(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("path", "asked"), CASES)
def test_answers_are_what_the_document_says_and_nothing_besides(client: FlaskClient, path: str, asked: str) -> None:
    document = strict(copy.deepcopy(client.get("/api/v1/openapi.json").get_json()))
    address = path[: path.index("{")] + asked if "{" in path else f"{path}?{asked}"
    response = client.get(address)
    assert response.status_code == 200
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({**document, **schema}, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.get_json())] == []


@pytest.mark.parametrize(
    "address", ["/api/v1/search?page=x", f"/api/v1/services/{WITHDRAWN}", f"/api/v1/services/{MERGED}", "/api/v1/nothing", "/api/v1/places"]
)
def test_problems_are_what_the_document_says(client: FlaskClient, address: str) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    jsonschema.Draft202012Validator({**document, "$ref": "#/components/schemas/Problem"}).validate(client.get(address).get_json())


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.mark.parametrize("path", ANSWERS)
def test_whatever_is_asked_is_answered_as_the_document_says(app: Flask, path: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path]["GET"]

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
