"""Compare all records of a level, and keep the pairs. It writes in short transactions, and may be stopped between two: the next one begins
anew, and nothing is lost but time."""

from base64 import b64encode
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import delete, func, select

from directory.rules.matching.facts import Facts
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
MAY_LAST = timedelta(minutes=5)
"""What was begun so long before everything was read, and written after, is compared again."""
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
    _keep_keys(parts, level, keys_of_many(facts, matching.model))
    _keep_facts(parts, level, read)
    for table in (DuplicateKey, DuplicateFacts):
        _forget_others(parts, level, table, {each.id for each in facts})
    with parts.database.writing() as session:
        of_run = {
            "run": run,
            "at": now,
            "seen_at": now - MAY_LAST,
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


def _keep_keys(parts: Parts, level: Level, keys: Iterable[tuple[str, int]]) -> None:
    """In the place of those before, all of a record at once: who compares a change meanwhile finds it by these or by those."""
    of_records = ((record_id, list(some)) for record_id, some in groupby(keys, key=itemgetter(0)))
    for chunk in _chunks(of_records):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            before = (DuplicateKey.level == level.value, DuplicateKey.record_id.in_([record_id for record_id, _ in chunk]))
            session.execute(delete(DuplicateKey).where(*before))
            keep_keys(session, level, [key for _, some in chunk for key in some])
            session.commit()


def _keep_facts(parts: Parts, level: Level, read: Iterable[tuple[Facts, str | None]]) -> None:
    for chunk in _chunks(read):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            ids = [facts.id for facts, _place in chunk]
            session.execute(delete(DuplicateFacts).where(DuplicateFacts.level == level.value, DuplicateFacts.record_id.in_(ids)))
            keep_facts(session, level, chunk)
            session.commit()


def forget_facts(parts: Parts, level: Level) -> None:
    """Forget what is kept of all records of a level: whoever is compared until the next whole run has the others read anew."""
    _forget_others(parts, level, DuplicateFacts, ())


def _forget_others(parts: Parts, level: Level, table: type[DuplicateKey] | type[DuplicateFacts], compared: Collection[str]) -> None:
    """Of records that are listed no more."""
    of_level = table.level == level.value
    with parts.database.reading() as session:
        gone = [record_id for record_id in session.scalars(select(table.record_id).where(of_level).distinct()) if record_id not in compared]
    for chunk in _chunks(gone):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            session.execute(delete(table).where(of_level, table.record_id.in_(chunk)))
            session.commit()


def _chunks(items: Iterable[Any], size: int = AT_ONCE) -> Iterable[list[Any]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk
