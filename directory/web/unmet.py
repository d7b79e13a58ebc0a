"""What referrals tell planners of what is missing: totals by cause, need and area, as JSON for the pages and tables that rest on it."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify, request

from directory.services.referrals.unmet import SMALLEST, read_unmet
from directory.web.here import parts
from directory.web.visitor import signed_in

LONGEST_DAYS = 366 * 3

blueprint = Blueprint("unmet", __name__, url_prefix="/planning/unmet")


@blueprint.get("/counts.json")
def as_json() -> Response:
    """Needs that a referral did not meet within the last days (`days`, 91 unless told)."""
    written = request.args.get("days", "91")
    days = min(int(written), LONGEST_DAYS) if written.isascii() and written.isdecimal() and len(written) < 6 else 91
    until = parts().clock.now()
    since = until - timedelta(days=max(1, days))
    rows = read_unmet(parts(), signed_in(), since, until)
    told = [
        {"cause": row.cause.value, "category": row.category, "area": row.area_id or None, "needs": row.needs, "is_few": row.needs is None}
        for row in rows
    ]
    return jsonify(since=since.isoformat(), until=until.isoformat(), fewest_told=SMALLEST, rows=told)
