"""All needs as a tree to browse, and each need by itself: for those who would rather choose than find the words."""

from flask import Blueprint, render_template

from directory.services.taxonomy.browse import count_offers
from directory.web.here import parts
from directory.web.models.needs_page import need_page, need_tree

blueprint = Blueprint("needs", __name__)


@blueprint.get("/needs")
def all_needs() -> str:
    """Every need, with at how many places something is offered for it."""
    return render_template("needs/all.html", needs=need_tree(count_offers(parts())))


@blueprint.get("/needs/<slug>")
def need(slug: str) -> str:
    """One need: what it is called, what lies under it, and the way to its results."""
    return render_template("needs/need.html", page=need_page(slug, count_offers(parts(), slug)))
