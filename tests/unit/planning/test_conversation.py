"""Where a conversation stands, and who may read what: in every state that a conversation can be in, at every time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.planning.conversation import (
    ANSWERS_LAST,
    CLOSED,
    FACTS_LAST,
    WORDS_LAST,
    Act,
    Course,
    Ending,
    Side,
    Stage,
    allows,
    awaited,
    has_to_do,
    is_agreed,
    is_open,
    may_read,
    opens_at,
    stage,
    until,
)
from directory.domain.planning.conversation_words import (
    LONGEST_ANSWER,
    Answers,
    check_sides,
    checked_answers,
    checked_proposal,
    checked_question,
)

BEGUN = datetime(2026, 11, 2, 15, tzinfo=UTC)
HOURS = st.integers(0, 60 * 24)
NAMES = ("alder", "birch", "cedar")


def after(hours: int) -> datetime:
    return BEGUN + timedelta(hours=hours)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Course, datetime]:
    """A conversation that acts allowed one after the other have made, and a moment that is not before the last of them."""
    course = Course(BEGUN, tuple(Side(name) for name in NAMES[: draw(st.integers(2, 3))]))
    span = draw(st.sampled_from((40, 24 * 16, 24 * 60)))
    moments = sorted(draw(st.lists(st.integers(0, span), min_size=4, max_size=14)))
    for hour in moments[:-1]:
        act, name = draw(st.sampled_from(Act)), draw(st.sampled_from(NAMES))
        if allows(course, act, after(hour), name):
            course = done(course, act, after(hour), name, agrees=draw(st.booleans()))
    return course, after(moments[-1])


def done(course: Course, act: Act, now: datetime, name: str, *, agrees: bool) -> Course:
    """What comes of an act, as the use cases write it."""

    def changed(**new: object) -> Course:
        sides = tuple(replace(each, **new) if each.organization_id == name else each for each in course.sides)  # type: ignore[arg-type]
        return replace(course, sides=sides)

    side = course.side(name)
    match act:
        case Act.LOOK:
            assert side is not None
            return changed(facts_at=side.facts_at or now)
        case Act.ANSWER:
            assert side is not None
            return changed(in_at=side.in_at or now)
        case Act.SPEAK:
            made = changed(spoke_at=now, agreed_to=course.proposal if agrees else 0)
            return replace(made, ending=Ending.DECISION, closed_at=now) if is_agreed(made) else made
        case Act.PROPOSE:
            return replace(course, proposal=course.proposal + 1, proposed_at=now)
        case Act.DISAGREE | Act.WITHDRAW:
            return replace(course, ending=Ending.DISAGREEMENT if act is Act.DISAGREE else Ending.WITHDRAWN, closed_at=now)
    return course


@given(courses())
def test_nobody_reads_the_answer_of_another_before_it_opens(made: tuple[Course, datetime]) -> None:
    course, now = made
    for reader in (None, *NAMES):
        for side in course.sides:
            of = side.organization_id
            if reader != of and may_read(course, reader, of, now):
                ended = course.closed_at or now
                everybody = all(each.in_at is not None and each.in_at <= ended for each in course.sides)
                looked = max((each.facts_at or BEGUN + FACTS_LAST for each in course.sides), default=BEGUN)
                late = min(looked, BEGUN + FACTS_LAST) + ANSWERS_LAST
                assert everybody or ended >= late, "open without all answers, and before two weeks"
                assert side.in_at is not None, "a draft that was never sent"
                assert reader is None or course.side(reader) is not None, "somebody who takes no part"


@given(courses())
def test_all_read_all_at_the_same_moment(made: tuple[Course, datetime]) -> None:
    course, now = made
    sent = [each.organization_id for each in course.sides if each.in_at is not None]
    seen = {
        may_read(course, reader, of, now)
        for reader in (None, *(each.organization_id for each in course.sides))
        for of in sent
        if reader != of
    }
    assert len(seen) <= 1


@given(courses(), HOURS, st.sampled_from(Act), st.sampled_from(NAMES))
def test_nothing_is_written_once_it_has_ended(made: tuple[Course, datetime], later: int, act: Act, name: str) -> None:
    course, now = made
    if course.ending is not None:
        assert not allows(course, act, now + timedelta(hours=later), name)
        assert stage(course, now + timedelta(hours=later)) in CLOSED


@given(courses(), HOURS)
def test_what_is_open_stays_open_and_no_answer_changes_then(made: tuple[Course, datetime], later: int) -> None:
    course, now = made
    if is_open(course, now):
        assert is_open(course, now + timedelta(hours=later))
        for act in (Act.ANSWER, Act.DRAFT, Act.LOOK):
            assert not any(allows(course, act, now + timedelta(hours=later), name) for name in NAMES)


@given(courses())
def test_it_ends_or_goes_on_by_itself_within_four_weeks(made: tuple[Course, datetime]) -> None:
    course, _now = made
    assert opens_at(course) <= BEGUN + FACTS_LAST + ANSWERS_LAST
    late = max(opens_at(course), course.proposed_at or BEGUN) + WORDS_LAST
    assert course.ending is not None or allows(course, Act.DISAGREE, late)


@given(courses())
def test_what_was_withdrawn_before_it_opened_never_opens(made: tuple[Course, datetime]) -> None:
    course, now = made
    if not is_open(course, now) and allows(course, Act.WITHDRAW, now):
        ended = replace(course, ending=Ending.WITHDRAWN, closed_at=now)
        assert not is_open(ended, now + timedelta(days=400))


@given(courses())
def test_a_stage_never_goes_back(made: tuple[Course, datetime]) -> None:
    course, now = made
    order = [Stage.FACTS, Stage.ANSWERS, Stage.OPEN]
    seen = [stage(course, now + timedelta(hours=hour)) for hour in (0, 30, 24 * 8, 24 * 22)]
    if course.ending is None:
        assert all(order.index(one) <= order.index(other) for one, other in pairwise(seen))


def test_the_course_of_one_that_ends_in_a_decision() -> None:
    course = Course(BEGUN, (Side("alder"), Side("birch")))
    assert (stage(course, BEGUN), awaited(course, BEGUN)) == (Stage.FACTS, ("alder", "birch"))
    assert not allows(course, Act.ANSWER, BEGUN, "alder"), "first the facts"
    course = Course(BEGUN, (Side("alder", facts_at=after(2)), Side("birch")))
    assert allows(course, Act.ANSWER, after(3), "alder"), "who has looked need not come back for it"
    assert has_to_do(course, course.sides[0], after(3))
    assert awaited(course, after(3)) == ("birch",)
    assert stage(course, BEGUN + FACTS_LAST) is Stage.ANSWERS, "it goes on without those who did not look"
    course = Course(BEGUN, (Side("alder", after(2), after(5)), Side("birch", after(4))))
    assert (stage(course, after(6)), until(course, after(6))) == (Stage.ANSWERS, after(4) + ANSWERS_LAST)
    assert not may_read(course, None, "alder", after(6))
    course = Course(BEGUN, (Side("alder", after(2), after(5)), Side("birch", after(4), after(9))))
    assert stage(course, after(9)) is Stage.OPEN
    assert may_read(course, "alder", "birch", after(9))
    assert not may_read(course, "cedar", "birch", after(9))
    course = replace(course, proposal=1, proposed_at=after(10))
    assert not allows(course, Act.DISAGREE, after(11)), "everybody has a week for last words"
    agreed = replace(course, sides=tuple(replace(each, spoke_at=after(12), agreed_to=1) for each in course.sides))
    assert is_agreed(agreed)
    assert not is_agreed(replace(agreed, proposal=2, proposed_at=after(13))), "agreement is to one proposal"


def test_it_may_end_in_disagreement_once_all_have_spoken_or_had_a_week() -> None:
    sides = (Side("alder", after(1), after(2), after(4)), Side("birch", after(1), after(3)))
    course = Course(BEGUN, sides)
    assert not allows(course, Act.DISAGREE, after(5))
    assert allows(course, Act.DISAGREE, after(3) + WORDS_LAST)
    assert allows(replace(course, sides=(sides[0], replace(sides[1], spoke_at=after(4)))), Act.DISAGREE, after(5))


@pytest.mark.parametrize("words", ["", " \n ", "x" * 201])
def test_a_question_is_one_sentence(words: str) -> None:
    with pytest.raises(InvalidInput):
        checked_question(words)


def test_an_answer_says_something_or_that_one_would_rather_talk() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_answers(Answers(" "), is_in=True)
    assert caught.value.field == "reaches"
    assert checked_answers(Answers(" "), is_in=False) == Answers()
    assert checked_answers(Answers(rather_talk=True), is_in=True).rather_talk
    with pytest.raises(InvalidInput) as caught:
        checked_answers(Answers(worries="x" * (LONGEST_ANSWER + 1)), is_in=False)
    assert caught.value.field == "worries"


def test_two_to_twelve_organizations_take_part() -> None:
    check_sides(tuple(map(str, range(12))))
    for wrong in (("one",), tuple(map(str, range(13)))):
        with pytest.raises(InvalidInput):
            check_sides(wrong)


@pytest.mark.parametrize(
    ("what", "who", "by"), [("", "us", "2026-12-01"), ("x", "", "2026-12-01"), ("x", "us", "soon"), ("x", "us", "2026-11-01")]
)
def test_a_proposal_says_what_and_who_and_a_day_to_come(what: str, who: str, by: str) -> None:
    with pytest.raises(InvalidInput):
        checked_proposal(what, who, by, date(2026, 11, 2))
