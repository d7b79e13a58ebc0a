"""Everybody with an account, for those who manage people: who is what, inviting, ending."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import DirectoryError, InvalidInput, NotFound, Refused
from directory.services.accounts import invite, leave
from directory.services.accounts.read_audit import note_people_read
from directory.web.here import link_to, parts
from directory.web.models.people_page import DONE, everybody_page, invitation_letter
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")


@blueprint.get("")
def page() -> str:
    """Everybody, with their roles, and the invitations that wait."""
    note_people_read(parts(), signed_in().label)
    return _page()


@blueprint.post("/invite")
def send_invitation() -> AnyResponse:
    """Invite somebody to any role."""
    form = request.form
    role = form.get("role", "")

    def letter(token: str) -> tuple[str, str]:
        return invitation_letter("", role, _link(token))

    try:
        given = invite.invite(
            parts(),
            signed_in(),
            form.get("email", ""),
            role,
            organization_id=form.get("organization", "").strip(),
            area_id=form.get("area", "").strip(),
            letter=letter,
        )
    except InvalidInput as error:
        return _wrong(error)
    return _back("invited") if given.is_mailed else Response(_page(link=_link(given.token), link_for=given.email))


@blueprint.post("/invitations/withdraw")
def withdraw_invitation() -> AnyResponse:
    """Take an invitation back."""
    invite.withdraw(parts(), signed_in(), request.form.get("invitation", ""))
    return _back("taken-back")


@blueprint.post("/end")
def end() -> AnyResponse:
    """Let somebody leave."""
    try:
        leave.end_person(parts(), request.form.get("email", ""), signed_in().label)
    except (NotFound, Refused) as error:
        return _wrong(error)
    return _back("has-left")


def _link(token: str) -> str:
    return link_to(f"{url_for('invitations.look')}?{urlencode({'link': token})}")


def _page(*, wrong: WrongField | None = None, **more: object) -> str:
    done = DONE.get(request.args.get("done", ""))
    return render_template("admin/people.html", page=everybody_page(parts()), wrong=wrong, typed=request.form, done=done and done(), **more)


def _wrong(error: DirectoryError) -> AnyResponse:
    wrong = told_to_reader(error if isinstance(error, InvalidInput) else InvalidInput("act", error.message))
    return Response(_page(wrong=wrong), 400 if isinstance(error, InvalidInput) else 409)


def _back(done: str) -> AnyResponse:
    return redirect(url_for(".page", done=done), 303, Response)
