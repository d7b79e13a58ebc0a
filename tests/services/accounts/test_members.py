"""People of an organization: invited by a lead, leaving, handing over; and never anything of another organization."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from directory.domain.access import Action, Resource, may
from directory.domain.clock import FixedClock
from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused, TooMany
from directory.domain.people import Actor, Grant, Role
from directory.services.accounts.api_tokens import list_tokens, make_token, read_machine, revoke_token
from directory.services.accounts.audit import Audited
from directory.services.accounts.invite import INVITING, accept, forget_old_invitations, invite, list_invitations, look_at, withdraw
from directory.services.accounts.leave import end_person
from directory.services.accounts.members import give_role, hand_over, leave, list_members, take_role
from directory.services.accounts.people import actor_of, add_person, person_by_email
from directory.services.accounts.read_audit import KEPT, forget_old_audit, read_audit
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, OutgoingMessage
from tests.support.listings import add_organization
from tests.support.people import somebody


@pytest.fixture
def house(parts: Parts) -> str:
    with parts.database.writing() as session:
        made = add_organization(session, name="Harbour House").id
        session.commit()
    return made


@pytest.fixture
def lead(parts: Parts, house: str) -> Actor:
    return somebody(parts, "lead", "lena@example.org", organization_id=house)


def letter(token: str) -> tuple[str, str]:
    return "An invitation", token


def now_is(parts: Parts, lasts: timedelta) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + lasts)


def again(parts: Parts, email: str) -> Actor:
    with parts.database.reading() as session:
        person = person_by_email(session, parts.database.keyring, email)
        assert person is not None
        return actor_of(session, person)


def test_an_invitation_gives_an_account_and_the_role_once(parts: Parts, house: str, lead: Actor) -> None:
    given = invite(parts, lead, "Ed@Example.org", "editor", organization_id=house, letter=letter)
    held = look_at(parts, given.token)
    assert (held.grant, held.organization, held.email) == (Grant(Role.EDITOR, house), "Harbour House", "ed@example.org")
    opened = accept(parts, given.token, name=" Ed  Ito ")
    assert (opened.actor.email, opened.actor.name, opened.actor.grants) == ("ed@example.org", "Ed Ito", {Grant(Role.EDITOR, house)})
    for use in (look_at, accept):
        with pytest.raises(Forbidden, match="used already"):
            use(parts, given.token)
    assert [(member.email, member.role) for member in list_members(parts, house)] == [
        ("lena@example.org", Role.LEAD),
        ("ed@example.org", Role.EDITOR),
    ]


def test_nothing_is_mailed_where_no_mail_leaves(parts: Parts, house: str, lead: Actor) -> None:
    assert not invite(parts, lead, "ed@example.org", "editor", organization_id=house, letter=letter).is_mailed
    with parts.database.reading() as session:
        assert session.scalars(select(OutgoingMessage)).all() == []


def test_an_invitation_that_was_taken_back_replaced_or_is_old_opens_nothing(parts: Parts, house: str, lead: Actor) -> None:
    first = invite(parts, lead, "ed@example.org", "editor", organization_id=house, letter=letter)
    second = invite(parts, lead, "ed@example.org", "editor", organization_id=house, letter=letter)
    with pytest.raises(Forbidden):
        accept(parts, first.token)
    assert [held.id for held in list_invitations(parts, organization_id=house)] == [second.id]
    withdraw(parts, lead, second.id, organization_id=house)
    with pytest.raises(Forbidden):
        accept(parts, second.token)
    third = invite(parts, lead, "ed@example.org", "editor", organization_id=house, letter=letter)
    now_is(parts, timedelta(days=14))
    with pytest.raises(Forbidden):
        accept(parts, third.token)
    assert forget_old_invitations(parts) == 2
    assert list_invitations(parts) == ()


def test_only_who_leads_the_organization_gives_its_roles(parts: Parts, house: str, lead: Actor) -> None:
    with parts.database.writing() as session:
        other = add_organization(session, name="Other").id
        session.commit()
    editor = somebody(parts, "editor", organization_id=house)
    for actor, organization in ((lead, other), (editor, house), (somebody(parts, "planner"), house)):
        with pytest.raises(Forbidden):
            invite(parts, actor, "ed@example.org", "editor", organization_id=organization, letter=letter)
        with pytest.raises(Forbidden):
            give_role(parts, actor, organization, editor.person_id, "lead")
        with pytest.raises(Forbidden):
            take_role(parts, actor, organization, lead.person_id if actor != lead else editor.person_id, "lead")
        with pytest.raises(Forbidden):
            make_token(parts, actor, organization, name="beds", scopes=["capacity:write"], days=30)
    for role, where in (("planner", {}), ("administrator", {})):
        with pytest.raises(Forbidden):
            invite(parts, lead, "ed@example.org", role, letter=letter, **where)
    assert invite(parts, somebody(parts, "administrator"), "pia@example.org", "planner", letter=letter)


def test_a_lead_does_not_reach_into_another_organization_by_a_person_or_an_id(parts: Parts, house: str, lead: Actor) -> None:
    with parts.database.writing() as session:
        other = add_organization(session, name="Other").id
        session.commit()
    boss = somebody(parts, "lead", "boss@example.org", organization_id=other)
    theirs = invite(parts, boss, "x@example.org", "editor", organization_id=other, letter=letter)
    make_token(parts, boss, other, name="beds", scopes=["capacity:write"], days=30)
    with pytest.raises(NotFound):
        give_role(parts, lead, house, boss.person_id, "lead")
    with pytest.raises(NotFound):
        hand_over(parts, lead, house, boss.person_id)
    with pytest.raises(NotFound):
        withdraw(parts, lead, theirs.id, organization_id=house)
    with pytest.raises(Forbidden):
        withdraw(parts, lead, theirs.id)
    with pytest.raises(NotFound):
        revoke_token(parts, lead, house, list_tokens(parts, other)[0].id)
    assert list_tokens(parts, other)[0].state == "works"


def test_the_last_lead_hands_over_before_leaving(parts: Parts, house: str, lead: Actor) -> None:
    editor = somebody(parts, "editor", "ed@example.org", organization_id=house)
    for refused in (lambda: leave(parts, lead, house), lambda: take_role(parts, lead, house, lead.person_id, "lead")):
        with pytest.raises(Refused, match="only lead"):
            refused()
    hand_over(parts, lead, house, editor.person_id)
    assert again(parts, "lena@example.org").grants == frozenset()
    assert Grant(Role.LEAD, house) in again(parts, "ed@example.org").grants
    with pytest.raises(Forbidden):
        hand_over(parts, again(parts, "lena@example.org"), house, editor.person_id)


def test_an_editor_leaves_alone_and_keeps_other_roles(parts: Parts, house: str, lead: Actor) -> None:
    add_person(parts, "ed@example.org", "planner")
    leave(parts, somebody(parts, "editor", "ed@example.org", organization_id=house), house)
    assert again(parts, "ed@example.org").grants == {Grant(Role.PLANNER)}
    with pytest.raises(NotFound):
        leave(parts, again(parts, "ed@example.org"), house)


def test_the_last_administrator_stays(parts: Parts) -> None:
    somebody(parts, "administrator", "ada@example.org")
    with pytest.raises(Refused, match="only administrator"):
        end_person(parts, "ada@example.org")
    add_person(parts, "second@example.org", "administrator")
    end_person(parts, "ada@example.org")


def test_what_is_no_role_or_address_is_named(parts: Parts, house: str, lead: Actor) -> None:
    for email, role, field in (("ed", "editor", "email"), ("ed@example.org", "boss", "role")):
        with pytest.raises(InvalidInput) as error:
            invite(parts, lead, email, role, organization_id=house, letter=letter)
        assert error.value.field == field
    with pytest.raises(InvalidInput):
        take_role(parts, lead, house, lead.person_id, "planner")


def test_very_many_invitations_a_day_are_held_up(parts: Parts, house: str, lead: Actor) -> None:
    for number in range(INVITING.most):
        invite(parts, lead, f"p{number}@example.org", "worker", organization_id=house, letter=letter)
    with pytest.raises(TooMany):
        invite(parts, lead, "one.more@example.org", "worker", organization_id=house, letter=letter)


def test_a_token_is_shown_once_counted_and_ends_at_once(parts: Parts, house: str, lead: Actor) -> None:
    secret = make_token(parts, lead, house, name=" bed   counts ", scopes=["capacity:write"], days=30)
    machine = read_machine(parts, secret)
    assert machine is not None
    assert (machine.name, machine.scopes, machine.label.startswith("token:")) == ("bed counts", {"capacity:write"}, True)
    read_machine(parts, secret)
    (token,) = list_tokens(parts, house)
    assert (token.uses, token.used_on, token.state) == (2, parts.clock.now().date(), "works")
    assert secret not in str(token)
    with parts.database.reading() as session:
        assert not any(secret in str(row) for row in session.execute(text("SELECT * FROM api_token")))
    assert read_machine(parts, secret[:-1]) is None
    assert read_machine(parts, "") is None
    revoke_token(parts, lead, house, token.id)
    assert read_machine(parts, secret) is None
    assert list_tokens(parts, house)[0].state == "revoked"


def test_a_token_ends_by_itself(parts: Parts, house: str, lead: Actor) -> None:
    secret = make_token(parts, lead, house, name="beds", scopes=["listings:read"], days=30)
    now_is(parts, timedelta(days=30))
    assert read_machine(parts, secret) is None
    assert list_tokens(parts, house)[0].state == "expired"


def test_a_machine_never_sees_confidential_addresses_nor_leads(parts: Parts, house: str, lead: Actor) -> None:
    machine = read_machine(parts, make_token(parts, lead, house, name="beds", scopes=["listings:write"], days=30))
    allowed = {action for action in Action if may(machine, action, Resource(house))}
    assert allowed == {Action.EDIT_LISTING, Action.ANSWER_REFERRALS}
    assert not may(machine, Action.EDIT_LISTING, Resource("another"))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 61}),
        ("scopes", {"scopes": []}),
        ("scopes", {"scopes": ["all"]}),
        ("days", {"days": 1}),
    ],
)
def test_a_token_says_what_it_is_for(parts: Parts, house: str, lead: Actor, field: str, wrong: dict[str, object]) -> None:
    asked = {"name": "beds", "scopes": ["capacity:write"], "days": 30} | wrong
    with pytest.raises(InvalidInput) as error:
        make_token(parts, lead, house, **asked)  # type: ignore[arg-type]
    assert error.value.field == field
    assert list_tokens(parts, house) == ()


def test_who_was_made_what_is_kept_without_names(parts: Parts, house: str, lead: Actor) -> None:
    accept(parts, invite(parts, lead, "ed@example.org", "editor", organization_id=house, letter=letter).token, name="Ed")
    with parts.database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.actor == lead.label).order_by(AuditEntry.id)).all()
        told = [(entry.what, entry.detail) for entry in entries if entry.what != "signed in"]
    assert told == [("invited", "editor"), ("person added", ""), ("role granted", "editor")]


def test_comings_and_goings_are_forgotten_after_a_year_and_a_month(parts: Parts, house: str, lead: Actor) -> None:
    assert read_audit(parts, Audited.ROLE_GRANTED).lines[0].organization == "Harbour House"
    now_is(parts, KEPT - timedelta(minutes=1))
    assert forget_old_audit(parts) == 0
    now_is(parts, timedelta(minutes=2))
    assert forget_old_audit(parts) > 0
    assert read_audit(parts).lines == ()
