"""What a link answers that leads nowhere any more: one page, whatever it was a link to."""

from flask import make_response, render_template
from werkzeug.wrappers import Response

from directory.domain.errors import DirectoryError


def works_no_longer(_error: DirectoryError) -> Response:
    """A link that was used, whose time is over, or that is none."""
    return make_response(render_template("partners/link_no_good.html"), 404)
