"""What comes out, for the documentation and for the test that holds real answers against it. `directory.api.shapes` makes it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

_KINDS: Mapping[str, type[fields.Field[Any]]] = {
    "text": fields.String,
    "number": fields.Float,
    "count": fields.Integer,
    "flag": fields.Boolean,
    "day": fields.Date,
    "moment": fields.AwareDateTime,
    "id": fields.UUID,
    "object": fields.Dict,
}


def one(kind: str | type[Schema], words: str = "", *, null: bool = False) -> Any:
    """A member that is always there; `null` where it may be null."""
    metadata = {"description": words} if words else {}
    if isinstance(kind, str):
        return _KINDS[kind](required=True, allow_none=null, metadata=metadata)
    return fields.Nested(kind, required=True, allow_none=null, metadata=metadata)


def many(kind: str | type[Schema], words: str = "") -> Any:
    """A list that is always there and may be empty."""
    inner = _KINDS[kind]() if isinstance(kind, str) else fields.Nested(kind)
    return fields.List(inner, required=True, metadata={"description": words} if words else {})


class ProblemError(Schema):
    field = one("text")
    detail = one("text")


class Problem(Schema):
    """RFC 9457."""

    type = one("text")
    title = one("text")
    status = one("count")
    detail = one("text", "What is wrong and what would be right, in one sentence.")
    field = fields.String(metadata={"description": "The parameter that it is about."})
    errors = fields.List(fields.Nested(ProblemError), metadata={"description": "All parameters that are wrong."})
    target_id = fields.UUID(metadata={"description": "The record that a merged one is part of now."})


class Address(Schema):
    one_line = one("text")
    address_1 = one("text", null=True)
    address_2 = one("text", null=True)
    city = one("text", null=True)
    region = one("text", null=True)
    state_province = one("text", null=True)
    postal_code = one("text", null=True)
    country = one("text", null=True)


class Phone(Schema):
    number = one("text", "As people write it.")
    dial = one("text", "What a telephone calls.", null=True)
    extension = one("text", null=True)
    type = one("text", null=True)
    description = one("text", null=True)
    sms = one("flag", null=True)


class Named(Schema):
    slug = one("text")
    name = one("text")


class Language(Schema):
    code = one("text", null=True)
    name = one("text", null=True)
    note = one("text", null=True)


class Source(Schema):
    """Say the attribution wherever you show what came from it."""

    name = one("text")
    publisher = one("text", null=True)
    licence = one("text", "SPDX expression.", null=True)
    attribution = one("text", null=True)
    url = one("text", null=True)
    retrieved_on = one("day", null=True)
    is_sample = one("flag", "Made up, for trying things.")


class KnownPlace(Schema):
    """A point never comes without its kind and how wrong it may be."""

    name = one("text")
    latitude = one("number")
    longitude = one("number")
    kind = one("text")
    radius_m = one("count")
    country = one("text", null=True)
    region = one("text", null=True)
    zone = one("text", null=True)
    area_ids = many("text")
    source = one("text", null=True)


class PlaceAnswer(Schema):
    """Exactly one place in `place`, or several equally good in `alternatives`, or near names in `suggestions`."""

    asked = one("text")
    place = one(KnownPlace, null=True)
    alternatives = many(KnownPlace)
    suggestions = many(KnownPlace)


class Room(Schema):
    status = one("text")
    updated = one("moment")
    expires_at = one("moment", null=True)
    available = one("number", null=True)
    maximum = one("number", null=True)
    unit = one("text", null=True)
    description = one("text", null=True)


class GettingIn(Schema):
    """Whether people are taken at the moment asked for, or now. Unknown is not no: call."""

    open = one("flag", "null: not known.", null=True)
    taking = one("text", "takes_people, open_intake_unknown, open_not_taking, closed or unknown.")
    until = one("moment", "When the present spell ends.", null=True)
    opens_next = one("moment", "When people are taken next.", null=True)
    holiday = one("text", "A public holiday on that day.", null=True)
    zone = one("text", "IANA.")
