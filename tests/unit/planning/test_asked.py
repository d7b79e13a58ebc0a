"""Organizations are asked before two records become one: who is awaited, who stands in the way, and what an answer rests on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.planning.asked import (
    LASTS,
    Agreement,
    Answer,
    Asked,
    Hindrance,
    Said,
    Way,
    agreement,
    checked_answer,
    checked_anyway,
    voice,
)
from directory.rules.matching.facts import RESTED_ON, Facts, IdentityLevel, fingerprint, pair_fingerprint

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
NEW, OLD = "new", "old"


def asked(facts: str = NEW, at: datetime = NOW) -> Asked:
    return Asked(facts, at, at + LASTS)


def said(answer: Answer = Answer.LEFT, facts: str = NEW) -> Said:
    return Said(answer, "Because.", "editor", NOW, facts)


@pytest.mark.parametrize(
    ("question", "answer", "way", "hindrance"),
    [
        (None, None, Way.ACCOUNT, Hindrance.NOT_ASKED),
        (None, None, Way.NONE, None),
        (asked(), None, Way.ACCOUNT, Hindrance.AWAITED),
        (asked(), None, Way.NONE, None),
        (asked(), None, Way.LINK, Hindrance.AWAITED),
        (asked(OLD), None, Way.LINK, Hindrance.NOT_ASKED),
        (asked(at=NOW - LASTS), None, Way.LINK, None),
        (asked(OLD), None, Way.ACCOUNT, Hindrance.NOT_ASKED),
        (asked(at=NOW - LASTS), None, Way.ACCOUNT, None),
        (asked(at=NOW - LASTS + timedelta(seconds=1)), None, Way.ACCOUNT, Hindrance.AWAITED),
        *((asked(), said(answer), Way.ACCOUNT, None) for answer in Answer if answer is not Answer.DIFFERENT),
        (asked(), said(Answer.DIFFERENT), Way.ACCOUNT, Hindrance.DIFFERENT),
        (asked(at=NOW - LASTS), said(Answer.DIFFERENT), Way.NONE, Hindrance.DIFFERENT),
        (asked(), said(Answer.DIFFERENT, OLD), Way.ACCOUNT, Hindrance.AWAITED),
        (asked(OLD), said(Answer.LEFT, OLD), Way.ACCOUNT, Hindrance.NOT_ASKED),
    ],
)
def test_a_merge_waits_for_whoever_can_answer_and_has_time_and_for_whoever_says_two(
    question: Asked | None, answer: Said | None, way: Way, hindrance: Hindrance | None
) -> None:
    found = voice("o", "Harbour House", way, question, answer, NEW, NOW)
    assert found.hindrance is hindrance
    assert found.counts is (answer is not None and answer.fingerprint == NEW)


TEXTS = st.sampled_from(["", "Harbour House", "harbour  house", "Harbor House", "12 Elm St"])
RECORDS = st.builds(Facts, id=st.just("a"), name=TEXTS, owner=TEXTS, street=TEXTS, city=TEXTS, phones=st.tuples(TEXTS), audience=TEXTS)
AGREEING = [each for each in Answer if each is not Answer.DIFFERENT]


def plain(facts: Facts, level: IdentityLevel) -> list[str]:
    """What a comparison rests on, with capitals and spaces taken away."""
    return [" ".join(str(getattr(facts, name)).casefold().split()) for name in RESTED_ON[level]]


@given(st.sampled_from(list(IdentityLevel)), RECORDS, st.lists(RECORDS, min_size=1, max_size=4), st.sampled_from(AGREEING))
def test_an_answer_never_survives_a_change_of_the_facts_it_rests_on(
    level: IdentityLevel, before: Facts, later: list[Facts], answer: Answer
) -> None:
    other = fingerprint(replace(before, id="b"), level)
    then = pair_fingerprint("a", fingerprint(before, level), "b", other)
    given_then = said(answer, then)
    for now in later:
        facts = pair_fingerprint("a", fingerprint(now, level), "b", other)
        found = voice("o", "", Way.ACCOUNT, asked(then), given_then, facts, NOW)
        is_same = plain(now, level) == plain(before, level)
        assert found.counts is is_same
        assert found.hindrance is (None if is_same else Hindrance.NOT_ASKED)
        assert found.said is given_then, "what was said then is shown all the same"


def test_an_answer_says_what_the_two_are_and_two_needs_a_reason() -> None:
    assert checked_answer("left", "  Ours  is newer ") == (Answer.LEFT, "Ours is newer")
    for answer, words, field in (("same", "", "answer"), ("different", " ", "words"), ("unsure", "x" * 501, "words")):
        with pytest.raises(InvalidInput) as wrong:
            checked_answer(answer, words)
        assert wrong.value.field == field
    assert checked_anyway(" Both  agreed by telephone. ") == "Both agreed by telephone."
    with pytest.raises(InvalidInput):
        checked_anyway("x" * 301)


def told(*answers: Answer | None) -> Agreement:
    """What these answers come to, None where somebody said nothing."""
    return agreement([voice("o", "", Way.LINK, asked(), said(each) if each else None, NEW, NOW) for each in answers])


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((Answer.LEFT, Answer.LEFT), Agreement.ALL_ONE),
        ((Answer.RIGHT,), Agreement.ALL_ONE),
        ((Answer.LEFT, None), Agreement.ONE),
        ((Answer.LEFT, Answer.UNSURE), Agreement.ONE),
        ((Answer.RIGHT, Answer.CLOSED), Agreement.ONE),
        ((Answer.LEFT, Answer.RIGHT), Agreement.AGAINST),
        ((Answer.LEFT, Answer.DIFFERENT), Agreement.AGAINST),
        ((Answer.DIFFERENT, None), Agreement.TWO),
        ((Answer.DIFFERENT, Answer.UNSURE), Agreement.TWO),
        ((None, None), Agreement.OPEN),
        ((Answer.UNSURE, Answer.CLOSED), Agreement.OPEN),
        ((), Agreement.OPEN),
    ],
)
def test_answers_taken_together_agree_contradict_each_other_or_say_nothing(answers: tuple[Answer | None, ...], found: Agreement) -> None:
    assert told(*answers) is told(*reversed(answers)) is found


def test_what_was_said_of_older_facts_is_no_part_of_what_they_agree_on() -> None:
    old = voice("o", "", Way.ACCOUNT, asked(), said(Answer.LEFT, OLD), NEW, NOW)
    new = voice("p", "", Way.ACCOUNT, asked(), said(Answer.RIGHT), NEW, NOW)
    assert agreement([old, new]) is Agreement.ONE
