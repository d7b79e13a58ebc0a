"""Hours written for people: among what is read with confidence nothing is wrong, and most of what can be read is."""

import json
import re
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.hours.days import are_known
from directory.domain.hours.freetext import CONFIDENT, ParsedHours, parse_columns, parse_hours
from directory.domain.hours.values import OpeningHours, Schedule
from directory.domain.hours.ways_in import WayIn, ways_in_of
from tests.unit.hours.labelled_hours import COLUMNS, ILLINOIS_OFFICE, TEXTS, WRITTEN_BY_HAND

LABELLED = [(json.dumps(columns), parse_columns(*columns), truth) for columns, truth in COLUMNS]
LABELLED += [(text, parse_hours(text), truth) for text, truth in (*TEXTS, *WRITTEN_BY_HAND)]
PIECES = ("mon", "tue-thu", "sat", "9am", "5pm", "9", "17:00", "to", "-", ",", ";", "closed", "24/7", "1st", "and", "lundi")
PIECES += ("9h", "100", "holidays", "x")


def notation(row: Schedule) -> str:
    """A row as the labels write it."""
    days = ",".join(row.byday) or str(row.dtstart)
    days += f" every {row.interval}" if row.interval > 1 else ""
    days += f" from {row.dtstart}" if row.freq and row.dtstart else ""
    days += f" x{row.count}" if row.count else ""
    if row.effect == "closes":
        return f"{days} closed"
    return f"{days} {row.opens_at:%H:%M}-{row.closes_at:%H:%M}" if row.opens_at and row.closes_at else f"{days} 24 h"


def as_label(parsed: ParsedHours) -> str:
    return "; ".join(notation(row) for row in parsed.schedules)


@pytest.mark.parametrize(("text", "parsed", "truth"), LABELLED, ids=[text[:60] for text, _, _ in LABELLED])
def test_hours_read_with_confidence_are_those_a_careful_reader_takes(text: str, parsed: ParsedHours, truth: str | None) -> None:
    if parsed.confident:
        assert as_label(parsed) == truth


def test_there_are_enough_labelled_strings_of_real_listings() -> None:
    assert len(COLUMNS) + len(TEXTS) >= 60


def test_nine_in_ten_of_the_readable_strings_are_read_with_confidence() -> None:
    readable = [(parsed, truth) for _, parsed, truth in LABELLED if truth is not None]
    read = [parsed for parsed, truth in readable if parsed.confident and as_label(parsed) == truth]
    assert len(read) / len(readable) >= 0.9


@pytest.mark.parametrize("text", ["Mon-Fri 9-5", "Mon-Fri 9:00-5:00", "Tue 10-12", "Mon-Fri 8-9pm", "Sat 10-2am", "Mon 9am-11"])
def test_a_missing_am_or_pm_lowers_confidence_below_three_fifths(text: str) -> None:
    parsed = parse_hours(text)
    assert parsed.schedules
    assert parsed.confidence < 0.6


@pytest.mark.parametrize("text", ["Mon-Fri 9am-5pm unit 12", "Mon-Fri 9am-5pm, call 555-123-4567", "Mon-Fri 9am-5pm Dec 24"])
def test_left_over_digits_lower_confidence(text: str) -> None:
    parsed = parse_hours(text)
    assert parsed.confidence < 0.6
    assert re.search(r"\d", parsed.left_over)


def test_left_over_words_are_kept_and_leave_only_the_text() -> None:
    parsed = parse_hours("Mon-Fri 9am-5pm except Ramadan")
    assert parsed.left_over == "except Ramadan"
    assert 0.6 <= parsed.confidence < CONFIDENT


def test_a_feed_known_to_keep_the_24_hour_clock_says_its_mornings_plainly() -> None:
    text = ILLINOIS_OFFICE.format("9:00-12:00")
    assert not parse_hours(text).confident
    assert parse_hours(text, on_24_hour_clock=True).confident


def test_closed_on_holidays_is_understood() -> None:
    assert parse_hours("Mon-Fri 9am-5pm, closed statutory holidays").closed_on_holidays is True
    assert parse_hours("lundi au vendredi 9 h à 17 h, fermé les jours fériés").closed_on_holidays is True
    assert parse_hours("Mon-Fri 9am-5pm").closed_on_holidays is None


def test_what_was_understood_is_repeated() -> None:
    assert parse_hours("Mon, Wed 9am-5pm; 1st Sat 10am-noon").understood == "MO,WE 09:00-17:00; 1SA 10:00-12:00"


def test_non_breaking_spaces_and_line_breaks_do_not_matter() -> None:
    assert parse_hours("Monday\n9\u00a0am\u202f–\u00a05\u202fpm\nTuesday\n1pm-3pm").understood == "MO 09:00-17:00; TU 13:00-15:00"


def test_noon_and_midnight_are_times() -> None:
    row = parse_hours("Sat noon to midnight").schedules[0]
    assert (row.opens_at, row.closes_at) == (time(12), time(0))


def test_no_hours_are_no_hours() -> None:
    for text in ("", "By appointment", "Call for hours", "Closed", "Sunday: Closed"):
        parsed = parse_hours(text)
        assert (parsed.schedules, parsed.confidence) == ((), 0.0)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_jumble_is_read_without_failing_and_confident_rows_can_be_placed(words: list[str]) -> None:
    parsed = parse_hours(" ".join(words))
    assert 0.0 <= parsed.confidence <= 1.0
    if parsed.schedules:
        assert are_known(OpeningHours("America/Toronto", parsed.schedules))


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    parse_hours(text)
    ways_in_of(text)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("By appointment only, call 440-233-1086", {WayIn.APPOINTMENT, WayIn.PHONE}),
        ("Accepts walk-ins.", {WayIn.WALK_IN}),
        ("Walk-in intake hours are 9 am to 3 pm on Thursdays; no appointment required", {WayIn.WALK_IN}),
        ("Services accessible by walking in without prior appointment", {WayIn.WALK_IN}),
        (
            "Appointment Required for Service. Walk in Service is not available. This pantry does not accept walk ins.",
            {WayIn.APPOINTMENT},
        ),
        ("No appointment needed, but please bring photo ID and proof of address.", set()),
        ("Referral required", {WayIn.REFERRAL_ONLY}),
        ("No referral needed. Register online.", {WayIn.ONLINE}),
        ("sur rendez-vous", {WayIn.APPOINTMENT}),
        ("sans rendez-vous", {WayIn.WALK_IN}),
        ("con cita previa", {WayIn.APPOINTMENT}),
        ("Mon-Fri 9am-5pm", set()),
    ],
)
def test_ways_in_are_those_the_text_names_and_does_not_deny(text: str, ways: set[WayIn]) -> None:
    assert ways_in_of(text) == ways
