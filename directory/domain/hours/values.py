"""The values of opening hours: schedule rows as HSDS 3.1 has them, a listing's hours, and the calendar that the index holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

MinuteSpan = tuple[int, int]
"""Half-open span of minutes [start, end). Inside a day 0 <= start < end <= 1440; inside a week (Monday 0:00 = 0) up to 10,080."""


class Frequency(StrEnum):
    """How often a schedule row comes back (HSDS `freq`)."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Effect(StrEnum):
    """What a schedule row does to the others on the dates it covers."""

    ADDS = "adds"
    REPLACES = "replaces"  # exceptional hours: only these count on its dates
    CLOSES = "closes"  # closed on its dates, whatever else is said


class WayIn(StrEnum):
    """How a person gets in; several may hold."""

    WALK_IN = "walk_in"
    PHONE = "phone"
    ONLINE = "online"
    APPOINTMENT = "appointment"
    REFERRAL_ONLY = "referral_only"
    POLICE_DROP_OFF = "police_drop_off"
    MEDICAL_CLEARANCE_FIRST = "medical_clearance_first"
    INTOXICATED_ACCEPTED = "intoxicated_accepted"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One row of hours. Times are of the wall clock; `closes_at` at or before `opens_at` means it runs past midnight.

    `opens_at` and `closes_at` both None on a row that opens means all day. 00:00 to 23:59 and 00:00 to 24:00 mean all day too (HSDS
    convention); 24:00 is kept as `closes_at` 00:00. `byday` holds RRULE days: "MO", or with an ordinal for monthly rows: "1SA", "-1FR".
    A row without `freq` and with `dtstart` (or `valid_from` to `valid_to`) covers just those dates. `valid_to` and `until` are inclusive.
    """

    freq: Frequency | None = None
    interval: int = 1
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    wkst: str = "MO"
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    effect: Effect = Effect.ADDS


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """All schedule rows of one purpose (being open, or taking people) at one place, with the zone they are read in.

    `holiday_region` is an ISO 3166-2 code ("CA-ON", "US-PA") or a country ("CA"); `closed_on_holidays` None means not known, which never
    closes the place but lets the reader be told that today is a holiday. No rows means the hours are not known.
    """

    zone: str
    schedules: tuple[Schedule, ...] = ()
    holiday_region: str | None = None
    closed_on_holidays: bool | None = None

    @property
    def known(self) -> bool:
        return bool(self.schedules)


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether hours cover a moment. `open` None: not known. `until` is when an open spell ends (None: never within 400 days); `next` is
    when it opens next if it is not open now (None: not within 400 days, or not known). Both are aware, in the place's own zone."""

    open: bool | None
    until: datetime | None = None
    next: datetime | None = None
    holiday: str | None = None


class Taking(StrEnum):
    """What a reader is told about getting in at a moment."""

    TAKES_PEOPLE = "takes_people"  # Takes people now
    OPEN_INTAKE_UNKNOWN = "open_intake_unknown"  # Open, intake not known: call
    OPEN_NOT_TAKING = "open_not_taking"  # Open, but takes people only at other hours
    CLOSED = "closed"
    UNKNOWN = "unknown"  # Hours not known: call


@dataclass(frozen=True, slots=True)
class Access:
    """How and when people get into a service at a place: hours of being open, hours of intake where they are stated, ways in."""

    hours: OpeningHours
    intake: OpeningHours | None = None
    ways_in: frozenset[WayIn] = frozenset()


@dataclass(frozen=True, slots=True)
class AccessState:
    """Answer for one moment. `open` is what filters and the API use: True takes people or may (open, intake not known), False does not,
    None not known. `until` and `next` speak of the same hours that `open` was decided on."""

    taking: Taking
    open: bool | None
    until: datetime | None = None
    next: datetime | None = None
    holiday: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningCalendar:
    """What the index holds of the hours that decide `open`, exact from `first` to `last` (both included).

    On a date that is in `irregular` only its spans count (minutes of that day; an overnight spell is cut at midnight and lies on both
    dates); on every other date the `week` counts (minutes of the week, Monday 0:00 = 0). Spans are sorted, disjoint and not touching.
    """

    zone: str
    first: date
    last: date
    known: bool = True
    week: tuple[MinuteSpan, ...] = ()
    irregular: Mapping[date, tuple[MinuteSpan, ...]] = field(default_factory=dict)
