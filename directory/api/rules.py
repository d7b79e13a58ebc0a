"""The rules that hold, and the catalogue of what they may speak of, for programs."""

from flask import Response

from directory.api.finding import parts
from directory.api.json_response import cached
from directory.api.schemas.asking import LanguageArguments
from directory.api.schemas.rules import RuleSet, RuleSets, SignalCatalogue
from directory.api.shapes import rules as shapes
from directory.api.smorest import ApiBlueprint
from directory.services.rules.public import read_public_set, read_public_sets

blueprint = ApiBlueprint("api_rules", __name__, url_prefix="/api/v1", description="What decides about programs and referrals here.")


@blueprint.get("/rules", reads=LanguageArguments, answers=RuleSets, problems=(400,))
def sets(asked: dict[str, str]) -> Response:
    """Read which rule sets hold now, one of each kind"""
    return cached(shapes.sets(read_public_sets(parts()), asked["lang"]))


@blueprint.get("/rules/<string:set_name>", reads=LanguageArguments, answers=RuleSet, problems=(400, 404))
def one_set(asked: dict[str, str], set_name: str) -> Response:
    """Read the rules of a set that holds: the document as it was agreed to, and the sentence of each rule"""
    return cached(shapes.one_set(read_public_set(parts(), set_name), asked["lang"]))


@blueprint.get("/signals", reads=LanguageArguments, answers=SignalCatalogue, problems=(400,))
def signals(asked: dict[str, str]) -> Response:
    """Read all signals that rules may speak of

    Who a person is (origin, gender, status, health) is not among them.
    """
    return cached(shapes.signals(asked["lang"]))
