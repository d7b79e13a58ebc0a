"""Ways in: how long they stay open, what an address looks like, and where a link may lead."""

import re
from datetime import timedelta

from directory.domain.errors import InvalidInput

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
PROOF_LASTS = timedelta(minutes=10)
"""For how long after somebody proved that it is them they may change their ways in."""
LONGEST_EMAIL = 254

_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f.]+(\.[^@\s\x00-\x1f.]+)+")
_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


def checked_email(text: str, field: str = "as") -> str:
    """A mail address in lower case. Raise `InvalidInput` for what is none."""
    email = text.strip().lower()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise InvalidInput(field, f"{field} must be a mail address, such as someone@example.org; “{text[:60]}” is none.")
    return email


def checked_path(text: str, field: str = "to") -> str:
    """An address on this site, without its name. Raise `InvalidInput` for one that would lead elsewhere."""
    if not _PATH.fullmatch(text):
        raise InvalidInput(field, f"{field} must be an address on this site that starts with one slash, such as /needs.")
    return text
