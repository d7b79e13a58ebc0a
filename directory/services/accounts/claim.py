"""Say that one speaks for an organization: a link to the address proves that it is read, and then the domain, a call or a planner's word
proves the rest.

Who starts a claim learns nothing: neither who has an account nor who leads the organization. Where nobody leads it, proof by domain or call
makes the person its lead; where somebody does, its leads and the planners are told, and a planner decides.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.claims import MOST_WITH_ONE_DOMAIN, WAITING, State, Way, is_proved_by_domain, own_domains
from directory.domain.errors import Forbidden, InvalidInput, NotFound, TooMany
from directory.domain.people import Actor, Grant, Role
from directory.domain.sentences import say
from directory.services.accounts.claims_told import tell_leads
from directory.services.accounts.members import leads_of
from directory.services.accounts.people import grant_role, welcome
from directory.services.accounts.person_session import Opened, begin
from directory.services.accounts.person_session import Way as SignInWay
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.limits import Limit, count_once, sender_key, used_up
from directory.services.messages.letter import leave_mail
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_who_claimed
from directory.store.tables import Change, Claim, ClaimLink, Organization, Person

LINK_LASTS = timedelta(days=2)
BY_SENDER = Limit("claim by sender", 10, 86_400)
TO_ADDRESS = Limit("claim by address", 5, 86_400)
CODE_DIGITS = 8
MOST_TRIES = 5
LONGEST_WORDS = 500
NO_GOOD = say("This link was used already, is older than two days, or was cut off. Start again from the page of the organization.")

Letter = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """`is_mailed`: a link waits to be sent to the address, which is the same to be told whoever has it."""

    organization: str
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A claim was made by who reads the mail of its address. `state`: granted at once where the domain proves it and nobody leads yet."""

    claim_id: str
    opened: Opened
    state: State


def ask(parts: Parts, organization_id: str, *, email: str, name: str, words: str, sender: str, secret: str, letter: Letter) -> Asked:
    """Mail a link to the address that somebody claims with. Raise `InvalidInput`, `NotFound`, `TooMany`."""
    email, name, words = checked_email(email, "email"), " ".join(name.split()), words.strip()
    if not 0 < len(name) <= 80:
        raise InvalidInput("name", say("Your name: write it, in at most 80 letters."))
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("words", say("What you do there: write less, at most 500 letters."))
    now = parts.clock.now()
    with parts.database.writing() as session:
        organization = _listed(session, organization_id)
        for limit, key in ((BY_SENDER, sender), (TO_ADDRESS, sender_key(secret, email))):
            if used_up(session, limit, key, now):
                raise TooMany(say("Too many claims were made from here or with this address. Go on tomorrow."))
            count_once(session, limit, key, now)
        token, secret_hash = new_token(parts, Purpose.CLAIM)
        session.add(
            ClaimLink(
                secret_hash=secret_hash,
                organization_id=organization_id,
                email=email,
                name=name,
                words=words,
                created_at=now,
                expires_at=now + LINK_LASTS,
            )
        )
        is_mailed = leave_mail(parts, session, email, *letter(token))
        session.commit()
    return Asked(organization.name, is_mailed)


def _listed(session: Session, organization_id: str) -> Organization:
    organization = session.get(Organization, organization_id)
    if organization is None or organization.withdrawn_at is not None or organization.merged_into is not None:
        raise NotFound(say("There is no such organization."))
    return organization


def look_at(parts: Parts, token: str) -> str:
    """The name of the organization that a link claims, without using it up. Raise `Forbidden`."""
    with parts.database.reading() as session:
        return session.get_one(Organization, _good(parts, session, token).organization_id).name


def _good(parts: Parts, session: Session, token: str) -> ClaimLink:
    secret_hash = hash_of(parts, Purpose.CLAIM, token)
    row = (
        session.scalar(select(ClaimLink).where(ClaimLink.secret_hash == secret_hash, ClaimLink.used_at.is_(None))) if secret_hash else None
    )
    if row is None or row.expires_at <= parts.clock.now():
        raise Forbidden(NO_GOOD)
    return row


def confirm(parts: Parts, token: str, *, language: str = "", old_session_token: str = "", device: str = "") -> Confirmed:
    """Use the link up: the person comes in and the claim is made, and granted where the domain proves it and nobody leads the organization
    yet. Raise `Forbidden`."""
    with parts.database.writing() as session:
        link = _good(parts, session, token)
        used = update(ClaimLink).where(ClaimLink.id == link.id, ClaimLink.used_at.is_(None)).values(used_at=parts.clock.now())
        if session.scalar(used.returning(ClaimLink.id)) is None:
            raise Forbidden(NO_GOOD)
        organization = _listed(session, link.organization_id)
        person = welcome(session, parts, link.email, link.name, language=language)
        claim = _made(session, parts, person, organization, link.words)
        leads = leads_of(session, organization.id)
        if claim.way == Way.DOMAIN and not leads:
            grant(session, parts, claim, by=f"person:{person.id}", why="domain")
        tell_leads(parts, session, leads, organization.id, organization.name)
        session.flush()
        opened = begin(parts, session, person, SignInWay.LINK, old_session_token, device=device)
        session.commit()
    return Confirmed(claim.id, opened, State(claim.state))


