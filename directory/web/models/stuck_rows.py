"""What is stuck, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.planning.suppression import SMALLEST
from directory.domain.referrals.clocks import RECEIVER
from directory.rules.sets.rule import Clock, Tell
from directory.services.referrals.stuck import StuckRow
from directory.web.models.referral_words import state_words
from directory.web.models.rule_texts import text_words
from directory.web.times import age_words, days_ago
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class ShownStuck:
    """`undecided`: what could not be decided, and a person is to look at; "" for what is stuck."""

    program: str
    href: str
    organization: str
    state: str
    how_many: str
    waits_for: str
    since: str
    undecided: str


def stuck_row(row: StuckRow, now: datetime) -> ShownStuck:
    return ShownStuck(
        program=row.program, href=url_for("listings.service", service_id=row.service_id), organization=row.organization,
        state=state_words(row.state), how_many=_how_many(row.how_many),
        waits_for=_("Waits for the program") if row.waits_for == RECEIVER else _("Waits for whoever referred"),
        since=_("The oldest: %(age)s", age=age_words(days_ago(row.since, now))),
        undecided=_("Something is not known, so this could not be decided: %(rule)s", rule=_said(row)) if row.could_not_decide else "",
    )  # fmt: skip


def _how_many(number: int | None) -> str:
    if number is None:
        return _("Fewer than %(few)s referrals", few=SMALLEST)
    return ngettext("%(n)s referral", "%(n)s referrals", number, n=number)


def reasons(rows: Iterable[StuckRow]) -> tuple[str, ...]:
    """The sentences of the rules that put them there, each once."""
    return tuple(dict.fromkeys(_said(row) for row in rows if row.rule is not None and not row.could_not_decide))


def _said(row: StuckRow) -> str:
    return text_words(row.rule.then.reason) if row.rule is not None and isinstance(row.rule.then, Clock | Tell) else ""
