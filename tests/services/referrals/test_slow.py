"""Programs that leave referrals unanswered: told to themselves first, then to those who refer, and gone when they answer again."""

from datetime import timedelta

import pytest

from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.slow import Slowness, reply_to_slowness, slow_programs, slowness_of, tell_slow
from directory.services.referrals.sweep import sweep
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at
from tests.support.referrals import Town, mails_of, receiver_does, row_of, sent_to_shelter


def unanswered(parts: Parts, town: Town, *, asked: bool = False) -> None:
    """A referral that ends without an answer."""
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    if asked:
        receiver_does(parts, town, attempt, Kind.INFO_ASKED, words="How old?")
    for _ in range(3):
        due = row_of(parts, attempt).check_at
        assert due is not None
        at(parts, due - parts.clock.now())
        sweep(parts)
    assert row_of(parts, attempt).state == "expired"


def shown(parts: Parts, town: Town) -> Slowness | None:
    with parts.database.reading() as session:
        return slowness_of(session, [town.shelter, town.clinic], parts.clock.now()).get(town.shelter)


def test_two_that_nobody_answered_are_told_to_the_organization_first_and_to_others_a_week_later(parts: Parts, town: Town):
    unanswered(parts, town)
    assert tell_slow(parts) == 0
    unanswered(parts, town)
    assert tell_slow(parts) == 1
    assert tell_slow(parts) == 0
    (mail,) = [body for to, subject, body in mails_of(parts) if to == "intake@harbour.example" and "were not answered" in subject]
    assert "2 referrals to Night shelter ended without an answer" in mail
    assert "/referrals/answer-times/" in mail
    assert shown(parts, town) is None
    reply_to_slowness(parts, town.keeper, town.house, town.shelter, " We moved; call us. ")
    at(parts, timedelta(days=7))
    found = shown(parts, town)
    assert found is not None
    assert (found.unanswered, found.median_days, found.reply) == (2, 2, "We moved; call us.")
    at(parts, timedelta(days=90))
    assert shown(parts, town) is None
    assert tell_slow(parts) == 0
    with parts.database.reading() as session:
        assert slow_programs(session, parts.clock.now()) == ()


@ONE_IS_ENOUGH
def test_questions_that_the_sender_left_open_are_laid_to_nobody(parts: Parts, town: Town):
    unanswered(parts, town, asked=True)
    unanswered(parts, town, asked=True)
    assert tell_slow(parts) == 0


@ONE_IS_ENOUGH
def test_only_the_organization_answers_for_itself_and_briefly(parts: Parts, town: Town):
    unanswered(parts, town)
    unanswered(parts, town)
    tell_slow(parts)
    with pytest.raises(Forbidden):
        reply_to_slowness(parts, town.nurse, town.house, town.shelter, "They are slow")
    with pytest.raises(InvalidInput):
        reply_to_slowness(parts, town.keeper, town.house, town.shelter, "x" * 301)
