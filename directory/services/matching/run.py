"""Compare all records of a level, or one that changed, and keep the pairs. A whole run writes in short transactions, and may be stopped
between two: the next one begins anew, and nothing is lost but time."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.rules.matching.kept_model import model_bytes, model_of
from directory.rules.matching.matching import Model, compare_one, match_all
from directory.rules.matching.one_record import keys_of_many, keys_of_one, most_with
from directory.rules.matching.pairs import Band, Pair
from directory.services.matching.directory_facts import facts_of, record_ids
from directory.services.matching.levels import Level
from directory.services.matching.verdicts import verdicts_for
from directory.services.parts import Parts
from directory.store.tables import DuplicateKey, DuplicateModel, DuplicatePair

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
        facts = list(facts_of(session, level, record_ids(session, level)))
        verdicts = verdicts_for(session, level, {each.id: each for each in facts})
        run = (session.scalar(select(func.max(DuplicateModel.run))) or 0) + 1
    matching = match_all(facts, level, verdicts, told=told)
    pairs = [pair for pair in matching.pairs() if pair.verdict is None or pair.band is Band.CERTAIN]
    told("writing", len(pairs))
    for chunk in _chunks(pairs):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            _keep(session, level, chunk, run, now)
            session.commit()
    gone = _forget_older(parts, level, run)
    _keep_keys(parts, level, keys_of_many(facts, matching.model))
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


def compare_changed(parts: Parts, level: Level, record_id: str) -> int | None:
    """Compare one record anew that changed, came or went, with those that share a key; how many pairs it has now. None before the first
    whole run. It is compared before anything is locked; who changes it meanwhile leaves it to be compared again."""
    with parts.database.reading() as session:
        kept = session.execute(select(DuplicateModel.run, DuplicateModel.at).where(DuplicateModel.level == level.value)).one_or_none()
        if kept is None:
            return None
        model = _model(session, level, (str(parts.database.engine.url), level.value, kept.run, kept.at))
        keys, pairs = _compared(session, level, record_id, model)
    with parts.database.writing() as session:
        session.execute(delete(DuplicateKey).where(DuplicateKey.level == level.value, DuplicateKey.record_id == record_id))
        for side in (DuplicatePair.left_id, DuplicatePair.right_id):  # an "or" of both would read the whole level
            session.execute(delete(DuplicatePair).where(DuplicatePair.level == level.value, side == record_id))
        _keep(session, level, pairs, kept.run, parts.clock.now())
        if keys:
            rows = [{"level": level.value, "key": key, "record_id": record_id} for key in keys]
            session.execute(_insert(session, DuplicateKey).on_conflict_do_nothing(), rows)
        session.commit()
    return len(pairs)


def _compared(session: Session, level: Level, record_id: str, model: Model) -> tuple[tuple[int, ...], list[Pair]]:
    """Its keys and its pairs as it is now; neither where it is not listed."""
    facts = next(iter(facts_of(session, level, [record_id], listed_only=True)), None)
    if facts is None:
        return (), []
    keys = keys_of_one(facts, model)
    others = list(facts_of(session, level, _sharing(session, level, record_id, keys), listed_only=True))
    verdicts = verdicts_for(session, level, {each.id: each for each in (facts, *others)})
    return keys, compare_one(facts, others, model, verdicts, least=Band.REVIEW)


_MODELS: dict[tuple[Any, ...], Model] = {}
_MOST_MODELS = 4


def _model(session: Session, level: Level, which: tuple[Any, ...]) -> Model:
    """What a whole run learned; a process reads the model of each once, since it is megabytes long."""
    if which not in _MODELS:
        while len(_MODELS) >= _MOST_MODELS:
            _MODELS.pop(next(iter(_MODELS)))
        kept = select(DuplicateModel.model).where(DuplicateModel.level == level.value)
        _MODELS[which] = model_of(b64decode(session.scalars(kept).one()))
    return _MODELS[which]


def _sharing(session: Session, level: Level, record_id: str, keys: Sequence[int]) -> list[str]:
    """Other records that share a key that not too many have."""
    others = (DuplicateKey.level == level.value, DuplicateKey.record_id != record_id)
    counted = select(DuplicateKey.key, func.count()).where(*others, DuplicateKey.key.in_(keys)).group_by(DuplicateKey.key)
    usable = [key for key, count in session.execute(counted) if count < most_with(key)]
    asked = select(DuplicateKey.record_id).where(*others, DuplicateKey.key.in_(usable)).distinct()
    return list(session.scalars(asked.order_by(DuplicateKey.record_id)))


def _insert(session: Session, table: Any) -> Any:
    return {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](table)


def _keep(session: Session, level: Level, pairs: Sequence[Pair], run: int, now: datetime) -> None:
    """Put pairs in; what is there already keeps its number, and, where nothing changed on which it rests, when it was found."""
    if not pairs:
        return
    rows = [
        {
            "level": level.value, "left_id": pair.left, "right_id": pair.right, "score": pair.score, "probability": pair.probability,
            "band": pair.band.value, "reasons": [asdict(reason) for reason in pair.reasons], "fingerprint": pair.fingerprint,
            "found_at": now, "run": run,
        }
        for pair in pairs
    ]  # fmt: skip
    made = _insert(session, DuplicatePair)
    changed = ("score", "probability", "band", "reasons", "fingerprint", "run")
    upsert = made.on_conflict_do_update(
        index_elements=[DuplicatePair.level, DuplicatePair.left_id, DuplicatePair.right_id],
        set_={name: getattr(made.excluded, name) for name in changed},
    )
    session.execute(upsert, rows)


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
    of_level = DuplicateKey.level == level.value
    while True:
        parts.stop_if_asked()
        with parts.database.writing() as session:
            some = session.scalars(select(DuplicateKey.record_id).where(of_level).distinct().limit(AT_ONCE)).all()
            session.execute(delete(DuplicateKey).where(of_level, DuplicateKey.record_id.in_(some)))
            session.commit()
        if not some:
            break
    for chunk in _chunks(keys, 5 * AT_ONCE):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            rows = [{"level": level.value, "key": key, "record_id": record_id} for record_id, key in chunk]
            session.execute(_insert(session, DuplicateKey).on_conflict_do_nothing(), rows)
            session.commit()


def _chunks(items: Iterable[Any], size: int = AT_ONCE) -> Iterable[list[Any]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk
