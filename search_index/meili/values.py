"""Values as Meilisearch may hold and be asked for them.

Meilisearch compares filter values without regard to case, takes spaces off their ends and looks at their first 468 bytes only. Ids and
facet values mean exactly what they are, so whatever is not plain small ASCII is written in letters that survive: injective, and read back.
"""

import re
from base64 import b32hexdecode, b32hexencode
from collections.abc import Iterable

LONGEST_TERM = 460
"""Bytes of a value that can still be told from every other."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9/._-]*")
_WRITTEN = "~"
_PLAIN_ID = re.compile(r"[a-z0-9-]+")

NOTHING = 'flag = "nothing"'
"""A filter that nothing meets."""


def term(value: str) -> str:
    """A facet value, area or flag as it is held. Raise `ValueError` for one too long to be told from others."""
    held = value if _PLAIN.fullmatch(value) else _WRITTEN + b32hexencode(value.encode()).decode().rstrip("=").lower()
    if len(held) > LONGEST_TERM:
        raise ValueError("a value of a facet is too long")
    return held


def value_of(held: str) -> str:
    """What `term` was made of."""
    if not held.startswith(_WRITTEN):
        return held
    letters = held[1:].upper()
    return b32hexdecode(letters + "=" * (-len(letters) % 8)).decode()


def key(identifier: str) -> str:
    """The primary key for the id of a document: letters, digits, hyphens and underlines are all that is allowed."""
    return identifier if _PLAIN_ID.fullmatch(identifier) else f"_{identifier.encode().hex()}"


def ordered(identifier: str) -> str:
    """An id of printable ASCII in letters that sort as the ids do, also where case is disregarded."""
    return identifier.encode("ascii").hex()


def identifier_of(held: str) -> str:
    """What `ordered` was made of."""
    return bytes.fromhex(held).decode("ascii")


def quoted(text: str) -> str:
    """A value inside a filter."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def any_value(attribute: str, held: Iterable[str]) -> str:
    """A filter that is met by any of these values as they are held."""
    values = list(held)
    listed = '"' + '","'.join(values) + '"'
    if listed.count('"') > 2 * len(values) or "\\" in listed:
        listed = ",".join(map(quoted, values))
    return f"{attribute} IN [{listed}]" if values else NOTHING


def any_number(attribute: str, numbers: Iterable[int]) -> str:
    """A filter that is met by any of these numbers."""
    listed = ",".join(map(str, numbers))
    return f"{attribute} IN [{listed}]" if listed else NOTHING


def all_of(*filters: str) -> str:
    """A filter that is met when all of these are; there is at least one."""
    return filters[0] if len(filters) == 1 else " AND ".join(f"({each})" for each in filters)


def any_of(*filters: str) -> str:
    """A filter that is met when one of these is."""
    given = [each for each in filters if each != NOTHING]
    if len(given) <= 1:
        return given[0] if given else NOTHING
    return " OR ".join(f"({each})" for each in given)


def none_of(*filters: str) -> str:
    """A filter that is met when none of these is."""
    return f"NOT ({any_of(*filters)})"
