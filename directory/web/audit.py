"""What was kept of comings and goings, for those who manage people."""

from flask import Blueprint, render_template, request

from directory.services.accounts.audit import Audited
from directory.services.accounts.read_audit import read_audit
from directory.web.here import parts
from directory.web.models.audit_page import audit_page

blueprint = Blueprint("audit", __name__)


@blueprint.get("/admin/audit")
def page() -> str:
    """The newest first; all of it, or one kind of thing."""
    asked, number = request.args.get("what", ""), request.args.get("page", "1")
    what = Audited(asked) if asked in set(Audited) else None
    found = read_audit(parts(), what, max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1)
    return render_template("admin/audit.html", page=audit_page(found, what))
