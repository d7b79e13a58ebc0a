"""Introduce us: asking for it, answering as somebody who is signed in, and answering by the link of a mail, without an account."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused, TooMany
from directory.domain.no_names.check import MayBeNames
from directory.services.listings.read import organization as read_organization
from directory.services.partners import introduce
from directory.services.partners.choose import chosen_organizations, find_organizations
from directory.services.partners.links import OpenedLink, Opens, open_link
from directory.web.dead_links import works_no_longer
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.models.partners_page import choose_row, introduction_row
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

asking = Blueprint("introductions", __name__, url_prefix="/manage/organizations/<organization_id>/introductions")
opening = Blueprint("introduction_links", __name__, url_prefix="/introductions")
opening.register_error_handler(NotFound, works_no_longer)
opening.after_request(keep_out_of_searches)


@asking.get("")
def form(organization_id: str) -> str:
    """Whom, and what for."""
    return _form(organization_id)


@asking.post("")
def ask(organization_id: str) -> AnyResponse:
    """Ask them."""
    typed = request.form
    try:
        introduce.ask_to_be_introduced(
            parts(), signed_in(), organization_id, typed.get("to", ""), typed.get("words", ""), typed.getlist("no_name")
        )
    except InvalidInput as error:
        return Response(_form(organization_id, error), 400)
    except TooMany as error:
        return Response(_form(organization_id, InvalidInput("words", error.message)), 429)
    return redirect(url_for("partners.page", organization_id=organization_id, done="asked"), 303, Response)


@asking.post("/answer")
def answer(organization_id: str) -> AnyResponse:
    """Say yes for oneself, or no."""
    yes = request.form.get("do") == "yes"
    try:
        introduce.answer(parts(), signed_in(), organization_id, request.form.get("introduction", ""), yes=yes)
    except InvalidInput as error:  # they have no name yet
        return Response(_form(organization_id, error), 400)
    return redirect(url_for("partners.page", organization_id=organization_id, done="introduced" if yes else "not-now"), 303, Response)


def _form(organization_id: str, error: InvalidInput | None = None) -> str:
    q = request.args.get("q", "")[:100]
    chosen = chosen_organizations(parts(), [request.values.get("to", "")])
    return render_template(
        "partners/introduce.html",
        organization_id=organization_id,
        organization=read_organization(parts(), organization_id).organization.name,
        to=choose_row(chosen[0]) if chosen else None,
        q=q,
        found=[choose_row(one) for one in find_organizations(parts(), q, [organization_id])] if q.strip() else [],
        has_name=bool(signed_in().name),
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
        typed=request.form,
        longest=introduce.LONGEST_WORDS,
    )


@opening.get("/<token>")
def look(token: str) -> AnyResponse:
    """Who asks, and why."""
    return _shown(token, _open(token))


@opening.post("/<token>")
def answer_by_link(token: str) -> AnyResponse:
    """Yes with a name and a work address, or no."""
    link, form, yes = _open(token), request.form, request.form.get("do") == "yes"
    try:
        introduce.answer_by_link(parts(), link, name=form.get("name", ""), mail=form.get("mail", ""), yes=yes)
    except InvalidInput as error:
        return _shown(token, link, told_to_reader(error))
    except Refused as error:
        return works_no_longer(error)
    return make_response(render_template("partners/introduction_answered.html", yes=yes))


def _open(token: str) -> OpenedLink:
    return open_link(parts(), Opens.INTRODUCTION, token, sender=sender())


def _shown(token: str, link: OpenedLink, wrong: WrongField | None = None) -> AnyResponse:
    try:
        asked = introduce.asked_behind_link(parts(), link)
    except (NotFound, Refused) as error:
        return works_no_longer(error)
    own = read_organization(parts(), link.organization_id).organization.name
    body = render_template(
        "partners/introduction.html", asked=introduction_row(asked), own=own, token=token, wrong=wrong, typed=request.form
    )
    return make_response(body, 400 if wrong else 200)
