"""Hypothesis strategies for hours: schedule rows of every kind, whole opening hours, and moments near which something can go wrong.

Everything happens around `AROUND`, within reach of the days on which clocks change in Toronto, London and (never) Kolkata.
"""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from directory.domain.hours.recurrence import WEEKDAYS, why_not_placed
from directory.domain.hours.values import Access, Effect, Frequency, OpeningHours, Schedule, WayIn

AROUND = date(2026, 11, 1)
ZONES = ("America/Toronto", "Europe/London", "Asia/Kolkata")
REGIONS = {"America/Toronto": "CA-ON", "Europe/London": "GB-SCT", "Asia/Kolkata": "IN"}
CLOCK_CHANGES = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2027, 3, 14))

days = st.integers(-300, 420).map(lambda offset: AROUND + timedelta(days=offset))
telling_days = st.one_of(
    days,
    st.tuples(st.sampled_from(CLOCK_CHANGES), st.integers(-1, 1)).map(lambda pair: pair[0] + timedelta(days=pair[1])),
    st.sampled_from((date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 28))),
)
moments = st.builds(lambda day, minute: datetime.combine(day, time(), UTC) + timedelta(minutes=minute), telling_days, st.integers(0, 1439))
clock_times = st.one_of(
    st.sampled_from((time(0), time(1, 30), time(2), time(2, 30), time(9), time(17), time(22), time(23, 59))),
    st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45))),
)
times_of_a_spell = st.one_of(st.tuples(clock_times, clock_times), st.just((None, None)))
weekday_sets = st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=5).map(lambda names: tuple(sorted(names, key=WEEKDAYS.index)))
month_ordinals = st.sets(
    st.builds(lambda ordinal, day: f"{ordinal}{day}", st.sampled_from((1, 2, 3, 4, 5, -1, -2)), st.sampled_from(WEEKDAYS)),
    min_size=1,
    max_size=3,
).map(lambda names: tuple(sorted(names)))
effects = st.sampled_from((Effect.ADDS,) * 5 + (Effect.REPLACES, Effect.CLOSES))
limits = st.fixed_dictionaries(
    {}, optional={"dtstart": days, "until": days, "count": st.integers(1, 30), "valid_from": days, "valid_to": days}
)


@st.composite
def plain_weekly_rows(draw: st.DrawFn) -> Schedule:
    """The ordinary row: these days of every week, at these times."""
    opens, closes = draw(times_of_a_spell)
    return Schedule(Frequency.WEEKLY, byday=draw(weekday_sets), opens_at=opens, closes_at=closes)


@st.composite
def repeated_rows(draw: st.DrawFn) -> Schedule:
    """Rows that come back every so many weeks or months, with every part that HSDS has; some cannot be placed on dates."""
    freq = draw(st.sampled_from(Frequency))
    parts: dict[str, object] = {}
    if freq is Frequency.WEEKLY:
        parts["byday"] = draw(st.one_of(weekday_sets, st.just(())))
    else:
        parts["byday"] = draw(st.one_of(month_ordinals, weekday_sets, st.just(())))
        parts["bymonthday"] = draw(st.one_of(st.just(()), st.sampled_from(((1, 15), (31,), (-1,), (13, -2)))))
    if draw(st.integers(0, 5)) == 0:
        parts["byweekno"] = draw(st.sampled_from(((1,), (2, 20, 44, 53), (-1,), (45, 46, 47, 48))))
    if draw(st.integers(0, 7)) == 0:
        parts["byyearday"] = draw(st.sampled_from(((1, -1), (305, 310, 366), (60, -60))))
    opens, closes = draw(times_of_a_spell)
    return Schedule(
        freq,
        interval=draw(st.sampled_from((1, 1, 2, 3))),
        wkst=draw(st.sampled_from(WEEKDAYS)),
        opens_at=opens,
        closes_at=closes,
        effect=draw(effects),
        **parts,
        **draw(limits),
    )


@st.composite
def dated_rows(draw: st.DrawFn) -> Schedule:
    """Rows for one date or a stretch of dates: events, special hours, closures."""
    opens, closes = draw(times_of_a_spell)
    first = draw(telling_days)
    row = Schedule(opens_at=opens, closes_at=closes, effect=draw(st.sampled_from(Effect)))
    if draw(st.booleans()):
        return Schedule(opens_at=row.opens_at, closes_at=row.closes_at, effect=row.effect, dtstart=first)
    last = first + timedelta(days=draw(st.integers(0, 20)))
    return Schedule(opens_at=row.opens_at, closes_at=row.closes_at, effect=row.effect, valid_from=first, valid_to=last)


placed_rows = st.one_of(plain_weekly_rows(), repeated_rows(), dated_rows()).filter(lambda row: why_not_placed(row) is None)


@st.composite
def known_hours(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> OpeningHours:
    """Hours that tell open from closed: up to five rows that can be placed, at least one of which adds."""
    zone = draw(st.sampled_from(zones))
    adds = draw(placed_rows.filter(lambda row: row.effect is Effect.ADDS))
    others = draw(st.lists(placed_rows, max_size=4))
    return OpeningHours(zone, (adds, *others), REGIONS.get(zone), draw(st.sampled_from((None, False, True))))


unknown_hours = st.sampled_from(ZONES).map(OpeningHours)
opening_hours = st.one_of(known_hours(), known_hours(), known_hours(), unknown_hours)
accesses = st.builds(Access, opening_hours, st.one_of(st.none(), opening_hours), st.frozensets(st.sampled_from(WayIn)))
