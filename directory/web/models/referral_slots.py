"""Times that both sides can meet at, and ways to meet, as choices."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from directory.domain.errors import InvalidInput
from directory.domain.referrals.handoff import How, Slot
from directory.domain.sentences import say
from directory.web.here import community_zone
from directory.web.models.referral_words import how_words
from directory.web.times import clock_time, day_name


def slot_choices(found: Iterable[Slot]) -> tuple[tuple[str, str], ...]:
    """Value and words of each, on the community's clock."""
    return tuple((slot.start.isoformat(), _words(slot.start)) for slot in found)


def _words(moment: datetime) -> str:
    local = moment.astimezone(community_zone())
    return f"{day_name(local.date())}, {clock_time(local)}"


def how_choices() -> tuple[tuple[str, str, bool], ...]:
    return tuple((how.value, how_words(how), how is How.IN_PERSON) for how in How)


def chosen_time(slot: str, day: str, at: str) -> datetime:
    """The moment of a slot, else of a day and a time on the community's clock. Raise `InvalidInput`."""
    written = f"{day}T{at}" if day and at else slot
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise InvalidInput("slot", say("Choose one of the times, or write a day and a time of your own.")) from None
    if abs(moment.replace(tzinfo=None) - datetime(2000, 1, 1)) > timedelta(days=365 * 200):  # noqa: DTZ001  # only a wide bound
        raise InvalidInput("slot", say("Choose one of the times, or write a day and a time of your own."))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=community_zone())
