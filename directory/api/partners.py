"""What works well with a listing, for programs: the same numbers as on its page."""

from typing import Any
from uuid import UUID

from flask import Response

from directory.api.finding import parts
from directory.api.json_response import cached
from directory.api.schemas.asking import PartnersArguments
from directory.api.schemas.partners import Partners
from directory.api.shapes import partners as shapes
from directory.api.smorest import ApiBlueprint
from directory.services.suggesting.suggest import speaker_in, suggest_for_listing
from directory.services.suggesting.why_not import why_not

blueprint = ApiBlueprint("api_partners", __name__, url_prefix="/api/v1", description="What works well with a listing, and why.")


@blueprint.get("/services/<uuid:service_id>/partners", reads=PartnersArguments, answers=Partners, problems=(400, 404, 410, 308))
def partners(asked: dict[str, Any], service_id: UUID) -> Response:
    """Read which programs work well with a service

    At most five, by the community's rules that hold, each with its score, its reasons and what to know before. Nothing of what happened
    between organizations is in it: for a need of a person, workers see more on its page.
    """
    found = suggest_for_listing(parts(), str(service_id))
    other = why_not(parts(), found, str(asked["why_not"])) if asked["why_not"] is not None else None
    with parts().database.reading(may_lag=True) as session:
        speaker = speaker_in(session, asked["lang"])
    return cached(shapes.suggested(found, speaker, other))
