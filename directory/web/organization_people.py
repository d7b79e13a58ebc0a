"""An organization's people, for its leads: who belongs to it, invitations, claims by others, and its machines' tokens."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import DirectoryError, InvalidInput, Refused
from directory.services.accounts import api_tokens, decide_claim, invite, members
from directory.services.accounts.read_audit import note_people_read
from directory.services.listings.read import organization as read_organization
from directory.web.here import link_to, parts
from directory.web.models.people_page import DONE, invitation_letter, people_page
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("organization_people", __name__, url_prefix="/manage/organizations/<organization_id>/people")


@blueprint.get("")
def page(organization_id: str) -> str:
    """Who belongs to the organization."""
    note_people_read(parts(), signed_in().label, organization_id)
    return _page(organization_id)


@blueprint.post("/invite")
def send_invitation(organization_id: str) -> AnyResponse:
    """Invite somebody to a role."""
    email, role = request.form.get("email", ""), request.form.get("role", "")
    organization = read_organization(parts(), organization_id).organization.name

    def letter(token: str) -> tuple[str, str]:
        return invitation_letter(organization, role, _invitation_link(token))

    try:
        given = invite.invite(parts(), signed_in(), email, role, organization_id=organization_id, letter=letter)
    except InvalidInput as error:
        return _wrong(organization_id, error)
    if given.is_mailed:
        return _back(organization_id, "invited")
    return Response(_page(organization_id, link=_invitation_link(given.token), link_for=given.email))


@blueprint.post("/invitations/withdraw")
def withdraw_invitation(organization_id: str) -> AnyResponse:
    """Take an invitation back."""
    invite.withdraw(parts(), signed_in(), request.form.get("invitation", ""), organization_id=organization_id)
    return _back(organization_id, "taken-back")


@blueprint.post("/role")
def change_role(organization_id: str) -> AnyResponse:
    """Give or take a role, or hand the organization over."""
    act, person_id, role = request.form.get("act", ""), request.form.get("person", ""), request.form.get("role", "")
    try:
        if act == "hand-over":
            members.hand_over(parts(), signed_in(), organization_id, person_id)
            return redirect(url_for("account.page"), 303, Response)
        change = members.give_role if act == "give" else members.take_role
        change(parts(), signed_in(), organization_id, person_id, role)
    except (InvalidInput, Refused) as error:
        return _wrong(organization_id, error)
    return _back(organization_id, "role-given" if act == "give" else "role-ended")


@blueprint.post("/tokens")
def make_token(organization_id: str) -> AnyResponse:
    """Make a token; its secret is on the page that answers, and nowhere else."""
    days = request.form.get("days", "")
    try:
        secret = api_tokens.make_token(
            parts(),
            signed_in(),
            organization_id,
            name=request.form.get("name", ""),
            scopes=request.form.getlist("scopes"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
        )
    except InvalidInput as error:
        return _wrong(organization_id, error)
    response = Response(_page(organization_id, secret=secret))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/tokens/revoke")
def revoke_token(organization_id: str) -> AnyResponse:
    """End a token."""
    api_tokens.revoke_token(parts(), signed_in(), organization_id, request.form.get("token", ""))
    return _back(organization_id, "revoked")


@blueprint.post("/claims")
def answer_claim(organization_id: str) -> AnyResponse:
    """Let somebody in who claims the organization, or object."""
    claim_id, why = request.form.get("claim", ""), request.form.get("why", "")
    try:
        if request.form.get("act") == "agree":
            decide_claim.agree_to(parts(), signed_in(), organization_id, claim_id)
            return _back(organization_id, "let-in")
        decide_claim.object_to(parts(), signed_in(), organization_id, claim_id, why)
    except InvalidInput as error:
        return _wrong(organization_id, error)
    return _back(organization_id, "objected")


def _invitation_link(token: str) -> str:
    return link_to(f"{url_for('invitations.look')}?{urlencode({'link': token})}")


def _page(organization_id: str, *, wrong: WrongField | None = None, **more: object) -> str:
    shown = people_page(parts(), organization_id, signed_in())
    done = DONE.get(request.args.get("done", ""))
    return render_template("accounts/people.html", page=shown, wrong=wrong, typed=request.form, done=done and done(), **more)


def _wrong(organization_id: str, error: DirectoryError) -> AnyResponse:
    wrong = told_to_reader(error if isinstance(error, InvalidInput) else InvalidInput("act", error.message))
    return Response(_page(organization_id, wrong=wrong), 409 if isinstance(error, Refused) else 400)


def _back(organization_id: str, done: str) -> AnyResponse:
    return redirect(url_for(".page", organization_id=organization_id, done=done), 303, Response)
