"""A list that a team keeps: each place with its age and with what changed, in words; its links for those who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.services.lists.changes import Changed, PlaceChange, changes_of
from directory.services.lists.keep import Kept
from directory.services.lists.places import PlaceOfList, Standing, places_in
from directory.web.figures.week import WeekGrid
from directory.web.here import link_to, parts
from directory.web.models.list_page import ListRow, list_rows, place_name
from directory.web.models.phones import phone_lines
from directory.web.models.places import address_lines, place_view
from directory.web.models.texts import listing_line
from directory.web.models.whom_told import papers_to_bring, who_words
from directory.web.times import age_words, days_ago, local_date
from directory.web.wording import _

LONGEST_NOW = 160


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`text` says what changed and when, `now` what it is now where that fits in a line; hours are shown as a week."""

    text: str
    now: str = ""
    week: WeekGrid | None = None


@dataclass(frozen=True, slots=True)
class KeptRow:
    row: ListRow
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """`changed` counts places with changes or that are gone. Links are "" for those who only read."""

    list_id: str
    name: str
    note: str
    rows: tuple[KeptRow, ...]
    changed: int
    since_words: str
    since_made: bool
    made_words: str
    out: tuple[str, ...]
    saved: int
    may_change: bool
    keep_link: str
    read_link: str


def kept_page(found: Kept, *, since_made: bool, saved: int) -> KeptPage:
    """`since_made`: tell what changed since each place was put on, not since somebody last looked."""
    now = parts().clock.now()
    since = found.since if since_made else {place_id: max(change, found.seen_change) for place_id, change in found.since.items()}
    with parts().database.reading() as session:
        places = places_in(session, parts(), found.handed.place_ids)
        out = places_in(session, parts(), found.taken_out)
        changes = changes_of(session, places, since)
    rows = _rows(found, places, changes, now)
    return KeptPage(
        list_id=found.list_id,
        name=found.name,
        note=found.handed.note,
        rows=rows,
        changed=sum(1 for row in rows if row.changes or row.row.standing != Standing.LISTED),
        since_words=local_date(found.made_at if since_made else found.seen_at),
        since_made=since_made,
        made_words=local_date(found.made_at),
        out=tuple(place_name(place) for place in out),
        saved=saved,
        may_change=found.may_change,
        keep_link=link_to(url_for("kept_lists.enter", token=found.keep_token)) if found.may_change else "",
        read_link=link_to(url_for("kept_lists.enter", token=found.read_token)) if found.may_change else "",
    )


def _rows(found: Kept, places: Sequence[PlaceOfList], changes: dict[str, tuple[PlaceChange, ...]], now: datetime) -> tuple[KeptRow, ...]:
    rows = list_rows(found.handed, places, now)
    return tuple(
        KeptRow(row, tuple(_line(place, change, now) for change in changes.get(place.place_id, ())))
        for row, place in zip(rows, places, strict=True)
    )


def _line(place: PlaceOfList, change: PlaceChange, now: datetime) -> ChangeLine:
    text = _("%(what)s, %(age)s", what=_what(change.what), age=age_words(days_ago(change.at, now)))
    if place.listing is None or place.place is None:
        return ChangeLine(text)
    if change.what is Changed.HOURS:
        shown = place_view(place.listing, place.place, now, "")
        return ChangeLine(text, week=shown.intake or shown.week, now="" if shown.week or shown.intake else _("not known"))
    return ChangeLine(text, _now(place, change.what))


def _what(what: Changed) -> str:
    return {
        Changed.STATUS: _("Whether it runs has changed"),
        Changed.BACK: _("Listed again"),
        Changed.HOURS: _("Hours changed"),
        Changed.PHONE: _("Telephone changed"),
        Changed.ADDRESS: _("Address changed"),
        Changed.WHO: _("Who can come has changed"),
        Changed.WAY_IN: _("How to get in has changed"),
        Changed.BRING: _("What to bring has changed"),
        Changed.COST: _("Cost changed"),
        Changed.LANGUAGES: _("Languages changed"),
        Changed.ALERT: _("A notice was changed"),
        Changed.NAME: _("Name changed"),
        Changed.OTHER: _("Other details changed"),
        Changed.VERIFIED: _("Verified again"),
    }[what]


def _now(found: PlaceOfList, what: Changed) -> str:
    """What it is now, from the listing as it is shown: never from the history, which may hold what has become confidential since."""
    listing, place = found.listing, found.place
    if listing is None or place is None:
        return ""
    own = phone_lines(place.phones, listing.phones) or phone_lines(listing.organization.phones if listing.organization else ())
    words = {
        Changed.PHONE: ", ".join(line.number for line in own),
        Changed.ADDRESS: ", ".join(address_lines(place)),
        Changed.WHO: ". ".join(part for part in (who_words(listing), listing_line(listing, "eligibility").text) if part),
        Changed.BRING: "; ".join((*papers_to_bring(listing), *listing.documents)),
        Changed.ALERT: listing_line(listing, "alert").text,
        Changed.NAME: listing_line(listing, "name").text,
    }.get(what)
    if words is None:
        return ""
    return (words[:LONGEST_NOW].rsplit(" ", 1)[0] + " …" if len(words) > LONGEST_NOW else words) or _("not known")
