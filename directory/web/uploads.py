"""An organization's own listings as a table to take away, and a file with what was changed in it to bring back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.editing.keys import ORGANIZATION, Form
from directory.domain.errors import InvalidInput
from directory.domain.sentences import retold
from directory.services.editing.kept import own_forms
from directory.services.editing.sheet import write_sheet
from directory.services.editing.upload import make_upload
from directory.services.exchange.review import list_reviews
from directory.web.attached import attached
from directory.web.editing import Target
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.review_page import review_rows
from directory.web.wording import _

SEE_OTHER = 303
TAKEN = (".csv", ".xlsx", ".json", ".ndjson", ".jsonl", ".zip")

blueprint = Blueprint("uploads", __name__, url_prefix="/manage/organizations/<organization_id>")


blueprint.after_request(keep_out_of_searches)


@blueprint.get("/import")
def page(organization_id: str) -> AnyResponse:
    """Take the table away, bring it back; what was brought before."""
    return _page(Target(ORGANIZATION, organization_id))


@blueprint.get("/listings.csv")
def sheet(organization_id: str) -> Response:
    """The listings as a table. It holds what the form of the service asks; places are edited on their own pages."""
    return attached(_lines(organization_id), "listings.csv")


def _lines(organization_id: str) -> Iterator[str]:
    forms: Iterator[tuple[str, Form]] = iter(own_forms(parts(), organization_id))
    return iter(list(write_sheet(forms)))


@blueprint.post("/import")
def bring(organization_id: str) -> AnyResponse:
    """Read the file and show what it would change; nothing is changed yet."""
    target = Target(ORGANIZATION, organization_id)
    given = request.files.get("file")
    name = PurePosixPath((given.filename or "").replace("\\", "/")).name if given else ""
    if given is None or not name:
        return _page(target, wrong=_("Choose a file first."))
    if not name.lower().endswith(TAKEN):
        return _page(target, wrong=_("Choose a table (.xlsx, .csv) or a file of the open standard (.json, .ndjson, .zip)."))
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()}"
        given.save(path)
        try:
            review_id = make_upload(parts(), organization_id, path, target.author, target.scope)
        except InvalidInput as error:
            return _page(target, wrong=retold(error.message, _))
    return redirect(url_for("imports.page", import_id=review_id), SEE_OTHER)


def _page(target: Target, wrong: str = "") -> AnyResponse:
    rows = review_rows(list_reviews(parts(), target.id))
    body = render_template("manage/upload.html", target=target, rows=rows, wrong=wrong)
    return make_response(body, 400 if wrong else 200)
