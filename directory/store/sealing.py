"""Text that is of a person, sealed before it reaches the disk: a column type, and the keys it is sealed with.

Sealing is Fernet (AES-128 in CBC mode with HMAC-SHA256). The first key seals, every key opens: to change keys, put a new one in front,
let the nightly work seal what is old anew, and take the old one out.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Dialect, String, TypeDecorator

from directory.store.plain_text import plain_text

if TYPE_CHECKING:  # read when something is sealed: most commands seal nothing
    from cryptography.fernet import Fernet, MultiFernet


class UnreadableSeal(Exception):
    """Sealed with none of the keys that are known, or changed since."""


class Keyring:
    """The keys of an installation, read when they are first needed: those given, else those of the file, which is made once.

    Without either (`Keyring()`) there is a key for as long as the object lives: what it seals nobody opens later.
    """

    def __init__(self, given: Sequence[str] = (), path: Path | None = None) -> None:
        self._given = tuple(given)
        self._path = path

    def seal(self, text: str) -> str:
        return self._all.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The text. Raise `UnreadableSeal`."""
        from cryptography.fernet import InvalidToken

        try:
            return self._all.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError):
            raise UnreadableSeal("This was sealed with a key that is not known here.") from None

    def is_newest(self, sealed: str) -> bool:
        """Whether it was sealed with the key that seals now."""
        from cryptography.fernet import InvalidToken

        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def lookup_keys(self, text: str) -> tuple[str, ...]:
        """What a sealed text may be found by, one for each key that is known, that of the newest first: a keyed hash, from which nobody
        without the keys can tell the text."""
        return tuple(hmac.digest(key.encode(), b"lookup " + text.encode(), hashlib.sha256).hex() for key in self._written)

    @cached_property
    def _keys(self) -> "tuple[Fernet, ...]":
        from cryptography.fernet import Fernet

        return tuple(Fernet(key) for key in self._written)

    @cached_property
    def _written(self) -> tuple[str, ...]:
        from cryptography.fernet import Fernet

        return self._given or (_kept(self._path) if self._path else (Fernet.generate_key().decode(),))

    @cached_property
    def _newest(self) -> "Fernet":
        return self._keys[0]

    @cached_property
    def _all(self) -> "MultiFernet":
        from cryptography.fernet import MultiFernet

        return MultiFernet(self._keys)


def _kept(path: Path) -> tuple[str, ...]:
    """The keys of the file, newest first, one a line; the file is made, readable by its owner only, where there is none."""
    from cryptography.fernet import Fernet

    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
            lines.write(Fernet.generate_key().decode() + "\n")
        try:
            path.hardlink_to(fresh)  # the first process wins; others read what it wrote
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return tuple(line.strip() for line in path.read_text().splitlines() if line.strip())


class Sealed(TypeDecorator[str]):
    """A text that is sealed in the database and plain in the program. It cannot be searched or compared there."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).seal(plain_text(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).unseal(value)


def keyring_of(dialect: Dialect) -> Keyring:
    """The keys of the database that is talked to."""
    found: Keyring = dialect.keyring  # type: ignore[attr-defined]
    return found
