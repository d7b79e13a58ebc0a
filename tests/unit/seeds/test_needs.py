"""A made-up history of referrals: possible in every step, the same for the same seed, and in its shape like what was published."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from directory.domain.errors import Refused
from directory.domain.referrals.fold import fold
from directory.domain.referrals.states import LIVE, State
from directory.services.parts import Parts
from directory.services.referrals.keep_until import keep_people_until
from directory.services.referrals.write import event_of, events_of
from directory.store.tables import Attempt, HelpedPerson, Need, OutgoingMessage
from seeds.needs import seed_needs
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.referrals import Town, town

__all__ = ["town"]
pytestmark = ONE_IS_ENOUGH


def _made(parts: Parts) -> list[tuple[str, str | None]]:
    with parts.database.reading() as session:
        return [tuple(row) for row in session.execute(select(Attempt.state, Attempt.code).order_by(Attempt.made_at, Attempt.id))]


def test_every_attempt_of_it_is_the_fold_of_its_events(parts: Parts, town: Town):
    seed_needs(parts, 150)
    with parts.database.reading() as session:
        attempts = session.scalars(select(Attempt)).all()
        events = events_of(session, [each.id for each in attempts])
        for attempt in attempts:
            standing = fold(event_of(row) for row in events[attempt.id])
            assert (attempt.state, attempt.since, attempt.code or "") == (standing.state, standing.since, standing.code)
            assert all(row.at <= parts.clock.now() for row in events[attempt.id])
            assert (attempt.check_at is not None) >= (attempt.state in LIVE - {State.DRAFT})


def test_however_slow_everybody_is_nothing_happens_that_cannot(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("seeds.needs.Random.lognormvariate", lambda *_given: 1_000.0)
    monkeypatch.setattr("seeds.needs.SPAN", timedelta(days=3_000))
    assert seed_needs(parts, 150).needs == 150


def test_whom_it_was_for_is_forgotten_as_if_it_had_happened_here(parts: Parts, town: Town):
    seed_needs(parts, 150)
    with parts.database.writing() as session:
        before = dict(session.execute(select(HelpedPerson.id, HelpedPerson.delete_at)).all())
        keep_people_until(session, list(before))
        assert dict(session.execute(select(HelpedPerson.id, HelpedPerson.delete_at)).all()) == before
    assert min(before.values()) < parts.clock.now() < max(before.values())


def test_two_needs_never_have_one_code_even_where_they_are_drawn_alike(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch):
    dice = Random(7)
    monkeypatch.setattr("directory.services.referrals.start.secrets.randbits", lambda _bits: dice.randrange(70))
    for _twice in range(2):
        seed_needs(parts, 30)
    with parts.database.reading() as session:
        assert len(set(session.scalars(select(Need.code)))) == 60


def test_it_holds_nobody_and_sends_nothing(parts: Parts, town: Town):
    seed_needs(parts, 60)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0
        people = session.scalars(select(HelpedPerson)).all()
        assert {(person.name, person.contact) for person in people} == {(None, None)}
        assert len({need.code for need in session.scalars(select(Need))}) == 60


def test_about_as_many_are_helped_as_was_published_of_211_callers(parts: Parts, town: Town):
    seed_needs(parts, 1_000)
    made = [state for state, _code in _made(parts) if state not in LIVE]
    assert 0.30 < made.count(State.HELPED) / len(made) < 0.45


def test_where_nobody_could_ask_anybody_it_says_so(parts: Parts):
    with pytest.raises(Refused):
        seed_needs(parts, 1)


def test_a_need_of_this_very_moment_has_a_draft_and_nothing_yet(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("seeds.needs.SPAN", timedelta(seconds=1))
    seed_needs(parts, 20)
    assert {state for state, _code in _made(parts)} == {State.DRAFT}
