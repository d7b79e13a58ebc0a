"""Pairs as they are kept: written where they are new or other than before, taken away where they are gone, left alone where nothing of
them changed. So a run that was interrupted is gone on with by running again: what is written already is not written a second time."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from directory.rules.overlap.compare import Compared
from directory.rules.overlap.help import common
from directory.rules.overlap.pair import read, written
from directory.rules.overlap.reading import PairColumns, Read, Usual, columns_of, columns_of_kept, read_pairs, signals_of_pair
from directory.rules.overlap.table import Table
from directory.services.listings.community import community_in
from directory.services.overlaps.offerings import Progress
from directory.services.parts import Parts
from directory.services.rules.versions import Held
from directory.store.base import new_id
from directory.store.tables import OverlapPair

AT_ONCE = 1_000
METRES = "pair.metres"
NOT_DECIDED = "not_decided"
"""No rule holds, and of some it could not be told: something of the two listings is not known."""
_OTHERS = ("pair.is_for_a_culture", "pair.shares_language", "pair.shared_categories", "a.sector", "b.sector")
_TELLS = ("category", "low", "high", "parts", "signals", "fingerprint", "organization_a_id", "organization_b_id")
_READS = ("reading", "severity", "rule", "asks", "rule_version")

Values = dict[str, Any]


@dataclass
class Written:
    """How many pairs are new, other than before, gone, and as they were."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0


def values_of(parts: Parts, table: Table, pairs: Compared, held: Held) -> list[Values]:
    """The rows that these pairs make, read by the rules that hold."""
    with parts.database.reading() as session:
        usual = Usual(community_in(session).languages)
    columns = columns_of(table, pairs, usual)
    others = {name: columns.others[name]() for name in _OTHERS}
    reads = read_pairs(held.rules, columns)
    told = [{name: column[place] for name, column in others.items()} for place in range(len(pairs))]
    return [_values(table, pairs, place, told[place], reads[place], held) for place in range(len(pairs))]


def _values(table: Table, pairs: Compared, place: int, others: Mapping[str, object], found: Read, held: Held) -> Values:
    one, other = (table.offerings[int(rows[place])] for rows in (pairs.first, pairs.second))
    value, metres = pairs.value_of(place), float(pairs.metres[place])
    signals = {name: sorted(known) if isinstance(known, frozenset) else known for name, known in others.items() if known is not None}
    if not np.isnan(metres):
        signals[METRES] = round(metres)
    told = written(pairs.parts_of(place))
    category = common(one.categories, other.categories)
    facts = json.dumps([told, signals, category], sort_keys=True)
    return {
        "service_a_id": one.id,
        "service_b_id": other.id,
        "organization_a_id": one.organization_id or None,
        "organization_b_id": other.organization_id or None,
        "category": category,
        "low": round(value.low, 4),
        "high": round(value.high, 4),
        "parts": told,
        "signals": signals,
        "fingerprint": hashlib.blake2b(facts.encode(), digest_size=16).hexdigest(),
        **_as_read(found, held),
    }


def reading_of(found: Read) -> str:
    """As it is kept."""
    return NOT_DECIDED if found.asks and not found.rule else found.reading.value


def _as_read(found: Read, held: Held) -> Values:
    return {
        "reading": reading_of(found),
        "severity": found.severity.value,
        "rule": found.rule,
        "asks": list(found.asks),
        "rule_version": held.label,
    }


