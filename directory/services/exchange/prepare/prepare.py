"""Cutting a record into things: itself, the records nested in it, and the parts of each, all cleaned and checked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directory.domain.listing import SourceNote
from directory.services.exchange.identity import short_digest
from directory.services.exchange.prepare import derive, hours
from directory.services.exchange.prepare.categories import attributes_of_terms, slugs_of
from directory.services.exchange.prepare.drift import as_list, mend
from directory.services.exchange.prepare.fields import CHILDREN, CLEANERS, NEEDED, PARTS, REFERENCES, TEXT_OF_PART
from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.own_words import is_only_ours, read_own_words, source_told
from directory.services.exchange.prepare.things import Part, Ref, Thing, encode, key_of, token_of
from directory.services.exchange.records import Problem, ReaderOptions, Record

Data = dict[str, Any]
MOST_PARTS = 2_000
"""Parts of one record; more would be a trap or a mistake."""
LONGEST_ID = 200


@dataclass(slots=True)
class Prepared:
    """What became of one record: the things to load, the problems, and how many of each kind were not loaded. `source`: the feed that a
    record of our own export says it is from."""

    things: list[Thing]
    problems: list[Problem]
    rejected: list[tuple[str, str]]  # (kind, feed's own id)
    source: SourceNote | None = None


def prepare(record: Record, options: ReaderOptions) -> Prepared:
    """Clean and check one record. A record that cannot be used is named in `problems` and in `rejected`; its neighbours go on."""
    return _Cutting(record, options).cut()


class _Cutting:
    def __init__(self, record: Record, options: ReaderOptions) -> None:
        self.record = record
        self.options = options
        self.notes = Notes(record.where)
        self.things: list[Thing] = []
        self.rejected: list[tuple[str, str]] = []
        self.bundle = str(record.data.get("_hash") or "")[:LONGEST_ID]
        self.told_source = source_told(record.kind, record.data)

    def cut(self) -> Prepared:
        if is_only_ours(self.record.kind, self.record.data):
            return Prepared([], [], [])
        data, text = self.record.data, encode(self.record.data)
        if not text.isascii() and not _can_be_written(text):
            text = text.encode("utf-8", "replace").decode()
            data = json.loads(text)
            self.notes.kind = self.record.kind
            self.notes.repaired("Halves of letters, which nothing can show, were taken out.")
        self.root(self.record.kind, data, self.record.where.path, nested=False, text=text)
        return Prepared(self.things, self.notes.problems, self.rejected, self.told_source)

    def root(self, kind: str, raw: Data, path: str, *, nested: bool, given: dict[str, Ref] | None = None, text: str = "") -> Ref | None:
        """Take one root record (`text`: what it says, encoded); return how others may refer to it, or None when it was rejected."""
        notes = self.notes
        notes.kind, notes.path = kind, path
        ext = self.id_of(raw.get("id"))
        data, aside = mend(kind, read_own_words(kind, raw, self.options.source), notes)
        fields = self.fields(kind, data, path)
        if fields is None:
            self.reject(kind, ext, data, path)
            return None
        token = token_of(kind, ext, self.bundle, nested, text or encode([raw, sorted(given.items())] if given else raw))
        thing = Thing(kind, ext, self.bundle, nested, self.place(path), token, fields, aside=aside)
        self.references(thing, data, path, given or {})
        self.parts(thing, data, path)
        self.derive(thing, data, path)
        self.things.append(thing)
        me = Ref(kind, ext, thing.token)
        self.children(kind, data, path, me, thing)
        return me

    def place(self, path: str) -> Any:
        where = self.record.where
        return where if path == where.path else type(where)(where.file, where.line, path)

    def id_of(self, value: Any) -> str:
        if value is None or isinstance(value, dict | list | bool):
            return ""
        text = str(value).strip().replace("\x00", "")
        if len(text) > LONGEST_ID:
            self.notes.field = "id"
            self.notes.repaired(f"The id is longer than {LONGEST_ID} characters; its beginning was taken.")
            text = text[:LONGEST_ID]
        return text

    def fields(self, kind: str, data: Data, path: str) -> Data | None:
        """Cleaned fields of a record or part; None when one that is needed is missing."""
        notes = self.notes
        found: Data = {}
        cleaners = CLEANERS[kind]
        for name, value in data.items():
            if value is not None and name in cleaners:
                notes.field = name
                value = cleaners[name](value, notes)
                if value is not None:
                    found[name] = value
        if kind == "service" and "name" not in found and (stated := cleaners["name"](_stated_kind(data), notes)):
            notes.field = "name"
            found["name"] = stated
            notes.repaired(f"The service has no name; it is called what it is: {stated!r}.")
        for name in NEEDED.get(kind, ()):
            if name not in found:
                notes.kind, notes.path, notes.field = kind, path, name
                notes.rejected(f"{_a(kind)} needs a {name.replace('_', ' ')}.")
                return None
        if kind == "service" and "status" not in found:
            if data.get("status"):
                notes.field = "status"
                notes.rejected("The status must be active, inactive, defunct or temporarily closed.")
                return None
            found["status"] = "active"
        return found

    def reject(self, kind: str, ext: str, data: Data, path: str) -> None:
        """Count a record that is not loaded, and what goes down with it."""
        self.rejected.append((kind, ext))
        for key, part_kind in PARTS[kind].items():
            self.rejected += [(part_kind, "")] * len(as_list(data.get(key)))
        for key, child_kind in CHILDREN.get(kind, {}).items():
            for index, child in enumerate(as_list(data.get(key))):
                if child_kind != "service_at_location" and isinstance(child, dict):
                    self.root(child_kind, child, f"{_under(path)}{key}[{index}]", nested=True)
                else:
                    self.rejected.append((child_kind, ""))

    def references(self, thing: Thing, data: Data, path: str, given: dict[str, Ref]) -> None:
        for nested, id_key, kind, column in REFERENCES.get(thing.kind, ()):
            inner = data.get(nested) if nested else None
            ref = given.get(column)
            if isinstance(inner, list) and len(inner) == 1:
                inner = inner[0]
            if ref is None and isinstance(inner, dict) and inner:
                ref = self.root(kind, inner, f"{_under(path)}{nested}", nested=True) if _says_more(inner) else None
                ref = ref or (Ref(kind, ext) if (ext := self.id_of(inner.get("id"))) else None)
            if ref is None and (ext := self.id_of(data.get(id_key))):
                ref = Ref(kind, ext)
            if ref is not None:
                thing.refs[column] = ref
        self.notes.kind, self.notes.path = thing.kind, path

    def parts(self, thing: Thing, data: Data, path: str) -> None:
        country = _country_of(data) or self.options.country
        for key, kind in PARTS[thing.kind].items():
            items = as_list(data.get(key))
            if kind == "attribute" and thing.kind == "service":
                items = [*items, *attributes_of_terms(data)]
            if items:
                self.part_list(thing, kind, items, f"{_under(path)}{key}", -1, country)
        if len(thing.parts) > MOST_PARTS:
            self.notes.kind, self.notes.path, self.notes.field = thing.kind, path, ""
            self.notes.repaired(f"It has {len(thing.parts):,} parts; the first {MOST_PARTS:,} were kept.")
            self.rejected += [(part.kind, "") for part in thing.parts[MOST_PARTS:]]
            del thing.parts[MOST_PARTS:]

    def part_list(self, thing: Thing, kind: str, items: list[Any], path: str, parent: int, country: str) -> None:
        for index, item in enumerate(items):
            if item in (None, "", {}, []):
                continue
            where = f"{path}[{index}]"
            self.notes.kind, self.notes.path = kind, where
            if not isinstance(item, dict):
                item = {TEXT_OF_PART[kind]: item} if kind in TEXT_OF_PART and isinstance(item, str | int) else None
            if item is None:
                self.notes.field = ""
                self.notes.rejected(f"{_a(kind)} must be an object with fields.")
                self.rejected.append((kind, ""))
            else:
                self.part(thing, kind, item, where, parent, country)

    def part(self, thing: Thing, kind: str, item: Data, path: str, parent: int, country: str) -> None:
        item = read_own_words(kind, item, self.options.source)
        if kind == "schedule" and self.told_source:
            item = hours.without_offsets(item)
        data, aside = mend(kind, item, self.notes)
        if aside:
            thing.aside.setdefault(path, aside)
        if kind in _FRAME and _is_blank(kind, data):
            if kind == "contact" and data.get("phones"):
                self.notes.field = "phones"
                self.notes.repaired("A contact that names nobody is only a telephone; it was read as one of the record.")
                self.part_list(thing, "phone", as_list(data["phones"]), f"{path}.phones", parent, country)
            return  # a form that was left blank is no mistake and nothing to load
        if kind == "metadata" and not (data.get("last_action_date") and data.get("last_action_type")):
            thing.aside.setdefault(path, item)  # another thing of the same name
            return
        before = len(self.notes.problems)
        fields = self.fields(kind, data, path)
        ref = None if fields is None else self.part_reference(kind, data, fields, path)
        if fields is None or not (self.is_usable(kind, fields, country) or ref):
            self.rejected.append((kind, ""))
            if len(self.notes.problems) == before:
                self.notes.field = ""
                self.notes.rejected(f"The {kind.replace('_', ' ')} says nothing that can be used.")
            return
        if kind == "schedule" and (times := hours.times_with_offset(data)):
            fields[hours.WITH_OFFSET] = times
        thing.parts.append(Part(kind, parent, self.id_of(data.get("id")), fields, ref))
        me = len(thing.parts) - 1
        for key, inner in PARTS.get(kind, _ON_EVERY_PART).items():
            if data.get(key):
                self.part_list(thing, inner, as_list(data[key]), f"{path}.{key}", me, country)

    def part_reference(self, kind: str, data: Data, fields: Data, path: str) -> Ref | None:
        if kind == "service_capacity" and isinstance(data.get("unit"), dict):
            unit = self.fields("unit", data["unit"], f"{path}.unit")
            if unit:
                fields["unit"] = unit | {"id": self.id_of(data["unit"].get("id"))}
        if kind != "attribute":
            return None
        term = data.get("taxonomy_term")
        if isinstance(term, dict) and _says_more(term):
            ref = self.root("taxonomy_term", term, f"{path}.taxonomy_term", nested=True)
            self.notes.kind, self.notes.path = kind, path
            if ref is not None:
                return ref
        ext = self.id_of(data.get("taxonomy_term_id"))
        return Ref("taxonomy_term", ext) if ext else None

    def is_usable(self, kind: str, fields: Data, country: str) -> bool:
        notes = self.notes
        if kind == "phone":
            return derive.phone(fields, country, notes)
        if kind == "language":
            return derive.language(fields, notes)
        if kind == "schedule":
            hours.read_words(fields)
            return derive.schedule(fields, notes)
        if kind == "accessibility":
            derive.accessibility(fields)
        elif kind == "service_area":
            derive.service_area(fields)
        elif kind == "contact":
            fields.pop("published", None)  # a person's name goes out only by its owner's hand
        return bool(fields)

    def derive(self, thing: Thing, data: Data, path: str) -> None:
        notes = self.notes
        notes.kind, notes.path = thing.kind, path
        hours.settle(thing, self.options.zone, notes, is_settled=self.told_source is not None)
        if thing.kind == "service":
            if "organization_id" not in thing.refs:
                notes.field = "organization_id"
                notes.noted("It names no organization; it is listed without one.")
            derive.service(thing.fields, notes)
            thing.categories = slugs_of(data, thing.parts)
            thing.place_key = _place_of_service(thing, data)
        elif thing.kind == "location":
            derive.location(thing.fields, notes)
            thing.place_key = _place_of_location(thing)
        elif thing.kind == "organization":
            thing.place_key = _place_of_organization(data)
        elif thing.kind == "taxonomy_term":
            thing.place_key = key_of(thing.fields.get("taxonomy"), thing.fields.get("code"))
        thing.name_key = key_of(thing.fields.get("name"))

    def children(self, kind: str, data: Data, path: str, me: Ref, thing: Thing) -> None:
        for key, child_kind in CHILDREN.get(kind, {}).items():
            for index, child in enumerate(as_list(data.get(key))):
                where = f"{_under(path)}{key}[{index}]"
                if not isinstance(child, dict):
                    continue
                if child_kind == "service_at_location":
                    self.root(child_kind, child, where, nested=True, given={"service_id": me})
                elif kind == "location":
                    self.service_here(child, where, me, thing)
                else:
                    self.root(child_kind, child, where, nested=True, given={f"{kind}_id": me})

    def service_here(self, child: Data, path: str, here: Ref, location: Thing) -> None:
        """A service told inside a location is given there."""
        organization = location.refs.get("organization_id")
        service = self.root("service", child, path, nested=True, given={"organization_id": organization} if organization else {})
        if service is not None:
            token = token_of("service_at_location", "", self.bundle, True, encode([service.token, here.token]))
            refs = {"service_id": service, "location_id": here}
            self.things.append(Thing("service_at_location", "", self.bundle, True, self.place(path), token, refs=refs))


_FRAME: dict[str, frozenset[str]] = {
    "phone": frozenset({"type"}),
    "schedule": frozenset({"freq", "wkst", "interval", "timezone"}),
    "address": frozenset({"country", "address_type", "state_province"}),
    "attribute": frozenset({"link_type"}),
    "language": frozenset(),
    "contact": frozenset(),
    "accessibility": frozenset(),
    "url": frozenset(),
    "required_document": frozenset(),
    "service_area": frozenset(),
}
"""Fields that feeds fill even where a part is blank, by kind of part that may be left blank."""
_MAIN = {**TEXT_OF_PART, "schedule": "opens_at"}
_ON_EVERY_PART = {"attributes": "attribute", "metadata": "metadata"}


def _can_be_written(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_blank(kind: str, data: Data) -> bool:
    if data.get(_MAIN.get(kind, "")) or data.get("taxonomy_term") or data.get("taxonomy_term_id"):
        return False
    return all(data.get(name) in (None, "") for name in CLEANERS[kind] if name not in _FRAME[kind])


def _under(path: str) -> str:
    return f"{path}." if path else ""


def _a(kind: str) -> str:
    return f"{'An' if kind[0] in 'aou' and kind[:2] != 'un' else 'A'} {kind.replace('_', ' ')}"


def _says_more(data: Data) -> bool:
    """Whether an object tells of a record, or only names it by its id."""
    return any(value not in (None, "", [], {}) for key, value in data.items() if key != "id")


def _stated_kind(data: Data) -> str:
    for item in as_list(data.get("attributes")):
        if isinstance(item, dict) and item.get("link_type") == "service_type" and isinstance(item.get("value"), str):
            return str(item["value"][:1].upper() + item["value"][1:400])
    return ""


def _country_of(data: Data) -> str:
    addresses = data.get("addresses")
    if isinstance(addresses, list) and addresses and isinstance(addresses[0], dict):
        country = addresses[0].get("country")
        if isinstance(country, str) and len(country) == 2:
            return country.upper()
    return ""


def _place_of_location(thing: Thing) -> str:
    for part in thing.parts:
        if part.kind == "address" and part.fields.get("address_1"):
            fields = part.fields
            return key_of(fields["address_1"], fields.get("city"), fields.get("postal_code"))
    if thing.fields.get("latitude") is not None:
        return f"{thing.fields['latitude']:.4f},{thing.fields['longitude']:.4f}"
    return ""


def _place_of_organization(data: Data) -> str:
    for place in as_list(data.get("locations")):
        if isinstance(place, dict) and (addresses := as_list(place.get("addresses"))):
            return key_of(
                *(str(value) for value in _values(addresses[0], ("address_1", "street", "street1", "street_address", "postal_code")))
            )
    return ""


def _place_of_service(thing: Thing, data: Data) -> str:
    """What tells services of one name apart: whose they are and where they are given."""
    organization = data.get("organization")
    whose = organization.get("name") if isinstance(organization, dict) else None
    ref = thing.refs.get("organization_id")
    given = [
        place.get("location") or place.get("location_id") or ""
        for place in as_list(data.get("service_at_locations"))
        if isinstance(place, dict)
    ]
    places = short_digest(*sorted(encode(place) for place in given)) if given else ""
    return f"{key_of(whose or (ref.ext if ref else ''))}|{places}"


def _values(data: Any, keys: Iterable[str]) -> list[Any]:
    return [data[key] for key in keys if isinstance(data, dict) and data.get(key)]
