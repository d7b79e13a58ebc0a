"""Ids of records: UUIDs, written in the usual way with small letters."""

import re

_WRITTEN = re.compile(r"([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})", re.IGNORECASE)


def is_id(text: str) -> bool:
    """Whether a text is an id as the directory writes them."""
    return usual_id(text) == text


def usual_id(text: str) -> str | None:
    """An id as the directory writes it, told with or without dashes, in small letters or capitals; None where it is none."""
    found = _WRITTEN.fullmatch(text)
    return "-".join(found.groups()).lower() if found else None
