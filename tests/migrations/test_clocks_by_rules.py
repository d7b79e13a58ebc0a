"""Whoever had set terms of their own keeps them, as the active version of the rules; what was stale stays on the planners' list."""

from datetime import date, timedelta

from alembic import command
from sqlalchemy import insert, select, text, update

from directory.domain.clock import FixedClock
from directory.domain.referrals.clocks import write_term
from directory.domain.referrals.events import KEEPS_CLOCK, Kind
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.routing import Router
from directory.services.parts import Parts
from directory.services.referrals.list_plain import list_plain
from directory.services.referrals.sweep import sweep
from directory.services.rules.versions import SHIPPED_VERSION, held_in
from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import Attempt, AttemptEvent, CommunityFact, RuleFired
from tests.support.moments import MONDAY_MORNING
from tests.support.referrals import Town, make_town, receiver_does, row_of, sent_to_shelter

DAY = date(2026, 11, 26)
OWN = {"sent": {"urgent": "2h"}, "in_service": {"urgent": "15d", "routine": "20d"}}


def terms_of(database: Database) -> tuple[int, dict[tuple[str, str], str]]:
    with database.reading() as session:
        held = held_in(session, SetKind.ROUTE, DAY)
    router, found = Router(held.rules), {}
    for state in ("sent", "seen", "in_service"):
        for urgency in ("urgent", "routine"):
            term = router.route({"referral.state": state, "referral.urgency": urgency}).term
            assert term is not None
            found[state, urgency] = write_term(term)
    return held.version, found


def test_terms_that_a_community_had_set_hold_on_as_rules(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0031")
    with database.writing() as session:
        session.execute(insert(CommunityFact).values(key="referral_clocks", value=OWN, modified_at=MONDAY_MORNING))
        session.commit()
    command.upgrade(config, "head")
    usual = {("sent", "routine"): "1d", ("seen", "urgent"): "1d", ("seen", "routine"): "2d"}
    own = {("sent", "urgent"): "2h", ("in_service", "urgent"): "15d", ("in_service", "routine"): "20d"}
    assert terms_of(database) == (1, {**usual, **own})
    with database.reading() as session:
        rules = held_in(session, SetKind.ROUTE, DAY).rules.rules
    assert {rule.id for rule in rules if rule.source == "set by this community"} == {
        "sent-urgent",
        "in-service-urgent",
        "in-service-routine",
    }
    command.downgrade(config, "0031")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM rule_set_version")).scalar_one() == 0
    command.upgrade(config, "head")
    assert terms_of(database) == (1, {**usual, **own})


def test_who_had_set_none_has_what_ships(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0031")
    command.upgrade(config, "head")
    assert terms_of(database)[0] == SHIPPED_VERSION


def test_what_was_stale_is_on_the_planners_list_and_clocks_that_ran_run_on(parts: Parts) -> None:
    town: Town = make_town(parts)
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(MONDAY_MORNING)
    _need, stale = sent_to_shelter(parts, town)
    _need, sent = sent_to_shelter(parts, town)
    receiver_does(parts, town, stale, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.writing() as session:
        session.execute(update(Attempt).where(Attempt.id == stale).values(reminded=3, check_at=None))
        session.commit()
    config = configuration(parts.database)
    command.downgrade(config, "0031")
    command.upgrade(config, "head")
    assert {row.id: row.is_stale for row in list_plain(parts)} == {stale: True, sent: False}
    with parts.database.reading() as session:
        (fired,) = session.scalars(select(RuleFired)).all()
        begun = select(AttemptEvent.number).where(AttemptEvent.attempt_id == stale, AttemptEvent.kind.not_in(list(KEEPS_CLOCK)))
        assert fired.clock == max(session.scalars(begun))
    assert row_of(parts, sent).check_at == MONDAY_MORNING + timedelta(hours=4)
    assert sweep(parts, MONDAY_MORNING + timedelta(hours=5)).reminded == 1
