"""Dry runs for whoever sits in front of a page: within some seconds at once, else by the worker, with how far it is."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from directory.domain.errors import DirectoryError, InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.kinds import Status
from directory.services.parts import Parts
from directory.services.rules.draft import may_decide, open_row
from directory.services.rules.dry_run import dry_run
from directory.services.rules.dry_runs.reckoned import DryRun
from directory.store.tables import RuleSetVersion

WAITED_SECONDS = 3.0
TOLD_EVERY_SECONDS = 2.0
ASKED = "asked"
"""The member of a kept dry run that is only asked for: since when it is to look, how far it is, and what went wrong."""


class _TakesLong(Exception):
    pass


def dry_run_now_or_later(parts: Parts, actor: Actor, set_name: str, version: int, since: datetime) -> DryRun | None:
    """What was reckoned; None: it takes long, and the worker does it. Raise `NotFound`, `InvalidInput`, `Refused`, `Forbidden`."""
    may_decide(actor)
    if since >= parts.clock.now():
        raise InvalidInput("since", say("Write a day in the past: history is looked at from then on."))
    began = time.monotonic()

    def progress(_done: int, _total: int) -> None:
        if time.monotonic() - began > WAITED_SECONDS:
            raise _TakesLong

    with suppress(_TakesLong):
        return dry_run(parts, set_name, version, since, progress)
    with parts.database.writing() as session:
        row = open_row(session, set_name, version)
        row.dry_run, row.dry_run_at = {ASKED: {"since": since.isoformat(), "done": 0, "total": 0, "wrong": ""}}, None
        session.commit()
    return None


def reckon_asked(parts: Parts) -> int:
    """Do what is asked for; how many. One that cannot be done says why, and is not tried again by itself."""
    return sum(1 for _each in _reckoned(parts))


def _reckoned(parts: Parts) -> Iterator[str]:
    with parts.database.reading() as session:
        waiting = select(RuleSetVersion).where(
            RuleSetVersion.status.in_((Status.DRAFT.value, Status.TESTED.value)), RuleSetVersion.dry_run_at.is_(None)
        )
        rows = [(row.set_name, row.version, asked_in(row.dry_run)) for row in session.scalars(waiting)]
        asked = [(set_name, version, told) for set_name, version, told in rows if told is not None]
    for set_name, version, told in asked:
        if told["wrong"]:
            continue
        try:
            dry_run(parts, set_name, version, datetime.fromisoformat(told["since"]), _telling(parts, set_name, version, told))
        except DirectoryError as error:
            _note(parts, set_name, version, {**told, "wrong": error.message})
        yield set_name


def asked_in(kept: Any) -> dict[str, Any] | None:
    """What is asked for and not done yet, of what a version keeps of its dry run."""
    found = kept.get(ASKED) if isinstance(kept, dict) else None
    return found if isinstance(found, dict) else None


def _telling(parts: Parts, set_name: str, version: int, told: dict[str, Any]) -> Any:
    last = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last
        parts.stop_if_asked()
        if time.monotonic() - last > TOLD_EVERY_SECONDS:
            last = time.monotonic()
            _note(parts, set_name, version, {**told, "done": done, "total": total})

    return progress


def _note(parts: Parts, set_name: str, version: int, told: dict[str, Any]) -> None:
    with parts.database.writing() as session:
        row = open_row(session, set_name, version)
        if row.dry_run_at is None:
            row.dry_run = {ASKED: told}
            session.commit()


def first_day(now: datetime) -> datetime:
    """From when on history is looked at where nobody says otherwise."""
    return now - timedelta(days=90)
