"""Codes and tokens of links: made at random, given out once, kept as hashes."""

import hashlib
import secrets

from directory.domain.lists import CODE_BITS, code_of


def new_code() -> str:
    """A short code that a person can copy by hand."""
    return code_of(secrets.randbits(CODE_BITS))


def new_token() -> str:
    """A long token for links that are copied by machines: 192 bits."""
    return secrets.token_urlsafe(24)


def hash_of(secret: str) -> str:
    """What is kept of a code or token: enough to know it again, not enough to make the link."""
    return hashlib.sha256(b"a link of this directory\0" + secret.encode()).hexdigest()
