"""A dry run of rules that route says what would have been due: of what holds now, just what was done."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from directory.domain.clock import FixedClock
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.community_clocks import draft_clocks
from directory.services.referrals.sweep import sweep
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import dry_run
from directory.store.tables import Attempt, AttemptEvent
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.moments import MONDAY_MORNING
from tests.support.referrals import Town, make_town, receiver_does, sent_to_shelter
from tests.support.rules import routes, told

SINCE = MONDAY_MORNING - timedelta(days=1)


@pytest.fixture
def town(parts: Parts) -> Town:
    """Four referrals: one nobody answers, one declined soon, one that is accepted late and then forgotten, one of which something is asked.
    The clocks are swept at the moment of each step, as the worker does."""
    found = make_town(parts)
    _nobody, soon, late, asked = (sent_to_shelter(parts, found, with_consent=False)[1] for _ in range(4))
    pass_until(parts, MONDAY_MORNING + timedelta(hours=1))
    receiver_does(parts, found, soon, Kind.DECLINED, code="no_capacity")
    receiver_does(parts, found, asked, Kind.INFO_ASKED, words="How old?")
    pass_until(parts, MONDAY_MORNING + timedelta(days=1, hours=1))
    receiver_does(parts, found, late, Kind.ACCEPTED, contact_name="Rosa")
    pass_until(parts, MONDAY_MORNING + timedelta(days=20))
    return found


def pass_until(parts: Parts, moment: datetime) -> None:
    assert isinstance(parts.clock, FixedClock)
    while True:
        with parts.database.reading() as session:
            due = session.scalar(select(func.min(Attempt.check_at)))
        if due is None or due > moment:
            break
        parts.clock.set(max(due, parts.clock.now()))
        sweep(parts)
    parts.clock.set(moment)


def test_what_holds_now_would_have_done_what_was_done(parts: Parts, town: Town) -> None:
    name, version = import_draft(parts, "tests", routes())
    found = dry_run(parts, name, version, SINCE)
    with parts.database.reading() as session:
        done = dict(session.execute(select(AttemptEvent.kind, func.count()).group_by(AttemptEvent.kind)).all())
    assert (found.cases, found.changed, found.from_history, found.by_organization) == (4, 0, 4, ())
    assert found.by_action == ()
    nothing = import_draft(parts, "tests", routes(told("own", "remind", 1, "sent"), usual=False))
    before = {row.id: row.before for row in dry_run(parts, *nothing, SINCE).by_action}
    steps = {"remind": "reminded", "escalate": "escalated", "end": "expired", "tell_planners": "stale"}
    assert {action: before[action] for action in steps} == {action: done[kind] for action, kind in steps.items()}


@ONE_IS_ENOUGH
def test_longer_terms_show_who_would_have_heard_less_often(parts: Parts, town: Town) -> None:
    longer = dry_run(parts, *draft_clocks(parts, [("sent", "routine", "30h")], "tests"), SINCE)
    assert (longer.cases, longer.changed) == (4, 2)
    ended = next(row for row in longer.by_action if row.id == "end")
    assert ended.after < ended.before
    (row,) = longer.by_organization
    assert (row.name, row.before > row.after) == ("Harbour House", True)
    assert {sample.name for sample in longer.samples} == {"Night shelter"}
    assert {sample.before for sample in longer.samples} >= {"remind 2, escalate 2, end 1, propose others 2, tell planners 1"}


@ONE_IS_ENOUGH
def test_rules_that_ask_for_what_was_not_kept_say_so(parts: Parts, town: Town) -> None:
    slow = {"field": "referral.receiver_is_slow", "op": "is", "value": True}
    rule = {**told("own-slow", "remind", 0.1, "sent"), "when": slow, "tests": []}
    name, version = import_draft(parts, "tests", routes(rule))
    found = dry_run(parts, name, version, SINCE)
    assert (found.cases, found.from_history) == (4, 0)
    assert dry_run(parts, name, version, parts.clock.now() - timedelta(hours=1)).cases == 0
