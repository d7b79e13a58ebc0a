"""Rules decide the clocks: which version, on what it saw; a clock runs on as it was decided; each action once, and none of it moves a
person's data."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from directory.domain.clock import FixedClock
from directory.domain.people import Actor, Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.rules.sets.kinds import Told
from directory.services.parts import Parts
from directory.services.referrals import sweep_steps
from directory.services.referrals.community_clocks import draft_clocks
from directory.services.referrals.proposals import proposals
from directory.services.referrals.route_cases import read_case
from directory.services.referrals.route_signals import HAS_AGREEMENT, IS_SLOW, SENDER_SECTOR, SignalReader, asked_of
from directory.services.referrals.stuck import read_stuck
from directory.services.referrals.sweep import Swept, sweep
from directory.services.rules.activate import go_back
from directory.store.tables import (
    Area,
    Attempt,
    AttemptEvent,
    HelpedPerson,
    Organization,
    OutgoingMessage,
    PersonConsent,
    ReferralContact,
    RouteCase,
    RuleFired,
)
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, somebody
from tests.support.referrals import PLANTED, Town, mails_of, receiver_does, row_of, sent_to_shelter
from tests.support.rules import hold_rules, hold_terms, routes, told

MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""9 in the morning in Toronto."""


@pytest.fixture
def town(parts: Parts, town: Town) -> Town:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(MONDAY)
    with parts.database.writing() as session:
        contact = ReferralContact(
            organization_id=town.house, address="intake@harbour.example", backup_address="lead@harbour.example", modified_at=MONDAY,
            modified_by="tests", on_duty=[],
        )  # fmt: skip
        session.add(contact)
        session.commit()
    return town


def planner(parts: Parts, **where: str) -> Actor:
    return somebody(parts, Role.PLANNER, f"planner{len(where)}@example.org", **where)


def events_of(parts: Parts, attempt: str) -> list[AttemptEvent]:
    with parts.database.reading() as session:
        rows = session.scalars(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt).order_by(AttemptEvent.number)).all()
        session.expunge_all()
        return list(rows)


def fired(parts: Parts) -> list[tuple[str, str]]:
    with parts.database.reading() as session:
        return [(row.rule, row.key) for row in session.scalars(select(RuleFired).order_by(RuleFired.id))]


def test_a_shorter_term_counts_from_the_day_it_is_agreed_to_and_going_back_brings_the_longer(parts: Parts, town: Town) -> None:
    _need, before = sent_to_shelter(parts, town, with_consent=False)
    draft_clocks(parts, [("sent", "routine", "1h")], "tests")
    _need, drafted = sent_to_shelter(parts, town, with_consent=False)
    hold_terms(parts, ("sent", "routine", "2h"))
    _need, shorter = sent_to_shelter(parts, town, with_consent=False)
    go_back(parts, planner(parts), "route-referrals")
    _need, after = sent_to_shelter(parts, town, with_consent=False)
    looked = {each: (row_of(parts, each).check_at, row_of(parts, each).due_at) for each in (before, drafted, shorter, after)}
    half, whole = MONDAY + timedelta(hours=4), MONDAY + timedelta(hours=8)
    assert looked.pop(shorter) == (MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2))
    assert set(looked.values()) == {(half, whole)}
    assert sweep(parts, MONDAY + timedelta(hours=2)) == Swept(escalated=1, mails=2)
    assert row_of(parts, shorter).check_at == MONDAY + timedelta(hours=4), "a whole term more, as it was decided"


