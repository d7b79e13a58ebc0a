"""A list behind a short link, for programs that show it in their own way. Who asks for codes that are none is soon asked to wait."""

from flask import Response, current_app, request

from directory.api.finding import parts
from directory.api.json_response import json_response
from directory.api.schemas.asking import LanguageArguments
from directory.api.schemas.lists import SharedList
from directory.api.shapes import lists as shapes
from directory.api.smorest import ApiBlueprint
from directory.services.limits import sender_key
from directory.services.lists.places import followed
from directory.services.lists.share import open_list

blueprint = ApiBlueprint("api_lists", __name__, url_prefix="/api/v1", description="Lists that were handed over.")


@blueprint.get("/lists/<string:code>", reads=LanguageArguments, answers=SharedList, problems=(400, 404, 429))
def shared_list(asked: dict[str, str], code: str) -> Response:
    """Read a list that was handed over

    A list that expired answers 404, like one that never was. Nothing says for whom it is.
    """
    opened = open_list(parts(), code, sender=sender_key(str(current_app.secret_key), request.remote_addr or ""))
    places = followed(parts(), opened.handed.place_ids)
    response = json_response(shapes.shared_list(opened, places, parts().clock.now(), asked["lang"]))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
