"""Passwords: which are good enough, how they are kept, and how one is held against what is kept.

argon2id by argon2-cffi; how easily a password is guessed is told by zxcvbn, which knows the common ones, names, dates, rows of keys, and
what it is told of the person. The work takes memory on purpose, so few are worked on at once in a process.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from directory.domain.errors import InvalidInput, Unavailable
from directory.domain.sentences import say
from directory.store.plain_text import plain_text

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200
LEAST_GUESSES = 1e8
"""A password that is found in fewer guesses is refused. Guesses are counted as an attacker would make them who knows what people choose."""

AT_ONCE = 2
LONGEST_WAIT_SECONDS = 10.0
_JUDGED = 72
"""How much of a long password is judged: judging takes time that grows with the length."""

_working = threading.BoundedSemaphore(AT_ONCE)


def checked_password(text: str, known: tuple[str, ...]) -> str:
    """A password that is good enough. `known`: words that others know of the person, above all their address. Raise `InvalidInput`."""
    password = plain_text(text)
    if len(password) < SHORTEST:
        raise InvalidInput(
            "password",
            say("Password: use at least %(number)s characters. A few words that do not belong together are good.", number=SHORTEST),
        )
    if len(password) > LONGEST:
        raise InvalidInput("password", say("Password: use at most %(number)s characters.", number=LONGEST))
    if _holds(password, known):
        raise InvalidInput("password", say("Password: leave out your address and your name."))
    if _guesses(password, known) < LEAST_GUESSES:
        raise InvalidInput("password", say("Password: this one is easily guessed. Use a few words that do not belong together."))
    return password


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _one_of_few():
        return _hasher().hash(plain_text(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one of which this was kept. Where nothing was, the same work is done for nothing, so that the time tells
    nobody whether there is an account."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _one_of_few():
        try:
            return _hasher().verify(kept or _of_nobody(), plain_text(password[:LONGEST])) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether it was kept with less work than one is kept with now."""
    return _hasher().check_needs_rehash(kept)


def _holds(password: str, known: tuple[str, ...]) -> bool:
    """Whether the address, what stands before its @, or a name of some length is part of it."""
    words = {part.casefold() for word in known for part in (word, word.partition("@")[0])}
    return any(len(word) >= 4 and word in password.casefold() for word in words)


def _guesses(password: str, known: tuple[str, ...]) -> float:
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:_JUDGED], user_inputs=[word.casefold() for word in known if word])["guesses"])


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)


@cache
def _of_nobody() -> str:
    return _hasher().hash("nobody has this")


@contextmanager
def _one_of_few() -> Iterator[None]:
    if not _working.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise Unavailable(say("Too many people are signing in just now. Try again in a minute."))
    try:
        yield
    finally:
        _working.release()