def _made(session: Session, parts: Parts, person: Person, organization: Organization, words: str) -> Claim:
    """The claim of this person that waits, else a new one."""
    waiting = (Claim.person_id == person.id, Claim.organization_id == organization.id, Claim.state.in_(WAITING))
    found = session.scalar(select(Claim).where(*waiting))
    if found is not None:
        return found
    proved = is_proved_by_domain(person.email, _own_domains(session, organization))
    made = Claim(
        organization_id=organization.id,
        person_id=person.id,
        way=(Way.DOMAIN if proved else Way.CALL).value,
        state=State.OPEN.value,
        words=words or None,
        code=None if proved else f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}",
        code_tries=0,
        made_at=parts.clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def _own_domains(session: Session, organization: Organization) -> frozenset[str]:
    """Its own domains, without those that many others are listed with too."""
    found = own_domains(organization.website or "", organization.email or "")
    return frozenset(domain for domain in found if _listed_with(session, domain) <= MOST_WITH_ONE_DOMAIN)


def _listed_with(session: Session, domain: str) -> int:
    of_it = or_(
        func.lower(Organization.website).contains(domain, autoescape=True),
        func.lower(Organization.email).endswith(f"@{domain}", autoescape=True),
    )
    return session.scalar(select(func.count()).select_from(Organization).where(of_it, Organization.withdrawn_at.is_(None))) or 0


def grant(session: Session, parts: Parts, claim: Claim, *, by: str, why: str) -> None:
    """Make the person a lead; the caller commits. The history of the organization tells that it was claimed and how, never by whom,
    nor what a planner said of it."""
    now = parts.clock.now()
    person = session.get_one(Person, claim.person_id)
    grant_role(session, parts, person, Grant(Role.LEAD, claim.organization_id), by)
    settle(claim, State.GRANTED, by=by, why=why, at=now)
    ask_who_claimed(session, claim.organization_id, person.email, by, now)
    about = {"object_kind": "organization", "object_id": claim.organization_id, "field": "claimed"}
    session.add(Change(**about, before=None, after=claim.way, at=now, actor=by))


def settle(claim: Claim, state: State, *, by: str, why: str, at: datetime) -> None:
    """Decide a claim; what was kept to decide it is forgotten."""
    claim.state, claim.decided_at, claim.decided_by, claim.why = state.value, at, by, why
    claim.code, claim.words, claim.disputed_why = None, None, None


def enter_code(parts: Parts, actor: Actor, claim_id: str, code: str) -> State:
    """Type the code that was told on the telephone. Raise `InvalidInput` for a wrong one, `NotFound`, `TooMany` after five."""
    with parts.database.writing() as session:
        claim = _own(session, actor, claim_id)
        if claim.code is None or claim.code_tries >= MOST_TRIES:
            raise TooMany(say("Too many wrong codes were typed. A planner decides now; you will hear from them."))
        if not compare_digest("".join(code.split()).encode(), claim.code.encode()):
            claim.code_tries += 1
            session.commit()
            raise InvalidInput("code", say("Code: this is not the one that was told on the telephone. It has eight digits."))
        leads = [lead for lead in leads_of(session, claim.organization_id) if lead.id != actor.person_id]
        if leads:
            claim.code = None  # proved, and still for a planner to decide
            claim.why = "code"
        else:
            grant(session, parts, claim, by=actor.label, why="call")
        state = State(claim.state)
        session.commit()
    return state


def withdraw(parts: Parts, actor: Actor, claim_id: str) -> None:
    """Take one's claim back. Raise `NotFound`."""
    with parts.database.writing() as session:
        settle(_own(session, actor, claim_id), State.WITHDRAWN, by=actor.label, why="", at=parts.clock.now())
        session.commit()


def _own(session: Session, actor: Actor, claim_id: str) -> Claim:
    claim = session.get(Claim, claim_id)
    if claim is None or claim.person_id != actor.person_id or claim.state not in WAITING:
        raise NotFound(say("There is no such claim of yours that waits."))
    return claim


def forget_old_claim_links(parts: Parts) -> int:
    """Delete links whose time is over; how many."""
    with parts.database.writing() as session:
        gone = session.scalars(delete(ClaimLink).where(ClaimLink.expires_at <= parts.clock.now()).returning(ClaimLink.id)).all()
        session.commit()
    return len(gone)
