"""One line for each request, without what was searched: method, path, status and time taken. Never the query, the sender or the form.

A search is about a person in need; a log that keeps it would be a list of people. The web servers' own access logs write the whole address,
so they are turned off (`quiet_servers`) or given a format without the query (`GUNICORN_ACCESS_FORMAT`).
"""

import logging
import time

import structlog
from flask import Flask, Response, current_app, g, request

from directory.services.policy import Policy, policy_of

GUNICORN_ACCESS_FORMAT = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
"""Method, path without query, status, bytes, milliseconds."""

_log = structlog.get_logger("directory.web.request")


def set_up(app: Flask) -> None:
    """Log each request of the application."""
    quiet_servers()
    app.before_request(_start_clock)
    app.after_request(_write_line)


def quiet_servers() -> None:
    """Keep the development server from writing whole addresses."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def _start_clock() -> None:
    g.request_started = time.perf_counter()


def logged_path() -> str:
    """The path as it may be written down: of an address that opens something to whoever has it, only its form."""
    if policy_of(current_app.extensions, request.endpoint or "") == Policy.LINK and request.url_rule is not None:
        return request.url_rule.rule
    return request.path


def _write_line(response: Response) -> Response:
    started = g.get("request_started")
    taken = None if started is None else round((time.perf_counter() - started) * 1000, 1)
    if request.endpoint != "static_files.file":
        _log.info("request", method=request.method, path=logged_path(), status=response.status_code, milliseconds=taken)
    return response
