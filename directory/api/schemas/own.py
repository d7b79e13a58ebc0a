"""What a machine sends and is answered about its organization's own listings."""

from marshmallow import Schema, fields, validate

ROOM = ("capacity", "waitlist", "no-capacity", "additional-assessment-required")


class OwnListing(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True, metadata={"description": "Rises with every change of anything that the listing shows."})
    is_listed = fields.Boolean(required=True, metadata={"description": "Whether the public finds it now."})
    changed_at = fields.DateTime(required=True, allow_none=True)
    verified_at = fields.DateTime(required=True, allow_none=True)


class OwnDirectory(Schema):
    organization_id = fields.UUID(required=True)
    organization = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    listings = fields.List(fields.Nested(OwnListing), required=True)


class OwnFlag(Schema):
    id = fields.UUID(required=True)
    service_id = fields.UUID(required=True)
    name = fields.String(required=True, metadata={"description": "Of the listing."})
    organization_id = fields.UUID(required=True, allow_none=True)
    organization = fields.String(required=True, allow_none=True)
    flag = fields.String(required=True, metadata={"description": "What is to be put right, in a word that stays the same."})
    rule = fields.String(required=True, metadata={"description": "The rule of the set listing-quality that says so."})
    version = fields.Integer(required=True, metadata={"description": "Of the set, under which it was judged last."})
    severity = fields.String(required=True, validate=validate.OneOf(("high", "medium", "low")))
    owner = fields.String(
        required=True, metadata={"description": "Whose turn it is."}, validate=validate.OneOf(("organization", "planner"))
    )
    reason = fields.String(required=True)
    way_out = fields.String(required=True, metadata={"description": "What to do about it."})
    seen = fields.Dict(keys=fields.String(), required=True, metadata={"description": "The signals that it rests on, and their values."})
    since = fields.DateTime(required=True)


class OwnFlags(Schema):
    flags = fields.List(fields.Nested(OwnFlag), required=True)


class OwnForm(Schema):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    form = fields.Dict(keys=fields.String(), required=True, metadata={"description": "Every field that can be edited (docs/editing.md)."})


class OwnChanges(Schema):
    changes = fields.Dict(
        keys=fields.String(),
        required=True,
        validate=validate.Length(min=1, max=100, error="From 1 to 100 fields."),
        metadata={"description": "Field -> its new value (docs/editing.md)."},
    )
    base = fields.Dict(
        keys=fields.String(),
        load_default=dict,
        metadata={"description": "Field -> what you took it to say: where somebody published another value since, you get 409."},
    )


class OwnRoom(Schema):
    status = fields.String(required=True, validate=validate.OneOf(ROOM), metadata={"description": "Whether there is room."})
    until = fields.String(required=True, metadata={"description": "Until when it holds, with its offset, as in 2026-12-01T17:00-05:00."})
    note = fields.String(load_default="", metadata={"description": "A few words, such as “two beds for women”."})


class OwnDone(Schema):
    changed = fields.List(fields.String(), required=True, metadata={"description": "The fields that changed by this."})


class OwnVerified(Schema):
    verified_at = fields.DateTime(required=True)
