"""What was suggested is kept with what was seen, goes with the person, and is gone over again under other rules."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.services.indexing.rebuild import rebuild_index
from directory.services.keeping.replay import read_present, replay
from directory.services.parts import Parts
from directory.services.referrals.erase import erase_due, erase_person
from directory.services.referrals.start import NewNeed, add_attempt, start_need
from directory.services.referrals.taken_back import read_taken_back, take_back_again
from directory.services.rules.dry_runs.suggest import reckon
from directory.services.rules.versions import Held, held_now
from directory.services.suggesting.avoid import read_avoided
from directory.services.suggesting.decisions import MOST_KEPT, MOST_SEEN
from directory.services.suggesting.keep_out import save_avoided
from directory.services.suggesting.suggest import suggest_for_listing, suggest_for_need
from directory.store.tables import Erased, HelpedPerson, Need, RuleDecision
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import Town, need_of, sender_does
from tests.support.rules import partner_rules
from tests.support.suggesting import past_attempts, programs


def kept(parts: Parts) -> list[RuleDecision]:
    with parts.database.reading() as session:
        rows = session.scalars(select(RuleDecision).order_by(RuleDecision.at, RuleDecision.id)).all()
        for row in rows:
            session.expunge(row)
        return list(rows)


def test_a_decision_is_kept_once_and_again_when_it_comes_out_differently(parts: Parts, town: Town) -> None:
    programs(parts, "Alder")
    need = need_of(parts, town)
    found = suggest_for_need(parts, need)
    suggest_for_need(parts, need)
    (row,) = kept(parts)
    assert (row.set_name, row.version, row.kind, row.about_id, row.organization_id) == (
        "suggest-partners", 0, "suggest", need, town.school,
    )  # fmt: skip
    assert [each["id"] for each in row.outcome["shown"]] == [each.id for each in found.shown]
    assert row.seen["candidates"][found.shown[0].id]["pair.offers_need"] is True
    save_avoided(parts, town.worker, need, [], ["housing"])
    at(parts, timedelta(minutes=5))
    suggest_for_need(parts, need)
    assert [len(each.outcome["shown"]) for each in kept(parts)] == [2, 1]


@ONE_IS_ENOUGH
def test_what_is_kept_is_bounded_and_nothing_is_kept_of_listings(parts: Parts, town: Town) -> None:
    programs(parts, *(f"House{number}" for number in range(MOST_SEEN + 5)))
    need = need_of(parts, town)
    for number in range(MOST_KEPT + 3):
        save_avoided(parts, town.worker, need, [], ["schools"] if number % 2 else ["housing"])
        at(parts, timedelta(minutes=1))
        suggest_for_need(parts, need)
    rows = kept(parts)
    assert len(rows) == MOST_KEPT
    assert max(len(row.seen["candidates"]) for row in rows) <= MOST_SEEN
    suggest_for_listing(parts, town.shelter)
    assert len(kept(parts)) == MOST_KEPT


def test_what_was_sent_afterwards_is_noted(parts: Parts, town: Town) -> None:
    rebuild_index(parts)
    need = need_of(parts, town)
    suggest_for_need(parts, need)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    assert kept(parts)[0].chosen_id is None
    sender_does(parts, town, attempt, Kind.SENT)
    (row,) = kept(parts)
    assert (row.chosen_id, row.chosen_at, row.chosen_why) == (town.shelter, parts.clock.now(), None)


@pytest.mark.parametrize("how", ["at once", "on time"])
def test_decisions_and_whom_somebody_avoids_go_with_the_person_and_no_copy_brings_them_back(parts: Parts, town: Town, how: str) -> None:
    rebuild_index(parts)
    need = need_of(parts, town)
    save_avoided(parts, town.worker, need, [town.health], ["public-safety"])
    suggest_for_need(parts, need)
    (row,) = kept(parts)
    if how == "at once":
        with parts.database.reading() as session:
            code = session.get_one(Need, need).code
        erase_person(parts, code, "operator")
    else:
        at(parts, timedelta(days=400))
        assert erase_due(parts) == 1
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RuleDecision)) == 0
        assert session.get_one(Need, need).avoid is None
        assert session.get(Erased, ("rule_decision", row.id)) is not None
    suggest_for_need(parts, need)
    assert kept(parts) == []


def held(parts: Parts) -> Held:
    with parts.database.reading() as session:
        return held_now(parts, session, SetKind.SUGGEST)


@ONE_IS_ENOUGH
def test_a_dry_run_goes_over_what_was_kept_with_the_values_of_then(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", at={"latitude": 45.50})
    for name in ("Alder", "Birch"):
        past_attempts(parts, town.school, made[name], {State.HELPED: 6})
    suggest_for_need(parts, need_of(parts, town))
    only_far = partner_rules(caps={"need": 40})
    only_far["rules"][0] |= {
        "id": "nobody-yet", "family": "need", "when": {"field": "load.received_last_year", "op": "lte", "value": 0},
        "then": {"points": 30, "reason": "Nobody asked them yet"}, "tests": [],
    }  # fmt: skip
    since = parts.clock.now() - timedelta(days=1)
    told: list[tuple[int, int]] = []
    run = reckon(parts, check_rule_set(only_far), 1, held(parts), since, lambda done, total: told.append((done, total)))
    assert (run.cases, run.from_history, run.changed, run.note) == (1, 1, 1, "")
    assert told[-1] == (1, 1)
    moved = {each.name: (each.before, each.after) for each in run.by_organization}
    assert moved["Alder House"] == (1, 0)
    assert sum(before for before, _after in moved.values()) == sum(after for _before, after in moved.values())
    assert run.samples[0].before != run.samples[0].after
    same = reckon(parts, held(parts).rules, 1, held(parts), since, lambda _done, _total: None)
    assert (same.cases, same.changed, same.by_organization) == (1, 0, ())


@ONE_IS_ENOUGH
def test_a_dry_run_without_anything_kept_takes_today_s_values_and_says_so(parts: Parts, town: Town) -> None:
    rebuild_index(parts)
    for _number in range(3):
        start_need(parts, town.worker, town.school, NewNeed("emergency-shelter", area_id="ca-on-ottawa"))
    run = reckon(parts, held(parts).rules, 1, held(parts), parts.clock.now() - timedelta(days=1), lambda _done, _total: None)
    assert (run.cases, run.from_history, run.changed) == (3, 0, 0)
    assert "Of 3 needs no suggestion is kept" in run.note
    assert kept(parts) == [], "a dry run keeps nothing"


def test_an_older_copy_brings_back_no_older_word_on_whom_to_keep_out_and_no_decision_of_who_was_forgotten(parts: Parts, town: Town) -> None:
    """The copy is from before: what it holds is put back by hand, then what must hold on is played again."""
    rebuild_index(parts)
    forgotten, other = need_of(parts, town), need_of(parts, town)
    suggest_for_need(parts, forgotten)
    (decision,) = kept(parts)
    copied = {column.key: getattr(decision, column.key) for column in RuleDecision.__table__.columns}
    save_avoided(parts, town.worker, other, [town.house], [])
    with parts.database.reading() as session:
        code = session.get_one(Need, forgotten).code
    erase_person(parts, code, "operator")
    with parts.database.engine.connect() as connection:
        present, taken = read_present(connection), read_taken_back(connection)
    with parts.database.writing() as session:
        session.execute(update(Need).values(avoid=None))
        session.add(RuleDecision(**copied))
        session.add(RuleDecision(**{**copied, "id": "0" * 8 + "-0000-4000-8000-000000000001"}))
        session.execute(update(HelpedPerson).values(erased_at=None))
        session.flush()
        replay(session, present, parts.clock, "tests")
        take_back_again(session, taken, parts.clock.now())
        session.commit()
    assert kept(parts) == []
    with parts.database.reading() as session:
        assert read_avoided(session.get_one(Need, other)).organizations == {town.house}
        assert session.get_one(Need, forgotten).avoid is None
