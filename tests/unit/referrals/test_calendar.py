"""An introduction in a calendar: the standard kept, and nothing said of anybody."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from directory.domain.referrals.calendar import Entry, calendar_file

START = datetime(2026, 3, 9, 9, 30, tzinfo=ZoneInfo("America/Toronto"))


def entry(**more: object) -> Entry:
    values = {"uid": "a@directory.example", "starts_at": START, "ends_at": START + timedelta(minutes=30), "made_at": START, "sequence": 0}
    return Entry(**{**values, "summary": "Introduction", **more})  # type: ignore[arg-type]


def test_times_are_told_in_utc_whatever_zone_they_were_planned_in():
    lines = calendar_file(entry()).split("\r\n")
    assert "DTSTART:20260309T133000Z" in lines
    assert "DTEND:20260309T140000Z" in lines
    assert calendar_file(entry(starts_at=START.astimezone(UTC))).split("\r\n") == lines


def test_a_move_keeps_the_name_and_counts_up():
    first, second = calendar_file(entry()), calendar_file(entry(sequence=1, starts_at=START + timedelta(days=1)))
    uid = "UID:a@directory.example\r\n"
    assert uid in first
    assert uid in second
    assert "SEQUENCE:1\r\n" in second


def test_one_that_is_off_is_cancelled_in_the_calendar():
    assert "STATUS:CANCELLED\r\n" in calendar_file(entry(is_off=True))


@given(st.text(max_size=300))
@example("two\rlines\r\nand\x00 a control")
def test_no_line_is_longer_than_the_standard_allows_and_no_word_is_lost(summary: str):
    text = calendar_file(entry(summary=summary))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (told,) = [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("SUMMARY:")]
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], told.removeprefix("SUMMARY:"))
    allowed = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert plain == "".join(sign for sign in allowed if sign in "\t\n" or not re.match(r"[\x00-\x1f\x7f]", sign))
