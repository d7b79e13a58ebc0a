"""Anybody suggests what should be changed in a listing, without an account; a code and, where wanted, a mail tell what came of it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.domain.lists import read_code, spelled
from directory.domain.suggestions import GONE, LONGEST
from directory.services.listings import read
from directory.services.messages.letter import can_mail
from directory.services.upkeep.suggest import Suggested, look, suggest
from directory.web.headers import keep_out_of_searches
from directory.web.here import community, link_to, parts, sender
from directory.web.languages import language
from directory.web.models.suggest_page import outcome_rows, present_values, suggest_fields
from directory.web.times import local_date
from directory.web.wrong_fields import WrongField, told_to_reader

TRAP = "company"
"""A field that people do not see: programs that fill in everything fill it in, too."""

blueprint = Blueprint("suggest", __name__)
outcomes = Blueprint("suggested", __name__, url_prefix="/suggestions")


@blueprint.get("/services/<service_id>/suggest")
def form(service_id: str) -> AnyResponse:
    """What the listing says, field by field, to be put right."""
    return suggest_page(service_id)


@blueprint.post("/services/<service_id>/suggest")
def send(service_id: str) -> AnyResponse:
    """Leave it for whoever keeps the listing; then what will come of it."""
    return leave(service_id, sender=sender())


def leave(service_id: str, *, sender: str, is_owner: bool = False) -> AnyResponse:
    """Leave what the form says, from `sender`, or from the organization itself."""
    listing, typed = read.service(parts(), service_id), request.form.to_dict()
    told = Suggested(
        before=present_values(listing),
        after={**typed, GONE: "yes" if typed.get(GONE) else ""},
        answer_to=typed.get("answer_to", ""),
        language=language(),
        trap=typed.get(TRAP, ""),
    )
    try:
        code = suggest(parts(), service_id, told, sender=sender, is_owner=is_owner)
    except InvalidInput as error:
        return suggest_page(service_id, told_to_reader(error))
    return redirect(url_for("suggested.outcome", code=code, new=1), code=303, Response=Response)


def suggest_page(service_id: str, wrong: WrongField | None = None) -> AnyResponse:
    """The form, with what was typed."""
    listing = read.service(parts(), service_id)
    body = render_template(
        "upkeep/suggest.html",
        name=listing.name,
        back=url_for("listings.service", service_id=service_id),
        fields=suggest_fields(listing, request.form, wrong.field if wrong else ""),
        typed=request.form,
        trap=TRAP,
        longest=LONGEST,
        mails=can_mail(parts(), community()),
        wrong=wrong,
    )
    return Response(body, status=400 if wrong else 200)


outcomes.after_request(keep_out_of_searches)


@outcomes.get("/<code>")
def outcome(code: str) -> AnyResponse:
    """What came of a suggestion so far."""
    plain = read_code(code)
    if plain and plain != code:
        return redirect(url_for(".outcome", code=plain), code=303, Response=Response)
    found = look(parts(), code, sender=sender())
    body = render_template(
        "upkeep/suggested.html",
        outcome=found,
        rows=outcome_rows(found),
        made=local_date(found.made_at),
        code=spelled(code),
        link=link_to(url_for(".outcome", code=code)),
        is_new="new" in request.args,
    )
    return Response(body)
