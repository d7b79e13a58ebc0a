"""Say that one speaks for an organization: asking, opening the link that was mailed, typing the code that was told on the telephone."""

from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, TooMany
from directory.domain.people import Role
from directory.services.accounts import claim, decide_claim
from directory.services.listings.read import organization as read_organization
from directory.web import languages, signing_in
from directory.web.here import link_to, parts, sender
from directory.web.models.claim_words import claim_letter
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

asking = Blueprint("claiming", __name__, url_prefix="/organizations/<organization_id>/claim")
opening = Blueprint("claim_links", __name__)
own = Blueprint("own_claims", __name__, url_prefix="/account/claims")


@asking.get("")
def form(organization_id: str) -> str:
    """What claiming means, and the form."""
    return _form(organization_id)


@asking.post("")
def ask(organization_id: str) -> AnyResponse:
    """Mail a link to the address."""
    name = read_organization(parts(), organization_id).organization.name

    def letter(token: str) -> tuple[str, str]:
        return claim_letter(name, link_to(f"{url_for('claim_links.look')}?{urlencode({'link': token})}"))

    if request.form.get("website"):  # nobody sees this field: whoever fills it is a program
        return Response(render_template("accounts/claim_asked.html", name=name, is_mailed=True))
    try:
        asked = claim.ask(
            parts(),
            organization_id,
            email=request.form.get("email", ""),
            name=request.form.get("name", ""),
            words=request.form.get("words", ""),
            sender=sender(),
            secret=str(current_app.secret_key),
            letter=letter,
        )
    except InvalidInput as error:
        return Response(_form(organization_id, told_to_reader(error)), 400)
    return Response(render_template("accounts/claim_asked.html", name=asked.organization, is_mailed=asked.is_mailed))


def _form(organization_id: str, wrong: WrongField | None = None) -> str:
    found = read_organization(parts(), organization_id).organization
    return render_template("accounts/claim.html", organization_id=organization_id, name=found.name, wrong=wrong, typed=request.form)


@opening.get("/claim")
def look() -> AnyResponse:
    """What the link is for, with the button that uses it."""
    token = request.args.get("link", "")
    try:
        name = claim.look_at(parts(), token)
    except Forbidden as error:
        return _no_good(error)
    return make_response(render_template("accounts/claim_open.html", name=name, link=token))


@opening.post("/claim")
def confirm() -> AnyResponse:
    """Use the link up: come in, and claim."""
    try:
        who = signing_in.asking()
        link, language = request.form.get("link", ""), languages.language()
        done = claim.confirm(parts(), link, language=language, old_session_token=who.old_session, device=who.device)
    except Forbidden as error:
        return _no_good(error)
    return signing_in.let_in(done.opened, url_for("own_claims.page"))


def _no_good(error: Forbidden) -> AnyResponse:
    return make_response(render_template("accounts/link_over.html", why=error.message), 403)


@own.get("")
def page() -> str:
    """One's own claims that wait, and what to do next."""
    return _own()


@own.post("/<claim_id>/code")
def code(claim_id: str) -> AnyResponse:
    """Type the code."""
    try:
        claim.enter_code(parts(), signed_in(), claim_id, request.form.get("code", ""))
    except (InvalidInput, TooMany) as error:
        wrong = told_to_reader(error) if isinstance(error, InvalidInput) else WrongField("code", _(error.message))
        return Response(_own(wrong), 400 if isinstance(error, InvalidInput) else 429)
    return redirect(url_for(".page"), 303, Response)


@own.post("/<claim_id>/withdraw")
def withdraw(claim_id: str) -> AnyResponse:
    """Take a claim back."""
    claim.withdraw(parts(), signed_in(), claim_id)
    return redirect(url_for(".page"), 303, Response)


def _own(wrong: WrongField | None = None) -> str:
    led = signed_in().organizations({Role.LEAD})
    names = [(each, read_organization(parts(), each).organization.name) for each in sorted(led)]
    return render_template("accounts/own_claims.html", claims=decide_claim.own_claims(parts(), signed_in()), led=names, wrong=wrong)
