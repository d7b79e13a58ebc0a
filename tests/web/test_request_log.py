"""What is written down of a request: never what was searched."""

import pytest
import structlog
from flask.testing import FlaskClient

from directory.web import find
from directory.web.request_log import GUNICORN_ACCESS_FORMAT


def test_a_request_is_logged_without_what_was_searched(client: FlaskClient):
    with structlog.testing.capture_logs() as lines:
        client.get("/search?q=detox&near=19104")
        client.post("/search", data={"q": "women's shelter"})
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", "/search", 200), ("POST", "/search", 200)]
    assert "detox" not in str(lines)
    assert "shelter" not in str(lines)


def test_a_fault_is_logged_by_where_it_happened_and_never_with_values(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def breaks(*_args: object) -> None:
        raise RuntimeError("while looking for detox")

    monkeypatch.setattr(find, "find_services", breaks)
    with structlog.testing.capture_logs() as lines:
        answer = client.get("/search?q=detox")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Traceback" not in answer.text
    assert lines[0]["kind"] == "RuntimeError"
    assert any("breaks" in place for place in lines[0]["where"])
    assert "detox" not in str(lines)


def test_the_access_log_of_the_server_has_no_query():
    assert "%(U)s" in GUNICORN_ACCESS_FORMAT
    assert "%(r)s" not in GUNICORN_ACCESS_FORMAT
    assert "%(q)s" not in GUNICORN_ACCESS_FORMAT
