"""How often help was asked for, by need, area and how asking ended: from searches and from referrals, as it may be told."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import Ended
from directory.domain.planning.suppression import Released, release
from directory.domain.referrals.codes import CODES, UNMET, Code
from directory.domain.referrals.states import State
from directory.services.listings.community import community_in
from directory.services.planning.counted_in import counted_in
from directory.store.tables import Attempt, Need, SearchCount, SearchGap

Asked = Mapping[str, Mapping[Ended, Released]]
"""Need -> how asking ended -> where, as it may be told."""


def asked_in(session: Session, quarter: Quarter) -> Asked:
    """Of all areas: what an area's planner sees is a part of the same release, or two releases could be held against each other."""
    counts: dict[str, dict[Ended, Counter[str]]] = {}
    _add_searches(session, quarter, counts)
    _add_referrals(session, quarter, counts)
    return {need: {ended: release(where) for ended, where in by.items()} for need, by in sorted(counts.items())}


Counting = dict[str, dict[Ended, Counter[str]]]


def _add(counts: Counting, need: str, ended: Ended, area: str, number: int) -> None:
    if number > 0:
        counts.setdefault(need, {}).setdefault(ended, Counter())[area] += number


def _add_searches(session: Session, quarter: Quarter, counts: Counting) -> None:
    nothing: Counter[tuple[str, str]] = Counter()
    gaps = select(SearchGap.needs, SearchGap.area).where(SearchGap.day >= quarter.first, SearchGap.day < quarter.end)
    for needs, area in session.execute(gaps):
        nothing.update((need, area) for need in needs)
    every: Counter[tuple[str, str]] = Counter()
    searches = select(SearchCount.need, SearchCount.area, SearchCount.searches)
    for need, area, number in session.execute(searches.where(SearchCount.day >= quarter.first, SearchCount.day < quarter.end)):
        every[need, area] += number
    for (need, area), number in nothing.items():
        _add(counts, need, Ended.NOTHING, area, number)
    for (need, area), number in every.items():
        _add(counts, need, Ended.FOUND, area, number - nothing[need, area])


def _add_referrals(session: Session, quarter: Quarter, counts: Counting) -> None:
    """Each need of a person once for each way in which asking ended."""
    zone = ZoneInfo(community_in(session).zone)
    first, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (quarter.first, quarter.end))
    columns = (Attempt.state, Attempt.code, Attempt.category, Need.area_id, Need.id)
    sent = select(*columns).join(Need, Need.id == Attempt.need_id).where(Attempt.sent_at >= first, Attempt.sent_at < end)
    coarse = counted_in(session)
    found = {
        (category, ended, coarse(area), need_id)
        for state, code, category, area, need_id in session.execute(sent.where(Attempt.state != State.VOID.value).distinct())
        if (ended := _ended(state, code)) is not None
    }
    for category, ended, area, _need_id in found:
        _add(counts, category, ended, area, 1)


def _ended(state: str, code: str | None) -> Ended | None:
    """None where the reason says nothing of what is offered: the person chose otherwise, or it is of one person alone."""
    if state not in (State.DECLINED.value, State.NOT_HELPED.value):
        return Ended.REFERRED
    counts = CODES[Code(code)].counts if code else None
    return Ended(counts.value) if counts in UNMET and counts is not None else None
