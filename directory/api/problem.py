"""Errors as `application/problem+json` (RFC 9457): what is wrong in one sentence, the field it is about, and what the status means.

The only place of the JSON interface that knows both the errors of the domain and HTTP.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_babel import get_locale, gettext
from werkzeug.exceptions import HTTPException, InternalServerError, default_exceptions

from directory.api.json_response import json_response
from directory.domain.errors import (
    Conflict,
    DirectoryError,
    Forbidden,
    InvalidInput,
    Moved,
    NotFound,
    Refused,
    TooMany,
    Unavailable,
    Withdrawn,
    WrongForm,
)
from directory.domain.sentences import retold, say
from search_index.port import CannotSearch, IndexNotReady

PROBLEM_TYPE = "application/problem+json"
ADDRESSES = re.compile(r"/(api|health|hsds)(/|$)")
"""The addresses that answer in JSON, also when they are none."""

RETRY_AFTER_SECONDS = 5

_STATUSES: Mapping[type[DirectoryError], int] = {
    InvalidInput: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Refused: 409,
    Withdrawn: 410,
    TooMany: 429,
    Unavailable: 503,
}


def problem(status: int, detail: str, **more: Any) -> Response:
    """A problem. `more` are members beside those of the standard, such as `field`."""
    members = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": told(detail), **more}
    response = json_response(members, status)
    response.mimetype = PROBLEM_TYPE
    response.headers["Content-Language"] = get_locale().language
    response.vary.add("Accept-Language")
    response.headers["Cache-Control"] = "no-store"
    return response


def told(sentence: str) -> str:
    """A sentence in the language of whoever asks: `lang`, else `Accept-Language`, as far as the community speaks it."""
    return retold(sentence, gettext)


def answer_problems_everywhere(app: Flask) -> None:
    """Answer the errors that no blueprint sees as problems too, on the addresses of the interface."""
    app.after_request(_as_problem)


def answer_problems_of(blueprint: Blueprint) -> None:
    """Answer errors inside a blueprint as problems."""
    for error in _STATUSES:
        blueprint.register_error_handler(error, _domain_error)
    blueprint.register_error_handler(Moved, _moved)
    blueprint.register_error_handler(CannotSearch, _cannot_search)
    for code in default_exceptions:
        blueprint.register_error_handler(code, _http_error)


def _domain_error(error: DirectoryError) -> Response:
    status = next(status for kind, status in _STATUSES.items() if isinstance(error, kind))
    if isinstance(error, WrongForm):
        errors = [{"field": field, "detail": told(sentence)} for field, sentence in error.errors.items()]
        return problem(status, error.message, field=error.field, errors=errors)
    if isinstance(error, Conflict):
        return problem(status, error.message, fields=list(error.fields))
    if isinstance(error, InvalidInput):
        return problem(status, error.message, field=error.field)
    response = problem(status, error.message)
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _moved(error: Moved) -> Response:
    """The record that a merged one is part of now, at the same kind of address."""
    response = problem(308, error.message, target_id=error.target_id)
    response.headers["Location"] = request.path.rpartition("/")[0] + "/" + error.target_id
    return response


def _cannot_search(error: CannotSearch) -> Response:
    being_built = say("The search index is being built; try again in a minute.")
    no_answer = say("The search does not answer just now; try again in a minute.")
    response = problem(503, being_built if isinstance(error, IndexNotReady) else no_answer)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _http_error(error: HTTPException) -> Response:
    """Whatever Flask and its parsers raise, with the headers that the error itself brings (`Allow` of 405, above all)."""
    messages = getattr(error, "data", {}).get("messages")
    response = _wrong_arguments(messages) if messages else problem(error.code or 500, _sentence(error))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _sentence(error: HTTPException) -> str:
    if isinstance(error, InternalServerError):
        return say("Something went wrong on our side; it has been written to the log.")
    return (error.description or "").split("\n")[0]


def _wrong_arguments(messages: Mapping[str, Any]) -> Response:
    """One problem from what a schema found: the first field in `field` and `detail`, all of them in `errors`."""
    fields: Mapping[str, Any] = next(iter(messages.values()))
    errors = [{"field": name, "detail": told(_first_words(words))} for name, words in fields.items()]
    return problem(400, errors[0]["detail"], field=errors[0]["field"], errors=errors)


def _first_words(words: Any) -> str:
    """The first sentence of a marshmallow message, which may be nested by index."""
    while not isinstance(words, str):
        words = next(iter(words.values() if isinstance(words, Mapping) else words))
    return words


def _as_problem(response: Response) -> Response:
    """Errors that arise before a blueprint is known (no such address, another method) take the same form and keep their headers."""
    if response.status_code < 400 or request.blueprint is not None or not ADDRESSES.match(request.path):
        return response
    made = problem(response.status_code, _WORDS.get(response.status_code, _plain)(response))
    for name, value in response.headers:
        if name.lower() not in ("content-type", "content-length", "content-encoding", "cache-control", "set-cookie"):
            made.headers[name] = value
    return made


def _plain(response: Response) -> str:
    return HTTPStatus(response.status_code).description or HTTPStatus(response.status_code).phrase


_WORDS: Mapping[int, Callable[[Response], str]] = {
    404: lambda _: say("There is nothing at this address; /api/v1/openapi.json lists what there is."),
    405: lambda response: say("This address answers %(methods)s only.", methods=response.headers.get("Allow", "other methods")),
    500: lambda _: say("Something went wrong on our side; it has been written to the log."),
}
