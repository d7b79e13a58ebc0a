"""A listing as the form that people edit, with what a page must know beside it: whose each place is, how old each text is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.keys import LOCATION, SERVICE, Form, Key, of_record
from directory.services.editing.listing import ListingRecords, load_listing
from directory.services.editing.scope import OWN, Scope
from directory.services.parts import Parts
from directory.store.tables import Organization, Translation


@dataclass(frozen=True, slots=True)
class EditedListing:
    """`version` of the listing itself, which rises with every change of anything that it shows.

    `shared`: place id -> how many other listings of the organization show it; `foreign`: ids of places that are others' to change.
    `texts_at`: key of a text in another language -> when it was written; `machine`: those that a program wrote.
    """

    kind: str
    id: str
    form: Form
    version: int
    name: str
    organization_id: str | None
    organization: str = ""
    zone: str = ""
    source_id: int | None = None
    modified_at: datetime | None = None
    shared: Mapping[str, int] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    texts_at: Mapping[str, datetime] = field(default_factory=dict)
    machine: frozenset[str] = frozenset()


def read_form(session: Session, service_id: str, clock: Clock, *, scope: Scope = OWN) -> EditedListing:
    """Raise `NotFound`, `Moved`. `scope`: which secret places are there to be read."""
    return edited(session, load_listing(session, service_id, clock.now()), scope=scope)


def read_organization_form(session: Session, organization_id: str, clock: Clock) -> EditedListing:
    """As `read_form`, for an organization itself."""
    return edited(session, load_listing(session, organization_id, clock.now(), kind="organization"))


def read_listing(parts: Parts, object_id: str, kind: str = SERVICE, *, scope: Scope = OWN) -> EditedListing:
    """The form of a listing or an organization. Raise `NotFound`, `Moved`."""
    with parts.database.reading() as session:
        return edited(session, load_listing(session, object_id, parts.clock.now(), kind=kind), scope=scope)


def edited(session: Session, records: ListingRecords, *, scope: Scope = OWN) -> EditedListing:
    """What was loaded, as a form."""
    kind, object_id = records.main
    main = records.stored[records.main]
    places = records.places() if kind == SERVICE else {}
    zone = next((str(found) for key in places.values() if (found := records.stored[LOCATION, key].root.get("zone"))), "")
    texts_at, machine = _texts(session, records)
    owner = session.get(Organization, records.organization_id) if records.organization_id else None
    return EditedListing(
        kind=kind,
        id=object_id,
        form=records.form(scope),
        version=int(main.root["version"]),
        name=str(main.root["name"]),
        organization_id=records.organization_id,
        organization=owner.name if owner else "",
        zone=zone,
        source_id=main.root["source_id"],
        modified_at=main.root["modified_at"],
        shared=records.shared,
        foreign=records.foreign,
        texts_at=texts_at,
        machine=machine,
    )


def _texts(session: Session, records: ListingRecords) -> tuple[dict[str, datetime], frozenset[str]]:
    of_object = {record.object_id: of for of, record in records.stored.items()}
    statement = select(Translation.object_id, Translation.field, Translation.language, Translation.modified_at, Translation.machine)
    found: dict[str, datetime] = {}
    by_machine: set[str] = set()
    for object_id, name, language, at, machine in session.execute(statement.where(Translation.object_id.in_(of_object))):
        inside = str(Key(name, language=language))
        of = of_object[object_id]
        key = inside if of == records.main else of_record(of[0], of[1], inside)
        found[key] = at
        if machine:
            by_machine.add(key)
    return found, frozenset(by_machine)