def keep_pairs(parts: Parts, rows: Sequence[Values], concerned: ColumnElement[bool], progress: Progress) -> Written:
    """Bring what is kept in step with these rows; `concerned` says which of the kept pairs they take the place of."""
    columns = (
        OverlapPair.id,
        OverlapPair.service_a_id,
        OverlapPair.service_b_id,
        OverlapPair.fingerprint,
        OverlapPair.read_at,
        *map(_column, _READS),
    )
    with parts.database.reading() as session:
        before = {(row.service_a_id, row.service_b_id): row for row in session.execute(select(*columns).where(concerned))}
    done = Written()
    for start in range(0, len(rows), AT_ONCE):
        parts.stop_if_asked()
        _write(parts, rows[start : start + AT_ONCE], before, done)
        progress(min(start + AT_ONCE, len(rows)), len(rows))
    gone = [row.id for row in before.values()]
    for some in _pieces(gone):
        parts.stop_if_asked()
        with parts.database.writing() as session:
            session.execute(delete(OverlapPair).where(OverlapPair.id.in_(some)))
            session.commit()
    done.gone = len(gone)
    return done


def _write(parts: Parts, rows: Sequence[Values], before: dict[tuple[str, str], Any], done: Written) -> None:
    """Some rows in one short transaction; those that were there are taken out of `before`."""
    now = parts.clock.now()
    new, changed, read_otherwise = [], [], []
    for row in rows:
        kept = before.pop((row["service_a_id"], row["service_b_id"]), None)
        if kept is None:
            new.append({"id": new_id(), **row, "made_at": now, "changed_at": now, "read_at": now})
            continue
        read_at = kept.read_at if kept.reading == row["reading"] else now
        if kept.fingerprint != row["fingerprint"]:
            changed.append({"key": kept.id, **row, "changed_at": now, "read_at": read_at})
        elif any(getattr(kept, name) != row[name] for name in _READS):
            read_otherwise.append({"key": kept.id, **row, "read_at": read_at})
        else:
            done.same += 1
    with parts.database.writing() as session:
        if new:
            session.execute(insert(OverlapPair), new)
        _update(session, (*_TELLS, *_READS, "changed_at", "read_at"), changed)
        _update(session, (*_TELLS, *_READS, "read_at"), read_otherwise)
        session.commit()
    done.new, done.changed = done.new + len(new), done.changed + len(changed) + len(read_otherwise)


def _update(session: Session, names: Sequence[str], rows: Sequence[Values]) -> None:
    if not rows:
        return
    table: Any = OverlapPair.__table__
    given = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    statement = update(table).where(table.c.id == bindparam("key")).values(given)
    session.connection().execute(statement, [{"key": row["key"], **{f"new_{name}": row[name] for name in names}} for row in rows])


def read_anew(parts: Parts, held: Held) -> int:
    """Read what is kept by other rules than before; how many pairs come out otherwise. Nothing is compared again."""
    count = 0
    for rows in kept_in_pieces(parts):
        parts.stop_if_asked()
        reads = read_pairs(held.rules, columns_of_rows(rows))
        now, pairs = parts.clock.now(), list(zip(rows, reads, strict=True))
        other = {row.id for row, found in pairs if row.reading != reading_of(found)}
        changed = [{"key": row.id, **_as_read(found, held), "read_at": now if row.id in other else row.read_at} for row, found in pairs]
        count += len(other)
        with parts.database.writing() as session:
            _update(session, (*_READS, "read_at"), changed)
            session.commit()
    return count


def kept_in_pieces(parts: Parts) -> Iterator[Sequence[Any]]:
    """All kept pairs, some at a time, in the order of their ids."""
    last = ""
    while True:
        asked = select(*OverlapPair.__table__.columns).order_by(OverlapPair.id).limit(AT_ONCE * 5)
        with parts.database.reading() as session:
            rows = session.execute(asked.where(OverlapPair.id > last) if last else asked).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id


def columns_of_rows(rows: Sequence[Any]) -> PairColumns:
    """What rules read of kept pairs."""
    return columns_of_kept([_signals(row) for row in rows])


def _signals(row: Any) -> Any:
    known = {name: frozenset(value) if isinstance(value, list) else value for name, value in row.signals.items() if name != METRES}
    return signals_of_pair(read(row.parts), {**known, "pair.is_same_organization": False}, row.signals.get(METRES))


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _column(name: str) -> Any:
    return getattr(OverlapPair, name)
