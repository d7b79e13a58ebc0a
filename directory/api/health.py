"""Whether this installation can answer: for load balancers, watchdogs and whoever started it."""

from flask import Response

from directory.api.finding import parts
from directory.api.json_response import json_response
from directory.api.schemas.health import Health as HealthSchema
from directory.api.shapes.facts import Json, text
from directory.api.smorest import ApiBlueprint
from directory.services.health import Health, read_health

blueprint = ApiBlueprint("api_health", __name__, description="State of the installation.")


@blueprint.get("/health", answers=HealthSchema, unwell=HealthSchema)
def health() -> Response:
    """Tell the state of database and index

    200 when searches can be answered, 503 when not.
    """
    found = read_health(parts())
    response = json_response(shape(found), 200 if found.ok else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def shape(found: Health) -> Json:
    return {
        "status": "ok" if found.ok else "wrong",
        "database": {
            "reachable": found.database.reachable,
            "migrated": found.database.migrated,
            "detail": text(found.database.detail),
        },
        "index": {
            "engine": found.index.engine,
            "ready": found.index.ready,
            "generation": found.index.generation,
            "documents": found.index.documents,
            "services": found.index.services,
            "detail": text(found.index.detail),
        },
        "pending": {
            "waiting": found.pending.waiting,
            "parked": found.pending.parked,
            "lag_seconds": round(found.pending.lag_seconds, 1),
        },
    }
