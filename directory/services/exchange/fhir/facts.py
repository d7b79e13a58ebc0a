"""What the mapping reads: plain values without anything of a person. Whatever is made of them cannot tell who somebody is."""

from dataclasses import dataclass
from datetime import date, datetime

from directory.domain.referrals.consent import Field, Method, Proxy
from directory.domain.referrals.states import State

REQUEST, CODE = "request", "need-code"
"""By what a person is told apart: the id of one request, which nobody carries, or the code on their card."""


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Who it is about, for a machine: one value for each need, so that nobody can tell that two are of one person. `kind`: `REQUEST` or
    `CODE`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """A need, as far as whoever reads it knows of it. `states`: of the attempts that they know; `is_open`: whether more may be tried.
    `sent_at`: when the first attempt was sent. `performers`: services that were asked, in their order; `consents`: ids of what was agreed
    to."""

    id: str
    person: Pseudonym
    category: str
    is_urgent: bool
    requester_id: str
    requester: str
    sent_at: datetime
    states: tuple[State, ...]
    is_open: bool
    performers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """An attempt that was sent. `code`: why it ended, or with what outcome. `changed_at`: of its newest event, `version` their number.
    `place_id`: of the location that was chosen, if it may be told."""

    id: str
    need_id: str
    person: Pseudonym
    is_urgent: bool
    category: str
    requester_id: str
    requester: str
    owner_id: str
    owner: str
    state: State
    code: str
    sent_at: datetime
    changed_at: datetime
    version: int
    place_id: str = ""
    is_contested: bool = False
    wait_position: int | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What was agreed to for one need. `holds`: at the moment of reading."""

    id: str
    person: Pseudonym
    organization_id: str
    recipients: tuple[str, ...]
    fields: tuple[Field, ...]
    method: Method
    language: str
    given_at: datetime
    ends_at: datetime
    holds: bool
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    number: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service as it is listed. `categories`: slugs; `room`: a word of `ServiceCapacity.status`, "" when it is not known;
    `languages`: code and name."""

    id: str
    name: str
    organization_id: str
    is_listed: bool
    categories: tuple[str, ...] = ()
    phones: tuple[PhoneFacts, ...] = ()
    email: str = ""
    location_ids: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    room: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    id: str
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place that is not confidential."""

    id: str
    name: str
    lines: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
