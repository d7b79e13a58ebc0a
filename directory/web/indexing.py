"""The operator's page of the search index: whether it is in step, what it refused and why, and trying again. Works without script."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.services.health import read_health
from directory.services.indexing.parked import ask_for_rebuild, read_parked, requeue
from directory.services.keeping.state import read_state
from directory.web.here import parts
from directory.web.models.indexing_page import done_words, indexing_page
from directory.web.visitor import signed_in

blueprint = Blueprint("indexing", __name__)


@blueprint.get("/admin/index")
def page() -> str:
    """How the index is, what waits, and what was refused."""
    shown = indexing_page(read_health(parts()), read_state(parts()), read_parked(parts()), parts().clock.now())
    return render_template("admin/index.html", page=shown, done=done_words(request.args.get("done", "")))


@blueprint.post("/admin/index/again")
def again() -> AnyResponse:
    """Let one service that was refused be sent again, or all of them."""
    service_id = request.form.get("service", "")
    try:
        count = requeue(parts(), [service_id] if service_id else None)
    except NotFound:  # somebody else was quicker
        count = 0
    return _back(f"again-{count}")


@blueprint.post("/admin/index/rebuild")
def rebuild() -> AnyResponse:
    """Ask the worker to build an index anew."""
    try:
        ask_for_rebuild(parts(), signed_in().label, request.form.get("index", ""))
    except NotFound:
        return _back("")
    return _back("rebuild")


def _back(done: str) -> AnyResponse:
    return redirect(url_for("indexing.page", done=done or None), code=303, Response=Response)
