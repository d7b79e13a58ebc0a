"""Sealed cookies of this browser, which no script reads: what a visitor keeps here and nowhere else, until *leave this page* takes it away.

They are set with the answer to the request that changed them; one that cannot be read counts as none.
"""

import json
from typing import Any

from flask import Flask, Response, g, request

from directory.store.sealing import UnreadableSeal
from directory.web.here import parts

PLACES, WORDS, LINK, KEPT_LISTS, PERSON = "list", "list-words", "list-link", "kept-lists", "person"
ALL = (PLACES, WORDS, LINK, KEPT_LISTS, PERSON)


def set_up(app: Flask) -> None:
    """Begin each request with no cookie changed, and send those that it has changed."""
    app.before_request(_begin)
    app.after_request(_send)


def put_cookie(name: str, value: str) -> None:
    """Set a cookie with this answer; "" takes it away."""
    g.setdefault("changed_cookies", {})[name] = value


def seal(text: str) -> str:
    return parts().database.keyring.seal(text)


def read_sealed(name: str) -> Any:
    """What a sealed cookie holds, as JSON; None where there is none that can be read."""
    try:
        return json.loads(parts().database.keyring.unseal(request.cookies.get(name, "")))
    except (UnreadableSeal, ValueError):
        return None


def put_sealed(name: str, value: Any) -> None:
    """Keep a value as JSON in a sealed cookie."""
    put_cookie(name, seal(json.dumps(value, separators=(",", ":"))))


def forget_all(response: Response) -> Response:
    """Take away everything that this browser keeps of its visitor."""
    for name in ALL:
        response.delete_cookie(name)
    return response


def _begin() -> None:
    g.pop("changed_cookies", None)


def _send(response: Response) -> Response:
    for name, value in g.get("changed_cookies", {}).items():
        if value:
            response.set_cookie(name, value, httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
        elif name in request.cookies:
            response.delete_cookie(name)
    return response
