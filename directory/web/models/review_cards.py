"""What receivers of referrals said against listings, as the page of suggestions shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.services.referrals.reviews import OpenReview
from directory.web.models.referral_words import code_words
from directory.web.times import age_words, days_ago, machine_time


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """`words` say why in general, `clause` which condition, in the receiver's words."""

    name: str
    href: str
    edit: str
    action: str
    code: str
    clause: str
    words: str
    times: int
    told: str
    iso: str


def review_cards(found: Iterable[OpenReview], now: datetime) -> tuple[ReviewCard, ...]:
    """In the order that they were found."""
    return tuple(
        ReviewCard(
            name=one.name,
            href=url_for("listings.service", service_id=one.service_id),
            edit=url_for("manage.edit", service_id=one.service_id),
            action=url_for("suggestions.settle", service_id=one.service_id),
            code=one.code,
            clause=one.clause,
            words=code_words(one.code),
            times=one.times,
            told=age_words(days_ago(one.newest, now)),
            iso=machine_time(one.newest),
        )
        for one in found
    )
