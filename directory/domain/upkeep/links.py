"""Whether an address of the web that a listing gives still works: what one answer says, and after how many it is called dead.

One bad day of a website is no death: it must fail on three different days. A website that refuses programs is there.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

FAILS_UNTIL_DEAD = 3
"""On so many different days it must have failed."""

AGAIN = {"works": timedelta(days=30), "moved": timedelta(days=30), "dead": timedelta(days=7)}
AFTER_FAILURE = timedelta(days=1)
NOT_TO_BE_ASKED = timedelta(days=30)
LONGEST = 2_000

_MOVED_FOR_GOOD = (301, 308)
_REFUSES = (401, 402, 403, 405, 406, 407, 409, 418, 421, 423, 425, 429, 451)
"""Somebody answers, and does not want to be asked by a program."""


class State(StrEnum):
    WORKS = "works"
    MOVED = "moved"
    DEAD = "dead"


class Outcome(StrEnum):
    """What one try says."""

    ANSWERS = "answers"
    MOVED = "moved"
    FAILS = "fails"
    ASK_WHOLE = "ask_whole"  # it would not tell of itself only: ask for the page
    NOT_ALLOWED = "not_allowed"  # it may not be asked


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of an address; `failed_on`: the last day on which it failed, `failures` in a row, one a day at most."""

    state: State | None = None
    since: datetime | None = None
    moved_to: str = ""
    answered_at: datetime | None = None
    failures: int = 0
    failed_on: date | None = None
    asks_whole: bool = False
    next_at: datetime | None = None


def address_of(text: str) -> str:
    """The address as it is asked for; "" for what is none: only plain web addresses on their usual ports, without a name or password."""
    written = text.strip()
    if written and "://" not in written:
        written = f"http://{written}"
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return ""
    is_usual = port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    fits = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username and not parts.password
    if not (fits and is_usual and written.isascii() and len(written) <= LONGEST) or any(sign.isspace() for sign in written):
        return ""
    return parts._replace(fragment="").geturl()


def key_of(address: str) -> str:
    """Under which it is kept."""
    return hashlib.sha256(address.encode()).hexdigest()


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


def may_ask(host: str, hosts: str) -> bool:
    """Whether a host is among those that a setting names: "*" for all, "example.org", "*.example.org" for what lies under it."""
    return any(
        pattern == "*" or host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:])) for pattern in hosts.lower().split()
    )


def outcome_of(status: int, location: str, address: str, *, is_whole: bool) -> Outcome:
    """What an answer says. `is_whole`: the page itself was asked for."""
    if 200 <= status < 300:
        return Outcome.ANSWERS
    if 300 <= status < 400:
        return Outcome.MOVED if status in _MOVED_FOR_GOOD and _is_elsewhere(location, address) else Outcome.ANSWERS
    if not is_whole:
        return Outcome.ASK_WHOLE
    return Outcome.ANSWERS if status in _REFUSES else Outcome.FAILS


def _is_elsewhere(location: str, address: str) -> bool:
    """Whether it leads to another site; http to https, and with or without www, is the same one."""
    there, here = host_of(location), host_of(address)
    return bool(there) and there.removeprefix("www.") != here.removeprefix("www.")


def after(check: Check, outcome: Outcome, now: datetime, today: date, moved_to: str = "") -> Check:
    """What is known after one more try."""
    if outcome is Outcome.ASK_WHOLE:
        return replace(check, asks_whole=True, next_at=now)
    if outcome is Outcome.NOT_ALLOWED:
        return Check(next_at=now + NOT_TO_BE_ASKED)
    if outcome is Outcome.FAILS:
        failures = check.failures + (check.failed_on != today)
        is_dead = failures >= FAILS_UNTIL_DEAD
        state = State.DEAD if is_dead else check.state
        since = now if is_dead and check.state is not State.DEAD else check.since
        pause = AGAIN["dead"] if is_dead else AFTER_FAILURE
        return replace(check, state=state, since=since, failures=failures, failed_on=today, asks_whole=False, next_at=now + pause)
    state = State.MOVED if outcome is Outcome.MOVED else State.WORKS
    since = check.since if check.state is state else now
    return Check(
        state=state, since=since, moved_to=moved_to if state is State.MOVED else "", answered_at=now, next_at=now + AGAIN[state.value]
    )
