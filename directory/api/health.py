"""Whether this installation can answer: for load balancers, watchdogs and whoever started it."""

from flask import Response, g

from directory.api.finding import parts
from directory.api.json_response import json_response
from directory.api.schemas.health import Health as HealthSchema
from directory.api.schemas.health import Life as LifeSchema
from directory.api.shapes.facts import Json, instant, text
from directory.api.smorest import ApiBlueprint
from directory.services.health import DriftHealth, Health, PendingHealth, read_health
from directory.services.keeping.state import State, read_state
from search_index.port import IndexHealth

blueprint = ApiBlueprint("api_health", __name__, description="State of the installation.")


@blueprint.get("/health", answers=HealthSchema, unwell=HealthSchema)
def health() -> Response:
    """Tell the state of database and index

    200 when searches can be answered, 503 when not. Programs that may read /metrics are told more, under `keeping`.
    """
    found = read_health(parts())
    whole = g.get("is_machine", False) and found.database.reachable
    return _answer(shape(found, read_state(parts()) if whole else None), well=found.ok)


@blueprint.get("/health/live", answers=LifeSchema)
def live() -> Response:
    """Say that the process answers; nothing else is looked at

    For watchdogs that start a process anew: a database that is away is no reason to.
    """
    return _answer({"status": "ok"}, well=True)


@blueprint.get("/health/ready", answers=LifeSchema, unwell=LifeSchema)
def ready() -> Response:
    """Say whether searches can be answered

    200 or 503, for load balancers that send people elsewhere.
    """
    well = read_health(parts()).ok
    return _answer({"status": "ok" if well else "wrong"}, well=well)


def _answer(said: Json, *, well: bool) -> Response:
    response = json_response(said, 200 if well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def shape(found: Health, state: State | None = None) -> Json:
    """`state` is told to whoever keeps the installation only."""
    return {
        "status": "ok" if found.ok else "wrong",
        "degraded": found.degraded,
        "database": {
            "reachable": found.database.reachable,
            "migrated": found.database.migrated,
            "detail": text(found.database.detail),
        },
        **_kept(found.index, found.pending, found.drift),
        "fallback": _kept(found.fallback.index, found.fallback.pending, found.fallback.drift) if found.fallback else None,
        "keeping": keeping_shape(state) if state else None,
    }


def _kept(index: IndexHealth, pending: PendingHealth, drift: DriftHealth) -> Json:
    return {
        "index": {
            "engine": index.engine,
            "ready": index.ready,
            "generation": index.generation,
            "documents": index.documents,
            "services": index.services,
            "detail": text(index.detail),
        },
        "pending": {"waiting": pending.waiting, "parked": pending.parked, "lag_seconds": round(pending.lag_seconds, 1)},
        "drift": {"checked_at": instant(drift.checked_at), "differing": drift.found},
    }


def keeping_shape(state: State) -> Json:
    return {
        "database_version": state.database_version,
        "migrations_pending": state.migrations_pending,
        "disk_free_bytes": state.disk_free_bytes,
        "backup_at": instant(state.backup_at),
        "replica_lag_seconds": state.replica_lag_seconds,
        "jobs": [
            {
                "job": job.name,
                "place": job.place,
                "succeeded_at": instant(job.succeeded_at),
                "failed_at": instant(job.failed_at),
                "failure": text(job.failure),
            }
            for job in state.jobs
        ],
    }
