"""An organization's own figures, as who sent and as who was asked; never side by side with others'. Every number can be made again from the
counts that stand behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.domain.errors import NotFound
from directory.domain.referrals.measures import Figures, figures_of
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.courses import read_courses
from directory.store.tables import Attempt, Organization

PERIODS: Mapping[int, timedelta] = {3: timedelta(days=91), 12: timedelta(days=365)}
"""Months that can be looked at, each up to now."""


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """Of what was sent from `since` until `until`."""

    name: str
    since: datetime
    until: datetime
    received: Figures
    sent: Figures


def read_figures(parts: Parts, organization_id: str, months: int = 3) -> OwnFigures:
    """Raise `NotFound` for an organization that there is not."""
    until = parts.clock.now()
    since = until - PERIODS.get(months, PERIODS[3])
    with parts.database.reading() as session:
        organization = session.get(Organization, organization_id)
        if organization is None:
            raise NotFound(say("There is no such organization."))
        received = read_courses(session, since, until, Attempt.receiver_id == organization_id)
        sent = read_courses(session, since, until, Attempt.sender_id == organization_id)
        return OwnFigures(
            organization.name, since, until, figures_of(each for _area, each in received), figures_of(each for _area, each in sent)
        )
