"""What an edit would make of a listing: the page that readers see, what changes in words, and the coming four weeks of each place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory.domain.editing.words import Explained
from directory.domain.hours.access import deciding_hours
from directory.domain.listing import ListedPlace
from directory.services.editing.preview import Preview
from directory.web.figures.week import WeekGrid, week_grid
from directory.web.models.editor.told import change_words
from directory.web.models.places import PlaceView
from directory.web.models.service_page import ServicePage, service_page
from directory.web.times import day_name
from directory.web.wording import _

WEEKS = 4
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """A week from its first day on, in words."""

    title: str
    grid: WeekGrid


@dataclass(frozen=True, slots=True)
class PlaceAhead:
    """Whether people can get in at a place now, when next, and its coming weeks."""

    place: PlaceView
    weeks: tuple[WeekAhead, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`shown`: the listing's own page; None for an organization."""

    shown: ServicePage | None
    changes: tuple[Explained, ...]
    places: tuple[PlaceAhead, ...]


def preview_page(found: Preview, kind: str, now: datetime, zone: ZoneInfo, user_agent: str) -> PreviewPage:
    """Everything that the page of a preview shows."""
    changes = tuple(change_words(change, kind, zone) for change in found.changes if not change.field.endswith(":point"))
    if found.listing is None:
        return PreviewPage(None, changes, ())
    shown = service_page(found.listing, now, user_agent)
    pairs = zip(shown.places[:MOST_PLACES], found.listing.places[:MOST_PLACES], strict=True)
    ahead = tuple(PlaceAhead(view, _weeks(place, now)) for view, place in pairs)
    return PreviewPage(shown, changes, ahead)


def _weeks(place: ListedPlace, now: datetime) -> tuple[WeekAhead, ...]:
    if place.access is None:
        return ()
    hours = deciding_hours(place.access)
    first = now.astimezone(ZoneInfo(place.zone)).date()
    starts = [first + timedelta(days=7 * week) for week in range(WEEKS)]
    return tuple(
        WeekAhead(_("From %(day)s", day=day_name(start)), grid)
        for start in starts
        if (grid := week_grid(hours, start, is_today=start == first)) is not None
    )
