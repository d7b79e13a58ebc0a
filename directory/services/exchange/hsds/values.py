"""Values as HSDS 3.1 takes them: numbers for numbers, addresses of the web as RFC 3986 has them, moments with an offset. None: it cannot be
said in the standard's own field, and travels as an attribute instead."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from directory.services.exchange.hsds.standard import Field

Cast = Callable[[Any], Any]

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!#$&-;=?-\[\]_a-z~A-Z0-9%]*")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLAIN_NUMBER = re.compile(r"(0|[1-9]\d{0,14})")
_KEPT = "/?#[]@!$&'()*+,;=:%-._~"


def number(value: Any) -> float | int | None:
    """A number, whole where it is whole; of text only what reads the same when it is written again ("12", never "007")."""
    if isinstance(value, str):
        return int(value) if _PLAIN_NUMBER.fullmatch(value) else None
    return int(value) if float(value).is_integer() and abs(value) < 1 << 53 else float(value)


@lru_cache(maxsize=4_096)
def uri(value: str) -> str | None:
    """An address by RFC 3986: letters beyond ASCII are written with percents, host names as the network knows them."""
    if not value.isascii():
        try:
            parts = urlsplit(value)
            host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
            value = urlunsplit((parts.scheme, host, *(quote(part, safe=_KEPT) for part in parts[2:])))
        except (UnicodeError, ValueError):
            return None
    if not _URI.fullmatch(value) or _BAD_PERCENT.search(value) or value.count("#") > 1:
        return None
    path = value.partition(":")[2]
    return value if not set("[]") & set(path) else None


def email(value: str) -> str | None:
    return value if value.isascii() and value.count("@") == 1 else None


def moment(value: datetime) -> str:
    """A moment in UTC, to the part of a second that is known."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def text(value: Any) -> str:
    """Any value as the text of an attribute: lists with commas, yes and no, moments with their offset."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, float):
        return repr(number(value))
    return day(value) if isinstance(value, date) else str(value)


_CASTS: dict[str, Cast] = {"uri": uri, "email": email, "date": day, "datetime": moment}


def cast_of(field: Field) -> Cast:
    """How a stored value becomes a value of this field."""
    if field.choices:
        return lambda value: value if value in field.choices else None
    return number if field.type == "number" else _CASTS.get(field.format, str)
