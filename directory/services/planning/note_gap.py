"""Note what was searched for, and what was not found, so that planners see what is missing; see `domain.gaps` for what is kept and what
never is. Of a search that found enough only its needs and area are counted."""

from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select

from directory.domain.categories.tree import CATEGORIES
from directory.domain.gaps import FILTERS_KEPT, MOST_NEEDS, TOO_FINE, Gap, coarse_area
from directory.domain.place import KnownPlace
from directory.services.finding.needs import needs_of
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.services.parts import Parts
from directory.store.tables import Area

LANGUAGES = ("en", "fr", "es")

_log = structlog.get_logger("directory.services.planning.note_gap")


def note_search(parts: Parts, request: FindRequest, page: FindPage, zone: str, *, found_little: bool) -> None:
    """Let it wait to be written. Nothing that goes wrong here reaches the person who searches."""
    try:
        if request.page == 1 and parts.gaps.is_new(_question(request), page.asked_at):
            gap = gap_of(parts, request, page, zone)
            parts.gaps.count(gap.day, gap.needs, gap.area)
            if found_little:
                parts.gaps.add(gap)
    except Exception as error:
        _log.info("gap_not_noted", why=type(error).__name__)


def gap_of(parts: Parts, request: FindRequest, page: FindPage, zone: str) -> Gap:
    """What is kept of a search. Whatever an address names as a need that is none is kept nowhere: somebody typed it."""
    locale = request.locale.partition("-")[0].lower()
    return Gap(
        day=page.asked_at.astimezone(ZoneInfo(zone)).date(),
        needs=tuple(need for need in needs_of(request) if need in CATEGORIES)[:MOST_NEEDS],
        area=_area(parts, page.place),
        filters=tuple(sorted(_asked(request, page) & FILTERS_KEPT)),
        results=page.total,
        locale=locale if locale in LANGUAGES else "other",
    )


def _asked(request: FindRequest, page: FindPage) -> set[str]:
    asked = {str(facet) for facet, values in request.selections.items() if values}
    asked |= {chip.code for chip in page.chips if chip.code == "open_at"}
    asked |= {"within_km"} if request.within_km is not None else set()
    return asked | ({"known_only"} if request.known_only else set())


def _area(parts: Parts, place: KnownPlace | None) -> str:
    if place is None:
        return ""
    with parts.database.reading(may_lag=True) as session:
        kinds = session.execute(select(Area.id, Area.kind).where(Area.id.in_(place.area_ids), Area.kind.in_(TOO_FINE))).all()
    return coarse_area(place.area_ids, dict(kinds))


def _question(request: FindRequest) -> str:
    """The question as one text, to know it again; it is hashed at once and kept nowhere."""
    chosen = sorted((str(facet), sorted(values)) for facet, values in request.selections.items() if values)
    return repr((request.text.casefold().split(), request.near, request.within_km, request.serves, request.open_at, chosen))
