"""The search box for other people's sites: plain HTML to copy that opens the results here, and a box to frame for sites that were named.

Neither runs a script there, sets a cookie or tells us of the visitor before they search.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for

from directory.domain.categories.tree import CATEGORIES, top_needs
from directory.domain.categories.tree import name as category_name
from directory.web.headers import content_policy
from directory.web.here import community, link_to, parts
from directory.web.languages import language, offered

LONGEST_PLACE = 100

blueprint = Blueprint("embed", __name__)


@dataclass(frozen=True, slots=True)
class BoxOptions:
    """What a box is set to: a place and a category that are searched with, "" for none, and a language."""

    near: str
    category: str
    language: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in (("near", self.near), ("category", self.category), ("lang", self.language)) if value]


def _options() -> BoxOptions:
    """As the address says; a category that is none is left out."""
    category = request.args.get("category", "")
    return BoxOptions(request.args.get("near", "").strip()[:LONGEST_PLACE], category if category in CATEGORIES else "", language())


@blueprint.get("/embed")
def how() -> str:
    """How to put the search on another site, with the options chosen."""
    options = _options()
    categories = sorted((category_name(slug, language()), slug) for slug in {*top_needs(), *filter(None, [options.category])})
    return render_template(
        "embed/how.html",
        options=options,
        categories=categories,
        languages=offered(),
        form_html=render_template("embed/copied_form.html", options=options, action=link_to(url_for("find.search"))).strip(),
        frame_html=render_template("embed/copied_frame.html", address=link_to(_box_address(options))).strip(),
        hosts=parts().settings.embed_host_list,
        box=_box_address(options),
    )


def _box_address(options: BoxOptions) -> str:
    return f"{url_for('.box')}?{urlencode(options.pairs)}"


@blueprint.get("/embed/box")
def box() -> Response:
    """The box alone, to be framed by the sites that the operator named, and by no other."""
    response = make_response(render_template("embed/box.html", options=_options(), name=community().name))
    hosts = parts().settings.embed_host_list
    response.headers["Content-Security-Policy"] = content_policy("", framed_by=("'self'", *hosts))
    return response
