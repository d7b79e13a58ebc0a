"""Agreements of an organization with others, for everybody who works there; its leads propose, confirm and end."""

from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, Resource, may
from directory.domain.errors import InvalidInput
from directory.domain.partners import USUAL_REVIEW, Terms, checked_terms
from directory.services.accounts.members import list_members
from directory.services.listings.read import organization as read_organization
from directory.services.partners import disagree, propose
from directory.services.partners.choose import chosen_organizations, find_organizations
from directory.services.partners.contacts import name_contact, take_contact_out
from directory.services.partners.introduce import asked_by_us, asked_of_us
from directory.services.partners.read import ShownPartnership, list_partnerships, read_partnership
from directory.services.partners.review import reviewed
from directory.services.partners.talks import note_talk
from directory.web.here import community_zone, parts
from directory.web.models.partners_page import choose_row, introduction_row, own_introduction, partner_row, partnership_page
from directory.web.visitor import own_organizations, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("partners", __name__, url_prefix="/manage")
_OF = "/organizations/<organization_id>/partners"


@blueprint.get("/partners")
def start() -> AnyResponse:
    """To the partners of one's organization; to a choice where somebody works at several."""
    own = own_organizations()
    if len(own) == 1:
        return redirect(url_for(".page", organization_id=own[0].id), 303, Response)
    return Response(render_template("partners/which.html", organizations=own, title=_("Partners"), endpoint="partners.page"))


@blueprint.get(_OF)
def page(organization_id: str) -> str:
    """All agreements, and introductions."""
    actor = signed_in()
    return render_template(
        "partners/list.html",
        organization_id=organization_id,
        organization=_name(organization_id),
        rows=[partner_row(one) for one in list_partnerships(parts(), actor, organization_id)],
        asked=[introduction_row(one) for one in asked_of_us(parts(), actor, organization_id)],
        own_asked=[own_introduction(one) for one in asked_by_us(parts(), actor, organization_id)],
        is_lead=_is_lead(organization_id),
        done=_done_words(request.args.get("done", "")),
    )


@blueprint.get(f"{_OF}/new")
def new(organization_id: str) -> str:
    """Choose with whom, and say what is to be agreed."""
    return _new(organization_id)


@blueprint.post(f"{_OF}/new")
def propose_it(organization_id: str) -> AnyResponse:
    """Propose it to the others."""
    try:
        made = propose.propose(parts(), signed_in(), organization_id, request.form.getlist("with"), _typed_terms)
    except InvalidInput as error:
        return Response(_new(organization_id, told_to_reader(error)), 400)
    return _back(organization_id, made, "proposed")


def _new(organization_id: str, wrong: WrongField | None = None) -> str:
    chosen = chosen_organizations(parts(), request.values.getlist("with"))
    q = request.args.get("q", "")[:100]
    found = find_organizations(parts(), q, [organization_id, *(one.id for one in chosen)]) if q.strip() else ()
    return render_template(
        "partners/new.html",
        organization_id=organization_id,
        organization=_name(organization_id),
        chosen=[choose_row(one) for one in chosen],
        q=q,
        found=[choose_row(one) for one in found],
        wrong=wrong,
        typed=request.form,
        usual_review=(_today() + USUAL_REVIEW).isoformat(),
        is_lead=_is_lead(organization_id),
    )


@blueprint.get(f"{_OF}/<partnership_id>")
def one(organization_id: str, partnership_id: str) -> str:
    """One agreement with all that it holds."""
    return _one(organization_id, partnership_id)


@blueprint.post(f"{_OF}/<partnership_id>/answer")
def answer(organization_id: str, partnership_id: str) -> AnyResponse:
    """Say yes or no to what is proposed."""
    terms = request.form.get("terms", "")
    if request.form.get("do") == "confirm":
        holds = propose.confirm(parts(), signed_in(), organization_id, partnership_id, terms)
        return _back(organization_id, partnership_id, "agreed" if holds else "confirmed")
    propose.decline(parts(), signed_in(), organization_id, partnership_id, terms)
    return _back(organization_id, partnership_id, "declined")


@blueprint.get(f"{_OF}/<partnership_id>/terms")
def terms(organization_id: str, partnership_id: str) -> str:
    """Propose something else."""
    return _terms(organization_id, partnership_id)


@blueprint.post(f"{_OF}/<partnership_id>/terms")
def propose_terms(organization_id: str, partnership_id: str) -> AnyResponse:
    """Propose it."""
    try:
        propose.propose_terms(parts(), signed_in(), organization_id, partnership_id, _typed_terms)
    except InvalidInput as error:
        return Response(_terms(organization_id, partnership_id, told_to_reader(error)), 400)
    return _back(organization_id, partnership_id, "proposed")


@blueprint.post(f"{_OF}/<partnership_id>/contacts")
def contacts(organization_id: str, partnership_id: str) -> AnyResponse:
    """Name a contact of one's own side, or take one out."""
    form = request.form
    try:
        if form.get("do") == "remove":
            take_contact_out(parts(), signed_in(), organization_id, partnership_id, form.get("contact", ""))
            return _back(organization_id, partnership_id, "contact-out")
        told = {name: form.get(name, "") for name in ("name", "phone", "mail")}
        name_contact(parts(), signed_in(), organization_id, partnership_id, person_id=form.get("person", ""), **told)
    except InvalidInput as error:
        return _wrong(organization_id, partnership_id, error)
    return _back(organization_id, partnership_id, "contact")


