"""Measure a need in an area and, beside it, everywhere else, and keep what was measured. It is taken once: of whole quarters when they are
over, of a day the first time in a quarter. It is made of the one release of counts alone, as the page of gaps shows it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.domain.areas import AreaTree
from directory.domain.planning.access import REACH_KM, coverage
from directory.domain.planning.effect import OF_QUARTERS, Measure, Taken, Value, median, share_of
from directory.domain.planning.quarter import Quarter, quarter_of, read_quarter
from directory.domain.planning.reading import FEWEST_EVENTS, OF_REFERRALS
from directory.domain.referrals.states import State as ReferralState
from directory.services.area_tree import area_tree
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.planning.asked import Asked, asked_in
from directory.services.planning.counted_in import counted_in
from directory.services.planning.offers import Offer, offers_in
from directory.services.planning.population import populated
from directory.store.tables import Attempt, CellMeasure, Need, PlannedAction, SharedOutcome

Which = Callable[[str], bool]


@dataclass(frozen=True, slots=True, order=True)
class Watch:
    """What is looked at."""

    need: str
    area: str
    measure: Measure


@dataclass(slots=True)
class Measuring:
    """One round of measuring; what several measures need is read once."""

    session: Session
    now: datetime
    _asked: dict[Quarter, Asked] = field(default_factory=dict)
    _offers: dict[str, Mapping[str, Offer]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(community_in(self.session).zone)).date()

    def take(self, watch: Watch, quarter: Quarter) -> Taken:
        """What is told of a day is told of today."""
        of = {
            Measure.UNMET_SHARE: self._share,
            Measure.MEDIAN_DAYS: self._days,
            Measure.USABLE: self._usable,
            Measure.REACHED: self._reached,
        }[watch.measure]
        here, elsewhere = of(watch, quarter)
        return Taken(quarter, self.today, here, elsewhere)

    def _share(self, watch: Watch, quarter: Quarter) -> tuple[Value | None, Value | None]:
        return _both(area_tree(self.session), watch.area, lambda inside: self._share_in(watch.need, quarter, inside))

    def _share_in(self, need: str, quarter: Quarter, inside: Which) -> Value | None:
        by = self._asked_in(quarter).get(need, {})
        shown = {ended: sum(count for place, count in each.shown.items() if inside(place)) for ended, each in by.items()}
        return share_of(shown, {ended: sum(map(inside, each.hidden)) for ended, each in by.items()})

    def _days(self, watch: Watch, quarter: Quarter) -> tuple[Value | None, Value | None]:
        zone = ZoneInfo(community_in(self.session).zone)
        first, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (quarter.first, quarter.end))
        asked = select(Attempt.sent_at, Attempt.decided_at, Need.area_id).join(Need, Need.id == Attempt.need_id)
        those = (Attempt.category == watch.need, Attempt.sent_at >= first, Attempt.sent_at < end)
        rows = self.session.execute(asked.where(*those, Attempt.state != ReferralState.VOID.value)).all()
        by, coarse = self._asked_in(quarter).get(watch.need, {}), counted_in(self.session)
        of_referrals = [by[ended] for ended in OF_REFERRALS & by.keys()]

        def within(inside: Which) -> Value | None:
            """Of the areas of which something may be told: so few referrals in another stand in no median."""
            areas = {place for each in of_referrals for place in each.shown if inside(place)}
            told = sum(each.shown.get(place, 0) for each in of_referrals for place in areas)
            waits = [
                (row.decided_at - row.sent_at) / timedelta(days=1) if row.decided_at else None
                for row in rows
                if coarse(row.area_id) in areas
            ]  # fmt: skip
            found = median(waits) if told >= FEWEST_EVENTS else None
            return None if found is None else Value(round(found, 1), round(found, 1), told)

        return _both(area_tree(self.session), watch.area, within)

    def _usable(self, watch: Watch, quarter: Quarter) -> tuple[Value | None, Value | None]:  # noqa: ARG002
        usable = [offer for offer in self._offers_for(watch.need) if offer.is_usable]
        here = sum(offer.serves(watch.area) for offer in usable)
        return Value(here, here), Value(len(usable) - here, len(usable) - here)

    def _reached(self, watch: Watch, quarter: Quarter) -> tuple[Value | None, Value | None]:  # noqa: ARG002
        areas = populated(self.session)
        among = [area.id for area in areas]
        supplies = [offer.supply(among) for offer in self._offers_for(watch.need) if offer.is_usable]

        def within(inside: Which) -> Value | None:
            served, people = coverage([area for area in areas if inside(area.id)], supplies, REACH_KM)
            return Value(served / people, served / people, people) if people else None

        return _both(area_tree(self.session), watch.area, within)

    def _asked_in(self, quarter: Quarter) -> Asked:
        if quarter not in self._asked:
            self._asked[quarter] = asked_in(self.session, quarter)
        return self._asked[quarter]

    def _offers_for(self, need: str) -> list[Offer]:
        if need not in self._offers:
            self._offers[need] = offers_in(self.session, self.now, [need])
        return [offer for offer in self._offers[need].values() if need in offer.needs]


def _both(tree: AreaTree, area: str, of: Callable[[Which], Value | None]) -> tuple[Value | None, Value | None]:
    """In the area and what lies in it, and everywhere else; what is of no known place is of neither."""
    return of(lambda place: bool(place) and tree.lies_in(place, area)), of(lambda place: bool(place) and not tree.lies_in(place, area))


def now_or_last(measure: Measure, today: date) -> Quarter:
    """The newest quarter that a measure can be told of: of whole ones the last that is over."""
    return quarter_of(today).before if measure in OF_QUARTERS else quarter_of(today)


def keep(measuring: Measuring, watch: Watch, quarters: Iterable[Quarter]) -> None:
    """Measure those quarters that were not yet, and can be now; the caller commits."""
    session, newest = measuring.session, now_or_last(watch.measure, measuring.today)
    there = set(taken_of(session, watch))
    for quarter in quarters:
        if quarter in there or (quarter > newest if watch.measure in OF_QUARTERS else quarter != newest):
            continue
        try:
            with session.begin_nested():
                session.add(_row(watch, measuring.take(watch, quarter)))
        except IntegrityError:  # somebody else took it meanwhile, and theirs stays
            continue


def _row(watch: Watch, taken: Taken) -> CellMeasure:
    here, elsewhere = taken.here, taken.elsewhere
    return CellMeasure(
        need=watch.need, area=watch.area, measure=watch.measure.value, quarter=str(taken.quarter), taken_on=taken.on,
        low=here and here.low, high=here and here.high, of=here and here.of, elsewhere_low=elsewhere and elsewhere.low,
        elsewhere_high=elsewhere and elsewhere.high, elsewhere_of=elsewhere and elsewhere.of,
    )  # fmt: skip


def taken_of(session: Session, watch: Watch) -> dict[Quarter, Taken]:
    """Everything that was measured of it."""
    those = (CellMeasure.need == watch.need, CellMeasure.area == watch.area, CellMeasure.measure == watch.measure.value)
    return {
        read_quarter(row.quarter): Taken(
            read_quarter(row.quarter),
            row.taken_on,
            _value(row.low, row.high, row.of),
            _value(row.elsewhere_low, row.elsewhere_high, row.elsewhere_of),
        )
        for row in session.scalars(select(CellMeasure).where(*those))
    }


def _value(low: float | None, high: float | None, of: int | None) -> Value | None:
    return None if low is None or high is None else Value(low, high, of)


def watched(session: Session) -> set[Watch]:
    """The cells that outcomes and actions hang on."""
    outcomes = session.execute(select(SharedOutcome.need, SharedOutcome.area, SharedOutcome.measure).distinct())
    actions = select(PlannedAction.need, PlannedAction.area, PlannedAction.measure).where(PlannedAction.measure.is_not(None))
    return {Watch(need, area, Measure(measure)) for need, area, measure in (*outcomes, *session.execute(actions.distinct()))}


def keep_measures(parts: Parts) -> int:
    """Once a night: measure what is looked at, as far as it was not yet, and forget what nobody looks at any more; how many are kept."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        wanted = sorted(watched(session))
    for watch in wanted:
        parts.stop_if_asked()
        with parts.database.writing() as session:
            measuring = Measuring(session, now)
            newest = now_or_last(watch.measure, measuring.today)
            keep(measuring, watch, (newest.before, newest))
            session.commit()
    with parts.database.writing() as session:
        still = watched(session)
        for row in session.scalars(select(CellMeasure)):
            if Watch(row.need, row.area, Measure(row.measure)) not in still:
                session.delete(row)
        session.commit()
    return len(wanted)
