"""Decide on what was suggested: see it beside what the listing says now, accept part, say why; whoever suggested it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.editing.authors import Author, How
from directory.domain.errors import InvalidInput, NotFound, Refused, WrongForm
from directory.domain.ids import is_id
from directory.domain.people import Actor, Role
from directory.domain.sentences import say
from directory.domain.suggestions import BY_NAME, GONE
from directory.services.access import resource_of_service, services_in_reach
from directory.services.editing.publish import publish_in
from directory.services.editing.read import read_form
from directory.services.editing.scope import scope_of
from directory.services.listings.community import community_in
from directory.services.messages.letter import can_mail, leave_mail
from directory.services.parts import Parts
from directory.services.words import write_letter
from directory.store.tables import Organization, RoleGrant, Service, SuggestedChange, Suggestion

ACCEPTED, DECLINED = "accepted", "declined"
NOBODY_ANSWERS = timedelta(days=14)
"""After so long planners see what editors have not decided on."""

KEPT_FOR = timedelta(days=90)
HELD_FOR = timedelta(days=30)
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class SuggestedField:
    """`before`: what the listing said when it was suggested; `verdict` "" while it waits. `by_hand`: accepting it changes nothing by
    itself."""

    name: str
    before: str
    after: str
    verdict: str
    why: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class ListedSuggestion:
    """`held_why` says why it is held back, "" where it is not. `wants_answer`: somebody is told by mail what comes of it."""

    id: str
    service_id: str
    name: str
    organization: str
    made_at: datetime
    is_owner: bool
    held_why: str
    wants_answer: bool
    fields: tuple[SuggestedField, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    accepts: bool
    why: str = ""


def read_suggestions(parts: Parts, actor: Actor, service_id: str = "", *, held: bool = False) -> list[ListedSuggestion]:
    """What waits for somebody's word, the oldest first; of one listing where it is named. `held`: what looks like spam instead."""
    with parts.database.reading() as session:
        asked = (
            select(Suggestion, Service.name, Organization.name)
            .join(Service, Service.id == Suggestion.service_id)
            .outerjoin(Organization, Organization.id == Service.organization_id)
            .where(Suggestion.state == ("held" if held else "waiting"), _theirs(session, actor, parts.clock.now()))
            .order_by(Suggestion.made_at, Suggestion.id)
        )
        if service_id:
            asked = asked.where(Suggestion.service_id == service_id)
        rows = session.execute(asked.limit(200)).all()
        fields = _fields(session, [row.id for row, _name, _organization in rows])
        return [
            ListedSuggestion(
                id=row.id,
                service_id=row.service_id,
                name=name,
                organization=organization or "",
                made_at=row.made_at,
                is_owner=row.is_owner,
                held_why=row.held_why or "",
                wants_answer=row.answer_to is not None,
                fields=tuple(fields.get(row.id, ())),
            )
            for row, name, organization in rows
        ]


