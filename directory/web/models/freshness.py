"""How sure a reader may be of a record: when somebody last looked at it and found it right, in words.

*Verified* is not *edited*. What has not been verified for a year says so as a warning, with what to do.
"""

from dataclasses import dataclass
from datetime import datetime

from directory.domain.listing import SourceNote, Verification
from directory.web.times import age_words, days_ago, full_date, local_date, machine_time
from directory.web.wording import _
from directory.web.words import verified_how

OLD_AFTER_DAYS = 365


@dataclass(frozen=True, slots=True)
class Freshness:
    """`is_old`: call before sending anybody. `at` is the exact moment ("" when never)."""

    text: str
    is_old: bool
    at: str = ""


def freshness(verification: Verification, source: SourceNote | None, now: datetime) -> Freshness:
    """The words for a record's last verification."""
    if verification.at is None:
        return Freshness(_never_verified(source), is_old=True)
    at = machine_time(verification.at)
    days = days_ago(verification.at, now)
    if days > OLD_AFTER_DAYS:
        return Freshness(_("Not verified since %(year)s: call first", year=verification.at.year), is_old=True, at=at)
    how = verified_how(verification.how)
    if how:
        return Freshness(_("Verified %(age)s %(how)s", age=age_words(days), how=how), is_old=False, at=at)
    return Freshness(_("Verified %(age)s", age=age_words(days)), is_old=False, at=at)


def verified_words(verification: Verification) -> str:
    """When exactly, and by whom: a name of an organization or a role, never a person's address. "" when nobody verified it."""
    if verification.at is None:
        return ""
    on, how = local_date(verification.at), verified_how(verification.how)
    if verification.by and ":" not in verification.by:
        return _("Verified on %(date)s by %(who)s.", date=on, who=verification.by)
    return _("Verified on %(date)s %(how)s.", date=on, how=how) if how else _("Verified on %(date)s.", date=on)


def _never_verified(source: SourceNote | None) -> str:
    if source and source.retrieved_on:
        return _("Taken from its source on %(date)s, not verified since: call first", date=full_date(source.retrieved_on))
    return _("Last verified: not known. Call first")
