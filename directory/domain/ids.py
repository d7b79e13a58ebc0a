"""Ids of records: UUIDs, written in the usual way with small letters."""

from uuid import UUID


def is_id(text: str) -> bool:
    """Whether a text is an id as the directory writes them."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
