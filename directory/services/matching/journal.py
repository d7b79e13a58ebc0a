"""Moving references with a way back: each change of one column of one row is written down, and taken back only where nobody changed it
since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, and_, select, update
from sqlalchemy.orm import Session

from directory.store.tables import Base


@dataclass(frozen=True, slots=True)
class Step:
    """`key`: the row's primary key as it was before (a column of it may be the one that moved)."""

    table: str
    key: Mapping[str, Any]
    column: str
    before: Any
    after: Any

    def as_json(self) -> list[Any]:
        return [self.table, dict(self.key), self.column, self.before, self.after]


def steps_of(raw: Sequence[Any]) -> list[Step]:
    """As they were kept."""
    return [Step(*each) for each in raw]


def move(session: Session, table: Any, column: str, condition: Any, after: Any) -> list[Step]:
    """Set a column of the rows that a condition finds; what was done."""
    core: Table = table.__table__
    keys = list(core.primary_key.columns)
    rows = session.execute(select(*keys, core.c[column].label("_before")).where(condition).with_for_update()).all()
    steps = []
    for row in rows:
        key = {each.name: value for each, value in zip(keys, row, strict=False)}
        steps.append(Step(core.name, key, column, row._before, after))
        session.execute(update(core).where(*_is(core, key)).values({column: after}))
    return steps


def take_back(session: Session, steps: Sequence[Step]) -> list[Step]:
    """Undo them, the last one first; those that could not be, since the row is gone or says something else by now."""
    left = []
    for step in reversed(steps):
        core = Base.metadata.tables[step.table]
        now = {**step.key, **({step.column: step.after} if step.column in step.key else {})}
        where = and_(*_is(core, now), core.c[step.column] == step.after)
        done = session.execute(update(core).where(where).values({step.column: step.before}).returning(*core.primary_key.columns))
        if done.first() is None:
            left.append(step)
    return left


def _is(core: Table, key: Mapping[str, Any]) -> list[Any]:
    return [core.c[name] == value for name, value in key.items()]
