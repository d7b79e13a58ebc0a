"""Compare all records of a level, and keep the pairs. It writes in short transactions, and may be stopped between two: the next one begins
anew, and nothing is lost but time."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select

from directory.rules.matching.kept_model import model_bytes
from directory.rules.matching.matching import match_all
from directory.rules.matching.one_record import keys_of_many
from directory.rules.matching.pairs import Band
from directory.services.matching.directory_facts import facts_and_places, record_ids
from directory.services.matching.kept import keep_facts, keep_keys, keep_pairs
from directory.services.matching.levels import Level
from directory.services.matching.verdicts import verdicts_for
from directory.services.parts import Parts
from directory.store.tables import DuplicateFacts, DuplicateKey, DuplicateModel, DuplicatePair

AT_ONCE = 1_000
Told = Callable[[str, int], None]
"""Told what is being done, and of how many."""


def _nobody(what: str, count: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a whole run found. `refused`: why weights were not fitted to the records, "" where they were."""

    level: Level
    records: int
    certain: int
    review: int
    gone: int
    refused: str


def run_all(parts: Parts, level: Level, told: Told = _nobody) -> RunReport:
    """Compare every listed record of a level."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        read = list(facts_and_places(session, level, record_ids(session, level)))
        facts = [each for each, _ in read]
        verdicts = verdicts_for(session, level, {each.id: each for each in facts})
        run = (session.scalar(select(func.max(DuplicateModel.run))) or 0) + 1
    matching = match_all(facts, level, verdicts, told=told)
    pairs = [pair for pair in matching.pairs() if pair.verdict is None or pair.band is Band.CERTAIN]
    told("writing", len(pairs))
    for chunk in _chunks(pairs):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            keep_pairs(session, level, chunk, run, now)
            session.commit()
    gone = _forget_older(parts, level, run)
    _forget_all(parts, level, DuplicateKey)
    _keep(parts, level, keys_of_many(facts, matching.model), keep_keys, 5 * AT_ONCE)
    forget_facts(parts, level)
    _keep(parts, level, read, keep_facts, AT_ONCE)
    with parts.database.writing() as session:
        of_run = {
            "run": run,
            "at": now,
            "seen_at": now,
            "seen_id": None,
            "records": len(facts),
            "model": b64encode(model_bytes(matching.model)).decode(),
        }
        session.merge(DuplicateModel(level=level.value, **of_run))
        session.commit()
    bands = [pair.band for pair in pairs]
    return RunReport(level, len(facts), bands.count(Band.CERTAIN), bands.count(Band.REVIEW), gone, matching.refused)


def last_run_at(parts: Parts) -> datetime | None:
    """When all levels had been compared whole last; None where one never was."""
    with parts.database.reading() as session:
        runs = {row.level: row.at for row in session.execute(select(DuplicateModel.level, DuplicateModel.at))}
    return min(runs[level.value] for level in Level) if all(level.value in runs for level in Level) else None


def _forget_older(parts: Parts, level: Level, run: int) -> int:
    gone = 0
    older = (DuplicatePair.level == level.value, DuplicatePair.run < run)
    while True:
        parts.stop_if_asked()
        with parts.database.writing() as session:
            ids = list(session.scalars(select(DuplicatePair.id).where(*older).limit(AT_ONCE)))
            session.execute(delete(DuplicatePair).where(DuplicatePair.id.in_(ids)))
            session.commit()
        if not ids:
            return gone
        gone += len(ids)


def forget_facts(parts: Parts, level: Level) -> None:
    """Forget what is kept of all records of a level: whoever is compared until the next whole run has the others read anew."""
    _forget_all(parts, level, DuplicateFacts)


def _forget_all(parts: Parts, level: Level, table: type[DuplicateKey] | type[DuplicateFacts]) -> None:
    of_level = table.level == level.value
    while True:
        parts.stop_if_asked()
        with parts.database.writing() as session:
            some = session.scalars(select(table.record_id).where(of_level).distinct().limit(AT_ONCE)).all()
            session.execute(delete(table).where(of_level, table.record_id.in_(some)))
            session.commit()
        if not some:
            return


def _keep(parts: Parts, level: Level, items: Iterable[Any], keep: Callable[..., None], at_once: int) -> None:
    for chunk in _chunks(items, at_once):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            keep(session, level, chunk)
            session.commit()


def _chunks(items: Iterable[Any], size: int = AT_ONCE) -> Iterable[list[Any]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk
