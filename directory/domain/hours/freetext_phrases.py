"""The small grammar of opening hours: days and times, in either order, clause by clause.

A clause says days before times ("Mon-Fri 9am-5pm, Sat 10am-12pm") or times before days ("9 am to 5 pm Mondays, 9 am to 6 pm Tuesdays"),
and keeps to it. Where days and times do not pair up one to one the clause is not understood; nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from directory.domain.hours.freetext_times import WHOLE_DAY, ReadSpan, clock_time, read_span
from directory.domain.hours.freetext_words import DAY_OF_WORD, ORDINAL_OF_WORD, Kind, Token
from directory.domain.hours.recurrence import WEEKDAYS

_DAY_KINDS = {Kind.DAY, Kind.ORDINAL, Kind.EVERY_DAY, Kind.WORKDAYS, Kind.WEEKEND}
_SKIPPED = {Kind.JOIN, Kind.FILLER, Kind.MARK, Kind.EVERY}
_FROM = frozenset({"from", "de", "des", "du", "la", "las"})
_SETS = {Kind.EVERY_DAY: WEEKDAYS, Kind.WORKDAYS: WEEKDAYS[:5], Kind.WEEKEND: WEEKDAYS[5:]}


@dataclass(frozen=True, slots=True)
class Days:
    """Days as RRULE names them: "MO", or "1SA" for the first Saturday of the month."""

    byday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    spans: tuple[ReadSpan, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The days it stands with are closed."""


Phrase = Days | Times | Closed


@dataclass(slots=True)
class Reading:
    """What has been made of a text so far: (days, spans) pairs, closed days, what was not understood, and whether anything is doubtful."""

    pairs: list[tuple[Days, Times]] = field(default_factory=list)
    closed: list[Days] = field(default_factory=list)
    left_over: list[Token] = field(default_factory=list)
    closed_on_holidays: bool | None = None
    doubtful: bool = False


def read_clauses(tokens: Sequence[Token], on_24_hour_clock: bool) -> Reading:
    """All clauses of a text."""
    reading = Reading()
    for is_break, group in groupby(tokens, key=lambda token: token.kind is Kind.BREAK):
        if not is_break:
            clause = list(group)
            before = len(reading.left_over)
            phrases = _Clause(clause, on_24_hour_clock, reading).phrases()
            if not _pair(phrases, reading):
                del reading.left_over[before:]
                reading.left_over.extend(clause)
    return reading


class _Clause:
    """Reads the phrases of one clause from left to right."""

    def __init__(self, tokens: list[Token], on_24_hour_clock: bool, reading: Reading) -> None:
        self._tokens = tokens
        self._on_24_hour_clock = on_24_hour_clock
        self._reading = reading
        self._place = 0

    def phrases(self) -> list[Phrase]:
        found: list[Phrase] = []
        while token := self._here():
            found.extend(self._phrase(token))
        return found

    def _phrase(self, token: Token) -> Iterable[Phrase]:
        if token.kind in _DAY_KINDS:
            return (Days(tuple(dict.fromkeys(self._days()))),)
        if token.kind in (Kind.TIME, Kind.ALL_DAY):
            spans = tuple(self._spans())
            return (Times(spans),) if spans else ()
        self._place += 1
        if token.kind is Kind.NONSTOP:
            return Days(WEEKDAYS), Times((WHOLE_DAY,))
        if token.kind is Kind.CLOSED:
            return (Closed(),)
        if token.kind is Kind.HOLIDAYS:
            self._reading.closed_on_holidays = True
        elif token.kind in (Kind.WORD, Kind.NUMBER):
            self._reading.left_over.append(token)
        return ()

    def _here(self, ahead: int = 0) -> Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _kind(self, ahead: int = 0) -> Kind | None:
        token = self._here(ahead)
        return token.kind if token else None

    def _next_of(self, kinds: set[Kind], skipping: set[Kind], or_words: frozenset[str] = frozenset()) -> bool:
        """Move to the next token of these kinds if only skipped ones lie before it."""
        ahead = 0
        while (token := self._here(ahead)) and (token.kind in skipping or token.text in or_words):
            ahead += 1
        if self._kind(ahead) not in kinds:
            return False
        self._place += ahead
        return True

    def _days(self) -> Iterable[str]:
        while True:
            token = self._here()
            if token is None:
                return
            if token.kind is Kind.ORDINAL:
                yield from self._ordinal_days()
            elif token.kind is Kind.DAY:
                yield from self._day_or_range(token)
            else:
                self._place += 1
                yield from _SETS[token.kind]
            if not self._next_of(_DAY_KINDS, _SKIPPED):
                return

    def _day_or_range(self, token: Token) -> Iterable[str]:
        first = _day(token)
        self._place += 1
        second = self._here(1)
        if self._kind() is not Kind.TO or second is None or second.kind is not Kind.DAY:
            return (first,)
        self._place += 2
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(_day(second))
        self._reading.doubtful |= start == end
        return (WEEKDAYS[(start + offset) % 7] for offset in range((end - start) % 7 + 1))

    def _ordinal_days(self) -> Iterable[str]:
        """ "2nd, 3rd and 4th Wednesday". Ordinals before more than one day may or may not mean each of them, so that is doubtful."""
        start = self._place
        ordinals = []
        while self._next_of({Kind.ORDINAL}, {Kind.JOIN}):
            ordinals.append(ORDINAL_OF_WORD[self._tokens[self._place].text])
            self._place += 1
        token = self._here()
        if token is None or token.kind is not Kind.DAY:
            self._reading.left_over.extend(self._tokens[start : self._place])
            self._reading.doubtful = True
            return ()
        self._place += 1
        ends_here = self._kind() is not Kind.TO or self._kind(1) is Kind.TIME
        self._reading.doubtful |= not ends_here or self._plain_day_follows() or self._may_mean_every_second_week(start, ordinals)
        return (f"{ordinal}{_day(token)}" for ordinal in ordinals)

    def _plain_day_follows(self) -> bool:
        ahead = 0
        while self._kind(ahead) is Kind.JOIN:
            ahead += 1
        return self._kind(ahead) is Kind.DAY

    def _may_mean_every_second_week(self, start: int, ordinals: list[int]) -> bool:
        says_every = start > 0 and self._tokens[start - 1].kind is Kind.EVERY
        return says_every and ordinals != [1] and not any(token.kind is Kind.OF_MONTH for token in self._tokens)

    def _spans(self) -> Iterable[ReadSpan]:
        while True:
            if self._kind() is Kind.ALL_DAY:
                self._place += 1
                yield WHOLE_DAY
            elif span := self._span():
                yield span
            if not self._next_of({Kind.TIME, Kind.ALL_DAY}, {Kind.JOIN}, _FROM):
                return

    def _span(self) -> ReadSpan | None:
        first, last = self._here(), self._here(2)
        if first and last and self._kind(1) is Kind.TO and last.kind is Kind.TIME:
            start = clock_time(first.text, self._on_24_hour_clock)
            end = clock_time(last.text, self._on_24_hour_clock)
            if start and end:
                self._place += 3
                return read_span(start, end)
        if first:
            self._reading.left_over.append(first)
        self._place += 1
        return None


def _day(token: Token) -> str:
    return DAY_OF_WORD[token.text.rstrip(".")]


def _pair(phrases: list[Phrase], reading: Reading) -> bool:
    """Put the days and times of a clause together; False when they do not pair up. A clause of leftovers alone pairs up trivially."""
    if phrases == [Times((WHOLE_DAY,))]:
        phrases = [Days(WEEKDAYS), *phrases]
    if phrases and isinstance(phrases[0], Times):
        phrases = _turned(phrases)
    place = 0
    while place < len(phrases):
        first, second = phrases[place], phrases[place + 1] if place + 1 < len(phrases) else None
        if isinstance(first, Days) and isinstance(second, Times):
            reading.pairs.append((first, second))
        elif isinstance(first, Days) and isinstance(second, Closed):
            reading.closed.append(first)
        elif isinstance(first, Closed) and isinstance(second, Days) and len(phrases) == place + 2:
            reading.closed.append(second)
        else:
            return False
        place += 2
    return True


def _turned(phrases: list[Phrase]) -> list[Phrase]:
    """Times before days, turned into days before times; an odd one out stays where it was, so that pairing fails on it."""
    turned: list[Phrase] = []
    for place in range(0, len(phrases), 2):
        pair = phrases[place : place + 2]
        is_turned = len(pair) == 2 and isinstance(pair[0], Times) and isinstance(pair[1], Days)
        turned.extend(reversed(pair) if is_turned else pair)
    return turned