def test_each_clock_and_each_step_stands_with_the_version_that_decided_and_what_it_saw(parts: Parts, town: Town) -> None:
    hold_terms(parts, ("sent", "routine", "2h"))
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _ in range(3)]
    sweep(parts, MONDAY + timedelta(hours=1))
    with parts.database.reading() as session:
        for attempt in attempts:
            drafted, sent, reminded = events_of(parts, attempt)
            assert (drafted.case_id, sent.case_id == reminded.case_id) == (None, True)
            assert sent.case_id is not None
            decided = read_case(session, sent.case_id)
            assert decided is not None
            assert (decided.set_name, decided.version) == ("route-referrals", 1)
            assert decided.seen == {"referral.state": "sent", "referral.urgency": "routine"}
            assert (decided.route.clock, decided.route.waits_for) == ("sent-routine", "receiver")
        assert session.scalar(select(func.count()).select_from(RouteCase)) == 1, "what is the same is kept once"


ALL_FIVE = (
    told("own-remind", "remind", 0.5, "sent", "seen"),
    told("own-late", "escalate", 1, "sent", "seen"),
    told("own-others", "propose_others", 1, "sent", "seen"),
    told("own-planners", "tell_planners", 1, "sent", "seen"),
    told("own-end", "end", 2, "sent", "seen"),
)


