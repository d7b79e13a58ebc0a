"""The answer of `/health`, for the documentation."""

from marshmallow import Schema

from directory.api.schemas.answering import one


class DatabaseHealth(Schema):
    reachable = one("flag")
    migrated = one("flag")
    detail = one("text", null=True)


class IndexHealth(Schema):
    engine = one("text")
    ready = one("flag")
    generation = one("text", null=True)
    documents = one("count")
    services = one("count")
    detail = one("text", null=True)


class PendingHealth(Schema):
    waiting = one("count")
    parked = one("count", "Refused by the index; they wait for a person.")
    lag_seconds = one("number", "Age of the oldest that waits.")


class Health(Schema):
    status = one("text", "ok or wrong.")
    database = one(DatabaseHealth)
    index = one(IndexHealth)
    pending = one(PendingHealth)
