"""The answer of `/health`, for the documentation."""

from marshmallow import Schema

from directory.api.schemas.answering import many, one


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


class DriftHealth(Schema):
    checked_at = one("moment", null=True)
    differing = one("count", "Services that differed at the last check.", null=True)


class FallbackHealth(Schema):
    index = one(IndexHealth)
    pending = one(PendingHealth)
    drift = one(DriftHealth)


class JobHealth(Schema):
    job = one("text")
    place = one("text")
    succeeded_at = one("moment", null=True)
    failed_at = one("moment", null=True)
    failure = one("text", "The kind of the last fault.", null=True)


class KeepingHealth(Schema):
    database_version = one("text")
    migrations_pending = one("count")
    disk_free_bytes = one("count")
    backup_at = one("moment", null=True)
    replica_lag_seconds = one("number", null=True)
    jobs = many(JobHealth)


class Health(Schema):
    status = one("text", "ok or wrong.")
    degraded = one("flag", "The index does not answer; the fallback does, where it is ready.")
    database = one(DatabaseHealth)
    index = one(IndexHealth)
    pending = one(PendingHealth)
    drift = one(DriftHealth)
    fallback = one(FallbackHealth, "This host's own index, which answers while that of the search server does not.", null=True)
    keeping = one(KeepingHealth, "For programs that may read /metrics; null for others.", null=True)


class Life(Schema):
    status = one("text", "ok or wrong.")