def _theirs(session: Session, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """What somebody decides on: of their own organization; as a planner also where nobody keeps the listing, or nobody answers."""
    kept = exists().where(
        RoleGrant.organization_id == Service.organization_id, RoleGrant.role.in_((Role.EDITOR, Role.LEAD)), RoleGrant.ended_at.is_(None)
    )
    own = Service.organization_id.in_(actor.organizations((Role.EDITOR, Role.LEAD)))
    return services_in_reach(session, actor, Action.EDIT_LISTING) & or_(own, ~kept, Suggestion.made_at <= now - NOBODY_ANSWERS)


def _fields(session: Session, ids: list[str]) -> dict[str, list[SuggestedField]]:
    found: dict[str, list[SuggestedField]] = {}
    asked = select(SuggestedChange).where(SuggestedChange.suggestion_id.in_(ids)).order_by(SuggestedChange.position)
    for row in session.scalars(asked):
        by_hand = not BY_NAME[row.field].key
        told = SuggestedField(row.field, row.before, row.after, row.verdict or "", row.why or "", by_hand)
        found.setdefault(row.suggestion_id, []).append(told)
    return found


def count_waiting(parts: Parts, actor: Actor) -> int:
    """How many suggestions wait for somebody's word."""
    with parts.database.reading() as session:
        asked = select(func.count()).select_from(Suggestion).join(Service, Service.id == Suggestion.service_id)
        return session.scalar(asked.where(Suggestion.state == "waiting", _theirs(session, actor, parts.clock.now()))) or 0


def decide(parts: Parts, service_id: str, suggestion_id: str, actor: Actor, verdicts: Mapping[str, Verdict]) -> int:
    """Decide on some fields of a suggestion; how many wait still. What is accepted is published at once, as the actor's act with the
    suggestion as its reason. Raise `NotFound`, `Refused` where somebody has decided already, `InvalidInput` naming the field whose text
    cannot be taken over, `EditConflict`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        suggestion = _open(session, service_id, suggestion_id)
        rows = {row.field: row for row in session.scalars(select(SuggestedChange).where(SuggestedChange.suggestion_id == suggestion_id))}
        for name, verdict in verdicts.items():
            row = rows.get(name)
            if row is None or row.verdict is not None:
                raise Refused(say("Somebody has decided on this already. Look at it again."))
            if len(verdict.why) > LONGEST_WHY:
                raise InvalidInput(name, say("Reason: at most %(count)s letters.", count=LONGEST_WHY))
            row.verdict, row.why = ACCEPTED if verdict.accepts else DECLINED, verdict.why.strip() or None
        accepted = {name: rows[name].after for name, verdict in verdicts.items() if verdict.accepts}
        _publish(parts, session, service_id, accepted, actor)
        waiting = sum(row.verdict is None for row in rows.values())
        if not waiting:
            _close(parts, session, suggestion, rows, actor, now)
        session.commit()
    return waiting


def _open(session: Session, service_id: str, suggestion_id: str) -> Suggestion:
    suggestion = session.get(Suggestion, suggestion_id, with_for_update=True) if is_id(suggestion_id) else None
    if suggestion is None or suggestion.service_id != service_id:
        raise NotFound(say("There is no such suggestion, or it is long past."))
    if suggestion.state == "decided":
        raise Refused(say("Somebody has decided on this already. Look at it again."))
    return suggestion


def _publish(parts: Parts, session: Session, service_id: str, accepted: Mapping[str, str], actor: Actor) -> None:
    """Write what was accepted into the listing, on what it says now."""
    by_key = {BY_NAME[name].key: (name, text) for name, text in accepted.items() if BY_NAME[name].key}
    if not by_key:
        return
    resource = resource_of_service(session, service_id)
    scope = scope_of(actor, resource)
    listing = read_form(session, service_id, parts.clock, scope=scope)
    own = listing.organization_id in actor.organizations((Role.EDITOR, Role.LEAD))
    role = Role.EDITOR if own else Role.PLANNER
    author = Author(actor.label, role.value, listing.organization if own else "", How.SUGGESTION, "suggestion")
    base = {key: listing.form.get(key) for key in by_key}
    wanted = {key: _value(name, text, listing.form.get(key)) for key, (name, text) in by_key.items()}
    try:
        publish_in(session, parts, service_id, base, wanted, author, scope=scope)
    except WrongForm as wrong:
        key, sentence = next(iter(wrong.errors.items()))
        raise InvalidInput(by_key[key][0], sentence) from None


def _value(name: str, text: str, before: Any) -> Any:
    """What goes into the form of the listing."""
    if name == GONE:
        return False
    if name == "documents":
        return text.splitlines()
    if name == "phone":
        first, *others = before or [{}]
        return [{**first, "number": text}, *others]
    return text


def _close(
    parts: Parts, session: Session, suggestion: Suggestion, rows: Mapping[str, SuggestedChange], actor: Actor, now: datetime
) -> None:
    """Everything is decided: tell whoever suggested it, and forget where to tell them."""
    suggestion.state, suggestion.decided_at, suggestion.decided_by = "decided", now, actor.label
    community = community_in(session)
    if suggestion.answer_to and can_mail(parts, community):
        ordered = sorted(rows.values(), key=lambda row: row.position)
        told = [{"name": row.field, "accepted": row.verdict == ACCEPTED, "why": row.why or ""} for row in ordered]
        language = suggestion.language if suggestion.language in community.languages else community.languages[0]
        name = session.scalar(select(Service.name).where(Service.id == suggestion.service_id)) or ""
        subject, body = write_letter("suggestion_decided", language, name=name, fields=told, community=community.name)
        leave_mail(parts, session, suggestion.answer_to, subject, body)
    suggestion.answer_to = None


def no_spam(parts: Parts, service_id: str, suggestion_id: str) -> None:
    """A person looked: it is no spam. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        suggestion = _open(session, service_id, suggestion_id)
        suggestion.state, suggestion.held_why = "waiting", None
        session.commit()


def throw_away(parts: Parts, service_id: str, suggestion_id: str) -> None:
    """A person looked: it is spam. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        suggestion = _open(session, service_id, suggestion_id)
        if suggestion.state != "held":
            raise Refused(say("This is not held back. Decide on it, and say why."))
        session.delete(suggestion)
        session.commit()


def forget_suggestions(parts: Parts) -> int:
    """Delete what was decided, or held back, long ago; how many. Addresses to answer to are gone before."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        old = or_(Suggestion.decided_at <= now - KEPT_FOR, (Suggestion.state == "held") & (Suggestion.made_at <= now - HELD_FOR))
        gone = session.scalars(delete(Suggestion).where(old).returning(Suggestion.id)).all()
        stale = (Suggestion.answer_to.is_not(None), Suggestion.made_at <= now - 2 * KEPT_FOR)
        session.execute(update(Suggestion).where(*stale).values(answer_to=None))
        session.commit()
    return len(gone)
