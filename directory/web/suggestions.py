"""What was suggested, for those who keep listings: beside what these say, accepted or not field by field, with a word on why."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Conflict, InvalidInput, NotFound, Refused
from directory.services.referrals.reviews import open_reviews, settle_review
from directory.services.upkeep.suggestions import Verdict, decide, no_spam, read_suggestions, throw_away
from directory.web.here import parts
from directory.web.models.review_cards import review_cards
from directory.web.models.suggest_page import decision_cards
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader, WrongField, told_to_reader

blueprint = Blueprint("suggestions", __name__, url_prefix="/manage")


@blueprint.get("/suggestions")
def overview() -> AnyResponse:
    """All that wait for who is signed in; `held=1`: those that look like spam."""
    return _shown("")


@blueprint.get("/services/<service_id>/suggestions")
def of_listing(service_id: str) -> AnyResponse:
    """Those about one listing."""
    return _shown(service_id)


@blueprint.post("/services/<service_id>/suggestions")
def act(service_id: str) -> AnyResponse:
    """Decide on one of them."""
    suggestion_id, what = request.form.get("suggestion", ""), request.form.get("do", "")
    try:
        if what == "no-spam":
            no_spam(parts(), service_id, suggestion_id)
        elif what == "spam":
            throw_away(parts(), service_id, suggestion_id)
        else:
            waiting = decide(parts(), service_id, suggestion_id, signed_in(), _verdicts())
            what = "part" if waiting else "decided"
    except InvalidInput as error:
        return _shown("", told_to_reader(error), suggestion_id)
    except Conflict:
        return _back("conflict")
    except (NotFound, Refused):
        return _back("gone")
    return _back(what)


@blueprint.post("/services/<service_id>/reviews")
def settle(service_id: str) -> AnyResponse:
    """What receivers of referrals said against it: put right, or right as it stands."""
    form = request.form
    settle_review(parts(), signed_in(), service_id, form.get("code", "")[:30], form.get("clause", "")[:200], form.get("do", ""))
    return _back("settled")


def _verdicts() -> dict[str, Verdict]:
    form = request.form
    chosen = {name.removeprefix("verdict-"): value for name, value in form.items() if name.startswith("verdict-")}
    found = {
        name: Verdict(value == "accept", form.get(f"why-{name}", "")) for name, value in chosen.items() if value in ("accept", "decline")
    }
    if not found:
        raise ToldToReader("suggestion", _("Choose for at least one thing whether it is taken over."))
    return found


def _shown(service_id: str, wrong: WrongField | None = None, suggestion_id: str = "") -> AnyResponse:
    held = "held" in request.args
    now, actor = parts().clock.now(), signed_in()
    body = render_template(
        "manage/suggestions.html",
        cards=decision_cards(read_suggestions(parts(), actor, service_id, held=held), now),
        reviews=() if held else review_cards(open_reviews(parts(), actor, service_id), now),
        held=held,
        held_count=0 if held else len(read_suggestions(parts(), actor, held=True)),
        typed=request.form if wrong else {},
        typed_id=suggestion_id,
        done=_done_words(request.args.get("done", "")),
        wrong=wrong,
    )
    return Response(body, status=400 if wrong else 200)


def _back(done: str) -> AnyResponse:
    return redirect(url_for(".overview", done=done), code=303, Response=Response)


def _done_words(done: str) -> str:
    return {
        "decided": _("Decided. What was taken over is published; whoever suggested it can read what came of it."),
        "part": _("Decided in part. The rest waits below."),
        "gone": _("Somebody has decided on that already."),
        "conflict": _("Somebody changed the same thing in this moment. Look at it again."),
        "settled": _("Settled. Who looks next is told it no longer."),
        "no-spam": _("It waits below with the others."),
        "spam": _("Thrown away."),
    }.get(done, "")
