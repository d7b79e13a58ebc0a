"""Come in by the account of another organization that a setting names (OpenID Connect). Only people who have an account here come in, by an
address that the other organization has verified; nothing is made for anybody else."""

import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from hmac import compare_digest

from directory.domain.accounts import checked_email
from directory.domain.errors import Forbidden, InvalidInput, Unavailable
from directory.domain.sentences import say
from directory.gateways.oidc import Asked, Identity, Issuer, IssuerAway, NotIdentified
from directory.services.accounts.asking import Asking
from directory.services.accounts.audit import VISITOR, Audited, audit
from directory.services.accounts.people import person_by_email
from directory.services.accounts.person_session import Opened, Way, begin
from directory.services.accounts.tickets import OVER, make_ticket, read_ticket, use_up
from directory.services.parts import Parts

ASKED_LASTS = timedelta(minutes=10)
_PURPOSE = "ask an issuer"
AWAY = say("The other organization does not answer just now. Come in another way, or try again in a minute.")
NOT_IDENTIFIED = say("The other organization did not say who you are. Try again, or come in another way.")
NO_ACCOUNT = say("Nobody with an account here has the address that the other organization knows you by, or it has not verified it.")


@dataclass(frozen=True, slots=True)
class AskedIssuer:
    """`address`: the page of the other organization. `ticket` stays in the browser until it comes back."""

    address: str
    ticket: str


def ask_issuer(parts: Parts, to: str, back: str) -> AskedIssuer:
    """Ask the other organization who somebody is. Raise `Unavailable`."""
    asked = Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), back)
    try:
        address = _issuer(parts).address_of_question(asked)
    except IssuerAway:
        raise Unavailable(AWAY) from None
    return AskedIssuer(address, make_ticket(parts, _PURPOSE, ASKED_LASTS, to=to, **asdict(asked)))


def open_by_issuer(parts: Parts, sealed: str, answer: dict[str, str], back: str, asking: Asking) -> Opened:
    """Start a session for whom the other organization names. Raise `Forbidden`, `Unavailable`."""
    ticket = read_ticket(parts, _PURPOSE, sealed)
    if (
        ticket is None
        or ticket.values["back"] != back
        or not compare_digest(ticket.values["state"].encode(), answer.get("state", "").encode())
    ):
        raise Forbidden(OVER)
    with parts.database.writing() as session:
        use_up(session, ticket)
        session.commit()
    asked = Asked(**{name: ticket.values[name] for name in ("state", "nonce", "verifier", "back")})
    identity = _identity(parts, asked, answer)
    with parts.database.writing() as session:
        person = person_by_email(session, parts.database.keyring, _verified(identity)) if _verified(identity) else None
        if person is None or person.ended_at is not None:
            person_id = person.id if person else None
            audit(session, Audited.SIGN_IN_FAILED, actor=VISITOR, clock=parts.clock, person_id=person_id, detail=Way.OIDC.value)
            session.commit()
            raise Forbidden(NO_ACCOUNT)
        opened = begin(parts, session, person, Way.OIDC, asking.old_session, device=asking.device, leads_to=ticket.values["to"])
        session.commit()
    return opened


def _identity(parts: Parts, asked: Asked, answer: dict[str, str]) -> Identity:
    try:
        return _issuer(parts).identity(asked, answer)
    except IssuerAway:
        raise Unavailable(AWAY) from None
    except NotIdentified:
        raise Forbidden(NOT_IDENTIFIED) from None


def _verified(identity: Identity) -> str:
    """The address, where it is one and verified; else ""."""
    try:
        return checked_email(identity.email) if identity.is_verified else ""
    except InvalidInput:
        return ""


def _issuer(parts: Parts) -> Issuer:
    if parts.issuer is None:
        raise Unavailable(AWAY)
    return parts.issuer
