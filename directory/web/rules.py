"""The rules that hold, for everybody and without an account: what decides about programs and referrals here, in sentences."""

from flask import Blueprint, render_template

from directory.services.rules.public import read_public_set, read_public_sets
from directory.web.here import parts
from directory.web.models.rule_cards import set_card

blueprint = Blueprint("rules", __name__)


@blueprint.get("/rules")
def page() -> str:
    """All sets that hold."""
    return render_template("rules/public.html", sets=[set_card(found) for found in read_public_sets(parts())])


@blueprint.get("/rules/<set_name>")
def one(set_name: str) -> str:
    """One set, each rule with its sentence, its texts and its source."""
    return render_template("rules/public_set.html", set=set_card(read_public_set(parts(), set_name)))
