"""The area that a referral is counted in: a town or larger, however finely it is known where the person lives."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import is_postal
from directory.domain.gaps import TOO_FINE
from directory.store.tables import Area


def counted_in(session: Session) -> Callable[[str | None], str]:
    """From the id of where somebody lives to that of the area they are counted in; "" where that is not known."""
    fine = session.execute(select(Area.id, Area.parent_id).where(Area.kind.in_(TOO_FINE)))
    wholes: Mapping[str, str] = {area: parent or "" for area, parent in fine}

    def coarse(area: str | None) -> str:
        found, seen = area or "", set[str]()
        while found in wholes and found not in seen:
            seen.add(found)
            found = wholes[found]
        return "" if found in seen or is_postal(found) else found

    return coarse
