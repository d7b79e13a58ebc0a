"""Answers in FHIR: resources with their version, and errors as `OperationOutcome`."""

import re
from typing import Any

from flask import Blueprint, Response, request

from directory.api.finding import parts
from directory.api.hsds.interface import site_address
from directory.api.json_response import dumps
from directory.api.problem import PROBLEM_TYPE, answer_problems_of, problem
from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.services.exchange.fhir.terms import Here, here_at
from directory.services.exchange.fhir.update_task import OtherVersion
from directory.services.listings.community import read_community

FHIR_TYPE = "application/fhir+json"
PRIVATE = "no-store"
PUBLIC = "public, no-cache"
_VERSION = re.compile(r'^(?:W/)?"(\d{1,9})"$')
_ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    409: "conflict",
    412: "conflict",
    415: "not-supported",
    422: "business-rule",
    429: "throttled",
    503: "transient",
}


def here() -> Here:
    return here_at(site_address())


def community_name() -> str:
    return read_community(parts()).name


def answer(resource: Any, *, policy: str = PRIVATE) -> Response:
    """A resource, with its version as a tag where it has one."""
    response = Response(dumps(resource), mimetype=FHIR_TYPE)
    response.headers["Cache-Control"] = policy
    version = resource.get("meta", {}).get("versionId")
    if version:
        response.headers["ETag"] = f'W/"{version}"'
    elif policy == PUBLIC:
        response.add_etag()
        response.make_conditional(request)
    return response


def wanted_version() -> int | None:
    """The version of `If-Match`; None where none is named. Raise `InvalidInput`."""
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        return None
    found = _VERSION.match(said)
    if found is None:
        raise InvalidInput("If-Match", say('If-Match must name one version, as in W/"3".'))
    return int(found.group(1))


def answer_outcomes_of(blueprint: Blueprint) -> None:
    """Errors inside a blueprint as `OperationOutcome`: the same sentences as everywhere."""
    answer_problems_of(blueprint)
    blueprint.register_error_handler(OtherVersion, lambda error: problem(412, error.message))
    blueprint.after_request(_as_outcome)


def _as_outcome(response: Response) -> Response:
    if response.mimetype != PROBLEM_TYPE:
        return response
    told = response.get_json()
    if request.method == "PUT" and response.status_code == 400 and told.get("field") not in _MALFORMED:
        response.status_code = 422
    issue = {"severity": "error", "code": _ISSUES.get(response.status_code, "exception"), "diagnostics": told["detail"]}
    if response.status_code == 422 and told.get("field"):
        issue["expression"] = [f"Task.{told['field']}"]
    response.set_data(dumps({"resourceType": "OperationOutcome", "issue": [issue]}))
    response.mimetype = FHIR_TYPE
    return response


_MALFORMED = frozenset({None, "If-Match", "id", "resourceType"})
"""What is no Task, or another one, is a wrong request; what a Task says and cannot be done is against our rules."""
