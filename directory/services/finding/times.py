"""Find words of time in a search and say which moment or window they mean, on the wall clock of the place."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from directory.services.finding.phrases import (
    NOW_PHRASES,
    PART_WORDS,
    PARTS_OF_DAY,
    SINCE_OR_UNTIL,
    THIS_PART_PHRASES,
    TODAY_PHRASES,
    TOMORROW_PHRASES,
    TONIGHT_PHRASES,
    WEEKDAY_WORDS,
    Word,
)
from search_index.query import OpenAt

_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:(?:[:h](?P<minute>\d{2}))|h)?\s?(?P<half>am|pm|a\.m|p\.m)?")
_JOINING = frozenset({"on", "at", "le", "el", "a", "in", "the", "this", "next", "ce", "este", "por", "la", "de", "en", "open", "ouvert"})


@dataclass(frozen=True, slots=True)
class TimeFound:
    """Words [first, last) of the text that speak of time, and the moment or window they mean. `now` True for "now" itself."""

    first: int
    last: int
    open_at: OpenAt
    now: bool = False
    phrase: str = ""


def find_time(words: tuple[Word, ...], local_now: datetime) -> TimeFound | None:
    """The first phrase of time in the words that may say when a place should be open. `local_now` is the wall clock of the place, without
    offset.

    Windows are naive (each place's own wall clock) and lie inside one day; "now" is the same instant everywhere and has no window.
    """
    for first in range(len(words)):
        if _tells_a_story(words, first):
            continue
        for reading in (_now, _this_part, _tonight, _day_and_part):
            found = reading(words, first, local_now)
            if found is not None:
                return replace(found, phrase=" ".join(word.typed for word in words[found.first : found.last]))
    return None


def _tells_a_story(words: tuple[Word, ...], first: int) -> bool:
    """After "since", "until" and their twins, an article between them or not."""
    before = [word.folded for word in words[max(0, first - 2) : first]]
    return bool(before) and (before[-1] in SINCE_OR_UNTIL or (before[-1] in _JOINING and before[0] in SINCE_OR_UNTIL))


def _phrase_length(words: tuple[Word, ...], first: int, phrases: tuple[str, ...] | dict[str, str]) -> tuple[int, str]:
    for phrase in phrases:
        parts = phrase.split(" ")
        if tuple(word.folded for word in words[first : first + len(parts)]) == tuple(parts):
            return len(parts), phrase
    return 0, ""


def _now(words: tuple[Word, ...], first: int, local_now: datetime) -> TimeFound | None:
    length, _ = _phrase_length(words, first, NOW_PHRASES)
    return TimeFound(first, first + length, OpenAt(local_now), now=True) if length else None


def _this_part(words: tuple[Word, ...], first: int, local_now: datetime) -> TimeFound | None:
    length, phrase = _phrase_length(words, first, THIS_PART_PHRASES)
    if not length:
        return None
    return TimeFound(first, first + length, _rest_of(_window(local_now, THIS_PART_PHRASES[phrase]), local_now))


def _tonight(words: tuple[Word, ...], first: int, local_now: datetime) -> TimeFound | None:
    length, _ = _phrase_length(words, first, TONIGHT_PHRASES)
    return TimeFound(first, first + length, _rest_of(_window(local_now, "night"), local_now)) if length else None


def _day_and_part(words: tuple[Word, ...], first: int, local_now: datetime) -> TimeFound | None:
    """today, tomorrow or a weekday, then perhaps a part of the day or a clock time."""
    day, last = _day(words, first, local_now)
    if day is None:
        return None
    is_today = day.date() == local_now.date()
    while last < len(words) and words[last].folded in _JOINING and last + 1 < len(words):
        follows = words[last + 1].folded
        if follows not in PART_WORDS and _clock_time(words, last + 1) is None and follows not in _JOINING:
            break
        last += 1
    if last < len(words) and words[last].folded in PART_WORDS:
        window = _window(day, PART_WORDS[words[last].folded])
        return TimeFound(first, last + 1, _rest_of(window, local_now) if is_today else window)
    clock = _clock_time(words, last)
    if clock is not None:
        moment, length = clock
        return TimeFound(first, last + length, OpenAt(datetime.combine(day.date(), moment)))
    midnight = datetime.combine(day.date(), time(0))
    window = OpenAt(midnight, midnight + timedelta(days=1))
    return TimeFound(first, last, _rest_of(window, local_now) if is_today else window)


def _day(words: tuple[Word, ...], first: int, local_now: datetime) -> tuple[datetime | None, int]:
    for phrases, days in ((TODAY_PHRASES, 0), (TOMORROW_PHRASES, 1)):
        length, _ = _phrase_length(words, first, phrases)
        if length:
            return local_now + timedelta(days=days), first + length
    weekday = WEEKDAY_WORDS.get(words[first].folded)
    if weekday is None:
        return None, first
    return local_now + timedelta(days=(weekday - local_now.weekday()) % 7), first + 1


def _clock_time(words: tuple[Word, ...], at: int) -> tuple[time, int] | None:
    """A clock time at a position: "9am", "9:30", "14h30", "9 am". A bare number is not one."""
    if at >= len(words):
        return None
    for text, length in ((" ".join(word.folded for word in words[at : at + 2]), 2), (words[at].folded, 1)):
        found = _CLOCK.fullmatch(text.strip())
        if found and (found["half"] or found["minute"] or "h" in text):
            hour = int(found["hour"])
            half = (found["half"] or "").replace(".", "")
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half == "pm" else 0)
            if hour <= 23 and int(found["minute"] or 0) <= 59:
                return time(hour, int(found["minute"] or 0)), min(length, len(words) - at)
    return None


def _window(day: datetime, part: str) -> OpenAt:
    begins, ends = PARTS_OF_DAY[part]
    start = datetime.combine(day.date(), begins)
    end = datetime.combine(day.date(), ends) if ends else datetime.combine(day.date(), time(0)) + timedelta(days=1)
    return OpenAt(start, end)


def _rest_of(window: OpenAt, local_now: datetime) -> OpenAt:
    """What is left of a window of today; the whole of it when it has not begun or is over."""
    assert window.end is not None
    return OpenAt(local_now, window.end) if window.start < local_now < window.end else window
