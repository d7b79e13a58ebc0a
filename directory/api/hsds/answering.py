"""Answers of the standard's interface: pages in its envelope, streams of lines, single records with the time of their last change."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from directory.api.json_response import PRIVATE, REVALIDATE, cached
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.lists import HsdsPage

NDJSON = "application/x-ndjson"
_SAYS_WHOM_OR_WHERE = ("search", "postcode", "latitude", "longitude")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def page_response(page: HsdsPage, query: HsdsQuery) -> Response:
    """The envelope `Page` of the standard. The next page stands in the `Link` header, by the id that this one ended with."""
    body = {
        "total_items": page.total,
        "total_pages": page.pages,
        "page_number": page.number,
        "size": len(page.contents),
        "first_page": page.number == 1 and not query.after,
        "last_page": not page.last_id,
        "empty": not page.contents,
        "contents": list(page.contents),
    }
    response = cached(body, policy_of(query))
    if page.last_id and request.method != "POST":
        pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in ("page", "after")]
        response.headers["Link"] = f'<{request.path}?{urlencode([*pairs, ("after", page.last_id)])}>; rel="next"'
    return response


def policy_of(query: HsdsQuery) -> str:
    """What somebody searches is kept by nobody between."""
    said = {field.name for field in fields(query) if getattr(query, field.name) not in ("", None)}
    return PRIVATE if said.intersection(_SAYS_WHOM_OR_WHERE) or request.method == "POST" else REVALIDATE


def stream_response(objects: Iterator[Any], query: HsdsQuery) -> Response:
    """An object a line, sent as they are read."""
    response = Response((_encode(value) + "\n" for value in objects), mimetype=NDJSON)
    response.headers["Cache-Control"] = policy_of(query)
    return response


def one_response(value: Any, changed: datetime | None) -> Response:
    """One record, with an entity tag and when it changed last."""
    response = cached(value)
    if changed is not None:
        response.last_modified = changed
    return response
