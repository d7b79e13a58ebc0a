"""What somebody writes and has not published yet: kept for them alone, sealed, for sixty days after they last touched it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.domain.editing.keys import Form, read_key
from directory.services.parts import Parts
from directory.store.tables import Draft

KEPT = timedelta(days=60)
NEW = "new"
"""The kind of a draft of a listing that there is not yet; its `object_id` is that of the organization."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """`base`: the form from which it was begun."""

    base: Form
    form: Form
    modified_at: datetime


def read_draft(parts: Parts, person_id: str, kind: str, object_id: str) -> KeptDraft | None:
    """Somebody's own draft."""
    with parts.database.reading() as session:
        row = _row(session, person_id, kind, object_id)
        return KeptDraft(json.loads(row.base), json.loads(row.form), row.modified_at) if row else None


def still_known(draft: KeptDraft, form: Mapping[str, Any]) -> KeptDraft:
    """What is left of a draft for who reads this form now: nothing of places that became secret to them since it was begun."""
    secret = {(key.record, key.record_id) for key in map(read_key, form) if key.name == "confidential" and form[str(key)]}
    shown = {(key.record, key.record_id) for key in map(read_key, form) if key.name == "address"}

    def known(held: Mapping[str, Any]) -> dict[str, Any]:
        of = {name: read_key(name) for name in held}
        return {name: value for name, value in held.items() if (of[name].record, of[name].record_id) not in secret - shown}

    return replace(draft, base=known(draft.base), form=known(draft.form))


def keep_draft(parts: Parts, person_id: str, kind: str, object_id: str, base: Mapping[str, Any], form: Mapping[str, Any]) -> None:
    """Keep what was written, in the place of what was kept before."""
    with parts.database.writing() as session:
        row = _row(session, person_id, kind, object_id)
        if row is None:
            row = Draft(person_id=person_id, object_kind=kind, object_id=object_id)
            session.add(row)
        row.base, row.form, row.modified_at = _text(base), _text(form), parts.clock.now()
        session.commit()


def discard_draft(parts: Parts, person_id: str, kind: str, object_id: str) -> None:
    """Throw it away."""
    with parts.database.writing() as session:
        row = _row(session, person_id, kind, object_id)
        if row is not None:
            session.delete(row)
        session.commit()


def forget_old_drafts(parts: Parts) -> int:
    """Throw away what nobody touched for long; how many."""
    with parts.database.writing() as session:
        gone = session.scalars(delete(Draft).where(Draft.modified_at < parts.clock.now() - KEPT).returning(Draft.id)).all()
        session.commit()
    return len(gone)


def _row(session: Session, person_id: str, kind: str, object_id: str) -> Draft | None:
    statement = select(Draft).where(Draft.person_id == person_id, Draft.object_kind == kind, Draft.object_id == object_id)
    return session.scalar(statement)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
