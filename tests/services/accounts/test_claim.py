"""Claiming an organization: proved by its domain, a code told on its telephone, or a planner's word; never against those who lead it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.claims import State, Way
from directory.domain.clock import FixedClock
from directory.domain.community import Community
from directory.domain.errors import Forbidden, InvalidInput, NotFound, TooMany
from directory.domain.people import Actor, Grant, Role
from directory.services.accounts.claim import BY_SENDER, MOST_TRIES, Confirmed, ask, confirm, enter_code, look_at, withdraw
from directory.services.accounts.decide_claim import agree_to, claims_on, decide, list_claims, object_to, own_claims
from directory.services.accounts.people import actor_of, person_by_email
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, Change, Claim, Organization, OutgoingMessage, Phone
from tests.support.listings import add, add_organization
from tests.support.people import somebody


@pytest.fixture(autouse=True)
def demo(parts: Parts) -> None:
    """Where mails leave, if only into a folder."""
    save_community(parts, "tests", Community("Here", "Ottawa", "CA", "ON", "America/Toronto", languages=("en", "fr"), is_demo=True))


@pytest.fixture
def house(parts: Parts) -> str:
    with parts.database.writing() as session:
        made = add_organization(session, name="Harbour House", website="https://www.harbour.example/about")
        add(session, Phone(organization_id=made.id, number="613-555-0142"))
        add(session, Phone(organization_id=made.id, number="613-555-0199", confidential=True))
        session.commit()
    return made.id


def asked(parts: Parts, house: str, email: str, sender: str = "here") -> str:
    """The token of the link that was mailed."""
    tokens: list[str] = []

    def letter(token: str) -> tuple[str, str]:
        tokens.append(token)
        return "Your claim", token

    assert ask(parts, house, email=email, name="Anna Ŝ", words="I run it", sender=sender, secret="s", letter=letter).is_mailed
    return tokens[0]


def claimed(parts: Parts, house: str, email: str) -> Confirmed:
    return confirm(parts, asked(parts, house, email))


def now(parts: Parts, email: str) -> Actor:
    with parts.database.reading() as session:
        person = person_by_email(session, parts.database.keyring, email)
        assert person is not None
        return actor_of(session, person)


def mails(parts: Parts) -> list[tuple[str, str]]:
    with parts.database.reading() as session:
        return [(row.recipient, row.subject) for row in session.scalars(select(OutgoingMessage))]


def test_an_address_of_the_own_domain_leads_at_once_where_nobody_does(parts: Parts, house: str) -> None:
    done = claimed(parts, house, "anna@harbour.example")
    assert done.state is State.GRANTED
    assert done.opened.actor.grants == {Grant(Role.LEAD, house)}
    with parts.database.reading() as session:
        change = session.scalars(select(Change).where(Change.field == "claimed")).one()
        assert (change.object_id, change.after) == (house, "domain")
        claim = session.scalars(select(Claim)).one()
        assert (claim.words, claim.code) == (None, None), "what was kept to decide it is forgotten"


def test_a_link_works_once_and_for_two_days(parts: Parts, house: str) -> None:
    token = asked(parts, house, "anna@harbour.example")
    assert look_at(parts, token) == look_at(parts, token) == "Harbour House"
    late = asked(parts, house, "anna@harbour.example")
    confirm(parts, token)
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + timedelta(days=2))
    for old in (token, late, "nonsense", ""):
        with pytest.raises(Forbidden, match="Start again"):
            confirm(parts, old)


def test_another_address_needs_the_code_that_is_told_on_the_listed_telephone(parts: Parts, house: str) -> None:
    done = claimed(parts, house, "anna@gmail.com")
    anna = done.opened.actor
    assert (done.state, anna.grants) == (State.OPEN, frozenset())
    (own,) = own_claims(parts, anna)
    assert (own.code, own.phones) == ("", ("613-555-0142",)), "neither the code nor a confidential number is shown to who claims"
    (shown,) = list_claims(parts, somebody(parts, "planner"))
    assert (shown.way, len(shown.code), shown.words) == (Way.CALL, 8, "I run it")
    with pytest.raises(InvalidInput, match="eight digits"):
        enter_code(parts, anna, done.claim_id, "12345678" if shown.code != "12345678" else "87654321")
    assert enter_code(parts, anna, done.claim_id, f" {shown.code[:4]} {shown.code[4:]} ") is State.GRANTED
    assert now(parts, "anna@gmail.com").grants == {Grant(Role.LEAD, house)}


def test_after_five_wrong_codes_a_planner_decides(parts: Parts, house: str) -> None:
    done = claimed(parts, house, "anna@gmail.com")
    (shown,) = list_claims(parts, somebody(parts, "planner"))
    for _try in range(MOST_TRIES):
        with pytest.raises(InvalidInput):
            enter_code(parts, done.opened.actor, done.claim_id, "wrong")
    with pytest.raises(TooMany):
        enter_code(parts, done.opened.actor, done.claim_id, shown.code)


def test_whoever_leads_already_is_told_and_nothing_changes_until_somebody_decides(parts: Parts, house: str) -> None:
    lead = somebody(parts, "lead", "lena@example.org", organization_id=house)
    done = claimed(parts, house, "anna@harbour.example")
    assert (done.state, done.opened.actor.grants) == (State.OPEN, frozenset())
    assert ("lena@example.org", "Somebody claims your organization") in mails(parts)
    assert [claim.email for claim in claims_on(parts, house)] == ["anna@harbour.example"]
    agree_to(parts, lead, house, done.claim_id)
    assert now(parts, "anna@harbour.example").grants == now(parts, "lena@example.org").grants == {Grant(Role.LEAD, house)}


def test_each_reads_of_a_claim_in_their_own_language(parts: Parts, house: str) -> None:
    for email, language in (("lena@example.org", "fr"), ("lu@example.org", "zh")):
        somebody(parts, "lead", email, organization_id=house)
        with parts.database.writing() as session:
            person = person_by_email(session, parts.database.keyring, email)
            assert person is not None
            person.language = language
            session.commit()
    done = confirm(parts, asked(parts, house, "anna@harbour.example"), language="fr")
    object_to(parts, somebody(parts, "lead", "lena@example.org", organization_id=house), house, done.claim_id, "No.")
    decide(parts, somebody(parts, "planner"), done.claim_id, granted=False, why="Nobody there knows you.")
    assert set(mails(parts)) >= {
        ("lena@example.org", "Quelqu’un demande votre organisme"),
        ("lu@example.org", "Somebody claims your organization"),
        ("anna@harbour.example", "Votre demande"),
    }


def test_a_code_told_on_the_telephone_does_not_go_over_the_heads_of_the_leads(parts: Parts, house: str) -> None:
    somebody(parts, "lead", "lena@example.org", organization_id=house)
    done = claimed(parts, house, "anna@gmail.com")
    (shown,) = list_claims(parts, somebody(parts, "planner"))
    assert enter_code(parts, done.opened.actor, done.claim_id, shown.code) is State.OPEN
    (shown,) = list_claims(parts, somebody(parts, "planner"))
    assert shown.was_called


def test_a_dispute_is_for_a_planner_who_may_put_one_in_the_place_of_the_other(parts: Parts, house: str) -> None:
    lead, planner = somebody(parts, "lead", "lena@example.org", organization_id=house), somebody(parts, "planner")
    done = claimed(parts, house, "anna@harbour.example")
    object_to(parts, lead, house, done.claim_id, "She left in May.")
    (shown,) = list_claims(parts, planner)
    assert (shown.state, shown.disputed_why, shown.leads) == (State.DISPUTED, "She left in May.", ("lena@example.org",))
    assert decide(parts, planner, done.claim_id, granted=True, why="The board says so.", instead_of_leads=True) is State.GRANTED
    assert now(parts, "lena@example.org").grants == frozenset()
    assert now(parts, "anna@harbour.example").grants == {Grant(Role.LEAD, house)}
    assert ("anna@harbour.example", "Your claim") in mails(parts)
    assert ("lena@example.org", "Somebody else leads your organization here now") in mails(parts)
    with parts.database.reading() as session:
        told = session.scalars(select(Change).where(Change.field == "claimed")).one()
        assert "board" not in told.why, "what a planner said of it is told to the two, not in the history"


def test_a_refusal_says_why_and_gives_nothing(parts: Parts, house: str) -> None:
    done, planner = claimed(parts, house, "anna@gmail.com"), somebody(parts, "planner")
    with pytest.raises(InvalidInput, match="told to the person"):
        decide(parts, planner, done.claim_id, granted=False, why=" ")
    decide(parts, planner, done.claim_id, granted=False, why="Nobody there knows you.")
    assert now(parts, "anna@gmail.com").grants == frozenset()
    assert list_claims(parts, planner) == ()
    with pytest.raises(NotFound):
        decide(parts, planner, done.claim_id, granted=True, why="Again")


def test_nobody_decides_their_own_claim_nor_one_beyond_their_reach(parts: Parts, house: str) -> None:
    planner = somebody(parts, "planner", "pia@harbour.example")
    somebody(parts, "lead", "lena@example.org", organization_id=house)
    own = claimed(parts, house, "pia@harbour.example")
    with pytest.raises(Forbidden, match="their own"):
        decide(parts, planner, own.claim_id, granted=True, why="Me")
    for role in ("administrator", "worker"):
        actor = somebody(parts, role, **({"organization_id": house} if role == "worker" else {}))
        assert list_claims(parts, actor) == ()
        with pytest.raises(Forbidden):
            decide(parts, actor, own.claim_id, granted=True, why="Me")
    with parts.database.writing() as session:
        other = add_organization(session, name="Other").id
        session.commit()
    stranger = somebody(parts, "lead", "boss@example.org", organization_id=other)
    for act in (
        lambda: agree_to(parts, stranger, house, own.claim_id),
        lambda: object_to(parts, stranger, house, own.claim_id, "No"),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(NotFound):
        agree_to(parts, stranger, other, own.claim_id)


def test_another_s_claim_is_neither_proved_nor_taken_back(parts: Parts, house: str) -> None:
    done = claimed(parts, house, "anna@gmail.com")
    other = somebody(parts, "planner")
    for act in (lambda: enter_code(parts, other, done.claim_id, "1"), lambda: withdraw(parts, other, done.claim_id)):
        with pytest.raises(NotFound):
            act()
    withdraw(parts, done.opened.actor, done.claim_id)
    assert own_claims(parts, done.opened.actor) == ()


def test_a_domain_that_many_are_listed_with_proves_nothing(parts: Parts, house: str) -> None:
    with parts.database.writing() as session:
        for number in range(3):
            add_organization(session, name=f"Also {number}", website=f"https://harbour.example/{number}")
        session.commit()
    assert claimed(parts, house, "anna@harbour.example").state is State.OPEN


def test_claiming_twice_is_one_claim(parts: Parts, house: str) -> None:
    first, second = claimed(parts, house, "anna@gmail.com"), claimed(parts, house, "anna@gmail.com")
    assert first.claim_id == second.claim_id


def test_who_claims_too_often_is_held_up(parts: Parts, house: str) -> None:
    for number in range(BY_SENDER.most):
        asked(parts, house, f"p{number}@example.org")
    with pytest.raises(TooMany):
        asked(parts, house, "one.more@example.org")
    assert asked(parts, house, "one.more@example.org", sender="elsewhere")


@pytest.mark.parametrize(("field", "wrong"), [("email", {"email": "anna"}), ("name", {"name": ""}), ("words", {"words": "x" * 501})])
def test_what_is_missing_is_named_and_nothing_is_mailed(parts: Parts, house: str, field: str, wrong: dict[str, str]) -> None:
    form = {"email": "anna@harbour.example", "name": "Anna", "words": ""} | wrong
    with pytest.raises(InvalidInput) as error:
        ask(parts, house, **form, sender="here", secret="s", letter=lambda token: ("", token))
    assert error.value.field == field
    assert mails(parts) == []


def test_what_is_no_longer_listed_cannot_be_claimed(parts: Parts, house: str) -> None:
    with parts.database.writing() as session:
        session.get_one(Organization, house).withdrawn_at = parts.clock.now()
        session.commit()
    with pytest.raises(NotFound):
        asked(parts, house, "anna@harbour.example")


def test_a_planner_s_reading_of_names_and_addresses_is_kept(parts: Parts, house: str) -> None:
    claimed(parts, house, "anna@gmail.com")
    planner = somebody(parts, "planner")
    list_claims(parts, planner)
    with parts.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "personal data read")).one()
        assert (entry.actor, entry.organization_id, entry.detail) == (planner.label, house, "claim")
