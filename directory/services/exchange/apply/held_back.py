"""New records that are like a listing which is not to be listed: another source, or another number of the same, must not bring it back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import slug
from directory.domain.upkeep.found import TAKEN_OUT
from directory.services.exchange.apply.planned import Planned
from directory.store.tables import Organization, Service


class HeldBack:
    """Knows, for one import, what is not to be listed: by the name of the service and of its organization, however they are written."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] | None = None

    def why(self, session: Session, planned: Planned) -> str:
        """Why a new record is to be kept unpublished; "" for all others."""
        if planned.kind != "service":
            return ""
        if self._known is None:
            self._known = _known(session)
        if not self._known:
            return ""
        organization_id = planned.refs.get("organization_id")
        organization = session.scalar(select(Organization.name).where(Organization.id == organization_id)) if organization_id else None
        return self._known.get((slug(planned.name), slug(organization or "")), "")


def _known(session: Session) -> dict[tuple[str, str], str]:
    rows = session.execute(
        select(Service.name, Organization.name, Service.withdrawn_why)
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .where(Service.withdrawn_why.in_(TAKEN_OUT.values()), Service.withdrawn_at.is_not(None), Service.merged_into.is_(None))
    )
    return {(slug(name), slug(organization or "")): why or "" for name, organization, why in rows}
