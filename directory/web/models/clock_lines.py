"""The terms of referrals in words that anybody reads: who has how long for what, and what happens when the time is over."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from directory.domain.referrals.clocks import RECEIVER
from directory.domain.referrals.states import State
from directory.services.referrals.community_clocks import PublishedClock, term_words
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class ClockLine:
    """`step`: what is waited for. `who`, `urgent`, `routine`: in words."""

    step: str
    who: str
    urgent: str
    routine: str
    expires: bool


_STEPS: Mapping[str, Callable[[], str]] = {
    State.CONSENT_PENDING: lambda: _("The person is asked whether they agree"),
    State.SENT: lambda: _("A referral that was sent is looked at"),
    State.SEEN: lambda: _("Yes or no, counted from sending"),
    State.INFO_NEEDED: lambda: _("A question of the program is answered"),
    State.ACCEPTED: lambda: _("After a yes: a first meeting is arranged"),
    State.HANDOFF_PLANNED: lambda: _("The first meeting takes place"),
    State.WAITLISTED: lambda: _("Who is on a waiting list hears whether they still are"),
    State.INTRODUCED: lambda: _("After the first meeting: help begins"),
    State.IN_SERVICE: lambda: _("Who is being helped: it is said how it goes"),
    State.DECLINED: lambda: _("After a no: the next step is chosen"),
    State.NOT_HELPED: lambda: _("When it did not help: the next step is chosen"),
    State.EXPIRED: lambda: _("When nobody answered: the next step is chosen"),
}


def clock_lines(clocks: Iterable[PublishedClock]) -> list[ClockLine]:
    """In the order in which a referral meets them."""
    return [
        ClockLine(
            _STEPS[State(clock.state)](),
            _("the program that is asked") if clock.waits_for == RECEIVER else _("whoever refers"),
            _term(clock.urgent),
            _term(clock.routine),
            clock.expires,
        )
        for clock in clocks
    ]


def _term(written: str) -> str:
    number, are_days = term_words(written)
    shown, counted = f"{number:g}", math.ceil(number)
    if are_days:
        return ngettext("%(n)s working day", "%(n)s working days", counted, n=shown)
    return ngettext("%(n)s open hour", "%(n)s open hours", counted, n=shown)
