"""Suggest a change of a listing, without an account: checked, counted against limits, held back where it looks like spam, left for whoever
keeps the listing. Whoever suggests gets a code to look with, and a mail where they left an address, which is forgotten once it was used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import InvalidInput, NotFound, TooMany
from directory.domain.ids import is_id
from directory.domain.lists import read_code
from directory.domain.sentences import say
from directory.domain.suggestions import BY_NAME, FIELDS, looks_like_spam, tidy
from directory.services.indexing.operations import listed_condition
from directory.services.limits import EVERYBODY, Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_code
from directory.services.parts import Parts
from directory.store.tables import RateCount, Service, SuggestedChange, Suggestion

BY_SENDER = Limit("suggest by sender", 12, 3600)
ON_LISTING = Limit("suggest on listing", 20, 86_400)
IN_ALL = Limit("suggest in all", 600, 3600)
LOOKING = Limit("look at suggestion", 30, 900)


@dataclass(frozen=True, slots=True)
class Suggested:
    """`before` and `after` of each field by name; only what differs is kept. `answer_to` "" where nobody wants to be told by mail."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    answer_to: str = ""
    language: str = "en"
    trap: str = ""


def suggest(parts: Parts, service_id: str, suggested: Suggested, *, sender: str = "", is_owner: bool = False) -> str:
    """The code by which to look what came of it. `sender` "" (the organization itself, through its link) is not counted. Raise `NotFound`,
    `InvalidInput` where nothing differs or the address cannot be, `TooMany`."""
    now = parts.clock.now()
    changes = _changes(suggested)
    answer_to = _address(suggested.answer_to)
    with parts.database.writing() as session:
        listed = (Service.id == service_id, *listed_condition())
        row = session.execute(select(Service.organization_id).where(*listed)).first() if is_id(service_id) else None
        if row is None:
            raise NotFound(say("There is no such listing."))
        held = ""
        if sender:
            held = looks_like_spam(changes, trap=suggested.trap, earlier=_earlier(session, sender, now))
            _count(session, sender, service_id, now)
        code = new_code()
        made = Suggestion(
            service_id=service_id,
            organization_id=row.organization_id,
            state="held" if held else "waiting",
            made_at=now,
            language=suggested.language,
            is_owner=is_owner,
            held_why=held or None,
            answer_to=answer_to or None,
            code_hash=hash_of(code),
        )
        session.add(made)
        session.flush()
        session.add_all(
            SuggestedChange(
                suggestion_id=made.id, field=name, position=position, before=tidy(suggested.before.get(name, ""), BY_NAME[name]), after=text
            )
            for position, (name, text) in enumerate(changes.items())
        )
        session.commit()
    return code


def _changes(suggested: Suggested) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in FIELDS:
        after = tidy(suggested.after.get(field.name, ""), field)
        if after and after != tidy(suggested.before.get(field.name, ""), field):
            found[field.name] = after
    if not found:
        raise InvalidInput("suggestion", say("Change at least one thing, or write what is wrong."))
    return found


def _address(written: str) -> str:
    if not written.strip():
        return ""
    try:
        return checked_email(written, "answer_to")
    except InvalidInput:
        raise InvalidInput("answer_to", say("Mail address: write it as in name@example.org.")) from None


def _earlier(session: Session, sender: str, now: datetime) -> int:
    within = (RateCount.purpose == BY_SENDER.purpose, RateCount.key == sender, RateCount.ends_at > now)
    return session.scalar(select(func.coalesce(func.sum(RateCount.count), 0)).where(*within)) or 0


def _count(session: Session, sender: str, service_id: str, now: datetime) -> None:
    for limit, key in ((BY_SENDER, sender), (ON_LISTING, service_id), (IN_ALL, EVERYBODY)):
        if used_up(session, limit, key, now):
            raise TooMany(say("Too many suggestions within a short time. Try again later, or call the organization."))
        count_once(session, limit, key, now)


@dataclass(frozen=True, slots=True)
class Decided:
    """One field as whoever suggested it sees it: `verdict` is accepted, declined, or "" while it waits."""

    field: str
    after: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a suggestion so far."""

    service_id: str
    name: str
    made_at: datetime
    fields: tuple[Decided, ...]


def look(parts: Parts, code: str, *, sender: str) -> Outcome:
    """What came of the suggestion with this code. Codes that are none are counted. Raise `NotFound`, `TooMany`."""
    now, plain = parts.clock.now(), read_code(code)
    with parts.database.writing() as session:
        if used_up(session, LOOKING, sender, now):
            raise TooMany(say("Too many codes that are none were tried from here. Try again in a quarter of an hour."))
        asked = select(Suggestion, Service.name).join(Service, Service.id == Suggestion.service_id)
        row = session.execute(asked.where(Suggestion.code_hash == hash_of(plain))).first() if plain else None
        if row is None:
            count_once(session, LOOKING, sender, now)
            session.commit()
            raise NotFound(say("There is no such suggestion, or it is long past."))
        found, name = row
        changes = session.scalars(
            select(SuggestedChange).where(SuggestedChange.suggestion_id == found.id).order_by(SuggestedChange.position)
        )
        fields = tuple(Decided(change.field, change.after, change.verdict or "", change.why or "") for change in changes)
        return Outcome(found.service_id, name, found.made_at, fields)
