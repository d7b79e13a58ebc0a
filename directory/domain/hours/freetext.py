"""Hours written for people, read into schedule rows, with an honest word on how sure the reading is.

A wrong hour does harm: somebody stands before a closed door. So the reading errs towards *not sure*. Below `CONFIDENT` an importer keeps
only the text. The steps of confidence:

- 0.95 every word understood, and only one reading;
- 0.70 hours for several purposes mixed (lunch, laundry, intake), or words left over;
- 0.50 am or pm missing, spans that contradict each other or make little sense;
- 0.20 digits left over, or days and times that do not pair up;
- 0.00 no hours found.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from directory.domain.hours.freetext_phrases import Reading, read_clauses
from directory.domain.hours.freetext_repeats import read_repeats
from directory.domain.hours.freetext_times import ReadSpan, keeps_24_hour_clock
from directory.domain.hours.freetext_words import Kind, Token, tokens_of
from directory.domain.hours.values import Frequency, Schedule

CONFIDENT = 0.8
"""From here on a reading may be used as hours; below, only the text is kept."""

SURE, MIXED, DOUBTFUL, BROKEN, NOTHING = 0.95, 0.7, 0.5, 0.2, 0.0


@dataclass(frozen=True, slots=True)
class ParsedHours:
    """Rows read from a text. `understood` repeats them in a short notation ("MO,TU 09:00-17:00"); `left_over` is the rest of the text."""

    schedules: tuple[Schedule, ...]
    confidence: float
    understood: str
    left_over: str
    closed_on_holidays: bool | None = None

    @property
    def confident(self) -> bool:
        return self.confidence >= CONFIDENT


def parse_hours(text: str, *, on_24_hour_clock: bool = False) -> ParsedHours:
    """Read hours in English, French or simple Spanish. `on_24_hour_clock`: the feed is known to write 1 pm as 13:00."""
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " "))
    repeated = read_repeats(text)
    if repeated is not None:
        return ParsedHours(repeated, SURE if repeated else BROKEN, _summary(repeated), "" if repeated else text.strip())
    tokens = tokens_of(text)
    reading = read_clauses(tokens, on_24_hour_clock or keeps_24_hour_clock(tokens))
    schedules = tuple(_rows(reading))
    confidence = _confidence(reading, tokens) if schedules else NOTHING
    return ParsedHours(schedules, confidence, _summary(schedules), _words(text, reading.left_over), reading.closed_on_holidays)


def parse_columns(days: str, opens: str, closes: str) -> ParsedHours:
    """Read hours kept in three columns. Times in the column of days win: beside them the other two only repeat a part of it."""
    says_times = any(token.kind in (Kind.TIME, Kind.ALL_DAY, Kind.NONSTOP) for token in tokens_of(days))
    if says_times or not (opens.strip() or closes.strip()):
        return parse_hours(days)
    times = f"{opens} - {closes}" if closes.strip() else opens
    return parse_hours(f"{days}: {times}" if days.strip() else times)


def _rows(reading: Reading) -> Iterable[Schedule]:
    for days, times in reading.pairs:
        weekly = tuple(day for day in days.byday if len(day) == 2)
        monthly = tuple(day for day in days.byday if len(day) > 2)
        for span in times.spans:
            if weekly:
                yield Schedule(Frequency.WEEKLY, byday=weekly, opens_at=span.opens_at, closes_at=span.closes_at)
            if monthly:
                yield Schedule(Frequency.MONTHLY, byday=monthly, opens_at=span.opens_at, closes_at=span.closes_at)


def _confidence(reading: Reading, tokens: Sequence[Token]) -> float:
    if any(character.isdigit() for token in reading.left_over for character in token.text):
        return BROKEN
    if any(token.kind not in (Kind.WORD, Kind.NUMBER) for token in reading.left_over):
        return BROKEN
    spans = [span for _, times in reading.pairs for span in times.spans]
    says_monthly = any(token.kind is Kind.OF_MONTH for token in tokens)
    if reading.doubtful or any(span.doubtful for span in spans) or _contradictory(reading):
        return DOUBTFUL
    if says_monthly and any(len(day) == 2 for days, _ in reading.pairs for day in days.byday):
        return DOUBTFUL
    purposes = {token.text for token in tokens if token.kind is Kind.PURPOSE}
    return MIXED if reading.left_over or len(purposes) > 1 else SURE


def _contradictory(reading: Reading) -> bool:
    """Whether spans of one day overlap, or a day is said to be closed and open."""
    by_day: dict[str, list[ReadSpan]] = {}
    for days, times in reading.pairs:
        for day in days.byday:
            by_day.setdefault(day, []).extend(times.spans)
    if any(day in by_day for days in reading.closed for day in days.byday):
        return True
    return any(_overlap(spans) for spans in by_day.values())


def _overlap(spans: list[ReadSpan]) -> bool:
    minutes = sorted(span.minutes for span in spans)
    return any(before[1] > after[0] for before, after in pairwise(minutes))


def _words(text: str, tokens: Iterable[Token]) -> str:
    places = sorted({(token.start, token.end) for token in tokens})
    return " ".join(text[start:end] for start, end in places)


def _summary(rows: Iterable[Schedule]) -> str:
    return "; ".join(_row_summary(row) for row in rows)


def _row_summary(row: Schedule) -> str:
    days = ",".join(row.byday) or (row.dtstart.isoformat() if row.dtstart else "")
    every = f" every {row.interval}" if row.interval > 1 else ""
    if row.opens_at is None or row.closes_at is None:
        return f"{days}{every} {'closed' if row.effect == 'closes' else '24 h'}"
    return f"{days}{every} {row.opens_at:%H:%M}-{row.closes_at:%H:%M}"
