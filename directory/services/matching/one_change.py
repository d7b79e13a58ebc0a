"""Compare one record that changed with those that share a key with it, and keep what differs from what was kept. It takes milliseconds
among a hundred thousand: what the others say is kept beside their keys, so it is read in one statement."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, union_all
from sqlalchemy.orm import Session

from directory.rules.matching.facts import Facts
from directory.rules.matching.kept_model import model_of
from directory.rules.matching.matching import Model, compare_one
from directory.rules.matching.one_record import keys_of_one, most_with
from directory.rules.matching.pairs import Band, Pair
from directory.services.matching.directory_facts import facts_and_places, facts_of, listed
from directory.services.matching.kept import facts_as_kept, keep_facts, keep_keys, keep_pairs
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.verdicts import verdicts_for
from directory.services.parts import Parts
from directory.store.tables import DuplicateFacts, DuplicateKey, DuplicateModel, DuplicatePair, Location


@dataclass(frozen=True, slots=True)
class _Compared:
    """A record as it is now. `read`: what it says, and the place whose address that holds; None where it is not listed."""

    read: tuple[Facts, str | None] | None
    keys: tuple[int, ...]
    pairs: list[Pair]


def compare_changed(parts: Parts, level: Level, record_id: str) -> int | None:
    """Compare one record anew that changed, came or went, with those that share a key; how many pairs it has now. None before the first
    whole run. It is compared before anything is locked; who changes it meanwhile leaves it to be compared again."""
    with parts.database.reading() as session:
        kept = session.execute(select(DuplicateModel.run, DuplicateModel.at).where(DuplicateModel.level == level.value)).one_or_none()
        if kept is None:
            return None
        model = _model(session, level, (str(parts.database.engine.url), level.value, kept.run, kept.at))
        compared = _compared(session, level, record_id, model)
    with parts.database.writing() as session:
        _keep_pairs(session, level, record_id, compared.pairs, kept.run, parts)
        _keep_keys(session, level, record_id, compared.keys)
        if compared.read is not None:
            keep_facts(session, level, [compared.read])
        else:
            session.execute(delete(DuplicateFacts).where(DuplicateFacts.level == level.value, DuplicateFacts.record_id == record_id))
        session.commit()
    return len(compared.pairs)


def _compared(session: Session, level: Level, record_id: str, model: Model) -> _Compared:
    read = next(iter(facts_and_places(session, level, [record_id], listed_only=True)), None)
    if read is None:
        return _Compared(None, (), [])
    keys = keys_of_one(read[0], model)
    others = _sharing(session, level, record_id, keys)
    verdicts = verdicts_for(session, level, {each.id: each for each in (read[0], *others)})
    return _Compared(read, keys, compare_one(read[0], others, model, verdicts, least=Band.REVIEW))


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


_OF_OTHERS = (DuplicateKey.level == bindparam("level"), DuplicateKey.record_id != bindparam("record_id"))
_HOW_MANY = (
    select(DuplicateKey.key, func.count())
    .where(*_OF_OTHERS, DuplicateKey.key.in_(bindparam("keys", expanding=True)))
    .group_by(DuplicateKey.key)
)


def _sharing_listed(level: Level) -> Any:
    """Who shares one of the `keys` and is listed, what it said, and whether the place whose address that holds has become secret."""
    table = TABLES[level]
    ids = select(DuplicateKey.record_id).where(*_OF_OTHERS, DuplicateKey.key.in_(bindparam("keys", expanding=True))).distinct().subquery()
    said = (DuplicateFacts.level == level.value) & (DuplicateFacts.record_id == ids.c.record_id)
    asked = select(ids.c.record_id, DuplicateFacts.facts, Location.confidential).join(table, table.id == ids.c.record_id)
    asked = asked.outerjoin(DuplicateFacts, said)
    if level is not Level.SITE:
        asked = asked.outerjoin(Location, Location.id == DuplicateFacts.place_id)
    return asked.where(*listed(level)).order_by(ids.c.record_id)


_SHARING = {level: _sharing_listed(level) for level in Level}


def _sharing(session: Session, level: Level, record_id: str, keys: Sequence[int]) -> list[Facts]:
    """Other listed records that share a key that not too many have, by id, as they were when they were compared last; as they are now where
    that is not kept, or holds the address of a place that became secret."""
    of_others = {"level": level.value, "record_id": record_id}
    connection = session.connection()
    usable = [key for key, count in connection.execute(_HOW_MANY, {**of_others, "keys": keys}) if count < most_with(key)]
    if not usable:
        return []
    found = connection.execute(_SHARING[level], {**of_others, "keys": usable}).all()
    kept = {row.record_id: facts_as_kept(row.record_id, row.facts) for row in found if row.facts is not None and not row.confidential}
    read = {
        each.id: each for each in facts_of(session, level, [row.record_id for row in found if row.record_id not in kept], listed_only=True)
    }
    return [facts for row in found if (facts := kept.get(row.record_id) or read.get(row.record_id)) is not None]


_PAIRS_KEPT = union_all(  # an "or" of both sides would read the whole level
    *(
        select(
            DuplicatePair.id,
            DuplicatePair.left_id,
            DuplicatePair.right_id,
            DuplicatePair.score,
            DuplicatePair.band,
            DuplicatePair.fingerprint,
        ).where(DuplicatePair.level == bindparam("level"), side == bindparam("record_id"))
        for side in (DuplicatePair.left_id, DuplicatePair.right_id)
    )
)


def _keep_pairs(session: Session, level: Level, record_id: str, pairs: Sequence[Pair], run: int, parts: Parts) -> None:
    """Those that are gone go, those that differ are written; a pair that stays keeps its number, so pages that show it find it."""
    kept = {
        (row.left_id, row.right_id): row
        for row in session.connection().execute(_PAIRS_KEPT, {"level": level.value, "record_id": record_id})
    }
    gone = [row.id for key, row in kept.items() if key not in {(pair.left, pair.right) for pair in pairs}]
    if gone:
        session.execute(delete(DuplicatePair).where(DuplicatePair.id.in_(gone)))
    changed = [pair for pair in pairs if (row := kept.get((pair.left, pair.right))) is None or _differs(pair, row)]
    keep_pairs(session, level, changed, run, parts.clock.now())


def _differs(pair: Pair, row: Any) -> bool:
    return (pair.score, pair.band.value, pair.fingerprint) != (row.score, row.band, row.fingerprint)


def _keep_keys(session: Session, level: Level, record_id: str, keys: Sequence[int]) -> None:
    of_record = DuplicateKey.record_id == record_id  # alone: asked for the level too, SQLite goes through all keys of it
    kept = {key for of, key in session.execute(select(DuplicateKey.level, DuplicateKey.key).where(of_record)) if of == level.value}
    gone = kept - set(keys)
    if gone:
        session.execute(delete(DuplicateKey).where(DuplicateKey.level == level.value, of_record, DuplicateKey.key.in_(gone)))
    keep_keys(session, level, [(record_id, key) for key in keys if key not in kept])