@blueprint.post(f"{_OF}/<partnership_id>/talks")
def talks(organization_id: str, partnership_id: str) -> AnyResponse:
    """Note that the sides spoke."""
    try:
        note_talk(parts(), signed_in(), organization_id, partnership_id, request.form.get("spoke", ""))
    except InvalidInput as error:
        return _wrong(organization_id, partnership_id, error)
    return _back(organization_id, partnership_id, "talk")


@blueprint.post(f"{_OF}/<partnership_id>/review")
def review(organization_id: str, partnership_id: str) -> AnyResponse:
    """The sides looked at it; it stays until the next day."""
    try:
        reviewed(parts(), signed_in(), organization_id, partnership_id, request.form.get("review", ""))
    except InvalidInput as error:
        return _wrong(organization_id, partnership_id, error)
    return _back(organization_id, partnership_id, "reviewed")


@blueprint.post(f"{_OF}/<partnership_id>/disagreements")
def disagreements(organization_id: str, partnership_id: str) -> AnyResponse:
    """Write down how one's own side sees something, or say that it is settled."""
    form, about = request.form, request.form.get("about", "")
    try:
        if form.get("do") == "settle":
            is_settled = disagree.settle(parts(), signed_in(), organization_id, partnership_id, about)
            return _back(organization_id, partnership_id, "settled" if is_settled else "settled-for-us")
        disagree.write_down(parts(), signed_in(), organization_id, partnership_id, form.get("disagreement", ""), about)
    except InvalidInput as error:
        return _wrong(organization_id, partnership_id, error)
    return _back(organization_id, partnership_id, "written")


@blueprint.post(f"{_OF}/<partnership_id>/end")
def end(organization_id: str, partnership_id: str) -> AnyResponse:
    """End it."""
    if request.form.get("sure") != "yes":
        return _wrong(organization_id, partnership_id, InvalidInput("sure", _("Tick that you want to end it.")))
    propose.end(parts(), signed_in(), organization_id, partnership_id)
    return _back(organization_id, partnership_id, "ended")


def _one(organization_id: str, partnership_id: str, wrong: WrongField | None = None) -> str:
    is_lead = _is_lead(organization_id)
    shown = read_partnership(parts(), signed_in(), organization_id, partnership_id)
    members = {member.person_id: member.name or member.email for member in list_members(parts(), organization_id)} if is_lead else {}
    today = _today()
    return render_template(
        "partners/one.html",
        organization_id=organization_id,
        page=partnership_page(shown),
        is_lead=is_lead,
        members=sorted(members.items(), key=lambda told: told[1].casefold()),
        today=today.isoformat(),
        usual_review=(today + USUAL_REVIEW).isoformat(),
        wrong=wrong,
        typed=request.form,
        done=_done_words(request.args.get("done", "")),
    )


def _terms(organization_id: str, partnership_id: str, wrong: WrongField | None = None) -> str:
    shown = read_partnership(parts(), signed_in(), organization_id, partnership_id)
    return render_template(
        "partners/terms.html",
        organization_id=organization_id,
        page=partnership_page(shown),
        wrong=wrong,
        typed=request.form if wrong else _as_typed(shown),
        usual_review=(_today() + USUAL_REVIEW).isoformat(),
    )


def _as_typed(shown: ShownPartnership) -> dict[str, str]:
    """What is proposed or holds now, as the form's fields hold it."""
    terms = shown.proposed or shown.holding
    if terms is None:
        return {}
    return {
        "urgent": str(terms.urgent_hours or ""),
        "routine": str(terms.routine_hours or ""),
        "shared": "yes" if terms.shared_intake else "",
        "words": terms.words,
        "review": terms.review_on.isoformat() if terms.review_on > _today() else "",
    }


def _typed_terms(today: date) -> Terms:
    form = request.form
    return checked_terms(
        urgent=form.get("urgent", ""),
        routine=form.get("routine", ""),
        shared_intake=form.get("shared") == "yes",
        words=form.get("words", ""),
        review_on=form.get("review", ""),
        today=today,
    )


def _today() -> date:
    return parts().clock.now().astimezone(community_zone()).date()


def _is_lead(organization_id: str) -> bool:
    return may(signed_in(), Action.LEAD_ORGANIZATION, Resource(organization_id))


def _name(organization_id: str) -> str:
    return read_organization(parts(), organization_id).organization.name


def _wrong(organization_id: str, partnership_id: str, error: InvalidInput) -> AnyResponse:
    return Response(_one(organization_id, partnership_id, told_to_reader(error)), 400)


def _back(organization_id: str, partnership_id: str, done: str) -> AnyResponse:
    return redirect(url_for(".one", organization_id=organization_id, partnership_id=partnership_id, done=done), 303, Response)


def _done_words(done: str) -> str:
    return {
        "proposed": _("Proposed. The others get a mail. Nothing counts before they have said yes."),
        "confirmed": _("You said yes. It holds once the others have, too."),
        "agreed": _("Agreed. It holds from now on."),
        "declined": _("You said no. The others are told."),
        "contact": _("Your contact is named, and was told by mail where there is an address."),
        "contact-out": _("Taken out. Nothing is kept of them here."),
        "talk": _("Noted for both sides."),
        "reviewed": _("You will both be reminded before the next time."),
        "written": _("Written down. The other side learns that there is something, and reads it here."),
        "settled": _("Settled."),
        "settled-for-us": _("Settled for you. It is settled for all once the others say so, too."),
        "ended": _("Ended. The others are told."),
        "asked": _("They get a mail. When somebody there says yes, you both get each other's name and work address."),
        "introduced": _("You both get a mail with each other's name and work address."),
        "not-now": _("They are told that it does not suit just now."),
    }.get(done, "")
