"""What readers would see: the edit is made, the listing read as pages read it, and everything rolled back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.domain.editing.authors import Author
from directory.domain.editing.differences import FieldChange
from directory.domain.listing import Listing
from directory.services.editing.publish import create_in, publish_in
from directory.services.editing.scope import OWN, Scope
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.listings import load_listings


@dataclass(frozen=True, slots=True)
class Preview:
    """`changes` is what would be published. An organization itself is no listing."""

    listing: Listing | None
    changes: tuple[FieldChange, ...]


def preview(
    parts: Parts, service_id: str, base_form: Mapping[str, Any], edited_form: Mapping[str, Any], author: Author, *, scope: Scope = OWN
) -> Preview:
    """As `publish`, without publishing. Raise what `publish` raises."""
    with parts.database.writing() as session:
        done = publish_in(session, parts, service_id, base_form, edited_form, author, scope=scope)
        zone = community_in(session).zone
        listing = load_listings(session, [service_id], default_zone=zone, now=parts.clock.now())[service_id]
    return Preview(listing, done.changes)


def preview_new(parts: Parts, organization_id: str, form: Mapping[str, Any], author: Author) -> Preview:
    """As `create`, without publishing. Raise what `create` raises."""
    with parts.database.writing() as session:
        done = create_in(session, parts, organization_id, form, author)
        zone = community_in(session).zone
        listing = load_listings(session, [done.id], default_zone=zone, now=parts.clock.now())[done.id]
    return Preview(listing, done.changes)
