"""What is compared of a record in the shape of HSDS, as readers of feeds hand it out, nested parts inside."""

from collections.abc import Iterator, Mapping
from typing import Any

from directory.domain.place import PointKind
from directory.rules.matching.facts import Facts, IdentityLevel

Data = Mapping[str, Any]

KINDS = {
    IdentityLevel.SITE: ("location", "service_at_location", "service", "organization"),
    IdentityLevel.ORGANIZATION: ("organization", "service", "location"),
    IdentityLevel.PROGRAM: ("service", "program", "service_at_location"),
}
"""Level -> kinds of record that can be compared at it, the most fitting first."""

_EXACT = frozenset({"", PointKind.ADDRESS.value})


def facts_of_record(record_id: str, kind: str, data: Data, level: IdentityLevel) -> Facts:
    """Of an organization, its first place counts; of a service, its first place and its organization. Confidential places have neither
    address nor point here, and confidential telephones are left out."""
    service = data if kind == "service" else data.get("service") or {}
    organization = data if kind == "organization" else data.get("organization") or service.get("organization") or {}
    place = _place(kind, data)
    own = {
        IdentityLevel.SITE: place or data,
        IdentityLevel.ORGANIZATION: organization or data,
        IdentityLevel.PROGRAM: service or data,
    }[level]
    is_hidden = bool(place.get("confidential"))
    address = {} if is_hidden else _address(place)
    has_point = not is_hidden and str(place.get("point_kind", "")) in _EXACT
    sides = [own, *(side for side in (data, place, organization) if side is not own)]
    return Facts(
        id=record_id,
        name=_text(own, "name") or _text(data, "name"),
        other_names=_other_names(own),
        owner="" if level is IdentityLevel.ORGANIZATION else _text(organization, "name"),
        owner_other_names=() if level is IdentityLevel.ORGANIZATION else _other_names(organization),
        street=" ".join(line for name in ("address_1", "address_2") if (line := _text(address, name))),
        city=_text(address, "city"),
        postal_code=_text(address, "postal_code"),
        country=_text(address, "country"),
        phones=tuple(dict.fromkeys(number for side in sides for number in _phones(side))),
        links=tuple(dict.fromkeys(link for side in sides for link in _links(side))),
        latitude=_number(place, "latitude") if has_point else None,
        longitude=_number(place, "longitude") if has_point else None,
        hours=_hours(service, place),
        audience=_text(service, "eligibility_description"),
        minimum_age=_number(service, "minimum_age"),
        maximum_age=_number(service, "maximum_age"),
        categories=tuple(sorted(str(category) for category in service.get("categories", ()))),
    )


def _place(kind: str, data: Data) -> Data:
    if kind == "location":
        return data
    if kind == "service_at_location":
        return data.get("location") or {}
    held: list[Data] = list(data.get("locations") or ())
    held += [one["location"] for one in data.get("service_at_locations") or () if one.get("location")]
    return held[0] if held else {}


def _address(place: Data) -> Data:
    """The address people go to, rather than the one for letters."""
    addresses = list(place.get("addresses") or ())
    physical = [one for one in addresses if one.get("address_type", "physical") != "postal"]
    found: Data = (physical or addresses or [{}])[0]
    return found


def _text(data: Data, name: str) -> str:
    return str(data.get(name) or "").strip()


def _number(data: Data, name: str) -> float | None:
    try:
        return float(data[name])
    except (KeyError, TypeError, ValueError):
        return None


def _other_names(data: Data) -> tuple[str, ...]:
    names = [_text(data, "alternate_name")]
    names += [_text(one, "text") for one in data.get("translations") or () if one.get("field") == "name"]
    return tuple(dict.fromkeys(name for name in names if name))


def _phones(data: Data) -> Iterator[str]:
    for phone in data.get("phones") or ():
        if not phone.get("confidential") and _text(phone, "type").casefold() != "fax":
            yield _text(phone, "number")


def _links(data: Data) -> Iterator[str]:
    for name in ("website", "url", "email"):
        if link := _text(data, name):
            yield link


def _hours(service: Data, place: Data) -> str:
    """Rows of hours in a fixed order, or the words for them."""
    rows = list(service.get("schedules") or ())
    rows += [row for one in service.get("service_at_locations") or () for row in one.get("schedules") or ()]
    rows = rows or list(place.get("schedules") or ())
    told = sorted(" ".join(f"{name} {row[name]}" for name in sorted(row) if name in _OF_HOURS) for row in rows)
    return "; ".join(filter(None, told)) or _text(service, "hours_text")


_OF_HOURS = frozenset({"freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "description", "purpose", "effect"})
