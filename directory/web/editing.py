"""What the pages of the editor share: what is edited, by whom and how far, with which draft."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from directory.domain.editing.authors import Author
from directory.domain.editing.keys import ORGANIZATION, SERVICE, Form
from directory.domain.people import Role
from directory.services.access import resource_of_organization, resource_of_service
from directory.services.editing.drafts import NEW, KeptDraft, discard_draft, keep_draft, read_draft, still_known
from directory.services.editing.read import EditedListing, read_listing
from directory.services.editing.scope import Scope, scope_of
from directory.services.editing.secret_reads import note_secret_reads, secret_places_in
from directory.store.sealing import UnreadableSeal
from directory.web.here import community, community_zone, parts
from directory.web.visitor import signed_in
from directory.web.way_back import way_back

_BLANK: Form = {"status": "active", "listed": True, "places": {}}


@dataclass(frozen=True)
class Target:
    """What is edited: a "service", an "organization", or a "new" service of an organization, whose id it then is."""

    kind: str
    id: str

    @property
    def form_kind(self) -> str:
        return SERVICE if self.kind == NEW else self.kind

    @cached_property
    def scope(self) -> Scope:
        """How far the editing of who is signed in reaches."""
        with parts().database.reading() as session:
            resource = resource_of_service(session, self.id) if self.kind == SERVICE else resource_of_organization(session, self.id)
        return scope_of(signed_in(), resource)

    @cached_property
    def listing(self) -> EditedListing:
        """What it is now; that an address was read which is kept secret is written down first. Raise `NotFound`, `Moved`."""
        if self.kind != NEW:
            found = read_listing(parts(), self.id, self.kind, scope=self.scope)
            self.note_secret_reads(secret_places_in(found.form), found.organization_id or "")
            return found
        owner = read_listing(parts(), self.id, ORGANIZATION)
        blank = {**_BLANK, "text_language": community().languages[0] if community().languages else ""}
        return replace(owner, kind=SERVICE, form=blank, name="", organization=owner.name, organization_id=self.id, texts_at={})

    def note_secret_reads(self, place_ids: Iterable[str], organization_id: str) -> None:
        """Keep that who is signed in reads where these places are."""
        note_secret_reads(parts(), signed_in().label, organization_id, place_ids)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The clock on which its hours are told."""
        return ZoneInfo(self.listing.zone) if self.listing.zone else community_zone()

    @cached_property
    def draft(self) -> KeptDraft | None:
        """What who is signed in has written and not published."""
        found = read_draft(parts(), signed_in().person_id, self.kind, self.id)
        return still_known(found, self.listing.form) if found and self.kind == SERVICE else found

    @cached_property
    def author(self) -> Author:
        """Who is signed in, as history tells it."""
        actor = signed_in()
        own = [grant.role for grant in actor.grants if grant.organization_id and grant.organization_id == self.listing.organization_id]
        role = Role.LEAD if Role.LEAD in own else Role.EDITOR if Role.EDITOR in own else Role.PLANNER
        return Author(actor.label, role.value, "" if role is Role.PLANNER else self.listing.organization)

    @property
    def back(self) -> str:
        """The page of ours from which they came, and to which they want to go back; "" where they did not say."""
        return way_back()

    def keep(self, base: Mapping[str, Any], form: Mapping[str, Any]) -> None:
        keep_draft(parts(), signed_in().person_id, self.kind, self.id, base, form)

    def discard(self) -> None:
        discard_draft(parts(), signed_in().person_id, self.kind, self.id)

    def address(self, page: str, **more: Any) -> str:
        """The address of one of its pages, which keeps where who is signed in came from."""
        name = "service_id" if self.kind == SERVICE else "organization_id"
        prefix = "" if self.kind == SERVICE else "new_" if self.kind == NEW else "organization_"
        values: dict[str, Any] = {name: self.id, "back": self.back or None, **more}
        return url_for(f"manage.{prefix}{page}", **values)


def pack(form: Mapping[str, Any]) -> str:
    """A form, sealed, to lie in a page: what the editor saw when they began."""
    packed = zlib.compress(json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return parts().database.keyring.seal(base64.b85encode(packed).decode())


def unpack(token: str) -> Form | None:
    """The form of a page; None where it was not sealed here."""
    try:
        found: Form = json.loads(zlib.decompress(base64.b85decode(parts().database.keyring.unseal(token))))
    except (UnreadableSeal, ValueError, zlib.error, binascii.Error):
        return None
    return found
