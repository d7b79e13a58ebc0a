"""Reads AIRS XML 3 (the exchange format of 211 call centres): Source > Agency > Site > SiteService, one agency at a time.

The same SiteService key at several sites is one service at several places. Its words are taken from the first; where a later site gives
other telephone numbers, hours or areas for it, those go to the service at that place. What the source keeps off its website or out of its
directory is not loaded, and each such record is named in the report.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.services.exchange.readers import airs_records
from directory.services.exchange.readers.xml_pieces import BrokenXml, Element, pieces, root_of
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record, Severity, Where

_HEAD = 65_536
_AT_PLACE = ("phones", "hours_text", "service_areas")
_NAMES = {"Agency": "organization", "Site": "location", "SiteService": "service"}


class AirsXmlReader:
    format = "airs-xml"

    def sniff(self, files: list[FeedFile]) -> bool:
        """Whether the first XML file begins with <Source>."""
        for file in _xml_files(files):
            with Path(file.path).open("rb") as raw:
                return root_of(raw.read(_HEAD)) == "Source"
        return False

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]:  # noqa: ARG002
        """Raises InvalidInput for a file with a document type or entities."""
        seen = _Seen()
        for file in _xml_files(files):
            agencies = 0
            try:
                for agency in pieces(file, "Agency"):
                    agencies += 1
                    yield from _Agency(file.name, agency, seen).records()
            except BrokenXml as broken:
                before = f" The {agencies} agencies before it were read." if agencies else ""
                yield Problem("file", Where(file.name, broken.line), "", broken.message + before)
            else:
                if not agencies:
                    yield Problem("file", Where(file.name), "", "The file holds no Agency.", Severity.NOTED)


def _xml_files(files: list[FeedFile]) -> list[FeedFile]:
    return [file for file in files if file.name.casefold().endswith(".xml")]


@dataclass
class _Seen:
    """What was met in agencies before: digests of services by key, and unknown elements that were noted."""

    services: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class _Agency:
    """One agency, taken apart."""

    file: str
    agency: Element
    seen: _Seen
    _services: dict[str, Record] = field(default_factory=dict)

    def records(self) -> Iterator[Record | Problem]:
        if reason := _kept_back(self.agency):
            for element in (self.agency, *self._sites_and_services()):
                yield self._problem(element, f"{reason}, so it was not loaded.")
            return
        yield from self._notes(self.agency)
        yield Record("organization", airs_records.organization(self.agency), self._where(self.agency))
        if place := airs_records.agency_location(self.agency):
            yield Record("location", place, self._where(self.agency.first("AgencyLocation") or self.agency))
        for site in self.agency.all("Site"):
            yield from self._site(site)
        yield from self._services.values()

    def _sites_and_services(self) -> Iterator[Element]:
        for site in self.agency.all("Site"):
            yield site
            yield from site.all("SiteService")

    def _site(self, site: Element) -> Iterator[Record | Problem]:
        if reason := _kept_back(site):
            for element in (site, *site.all("SiteService")):
                yield self._problem(element, f"{reason}, so it was not loaded.")
            return
        yield from self._notes(site)
        key = self._key(site, site.words("Name"), *(address.words("Line1") for address in site.all("PhysicalAddress")))
        if not site.words("Key"):
            yield self._problem(site, "The site has no Key; one was made of its name and address.", Severity.REPAIRED)
        yield Record("location", airs_records.location(site, self.agency, key), self._where(site))
        for service in site.all("SiteService"):
            yield from self._service(service, site, key)

    def _service(self, element: Element, site: Element, site_key: str) -> Iterator[Record | Problem]:
        if reason := _kept_back(element):
            yield self._problem(element, f"{reason}, so it was not loaded.")
            return
        yield from self._notes(element)
        key = self._key(element, element.words("Name"))
        if not element.words("Key"):
            yield self._problem(element, "The service has no Key; one was made of its name.", Severity.REPAIRED)
        data = airs_records.service(element, site, self.agency, key)
        digests = {name: _digest(value) for name, value in data.items() if name not in ("contacts", "email")}
        before = self.seen.services.get(key)
        place: dict[str, Any] = {"id": f"{key}@{site_key}", "location_id": site_key}
        if before is None:
            self.seen.services[key] = {name: digests.get(name, "") for name in (*_AT_PLACE, "name", "description")}
            self._services[key] = Record("service", data | {"service_at_locations": [place]}, self._where(element))
            return
        place |= _only_here(data, digests, before)
        if any(digests.get(name, "") != before[name] for name in ("name", "description")):
            yield self._problem(
                element, f"Key {key} stands on services with other words; the words of the first were kept.", Severity.NOTED
            )
        if key in self._services:
            self._services[key].data["service_at_locations"].append(place)
        else:
            yield Record("service_at_location", place | {"service_id": key}, self._where(element))

    def _key(self, element: Element, *words: str) -> str:
        """The element's Key, else one made of its words and its agency."""
        return element.words("Key") or _digest([self.agency.words("Key"), self.agency.words("Name"), *words])[:24]

    def _notes(self, element: Element) -> Iterator[Problem]:
        for child in airs_records.unknown_elements(element):
            if (element.tag, child.tag) not in self.seen.unknown:
                self.seen.unknown.add((element.tag, child.tag))
                message = f"{child.tag} of {element.tag} is not read; what it says is kept aside and not shown."
                yield self._problem(child, message, Severity.NOTED, kind=_NAMES[element.tag], named=child.tag)

    def _problem(self, element: Element, message: str, severity: Severity = Severity.NOTED, kind: str = "", named: str = "") -> Problem:
        return Problem(kind or _NAMES[element.tag], self._where(element), named, message, severity)

    def _where(self, element: Element) -> Where:
        return Where(self.file, element.line)


def _kept_back(element: Element) -> str:
    """Why the source does not want this shown, "" where it does."""
    if element.says("ExcludeFromWebsite"):
        return "The source keeps it off its website"
    resource = element.first("ResourceInfo")
    available = resource.attributes.get("AvailableForDirectory", "") if resource else ""
    if element.says("ExcludeFromDirectory") or available.casefold() in ("false", "0", "no"):
        return "The source keeps it out of its directory"
    return ""


def _only_here(data: dict[str, Any], digests: dict[str, str], before: dict[str, str]) -> dict[str, Any]:
    """What is said of a service at this site and not at the first."""
    here = {name: data[name] for name in _AT_PLACE if name in data and digests[name] != before[name]}
    if "hours_text" in here:
        here["schedules"] = [{"description": here.pop("hours_text")}]
    return here


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
