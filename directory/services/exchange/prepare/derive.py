"""Fields that the importer derives from what a feed says: what to dial, codes of languages, cost, ways in, hours from free text."""

from functools import lru_cache
from typing import Any

from directory.domain.hours.ways_in import ways_in_of
from directory.services.exchange.prepare.languages import language_code
from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.phones import has_digits, is_for_texts, read_phone
from directory.services.exchange.prepare.words import accessibility_code, cost_of

Fields = dict[str, Any]


@lru_cache(maxsize=4_096)
def _ways_in(text: str) -> tuple[str, ...]:
    return tuple(sorted(ways_in_of(text)))


@lru_cache(maxsize=4_096)
def _cost(text: str | None) -> tuple[str, ...]:
    return tuple(cost_of(text))


def phone(fields: Fields, country: str, notes: Notes) -> bool:
    """Read the number; False when it is no number at all."""
    notes.field = "number"
    text = fields["number"]
    if not has_digits(text):
        notes.rejected(f"{text[:40]!r} is no telephone number; write it as +1 613-555-0199.")
        return False
    read = read_phone(text, country)
    if not read.number:
        notes.rejected(f"{text[:40]!r} is an extension without a telephone number; write it as +1 613-555-0199 ext. 12.")
        return False
    fields["number"] = read.number
    if read.dial:
        fields["e164"] = read.dial
    else:
        notes.noted(f"{text[:60]!r} could not be read as one number to dial; it is kept as text.")
    if read.extension and not fields.get("extension"):
        fields["extension"] = read.extension
    if "sms" not in fields and (texts := is_for_texts(fields.get("type"))):
        fields["sms"] = texts
    return True


def language(fields: Fields, notes: Notes) -> bool:
    """Find the code; False when neither name nor code says anything."""
    name, given = fields.get("name"), fields.pop("code", None)
    code = language_code(given, name)
    if code:
        fields["code"] = code
    elif name is None and given is None:
        return False
    else:
        notes.field = "code"
        notes.noted(f"The language {(name or given)[:40]!r} is not known by its name here; it is kept as text.")
        fields.setdefault("name", given)
    return True


def accessibility(fields: Fields) -> None:
    if "code" not in fields and (code := accessibility_code(fields.get("description")) or accessibility_code(fields.get("details"))):
        fields["code"] = code


def service(fields: Fields, notes: Notes) -> None:
    """Cost, ways in, verification, ages in order."""
    if "cost" not in fields and (cost := _cost(fields.get("fees_description")) or _cost(fields.get("fees"))):
        fields["cost"] = list(cost)
    if "ways_in" not in fields and (ways := _ways_in(fields.get("application_process") or "")):
        fields["ways_in"] = list(ways)
    if "verified_at" not in fields and fields.get("assured_date"):
        fields["verified_at"] = f"{fields['assured_date']}T00:00:00+00:00"
        fields["verified_how"] = "source"
    if fields.get("minimum_age") is not None and fields.get("maximum_age") is not None and fields["minimum_age"] > fields["maximum_age"]:
        notes.field = "maximum_age"
        notes.repaired("The highest age is below the lowest; both were left out, the words on eligibility stay.")
        del fields["minimum_age"], fields["maximum_age"]


def location(fields: Fields, notes: Notes) -> None:
    """Coordinates come in pairs, and nobody is at 0, 0."""
    latitude, longitude = fields.get("latitude"), fields.get("longitude")
    fields.setdefault("location_type", "physical")
    if latitude is None and longitude is None:
        return
    notes.field = "latitude"
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        fields.pop("latitude", None)
        fields.pop("longitude", None)
        if latitude is not None and longitude is not None:
            notes.repaired("The point 0, 0 lies in the sea and stands for no point; it was left out.")
        else:
            notes.repaired("A latitude and a longitude are needed together; the one was left out.")


def service_area(fields: Fields) -> None:
    if fields.get("extent") and not fields.get("extent_type"):
        fields["extent_type"] = "geojson" if fields["extent"].lstrip().startswith("{") else "text"


def schedule(fields: Fields, notes: Notes) -> bool:
    """Days in capitals, ages and counts in order; False when the row says nothing at all."""
    for name in ("byday", "wkst"):
        if fields.get(name):
            fields[name] = fields[name].upper().replace(" ", "").strip(",")
    if fields.get("wkst") and fields["wkst"] not in _WEEKDAYS:
        notes.field = "wkst"
        notes.repaired(f"{fields['wkst'][:20]!r} is no day of the week; write it as MO. It was left out.")
        del fields["wkst"]
    for name in ("bymonthday", "byweekno", "byyearday"):
        if fields.get(name) and not _are_numbers(fields[name]):
            notes.field = name
            notes.repaired(f"{fields[name][:40]!r} is no list of whole numbers such as 1,15. It was left out.")
            del fields[name]
    if (fields.get("valid_to") or "9999") < fields.get("valid_from", ""):
        notes.field = "valid_to"
        notes.noted("The last date is before the first; these hours never apply.")
    return bool(fields.keys() - {"freq", "wkst", "interval", "timezone", "purpose", "effect", "attending_type"})


_WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})


def _are_numbers(text: str) -> bool:
    return all(part.strip().lstrip("+-").isdigit() for part in text.split(","))
