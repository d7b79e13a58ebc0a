"""Who acts in the past of the demo, and when: a planner, and the leads of made-up organizations who have no account there. They do nothing
that somebody signed in could not do, at a clock that is set back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import FixedClock
from directory.domain.people import Actor, Grant, Role
from directory.services.parts import Parts
from directory.store.tables import Organization, Source
from seeds.demo import ACTOR, SAMPLE_SOURCE

PLANNER = Actor(ACTOR, "", grants=frozenset({Grant(Role.PLANNER)}))


def lead_of(organization_id: str) -> Actor:
    return Actor(ACTOR, "", grants=frozenset({Grant(Role.LEAD, organization_id)}))


def days_ago(parts: Parts, days: int) -> Parts:
    """The same parts, so many days earlier."""
    return replace(parts, clock=FixedClock(parts.clock.now() - timedelta(days=days)))


def made_up(session: Session, names: Collection[str]) -> dict[str, str]:
    """Name -> id of the organizations of the sample that are called so; of those that are listed no more, nothing."""
    listed = (Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None), Organization.name.in_(names))
    asked = select(Organization.name, Organization.id).join(Source, Source.id == Organization.source_id)
    those = asked.where(Source.name == SAMPLE_SOURCE, *listed).order_by(Organization.id.desc())
    return {row.name: row.id for row in session.execute(those)}
