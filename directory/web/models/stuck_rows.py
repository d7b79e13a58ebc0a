"""What is stuck, in words."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.referrals.clocks import RECEIVER
from directory.services.referrals.stuck import StuckRow
from directory.web.models.referral_words import state_words
from directory.web.models.rule_texts import text_words
from directory.web.times import age_words, days_ago
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class ShownStuck:
    program: str
    href: str
    organization: str
    state: str
    waits_for: str
    how_many: int
    since: str
    why: str


def stuck_row(row: StuckRow, now: datetime) -> ShownStuck:
    return ShownStuck(
        program=row.program, href=url_for("listings.service", service_id=row.service_id), organization=row.organization,
        state=state_words(row.state), waits_for=_("the program that is asked") if row.waits_for == RECEIVER else _("whoever refers"),
        how_many=row.how_many, since=age_words(days_ago(row.since, now)), why=_why(row),
    )  # fmt: skip


def _why(row: StuckRow) -> str:
    """The sentence of the rule; of one that is gone, nothing."""
    if row.rule is None:
        return ""
    told = text_words(row.rule.then.reason) if hasattr(row.rule.then, "reason") else ""
    return _("This could not be decided, since something is not known: %(rule)s", rule=told) if row.could_not_decide else told
