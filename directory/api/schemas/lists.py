"""A list that was handed over, for the documentation."""

from marshmallow import Schema

from directory.api.schemas.answering import many, one
from directory.api.schemas.listings import Place, Service


class SharedListEntry(Schema):
    place_id = one("id")
    name = one("text", null=True)
    note = one("text", null=True)
    standing = one("text", "listed, resting (not running at present), moved, gone.")
    was = one("text", "Its name before it became part of another record.", null=True)
    place = one(Place, null=True)
    service = one(Service, null=True)


class SharedList(Schema):
    language = one("text")
    note = one("text", null=True)
    created_at = one("moment")
    expires_at = one("moment")
    entries = many(SharedListEntry)
