"""From what went wrong to a page that helps: what happened in one sentence, and what to do next. Never a stack trace.

The JSON interface answers its own errors; its addresses are left to it.
"""

import traceback
from dataclasses import replace

import structlog
from flask import Blueprint, Flask, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Conflict, DirectoryError, Forbidden, InvalidInput, NotFound, Refused, TooMany, Unavailable, Withdrawn
from directory.services.listings.community import NOWHERE
from directory.web.catalogue import translated_languages
from directory.web.here import community
from directory.web.request_log import logged_path
from directory.web.visitor import look_nobody_up
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader
from search_index.port import CannotSearch

_log = structlog.get_logger("directory.web.errors")
_NO_PAGES = ("/api/", "/health")
_STATUS = {InvalidInput: 400, Forbidden: 403, NotFound: 404, Withdrawn: 410, Conflict: 409, Refused: 409, TooMany: 429, Unavailable: 503}


def answer_errors_of(blueprint: Blueprint) -> None:
    """Answer what goes wrong inside the pages of a blueprint; call it once, before the blueprint is registered."""
    blueprint.register_error_handler(DirectoryError, domain_error)
    blueprint.register_error_handler(CannotSearch, cannot_search)
    blueprint.register_error_handler(Exception, unexpected)


def set_up(app: Flask) -> None:
    """Answer for addresses that are nobody's."""

    def http_error(error: HTTPException) -> AnyResponse:
        if request.path.startswith(_NO_PAGES):
            return error.get_response()
        return page_of(error.code or 500, error)

    app.register_error_handler(HTTPException, http_error)


def domain_error(error: DirectoryError) -> AnyResponse:
    """The page of an error of the field."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    return page_of(status, error)


def cannot_search(error: CannotSearch) -> AnyResponse:
    """The page shown while nothing can be searched."""
    return page_of(503, error)


def unexpected(error: Exception) -> AnyResponse:
    """The page of what nobody foresaw; the log says where it happened."""
    if isinstance(error, HTTPException):
        return page_of(error.code or 500, error)
    _log.error("unexpected", path=logged_path(), kind=type(error).__name__, where=_where(error))
    return page_of(500, InternalServerError())


def _where(error: Exception) -> list[str]:
    """The places in the program, outermost first; neither values nor the error's own words, which may hold what was searched."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def page_of(status: int, error: Exception) -> AnyResponse:
    """The help page for a status; what was wrong with a field is named."""
    if status >= 500:
        _settle_community()
        look_nobody_up()
    title, help_text = _words(status)
    wrong = told_to_reader(error) if isinstance(error, InvalidInput) else None
    body = render_template("errors/error.html", status=status, title=title, help_text=help_text, wrong=wrong)
    response = make_response(body, status)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
    return response


def _settle_community() -> None:
    """The community where it can still be read, so that whom to call is on the page; nowhere when the database is what broke."""
    try:
        community()
    except Exception:
        g.community = replace(NOWHERE, languages=translated_languages())


def _words(status: int) -> tuple[str, str]:
    known = {
        400: (_("Something in this address cannot be read"), _("Start from the search and choose again.")),
        403: (_("This cannot be done from here"), _("Open the page here, not from another site, and try again.")),
        404: (_("There is no such page"), _("The address may be cut off or mistyped. Search for the service by its name.")),
        405: (_("This page cannot be used that way"), _("Start from the search.")),
        409: (_("One more word is needed"), _("Go back, read what it asks, and choose.")),
        410: (
            _("No longer listed"),
            _("It was taken out of the directory. Do not send anybody there. Search for another like it."),
        ),
        413: (_("That was too much at once"), _("Write less and try again.")),
        429: (_("Too many tries at once"), _("Wait a few minutes and try again. If somebody is in danger, call now.")),
        503: (_("The search is being prepared"), _("Try again in a minute. If somebody is in danger, call now.")),
    }
    unknown = (_("Something broke on our side"), _("It is not your fault, and it has been written down. Try again in a minute."))
    return known.get(status, unknown)
