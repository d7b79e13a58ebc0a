"""The terms of referrals in words that anybody reads: who has how long for what, and what happens when the time is over. The sentences are
those of the rules."""

import math
from dataclasses import dataclass

from directory.domain.referrals.clocks import RECEIVER
from directory.services.referrals.community_clocks import PublishedClock, PublishedClocks, term_words
from directory.web.models.rule_texts import text_words
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class ClockLine:
    """`step`: what is waited for. `who`, `urgent`, `routine`: in words."""

    step: str
    who: str
    urgent: str
    routine: str
    expires: bool


@dataclass(frozen=True, slots=True)
class ClockPage:
    """`steps`: what happens when time runs. `more`: a term, and for what it holds beside the lines."""

    lines: tuple[ClockLine, ...]
    steps: tuple[str, ...]
    more: tuple[tuple[str, str], ...]


def clock_page(found: PublishedClocks) -> ClockPage:
    """In the order in which a referral meets them."""
    return ClockPage(
        lines=tuple(_line(clock) for clock in found.clocks if clock.sentences),
        steps=tuple(text_words(text) for text in found.steps),
        more=tuple((term_in_words(term), text_words(text)) for term, text in found.more),
    )


def _line(clock: PublishedClock) -> ClockLine:
    return ClockLine(
        " · ".join(text_words(text) for text in clock.sentences),
        _("the program that is asked") if clock.waits_for == RECEIVER else _("whoever refers"),
        term_in_words(clock.urgent),
        term_in_words(clock.routine),
        clock.expires,
    )


def term_in_words(written: str) -> str:
    if not written:
        return _("no term")
    number, are_days = term_words(written)
    shown, counted = f"{number:g}", math.ceil(number)
    if are_days:
        return ngettext("%(n)s working day", "%(n)s working days", counted, n=shown)
    return ngettext("%(n)s open hour", "%(n)s open hours", counted, n=shown)
