"""A listing as its readers see it: a service with its organization, its places and everything said of both, as plain frozen values.

Confidential things are already gone from these values: a confidential location has neither address, point, name nor directions, and
confidential phones and unpublished contacts are absent. Whatever builds pages, documents or exports from a `Listing` cannot leak them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from directory.domain.hours.values import Access
from directory.domain.place import Address, Point
from directory.domain.said import Texts
from directory.domain.upkeep.today import TodayNotice


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a record came from, to be said wherever it is shown."""

    name: str
    publisher: str = ""
    licence: str = ""
    attribution: str = ""
    url: str = ""
    retrieved_on: date | None = None
    is_sample: bool = False
    is_authoritative: bool = False  # its structured fields may say that a program is not for somebody


@dataclass(frozen=True, slots=True)
class Verification:
    """Who looked at a record and found it right, when (UTC), and how: "owner", "source", "call", "visit". None: never, as far as known."""

    at: datetime | None = None
    how: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """`dial` is what a telephone link calls (E.164 or a short number), "" when the number could not be read."""

    number: str
    dial: str = ""
    extension: str = ""
    type: str = ""
    description: str = ""
    sms: bool | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedContact:
    name: str = ""
    title: str = ""
    department: str = ""
    email: str = ""
    phones: tuple[PhoneNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageOffered:
    code: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccessFeature:
    """`code` is the directory's own word where the text was understood ("wheelchair"), else ""."""

    code: str
    description: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost option (HSDS). Amounts are in major units of `currency` (ISO 4217)."""

    option: str = ""
    amount: float | None = None
    currency: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Capacity as last told, only given while it has not expired. `status`: capacity, no-capacity, waitlist,
    additional-assessment-required."""

    status: str
    updated: datetime
    available: float | None = None
    maximum: float | None = None
    unit: str = ""
    description: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServedArea:
    """Whom a service serves, by where they are. `area_id` "" when the words were not understood; `polygon` is a GeoJSON geometry."""

    name: str = ""
    area_id: str = ""
    postal_codes: tuple[str, ...] = ()
    polygon: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place where a service is given. `id` is the service_at_location's, or the service's own when no place is known.

    `confidential`: the address is never shown; `point` and `address` are None then. `hours_texts` are the source's own words on hours.
    """

    id: str
    location_id: str = ""
    name: str = ""
    description: str = ""
    directions: str = ""  # HSDS transportation
    confidential: bool = False
    virtual: bool = False
    address: Address | None = None
    point: Point | None = None
    zone: str = "UTC"
    access: Access | None = None
    hours_texts: tuple[str, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    accessibility: tuple[AccessFeature, ...] = ()
    languages: tuple[LanguageOffered, ...] = ()
    served: tuple[ServedArea, ...] = ()
    text_language: str = ""
    texts: Texts = field(default_factory=dict)
    machine: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class OrganizationNote:
    """What a listing says of its organization."""

    id: str
    name: str
    alternate_name: str = ""
    description: str = ""
    website: str = ""
    email: str = ""
    sector: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    text_language: str = ""
    texts: Texts = field(default_factory=dict)
    machine: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Disclosures:
    """What a program asks of people and whom it tells about them: yes, no, or None where it is not known."""

    asks_papers: bool | None = None
    asks_status: bool | None = None
    tells_police: bool | None = None
    tells_immigration: bool | None = None
    tells_child_welfare: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A service with its places. `criteria`: whom it is for, in the JSON form of `rules.criteria`. `texts` holds the translations, read
    through `domain.said`. `categories` are slugs without ancestors. `notices` are what its organization tells for today; hours, rooms and
    ways in say it, too, while it holds."""

    id: str
    version: int
    name: str
    organization: OrganizationNote | None
    source: SourceNote | None = None
    program: str = ""
    alternate_name: str = ""
    description: str = ""
    eligibility: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    application_process: str = ""
    fees: str = ""
    costs: tuple[Cost, ...] = ()
    cost: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    interpretation: str = ""
    accreditations: str = ""
    alert: str = ""
    url: str = ""
    email: str = ""
    status: str = "active"
    information_shared: str = ""
    criteria: Mapping[str, Any] | None = None
    disclosures: Disclosures = Disclosures()
    categories: tuple[str, ...] = ()
    languages: tuple[LanguageOffered, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    contacts: tuple[NamedContact, ...] = ()
    rooms: tuple[Room, ...] = ()
    notices: tuple[TodayNotice, ...] = ()
    served: tuple[ServedArea, ...] = ()
    places: tuple[ListedPlace, ...] = ()
    verification: Verification = Verification()
    modified_at: datetime | None = None
    text_language: str = ""
    texts: Texts = field(default_factory=dict)
    machine: frozenset[tuple[str, str]] = frozenset()
