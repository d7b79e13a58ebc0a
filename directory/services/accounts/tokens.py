"""Secrets that travel: sealed with the installation's keys, so that an altered or invented one is refused before anything is looked up.

What stands in the database is a hash of the secret: whoever reads the database cannot sign in with what is there.
"""

import secrets
from enum import StrEnum
from hashlib import sha256

from directory.services.parts import Parts
from directory.store.sealing import UnreadableSeal

LONGEST_TOKEN = 500


class Purpose(StrEnum):
    """What a token is for; one never passes for the other."""

    LINK = "sign-in-link"
    SESSION = "session"
    INVITATION = "invitation"
    CLAIM = "claim"


def new_token(parts: Parts, purpose: Purpose) -> tuple[str, str]:
    """A fresh token, and the hash under which it is known."""
    secret = secrets.token_urlsafe(32)
    return parts.database.keyring.seal(f"{purpose}:{secret}"), _hash(secret)


def hash_of(parts: Parts, purpose: Purpose, token: str) -> str | None:
    """The hash of a token's secret; None when it is not one of ours, or one for something else."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    try:
        found, _, secret = parts.database.keyring.unseal(token).partition(":")
    except UnreadableSeal:
        return None
    return _hash(secret) if found == purpose else None


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
