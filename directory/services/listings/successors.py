"""Where organizations went that became part of another: what was said of them holds for it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.store.tables import Organization

MOST_STEPS = 20
"""So many merges one after the other are followed."""


def with_successors(session: Session, organization_ids: Iterable[str]) -> frozenset[str]:
    """These organizations, and each that one of them has become part of since."""
    found: set[str] = set(organization_ids)
    last = set(found)
    for _step in range(MOST_STEPS):
        if not last:
            break
        asked = select(Organization.merged_into).where(Organization.id.in_(last), Organization.merged_into.is_not(None))
        last = {each for each in session.scalars(asked) if each is not None} - found
        found |= last
    return frozenset(found)
