"""Gaps wait, the same question counts once, and no question can be read back."""

from datetime import UTC, datetime, timedelta

from directory.services.planning.gap_buffer import MOST_REMEMBERED, SAME_WITHIN, GapBuffer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_question_is_new_once_within_minutes() -> None:
    buffer = GapBuffer()
    assert buffer.is_new("detox", NOW)
    assert not buffer.is_new("detox", NOW + SAME_WITHIN - timedelta(seconds=1))
    assert buffer.is_new("shelter", NOW)


def test_after_a_while_the_question_is_new_again() -> None:
    buffer = GapBuffer()
    buffer.is_new("detox", NOW)
    assert buffer.is_new("detox", NOW + SAME_WITHIN)


def test_questions_are_not_in_memory_and_their_key_changes_with_the_day() -> None:
    buffer = GapBuffer()
    buffer.is_new("detox for maria", NOW)
    of_today = buffer._asked
    assert "maria" not in repr(vars(of_today))
    buffer.is_new("other", NOW + timedelta(days=1))
    assert buffer._asked._key != of_today._key
    assert len(buffer._asked._asked) == 1
    assert not buffer._asked_before._asked, "of the day before nothing is left at noon"


def test_what_was_asked_before_midnight_is_not_new_after_it() -> None:
    buffer = GapBuffer()
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    buffer.is_new("detox", midnight - timedelta(minutes=1))
    assert not buffer.is_new("detox", midnight + timedelta(minutes=1))
    assert buffer.is_new("detox", midnight + SAME_WITHIN)


def test_only_so_many_questions_are_remembered() -> None:
    buffer = GapBuffer()
    for number in range(MOST_REMEMBERED + 10):
        buffer.is_new(str(number), NOW)
    assert len(buffer._asked._asked) == MOST_REMEMBERED
