"""Read and set what is known of the community that this installation serves."""

from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.community import Community, CrisisNumber
from directory.gateways.demo_clock import write_ahead
from directory.services.parts import Parts
from directory.store.tables import Change, CommunityFact

NOWHERE = Community(name="", place="", country="", region="", zone="UTC")
COMMUNITY_ID = "00000000-0000-0000-0000-000000000000"
_REMEMBERED = "community"


def remember_community(session: Session) -> Community:
    """Read it once for all that this session does: for long work in one transaction."""
    found: Community = session.info.setdefault(_REMEMBERED, community_in(session))
    return found


def community_in(session: Session) -> Community:
    """The community as stored; `NOWHERE` when nothing has been set."""
    remembered: Community | None = session.info.get(_REMEMBERED)
    if remembered is not None:
        return remembered
    facts: dict[str, Any] = dict(session.execute(select(CommunityFact.key, CommunityFact.value)).all())
    if not facts:
        return NOWHERE
    numbers = tuple(CrisisNumber(**{**number, "kinds": tuple(number.get("kinds", ()))}) for number in facts.get("crisis_numbers", ()))
    known = {entry.name for entry in fields(Community)}
    values = {key: value for key, value in facts.items() if key in known}
    return Community(**{**values, "crisis_numbers": numbers, "languages": tuple(facts.get("languages", ("en",)))})


def read_community(parts: Parts) -> Community:
    with parts.database.reading() as session:
        return community_in(session)


def is_set(community: Community) -> bool:
    return bool(community.name)


def save_community(parts: Parts, actor: str, community: Community) -> None:
    """Keep these facts, with the history of what each was before."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        kept = {fact.key: fact for fact in session.scalars(select(CommunityFact))}
        for key, value in asdict(community).items():
            _save(session, kept.get(key), key, _plain(value), actor, now)
        session.commit()
    if not community.is_demo:
        write_ahead(parts.settings.data_dir, timedelta(0))


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def save_fact(session: Session, key: str, value: Any, actor: str, now: datetime) -> None:
    """Keep one fact, with the history of what it was before; the caller commits."""
    _save(session, session.get(CommunityFact, key), key, value, actor, now)


def _save(session: Session, kept: CommunityFact | None, key: str, value: Any, actor: str, now: datetime) -> None:
    if kept is None:
        session.add(CommunityFact(key=key, value=value, modified_at=now))
        return
    if kept.value == value:
        return
    before, kept.value, kept.modified_at = kept.value, value, now
    session.add(
        Change(object_kind="community", object_id=COMMUNITY_ID, field=key, before=str(before), after=str(value), at=now, actor=actor)
    )
