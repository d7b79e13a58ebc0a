"""The people of an organization, and everybody, as their pages show them."""

from collections.abc import Callable
from dataclasses import dataclass

from directory.domain.people import OF_AN_ORGANIZATION, Actor, Role
from directory.services.accounts.api_tokens import DAYS_TO_CHOOSE, Scope, Token, list_tokens
from directory.services.accounts.decide_claim import ShownClaim, claims_on
from directory.services.accounts.invite import Held, list_invitations
from directory.services.accounts.members import Member, list_members
from directory.services.accounts.people import list_people
from directory.services.accounts.roles import named_grants
from directory.services.listings.read import organization as read_organization
from directory.services.parts import Parts
from directory.web.here import community
from directory.web.models.role_words import role_name
from directory.web.times import local_date
from directory.web.wording import _, ngettext

DONE: dict[str, Callable[[], str]] = {
    "invited": lambda: _("The invitation is on its way."),
    "taken-back": lambda: _("The invitation is taken back; its link opens nothing any more."),
    "role-given": lambda: _("They have the role now."),
    "role-ended": lambda: _("The role has ended."),
    "revoked": lambda: _("The token opens nothing any more."),
    "let-in": lambda: _("They lead the organization with you now."),
    "objected": lambda: _("A planner decides now. Nothing changes until then."),
    "has-left": lambda: _("They have left: nothing of theirs opens any more."),
}
"""What an act says once it is done."""


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role of somebody, with what a lead may do to it. `offers`: a further role that may be given, "" for none."""

    role: Role
    words: str
    since: str


@dataclass(frozen=True, slots=True)
class ShownMember:
    person_id: str
    called: str
    email: str
    roles: tuple[ShownRole, ...]
    is_self: bool
    seen: str
    offers: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    id: str
    email: str
    role: str
    until: str


@dataclass(frozen=True, slots=True)
class ShownToken:
    id: str
    name: str
    shown: str
    may: str
    use: str
    until: str
    state: str
    works: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    organization_id: str
    organization: str
    members: tuple[ShownMember, ...]
    invitations: tuple[ShownInvitation, ...]
    claims: tuple[ShownClaim, ...]
    tokens: tuple[ShownToken, ...]
    roles: tuple[tuple[Role, str], ...]
    scopes: tuple[tuple[Scope, str], ...]
    days: tuple[tuple[int, str], ...]


def people_page(parts: Parts, organization_id: str, actor: Actor) -> PeoplePage:
    return PeoplePage(
        organization_id=organization_id,
        organization=read_organization(parts, organization_id).organization.name,
        members=_members(list_members(parts, organization_id), actor),
        invitations=tuple(_invitation(held) for held in list_invitations(parts, organization_id=organization_id)),
        claims=claims_on(parts, organization_id),
        tokens=tuple(_token(token) for token in list_tokens(parts, organization_id)),
        roles=tuple((role, role_name(role)) for role in Role if role in OF_AN_ORGANIZATION),
        scopes=tuple((scope, _scope_words(scope)) for scope in Scope),
        days=tuple((days, ngettext("%(num)d day", "%(num)d days", days)) for days in DAYS_TO_CHOOSE),
    )


def _members(found: tuple[Member, ...], actor: Actor) -> tuple[ShownMember, ...]:
    by_person: dict[str, list[Member]] = {}
    for member in found:
        by_person.setdefault(member.person_id, []).append(member)
    return tuple(_member(roles, actor) for roles in by_person.values())


def _member(roles: list[Member], actor: Actor) -> ShownMember:
    one, held = roles[0], {member.role for member in roles}
    seen = max((member.seen_at for member in roles if member.seen_at), default=None)
    return ShownMember(
        person_id=one.person_id,
        called=one.name or one.email,
        email=one.email,
        roles=tuple(ShownRole(each.role, role_name(each.role), _("since %(day)s", day=local_date(each.since))) for each in roles),
        is_self=one.person_id == actor.person_id,
        seen=_("last here %(day)s", day=local_date(seen)) if seen else _("not here lately"),
        offers=tuple((role, role_name(role)) for role in Role if role in OF_AN_ORGANIZATION - held),
    )


def _invitation(held: Held) -> ShownInvitation:
    words = role_name(held.grant.role)
    place = held.organization or held.grant.area_id
    return ShownInvitation(
        held.id, held.email, f"{words}: {place}" if place else words, _("until %(day)s", day=local_date(held.expires_at))
    )


def _token(token: Token) -> ShownToken:
    used = ngettext("used %(num)d time", "used %(num)d times", token.uses)
    states = {"works": _("works"), "expired": _("its time is over"), "revoked": _("revoked")}
    return ShownToken(
        id=token.id,
        name=token.name,
        shown=token.shown,
        may=", ".join(_scope_words(Scope(scope)) for scope in token.scopes if scope in set(Scope)),
        use=used,
        until=_("until %(day)s", day=local_date(token.expires_at)),
        state=states[token.state],
        works=token.state == "works",
    )


def _scope_words(scope: Scope) -> str:
    return {
        Scope.READ: _("read your listings"),
        Scope.WRITE: _("change and publish your listings"),
        Scope.CAPACITY: _("say whether there is room"),
        Scope.VERIFY: _("say that a listing is still right"),
        Scope.REFERRALS_READ: _("read the referrals you received"),
        Scope.REFERRALS_ANSWER: _("answer the referrals you received"),
    }[scope]


@dataclass(frozen=True, slots=True)
class ShownAccount:
    email: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EverybodyPage:
    accounts: tuple[ShownAccount, ...]
    invitations: tuple[ShownInvitation, ...]
    roles: tuple[tuple[Role, str], ...]


def everybody_page(parts: Parts) -> EverybodyPage:
    people = list_people(parts)
    places = named_grants(parts, {grant for person in people for grant in person.grants})
    return EverybodyPage(
        accounts=tuple(
            ShownAccount(
                person.email,
                person.name,
                tuple(": ".join(filter(None, (role_name(grant.role), places[grant]))) for grant in person.grants),
            )
            for person in people
        ),
        invitations=tuple(_invitation(held) for held in list_invitations(parts)),
        roles=tuple((role, role_name(role)) for role in Role),
    )


def invitation_letter(organization: str, role: str, link: str) -> tuple[str, str]:
    """The mail of an invitation. It says nothing of what the directory is for to whoever else reads it."""
    name = organization or community().name
    subject = _("An invitation from %(name)s", name=name)
    words = _("You are invited to work with %(name)s in the shared directory, as: %(role)s.", name=name, role=_role_words(role))
    steps = _("Open this link to see it and to take it. It works once, for two weeks:")
    end = _("You did not expect this? Do nothing: without the link nothing happens.")
    return subject, f"{words}\n\n{steps}\n{link}\n\n{end}"


def _role_words(role: str) -> str:
    return role_name(Role(role)) if role in set(Role) else role
