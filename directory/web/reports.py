"""A worker who just tried a listing says in one tap what they met with: full, no answer, wrong number, moved. It can be taken back."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.upkeep.reports import Report
from directory.services.upkeep.reports import report_listing, take_report_back
from directory.web.here import parts
from directory.web.visitor import signed_in

blueprint = Blueprint("reports", __name__)


@blueprint.post("/services/<service_id>/report")
def report(service_id: str) -> AnyResponse:
    """Tell it, or take back what was told within the last hour; then the listing again."""
    what = request.form.get("what", "")
    if what in list(Report):
        report_listing(parts(), service_id, Report(what), signed_in().label)
    elif what == "undo":
        take_report_back(parts(), service_id, signed_in().label)
    done = what if what in (*Report, "undo") else None
    return redirect(url_for("listings.service", service_id=service_id, told=done) + "#reports", code=303, Response=Response)
