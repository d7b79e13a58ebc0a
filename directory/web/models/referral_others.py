"""Who else may help, as the page of a need offers them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directory.services.finding.results import FoundService
from directory.services.referrals.asked import Condition, known_of
from directory.services.referrals.slow import Slowness
from directory.web.here import parts
from directory.web.models.card import Card, Moment, card
from directory.web.times import age_words, days_ago


@dataclass(frozen=True, slots=True)
class Other:
    """A result of the search, and what receivers of its listing refused for before."""

    card: Card
    conditions: tuple[tuple[str, str], ...]
    slow: Slowness | None = None


def others(found: Iterable[FoundService], now: datetime, user_agent: str) -> tuple[Other, ...]:
    """In the order of the search."""
    cards = [card(each, place, Moment(now), now, user_agent) for place, each in enumerate(found, start=1)]
    known = known_of(parts(), [each.service_id for each in cards])
    return tuple(_other(each, *known.get(each.service_id, ((), None)), now) for each in cards)


def _other(found: Card, conditions: tuple[Condition, ...], slow: Slowness | None, now: datetime) -> Other:
    return Other(found, tuple((one.clause, age_words(days_ago(one.at, now))) for one in conditions), slow)
