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
    assert b"maria" not in repr(buffer._asked).encode()
    before = buffer._key
    buffer.is_new("other", NOW + timedelta(days=1))
    assert buffer._key != before
    assert len(buffer._asked) == 1


def test_only_so_many_questions_are_remembered() -> None:
    buffer = GapBuffer()
    for number in range(MOST_REMEMBERED + 10):
        buffer.is_new(str(number), NOW)
    assert len(buffer._asked) == MOST_REMEMBERED
