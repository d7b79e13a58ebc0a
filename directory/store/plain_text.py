"""Every text that is written reads alike on every database: in NFC, without the characters that one of them refuses.

It is done where statements leave for the database, so that no use case, import or raw statement can forget it. What is compared with the
rows goes the same way. JSON is held to it value by value; sealed texts before they are sealed (`directory.store.sealing`).
"""

import json
import re
from typing import Any
from unicodedata import is_normalized, normalize

from sqlalchemy import Engine, event

_REFUSED = "\x00"
"""PostgreSQL keeps no NUL in a text; nobody misses it."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, as a broken encoder leaves them: not text in any encoding."""


def plain_text(text: str) -> str:
    """The text in NFC, without NUL; half characters become U+FFFD."""
    if _REFUSED in text:
        text = text.replace(_REFUSED, "")
    if text.isascii():
        return text
    text = _HALVES.sub("\ufffd", text)
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def plain_value(value: Any) -> Any:
    """A JSON value with each text in it, keys included, as `plain_text` makes it."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return {plain_text(key) if isinstance(key, str) else key: plain_value(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(entry) for entry in value]
    return value


def write_json(value: Any) -> str:
    """JSON that `plain_text` leaves as it is, whatever stands in it: a mark after an escaped letter would else be drawn into the escape."""
    written = json.dumps(value, ensure_ascii=False)
    if written.isascii() and "\\u0000" not in written:
        return written
    value = plain_value(value)
    written = json.dumps(value, ensure_ascii=False)
    return written if plain_text(written) == written else json.dumps(value)


def keep_texts_plain(engine: Engine) -> None:
    """Hold every statement of an engine to it."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def before_execute(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> tuple[str, Any]:
        return statement, [_plain(row) for row in parameters] if isinstance(parameters, list) else _plain(parameters)


def _plain(parameters: Any) -> Any:
    """The parameters of one execution; the very same object where nothing is to be changed, as almost always."""
    if isinstance(parameters, dict):
        if all(_is_plain(value) for value in parameters.values()):
            return parameters
        return {name: plain_text(value) if isinstance(value, str) else value for name, value in parameters.items()}
    if not parameters or all(_is_plain(value) for value in parameters):
        return parameters
    return tuple(plain_text(value) if isinstance(value, str) else value for value in parameters)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, str) or (value.isascii() and _REFUSED not in value)
