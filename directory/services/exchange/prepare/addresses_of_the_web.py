"""Reading of web and mail addresses. Only http and https are kept: a listing must not carry a link that runs something."""

import re
from typing import Any

from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.texts import short

_GOOD_URL = re.compile(
    r"https?://[A-Za-z0-9.\-]+\.[A-Za-z]{2,24}(?::\d{1,5})?(?:[/?#][\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*)?$"
)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#].*)?$")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'&/=?^`{|}~!#$*\-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")


def url(value: Any, notes: Notes) -> str | None:
    """An address that a browser can open, with https where no scheme was given; None with a note otherwise."""
    if value.__class__ is str and len(value) < 2000 and _GOOD_URL.match(value):
        good: str = value
        return good
    text = short(value, notes, 2000)
    if text is None:
        return None
    found = _mended(text)
    if found is None:
        notes.repaired(f"{text[:80]!r} is no web address; write it as https://example.org. It was left out.")
    elif found != text:
        notes.repaired(f"{text[:80]!r} was read as {found!r}.")
    return found


def _mended(text: str) -> str | None:
    text = text.strip(" ,;.<>()\"'").split(" ; ")[0]
    text = re.sub(r"^(https?)[:;]?/{1,3}", r"\1://", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:https?://)+(?=https?://)", "", text, flags=re.IGNORECASE)
    parts = re.split(r"[\s,;]+(?=https?://|www\.)|\s+(?:or|and)\s+", text)
    text = parts[0] if parts else text
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() in ("http", "https"):
        rest = text[scheme.end() :].lstrip("/")
        text = f"{scheme[1].lower()}://{rest}"
    elif scheme and not re.match(r"[\w.-]+:\d", text):
        return None
    else:
        rest = text
        text = f"https://{rest}"
    if "@" in rest.split("/")[0] or _UNSAFE.search(rest) or not _HOST.match(rest):
        return None
    return text


def email(value: Any, notes: Notes) -> str | None:
    """One mail address; the first of several. None with a note when there is none."""
    text = short(value, notes, 400)
    if text is None:
        return None
    match = _EMAIL.search(text)
    if match is None or ".." in match[0] or match[0].startswith("."):
        notes.repaired(f"{text[:80]!r} is no mail address; write it as name@example.org. It was left out.")
        return None
    found = match[0]
    if found != text:
        notes.repaired(f"{text[:80]!r} was read as {found!r}.")
    return found
