"""What is exported holds to the standard: every state, every reason, against the profiles' own requirements."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.domain.categories.tree import CATEGORIES
from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.consent import Field, Method, Proxy
from directory.domain.referrals.events import MOVES
from directory.domain.referrals.states import STATES, UNSENT, State
from directory.services.exchange.fhir.code_systems import TITLES, code_system
from directory.services.exchange.fhir.consent import consent
from directory.services.exchange.fhir.facts import (
    REQUEST,
    AttemptFacts,
    ConsentFacts,
    NeedFacts,
    OrganizationFacts,
    PhoneFacts,
    PlaceFacts,
    Pseudonym,
    ServiceFacts,
)
from directory.services.exchange.fhir.offering import healthcare_service, location, organization
from directory.services.exchange.fhir.reasons import BUSINESS_WORDS, EXPECT_A_REASON, REASON_WORDS, business_of
from directory.services.exchange.fhir.service_request import request_status, service_request
from directory.services.exchange.fhir.task import task
from directory.services.exchange.fhir.terms import here_at
from tests.support.fhir import faults, states, values

HERE = here_at("https://help.example.org/")
THEN = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
NEED, SERVICE, SENDER, RECEIVER = (f"{number}" * 8 + "-1111-4111-8111-111111111111" for number in range(4))
WHO = Pseudonym(REQUEST, NEED)
ATTEMPT = AttemptFacts(
    id="a" * 8 + "-1111-4111-8111-111111111111", need_id=NEED, person=WHO, is_urgent=True, category="rent-help", requester_id=SENDER,
    requester="Harbour House", owner_id=RECEIVER, owner="City Housing", state=State.SENT, code="", sent_at=THEN,
    changed_at=THEN + timedelta(hours=1), version=3,
)  # fmt: skip
REQUESTED = NeedFacts(
    id=NEED, person=WHO, category="rent-help", is_urgent=False, requester_id=SENDER, requester="Harbour House", sent_at=THEN,
    states=(State.SENT,), is_open=True, performers=(SERVICE,),
)  # fmt: skip
AGREED = ConsentFacts(
    id=NEED, person=WHO, organization_id=SENDER, recipients=(RECEIVER,), fields=tuple(Field), method=Method.SPOKEN, language="fr",
    given_at=THEN, ends_at=THEN + timedelta(days=30), holds=True,
)  # fmt: skip
OFFERED = ServiceFacts(
    id=SERVICE, name="Rent bank", organization_id=RECEIVER, is_listed=True, categories=("rent-help", "detox"),
    phones=(PhoneFacts("613-555-0100", "12"),), email="rent@example.org", location_ids=(NEED,), languages=(("fr", "French"),),
    room="waitlist",
)  # fmt: skip


def ends_with(state: State) -> list[str]:
    """The codes with which an attempt can come into a state; "" where none belongs to it."""
    codes = {code for move in MOVES.values() if move.leads_to is state for code in move.codes}
    return sorted(codes - {Reason.UNTOUCHED.value}) or [""]


@pytest.mark.parametrize(("state", "code"), [(state, code) for state in STATES if state not in UNSENT for code in ends_with(state)])
def test_every_state_with_every_reason_is_what_the_profile_requires(state: State, code: str):
    found = task(HERE, replace(ATTEMPT, state=state, code=code))
    assert faults(found) == []
    assert found["status"] in states()["statuses"]
    assert bool(found.get("statusReason")) == (found["status"] in states()["expects_a_reason"])


@pytest.mark.parametrize("state", sorted(UNSENT))
def test_what_was_not_sent_cannot_be_written_at_all(state: State):
    with pytest.raises(ValueError, match="not sent"):
        task(HERE, replace(ATTEMPT, state=state))


def test_who_waits_learns_when_it_is_looked_at_again():
    waiting = replace(ATTEMPT, state=State.WAITLISTED, wait_position=4, review_on=date(2026, 12, 24))
    found = task(HERE, waiting)
    assert faults(found) == []
    assert found["statusReason"] == {"text": "On the waiting list, number 4; looked at again on 2026-12-24"}
    assert [each.get("valuePositiveInt", each.get("valueDate")) for each in found["extension"]] == [4, "2026-12-24"]


def test_a_contested_outcome_is_told_beside_it_and_not_rewritten():
    found = task(HERE, replace(ATTEMPT, state=State.HELPED, code=Outcome.HELPED, is_contested=True))
    assert found["status"] == "completed"
    assert values(found, "businessStatus.coding.code") == ["helped", "contested"]


def test_a_reason_of_danger_is_told_in_no_code():
    found = task(HERE, replace(ATTEMPT, state=State.DECLINED, code=Code.CONFLICT_OR_SAFETY))
    assert found["statusReason"] == {"text": "The reason stays between the two sides"}


def test_every_state_and_reason_has_words():
    business = {business_of(state, code) for state in State if state not in UNSENT for code in ends_with(state)}
    assert business <= BUSINESS_WORDS.keys()
    expecting = [state for state, row in STATES.items() if row.status in EXPECT_A_REASON]
    assert {code for state in expecting for code in ends_with(state)} - {""} == REASON_WORDS.keys()
    assert set(states()["expects_a_reason"]) == EXPECT_A_REASON


@pytest.mark.parametrize("slug", CATEGORIES)
def test_every_category_of_ours_makes_a_request_that_holds(slug: str):
    found = service_request(HERE, replace(REQUESTED, category=slug, consents=(NEED,), places=(NEED,)))
    assert faults(found) == []


@pytest.mark.parametrize(
    ("known", "is_open", "status"),
    [
        ((State.SENT,), True, "active"),
        ((State.DECLINED, State.WAITLISTED), True, "active"),
        ((State.DECLINED,), True, "active"),
        ((State.DECLINED,), False, "revoked"),
        ((State.WITHDRAWN, State.VOID), False, "revoked"),
        ((State.VOID,), True, "entered-in-error"),
        ((State.NOT_HELPED, State.HELPED), True, "completed"),
    ],
)
def test_a_request_is_active_while_something_can_come_of_it(known: tuple[State, ...], is_open: bool, status: str):
    assert request_status(known, is_open=is_open) == status
    assert faults(service_request(HERE, replace(REQUESTED, states=known, is_open=is_open))) == []


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("proxy", [None, *Proxy])
@pytest.mark.parametrize("holds", [True, False])
def test_every_way_to_agree_is_what_the_profile_requires(method: Method, proxy: Proxy | None, holds: bool):
    found = consent(HERE, replace(AGREED, method=method, proxy=proxy, holds=holds))
    assert faults(found) == []
    assert found["status"] == ("active" if holds else "inactive")


@pytest.mark.parametrize("room", ["", "capacity", "no-capacity", "waitlist", "additional-assessment-required"])
@pytest.mark.parametrize("phones", [(), OFFERED.phones])
@pytest.mark.parametrize("is_listed", [True, False])
def test_a_service_names_only_profiles_that_it_holds_to(room: str, phones: tuple[PhoneFacts, ...], is_listed: bool):
    found = healthcare_service(HERE, replace(OFFERED, room=room, phones=phones, is_listed=is_listed))
    assert faults(found) == []
    assert len(values(found, "meta.profile")) == (bool(phones) + bool(room) if is_listed else 0)


def test_a_service_of_which_nothing_is_known_holds_too():
    assert faults(healthcare_service(HERE, ServiceFacts(SERVICE, "Rent bank", "", is_listed=True))) == []


def test_organizations_and_places_hold():
    assert faults(organization(OrganizationFacts(SENDER, "Harbour House", is_active=False))) == []
    assert faults(location(PlaceFacts(NEED, "Main Street Centre", ("1 Main Street",), "Ottawa", "ON", "K1A 0A1", "CA"))) == []
    without = location(PlaceFacts(NEED, "Somewhere"))
    assert faults(without) == []
    assert "meta" not in without


@pytest.mark.parametrize("name", TITLES)
def test_our_own_lists_of_codes_can_be_read(name: str):
    assert faults(code_system(HERE, name)) == []


def test_the_check_finds_what_is_wrong():
    found = task(HERE, replace(ATTEMPT, state=State.DECLINED, code=Code.NO_CAPACITY))
    for broken in (
        {"status": "received"},
        {"intent": "plan"},
        {"focus": {"reference": "Task/1"}},
        {"statusReason": {"coding": [{"code": "x"}]}},
    ):
        assert faults({**found, **broken})
    assert faults({name: value for name, value in found.items() if name != "requester"})
    assert faults({**found, "nonsense": 1})
    assert faults({**found, "lastModified": "2026-01-01T00:00:00Z"})