def everything(parts: Parts) -> tuple[Any, ...]:
    """All that passes could have done."""
    with parts.database.reading() as session:
        tables = (AttemptEvent, OutgoingMessage, RuleFired, RouteCase)
        return tuple(session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_to_sweep_twice_or_ten_times_is_as_to_sweep_once(parts: Parts, town: Town) -> None:
    hold_rules(parts, routes(*ALL_FIVE))
    for _ in range(3):
        sent_to_shelter(parts, town, with_consent=False)
    for hours, told_of in ((1, 0), (5, 0), (9, 3), (40, 3)):
        moment = MONDAY + timedelta(hours=hours)
        sweep(parts, moment)
        once = everything(parts)
        for _ in range(9):
            assert sweep(parts, moment) == Swept()
        assert everything(parts) == once
        assert len(fired(parts)) == told_of


@pytest.mark.parametrize("where", ["tell_sender", "fire"])
def test_who_is_killed_between_two_actions_leaves_neither_and_the_next_pass_does_both(
    parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    hold_rules(parts, routes(*ALL_FIVE))
    for _ in range(2):
        sent_to_shelter(parts, town, with_consent=False)
    moment = MONDAY + timedelta(hours=9)
    before, does, calls = everything(parts), getattr(sweep_steps, where), []

    def killed(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return does(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(sweep_steps, where, killed)
        with pytest.raises(KeyboardInterrupt):
            sweep(parts, moment)
    assert everything(parts) == before
    done = sweep(parts, moment)
    assert (done.escalated, done.stale) == (2, 2)
    assert sweep(parts, moment) == Swept()
    assert len(fired(parts)) == 2


def test_what_was_decided_in_a_batch_that_failed_is_kept_again(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cases went with it: those who are brought on one by one afterwards must not name them."""
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _ in range(3)]
    for _ in range(2):
        sweep(parts, max(filter(None, (row_of(parts, each).check_at for each in attempts))))
    does, calls = sweep_steps.tell_sender, []

    def fails_once(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise ValueError
        return does(*given, **named)

    monkeypatch.setattr(sweep_steps, "tell_sender", fails_once)
    assert sweep(parts, max(filter(None, (row_of(parts, each).check_at for each in attempts)))).expired == 3
    with parts.database.reading() as session:
        for attempt in attempts:
            last = events_of(parts, attempt)[-1]
            assert last.kind == Kind.EXPIRED
            assert last.case_id is not None
            decided = read_case(session, last.case_id)
            assert decided is not None
            assert decided.route.clock == "expired-routine"


@ONE_IS_ENOUGH
def test_a_clock_of_which_it_is_not_known_how_it_was_decided_runs_by_the_rules_of_now(parts: Parts, town: Town) -> None:
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    with parts.database.writing() as session:
        session.execute(delete(RouteCase))
        session.commit()
    assert sweep(parts, MONDAY + timedelta(hours=5)).reminded == 1
    assert row_of(parts, attempt).check_at == MONDAY + timedelta(hours=8)


@ONE_IS_ENOUGH
@pytest.mark.parametrize(("once_per", "reminded"), [(["referral"], 1), (["referral", "version"], 2), (["referral", "state"], 3), (None, 3)])
def test_a_rule_does_the_same_as_often_as_it_says(parts: Parts, town: Town, once_per: list[str] | None, reminded: int) -> None:
    """Sent, seen, and seen again after a question; the last under another version."""
    then = {"once_per": once_per} if once_per else {}
    off = [{**told(name, "remind", 9, "sent"), "on": False} for name in ("remind-receiver",)]
    rules = (told("own-remind", "remind", 0.5, "sent", "seen", **then), *off)
    hold_rules(parts, routes(*rules))
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    sweep(parts, row_of(parts, attempt).check_at)
    receiver_does(parts, town, attempt, Kind.SEEN)
    sweep(parts, row_of(parts, attempt).check_at)
    hold_rules(parts, routes(*rules))
    receiver_does(parts, town, attempt, Kind.INFO_ASKED, words="How old?")
    receiver_does(parts, town, attempt, Kind.INFO_GIVEN)
    sweep(parts, row_of(parts, attempt).check_at)
    assert [event.kind for event in events_of(parts, attempt)].count(Kind.REMINDED) == reminded


@ONE_IS_ENOUGH
@pytest.mark.parametrize("action", list(Told))
def test_no_action_moves_anything_of_a_person_to_anybody_new(parts: Parts, town: Town, action: Told) -> None:
    """Each at every share, of whatever is not decided; with a person whose name and words are known and agreed to be told."""
    states = ("sent", "seen", "info_needed")
    doing = [told(f"own-{number}", action.value, share, *states) for number, share in enumerate((0, 0.25, 0.5, 1, 1.5, 3))]
    terms = {"id": "own-term", "when": doing[0]["when"], "then": {"term": "1d", "reason": "A day"}}
    hold_rules(parts, routes(terms, told("own-late", "escalate", 0.75, *states), *doing, usual=False))
    _need, attempt = sent_to_shelter(parts, town)

    def of_the_person() -> list[Any]:
        with parts.database.reading() as session:
            consents = [(row.recipients, row.fields, row.revoked_at) for row in session.scalars(select(PersonConsent))]
            attempts = [(row.id, row.receiver_id, row.service_id, row.shares) for row in session.scalars(select(Attempt))]
            return [consents, attempts, session.scalar(select(func.count()).select_from(HelpedPerson))]

    before = of_the_person()
    for hours in range(0, 24 * 10, 3):
        sweep(parts, MONDAY + timedelta(hours=hours))
    proposals(parts, attempt)
    assert of_the_person() == before
    mails = mails_of(parts)
    assert {to for to, _subject, _body in mails} <= {"intake@harbour.example", "lead@harbour.example", "worker@school.example"}
    with parts.database.reading() as session:
        kept = [(row.seen, row.outcome) for row in session.scalars(select(RouteCase))]
    texts = json.dumps([mails, kept, fired(parts)], default=str)
    assert not [planted for planted in (*PLANTED, "Walk-in", "Night shelter") if planted in texts]
    assert not [planted for planted in PLANTED if planted in str(read_stuck(parts, planner(parts)))]


@ONE_IS_ENOUGH
def test_what_could_not_be_decided_changes_no_clock_and_is_on_the_planners_list(parts: Parts, town: Town) -> None:
    health = {"field": "referral.receiver_sector", "op": "eq", "value": "health"}
    examples = [{"given": {"referral.receiver_sector": each}, "expect": told} for each, told in (("health", "fires"), ("food", "not"))]
    quick = {
        "id": "health-is-quick", "when": health, "then": {"term": "1h", "reason": "Health answers at once"}, "tests": examples,
        "if_unknown": "send_to_review",
    }  # fmt: skip
    hold_rules(parts, routes(quick))
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == town.house).values(sector=None))
        session.commit()
    _need, attempt = sent_to_shelter(parts, town)
    assert row_of(parts, attempt).due_at == MONDAY + timedelta(hours=8)
    (row,) = read_stuck(parts, planner(parts))
    assert (row.program, row.how_many, row.could_not_decide) == ("Night shelter", None, True)
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == town.house).values(sector="health"))
        session.commit()
    _need, known = sent_to_shelter(parts, town)
    assert row_of(parts, known).due_at == MONDAY + timedelta(hours=1)
    assert len(read_stuck(parts, planner(parts))) == 1


def test_planners_see_what_is_stuck_in_their_area_until_somebody_goes_on(parts: Parts, town: Town) -> None:
    attempts = [sent_to_shelter(parts, town)[1] for _ in range(5)]
    for attempt in attempts:
        receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
        receiver_does(parts, town, attempt, Kind.SERVICE_STARTED)
    with parts.database.writing() as session:
        session.add(Area(id="us-ca", name="California", kind="region", zone="America/Los_Angeles"))
        session.commit()
    everybody, elsewhere = planner(parts), planner(parts, area_id="us-ca")
    assert read_stuck(parts, everybody) == ()
    for _ in range(3):
        sweep(parts, max(filter(None, (row_of(parts, each).check_at for each in attempts))))
    (row,) = read_stuck(parts, everybody)
    assert (row.program, row.organization, row.state, row.waits_for, row.how_many) == (
        "Night shelter", "Harbour House", "in_service", "receiver", 5,
    )  # fmt: skip
    assert row.rule is not None
    assert row.rule.id == "stuck"
    assert read_stuck(parts, elsewhere) == ()
    receiver_does(parts, town, attempts[0], Kind.STILL_GOING)
    assert [each.how_many for each in read_stuck(parts, everybody)] == [None], "one to four may be of somebody who is known"
    for each in attempts[1:]:
        receiver_does(parts, town, each, Kind.HELPED, code="helped")
    assert read_stuck(parts, everybody) == ()


@ONE_IS_ENOUGH
@pytest.mark.parametrize(
    ("code", "more", "reason"),
    [("no_capacity", {}, "They have no room or no money now. Others may have some."), ("conflict_or_safety", {}, None),
     ("not_eligible", {"clause": "under 16"}, "The program is not for this person. Others may be.")],
)  # fmt: skip
def test_after_a_no_others_are_proposed_at_once_with_the_rules_sentence(
    parts: Parts, town: Town, code: str, more: dict[str, str], reason: str | None
) -> None:
    _need, attempt = sent_to_shelter(parts, town)
    assert proposals(parts, attempt) == ()
    receiver_does(parts, town, attempt, Kind.DECLINED, code=code, **more)
    (proposal,) = proposals(parts, attempt)
    assert (proposal.reason.in_("en") if proposal.reason else None) == reason


@ONE_IS_ENOUGH
def test_others_are_proposed_once_a_program_is_late_and_no_sooner(parts: Parts, town: Town) -> None:
    _need, attempt = sent_to_shelter(parts, town)
    at(parts, timedelta(hours=7))
    assert proposals(parts, attempt) == ()
    at(parts, timedelta(hours=1))
    assert len(proposals(parts, attempt)) == 1


@ONE_IS_ENOUGH
def test_only_signals_that_are_wanted_are_told(parts: Parts, town: Town) -> None:
    _need, attempt = sent_to_shelter(parts, town)
    wanted = (HAS_AGREEMENT, IS_SLOW, SENDER_SECTOR, "referral.attempts", "referral.code")
    with parts.database.reading() as session:
        row = session.get_one(Attempt, attempt)
        found = SignalReader(MONDAY).of(session, wanted, asked_of(row), State(row.state), row.code or "")
    assert found == {HAS_AGREEMENT: False, IS_SLOW: False, "referral.attempts": 1.0}
