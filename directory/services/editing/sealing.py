"""A place has become confidential: what its history told of it so far is sealed, too, and says only that something changed; what was kept
of it for comparing is forgotten."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.services.exchange.apply.history import HIDDEN
from directory.store.tables import Change, DuplicateFacts

AT_ONCE = 500
FORM = "form"
"""The part under which `change` keeps what a form changed."""


def conceal(session: Session, kind: str, ids: Sequence[str]) -> None:
    """Seal what the history of these records says, and forget copies of their addresses; the caller commits."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        session.execute(delete(DuplicateFacts).where(DuplicateFacts.place_id.in_(some)))
        statement = select(Change).where(Change.object_kind == kind, Change.object_id.in_(some))
        for row in session.scalars(statement.order_by(Change.id)).all():
            told = {side: getattr(row, side) for side in ("before", "after")}
            if all(text in (None, HIDDEN) for text in told.values()):
                continue
            hidden = {side: HIDDEN if text is not None else None for side, text in told.items()}
            session.execute(
                update(Change).where(Change.id == row.id).values(sealed=_sealed(row, told), **hidden),
                execution_options={"synchronize_session": False},
            )
            session.expire(row)


def _sealed(row: Change, told: dict[str, str | None]) -> str:
    kept: dict[str, Any] = json.loads(row.sealed) if row.sealed else {}
    if row.part != FORM:
        return json.dumps({"text": told}, ensure_ascii=False)
    whole = {side: {**json.loads(told[side] or "{}"), **kept.get(side, {})} for side in ("before", "after")}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)
