"""What every reader of a feed hands to the importer: records in the shape of HSDS 3.1 JSON, each with where it stood.

A reader only reads: it turns a file of whatever kind into `Record`s and `Problem`s, one after the other, never holding the whole feed.
Decisions about identity, what changed and what is kept are the importer's alone.

`Record.data` is a nested HSDS 3.1 object (`phones`, `schedules` and so on inside; a service may carry `organization`, `program`,
`service_at_locations[].location`; an organization may carry `services`, `locations`, `programs`). References to records elsewhere in
the feed are `organization_id`, `program_id`, `service_id`, `location_id`, `taxonomy_id` with the feed's own ids. Values are as found;
the importer's validators decide. Beyond HSDS the importer understands, where a reader or our own export knows them:

- organization: `sector` (slug of domain.sectors)
- service: `categories` [slug], `category_terms` [{`taxonomy`, `code`, `name`}] (terms of the feed, mapped to categories by the importer),
  `ways_in` [WayIn], `remote` ["in_person" | "phone" | "online"], `cost` ["free" | "sliding" | "fee"], `hours_text`, `closed_on_holidays`,
  `information_shared`, `text_language`
- location: `confidential`, `zone` (IANA), `point_kind`, `point_radius_m`, `area_id`
- phone: `confidential`, `sms`; language: `code`, `name`, `note`; accessibility: `code`
- schedule: `purpose` ("hours" | "intake"), `effect` ("adds" | "replaces" | "closes"), `source_text`, `confidence`
- service_area: `area_id`, `postal_codes`; service_capacity: `status`, `expires_at`
- any root record: `verified_at` (date or date-time), `verified_how`, `verified_by`,
  `translations` [{`field`, `language`, `text`, `machine`}]
- contact: stays unpublished whatever a feed says, our own export included: a name goes out by its owner's hand
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

ROOT_KINDS = ("taxonomy", "taxonomy_term", "organization", "program", "location", "service", "service_at_location")
"""Kinds with an identity of their own in a feed, in the order in which they can be written."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a feed something stood: the file's name inside the feed, the line (1 is the first; None where a format has none), and a path
    inside the record for nested things ("locations[0]")."""

    file: str
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line is not None else ""
        return f"{self.file}{line}{f', {self.path}' if self.path else ''}"


class Severity(StrEnum):
    """`REJECTED`: the record was not loaded. `REPAIRED`: loaded after mending. `NOTED`: loaded; a person may want to look."""

    REJECTED = "rejected"
    REPAIRED = "repaired"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one record: what kind of record, where, which field, and in one sentence what would be right."""

    kind: str
    where: Where
    field: str
    message: str
    severity: Severity = Severity.REJECTED


@dataclass(frozen=True, slots=True)
class Record:
    """One root record of a feed, nested parts included."""

    kind: str
    data: dict[str, Any]
    where: Where


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file of a feed as the importer opened it: safe name, size in bytes, and a way to read its bytes again from the start."""

    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """What the caller said about the feed. `mapping` is the parsed mapping file of a CSV feed; `source` the name of the feed."""

    source: str = ""
    language: str = "en"
    country: str = ""
    zone: str = ""
    mapping: dict[str, Any] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one format. `sniff` says from names and first bytes whether a feed looks like it; `read` yields in feed order."""

    format: str

    def sniff(self, files: list[FeedFile]) -> bool: ...

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]: ...
