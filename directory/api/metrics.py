"""`/metrics` for Prometheus: for this machine, or for whoever has the token of METRICS_TOKEN (see `directory.services.policy`)."""

from flask import Blueprint, Response

from directory.api.finding import parts

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Numbers only: no query, no address that somebody opened, no name."""
    from prometheus_client import CONTENT_TYPE_LATEST

    from directory.services.keeping.exposition import exposition

    response = Response(exposition(parts()), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
