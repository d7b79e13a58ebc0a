"""Services, organizations and locations, for the documentation."""

from marshmallow import Schema, fields

from directory.api.schemas.answering import Address, GettingIn, Language, Named, Phone, Room, Source, many, one


class Eligibility(Schema):
    description = one("text", null=True)
    minimum_age = one("number", null=True)
    maximum_age = one("number", null=True)


class CostOption(Schema):
    option = one("text", null=True)
    amount = one("number", null=True)
    currency = one("text", null=True)
    description = one("text", null=True)


class Contact(Schema):
    name = one("text", null=True)
    title = one("text", null=True)
    department = one("text", null=True)
    email = one("text", null=True)
    phones = many(Phone)


class ServedArea(Schema):
    name = one("text", null=True)
    area_id = one("text", null=True)
    postal_codes = many("text")
    polygon = one("object", "GeoJSON geometry.", null=True)


class Schedule(Schema):
    """HSDS names; wall times HH:MM. `effect`: adds, replaces, closes."""

    purpose = one("text", "hours or intake.")
    effect = one("text")
    freq = one("text", null=True)
    interval = one("count")
    byday = many("text")
    bymonthday = many("count")
    dtstart = one("day", null=True)
    until = one("day", null=True)
    valid_from = one("day", null=True)
    valid_to = one("day", null=True)
    opens_at = one("text", null=True)
    closes_at = one("text", null=True)


class Hours(GettingIn):
    ways_in = many("text")
    closed_on_holidays = one("flag", null=True)
    schedules = many(Schedule)
    texts = many("text", "The source's own words.")


class Feature(Schema):
    code = one("text", null=True)
    description = one("text", null=True)
    details = one("text", null=True)


class Verification(Schema):
    at = one("moment", null=True)
    how = one("text", null=True)
    by = one("text", null=True)


class OrganizationNote(Schema):
    id = one("id")
    name = one("text")
    alternate_name = one("text", null=True)
    description = one("text", null=True)
    website = one("text", null=True)
    email = one("text", null=True)
    sector = one("text", null=True)
    phones = many(Phone)
    url = one("text")
    href = one("text")


class _PlaceFacts(Schema):
    """What holds of a place whatever is offered there."""

    location_id = one("id", null=True)
    url = one("text", null=True)
    href = one("text", null=True)
    name = one("text", null=True)
    description = one("text", null=True)
    directions = one("text", null=True)
    confidential = one("flag", "Where it is, is told to nobody.")
    virtual = one("flag")
    address = one(Address, null=True)
    latitude = one("number", null=True)
    longitude = one("number", null=True)
    point_kind = one("text", null=True)
    point_radius_m = one("count", null=True)
    phones = many(Phone)
    languages = many(Language)
    accessibility = many(Feature)


class Place(_PlaceFacts):
    id = one("id", "Of the service at this location.")
    hours = one(Hours)
    served = many(ServedArea)


class Service(Schema):
    id = one("id")
    version = one("count")
    url = one("text")
    href = one("text")
    name = one("text")
    alternate_name = one("text", null=True)
    program = one("text", null=True)
    status = one("text")
    alert = one("text", null=True)
    description = one("text", null=True)
    eligibility = one(Eligibility)
    application_process = one("text", null=True)
    documents = many("text", "What to bring.")
    cost = many("text")
    cost_options = many(CostOption)
    fees = one("text", null=True)
    remote = many("text")
    interpretation = one("text", null=True)
    accreditations = one("text", null=True)
    information_shared = one("text", "Whom the program tells about the people it serves.", null=True)
    website = one("text", null=True)
    email = one("text", null=True)
    phones = many(Phone)
    contacts = many(Contact)
    languages = many(Language)
    categories = many(Named)
    rooms = many(Room)
    served = many(ServedArea)
    organization = one(OrganizationNote, null=True)
    places = many(Place)
    verification = one(Verification)
    modified_at = one("moment", null=True)
    text_language = one("text", null=True)
    translations = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    source = one(Source, null=True)


class ServiceSummary(Schema):
    id = one("id")
    name = one("text")
    url = one("text")
    href = one("text")
    categories = many(Named)


class Organization(OrganizationNote):
    verification = one(Verification)
    source = one(Source, null=True)
    services = many(ServiceSummary)


class Location(_PlaceFacts):
    id = one("id")
    zone = one("text")
    organizations = many(OrganizationNote)
    services = many(ServiceSummary)
    source = one(Source, null=True)
