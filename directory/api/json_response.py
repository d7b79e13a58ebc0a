"""JSON as it goes over the wire: UTF-8, compact, with a strong entity tag, so that whoever asks again for the same thing gets 304."""

import json
from typing import Any

from flask import Response, request

REVALIDATE = "public, no-cache"
"""May be kept by anyone, and is asked for again before each use."""

PRIVATE = "private, no-cache"
"""The same, for one reader only: what somebody searches is nobody else's."""


def dumps(value: Any) -> str:
    """Compact JSON with letters as they are. Raise `ValueError` for numbers that JSON has no word for."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def json_response(value: Any, status: int = 200) -> Response:
    return Response(dumps(value), status, mimetype="application/json")


def cached(value: Any, policy: str = REVALIDATE) -> Response:
    """A JSON answer with an entity tag; 304 without a body where the reader has it already."""
    response = json_response(value)
    response.headers["Cache-Control"] = policy
    response.add_etag()
    response.make_conditional(request)
    return response
