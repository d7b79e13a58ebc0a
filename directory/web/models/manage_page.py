"""The page of one's own listings: each with its age and what waits there."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.listing import Verification
from directory.services.editing.kept import ON_A_PAGE, KeptListing, KeptListings
from directory.web.models.editor.told import status_names
from directory.web.models.freshness import Freshness, freshness
from directory.web.times import age_words, days_ago
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class KeptRow:
    """`notes`: what waits or is out of the ordinary, in words."""

    href: str
    name: str
    organization: str
    freshness: Freshness
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagePage:
    """`organizations`: name, its form, the form of a new listing, where to say that listings are still right,
    where to bring many at once, and who offers alike."""

    rows: tuple[KeptRow, ...]
    total: int
    words: str
    organizations: tuple[tuple[str, str, str, str, str, str], ...]
    before: str
    after: str


def manage_page(found: KeptListings, now: datetime) -> ManagePage:
    """Everything that the page shows."""
    last = -(-found.total // ON_A_PAGE)
    return ManagePage(
        rows=tuple(_row(listing, now, len(found.organizations) != 1) for listing in found.listings),
        total=found.total,
        words=found.words,
        organizations=tuple(
            (
                name,
                url_for("manage.organization_edit", organization_id=key),
                url_for("manage.new_edit", organization_id=key),
                url_for("own_listings.page", organization_id=key),
                url_for("uploads.page", organization_id=key),
                url_for("own_overlaps.page", organization_id=key),
            )
            for key, name in found.organizations
        ),
        before=_address(found, found.page - 1) if found.page > 1 else "",
        after=_address(found, found.page + 1) if found.page < last else "",
    )


def _address(found: KeptListings, page: int) -> str:
    return url_for("manage.start", q=found.words or None, page=page if page > 1 else None)


def _row(listing: KeptListing, now: datetime, names_organization: bool) -> KeptRow:
    notes = [
        "" if listing.is_listed else _("Not in the list"),
        "" if listing.status == "active" else status_names().get(listing.status, listing.status),
        _differ_words(listing.differs),
        _("Draft of yours, %(age)s", age=age_words(days_ago(listing.drafted_at, now))) if listing.drafted_at else "",
    ]
    return KeptRow(
        href=url_for("manage.edit", service_id=listing.id),
        name=listing.name,
        organization=listing.organization if names_organization else "",
        freshness=freshness(Verification(listing.verified_at), None, now),
        notes=tuple(note for note in notes if note),
    )


def _differ_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(num)d difference from its source waits", "%(num)d differences from its source wait", count)
