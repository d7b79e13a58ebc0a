"""What is kept of each record that was compared: its pairs, the keys by which it is found, and what it said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.rules.matching.facts import Facts
from directory.rules.matching.pairs import Pair
from directory.services.matching.levels import Level
from directory.store.tables import DuplicateFacts, DuplicateKey, DuplicatePair, Location

_SAID = tuple(each.name for each in fields(Facts) if each.name != "id")
_LISTS = frozenset(each.name for each in fields(Facts) if isinstance(each.default, tuple))


def keep_pairs(session: Session, level: Level, pairs: Sequence[Pair], run: int, now: datetime) -> None:
    """Put pairs in; what is there already keeps its number, when it was found, and the newest run that found it: a run that is under way
    goes by that which pairs it has not found."""
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
    _put(session, DuplicatePair, ("level", "left_id", "right_id"), rows, ("score", "probability", "band", "reasons", "fingerprint", "run"))


def keep_keys(session: Session, level: Level, keys: Iterable[tuple[str, int]]) -> None:
    """Put keys in: (id of the record, key)."""
    rows = [{"level": level.value, "key": key, "record_id": record_id} for record_id, key in keys]
    _put(session, DuplicateKey, ("level", "key", "record_id"), rows)


def keep_facts(session: Session, level: Level, read: Sequence[tuple[Facts, str | None]]) -> None:
    """Put in what records say, each with the place whose address it holds, in the place of what they said before. Nothing is kept where
    that place has become secret since it was read: it is held as it is until the caller commits."""
    place_ids = sorted({place_id for _, place_id in read if place_id is not None})
    held = select(Location.id).where(Location.id.in_(place_ids), Location.confidential.is_(False)).order_by(Location.id)
    told = {None, *session.scalars(held.with_for_update(read=True))} if place_ids else {None}
    rows = [
        {"level": level.value, "record_id": facts.id, "place_id": place_id, "facts": said_of(facts)}
        for facts, place_id in read
        if place_id in told
    ]
    _put(session, DuplicateFacts, ("level", "record_id"), rows, ("place_id", "facts"))


def said_of(facts: Facts) -> dict[str, Any]:
    """What a record says, without what it does not say."""
    return {name: said for name in _SAID if (said := getattr(facts, name)) not in (None, "", ())}


def facts_as_kept(record_id: str, said: Mapping[str, Any]) -> Facts:
    """The inverse of `said_of`, from JSON."""
    read: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in said.items() if name in _SAID}
    return Facts(record_id, **read)


def _put(session: Session, table: Any, by: Sequence[str], rows: list[dict[str, Any]], changed: Sequence[str] = ()) -> None:
    if not rows:
        return
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](table)
    if changed:
        statement = made.on_conflict_do_update(index_elements=list(by), set_={name: _after(table, made, name) for name in changed})
    else:
        statement = made.on_conflict_do_nothing()
    session.execute(statement, rows)


def _after(table: Any, made: Any, name: str) -> Any:
    before, now = getattr(table, name), getattr(made.excluded, name)
    return case((before > now, before), else_=now) if name == "run" else now
