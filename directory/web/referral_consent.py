"""What the person agrees to: who may learn what, told back in their language before it is kept, taken back in one step."""

from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.domain.referrals.consent import minor_rule
from directory.services.referrals.agree import Agreed, give_consent
from directory.services.referrals.consent_form import ConsentForm, check_agreed, check_minor, consent_of, read_consent_form
from directory.services.referrals.own import take_back_consent
from directory.web.here import community, parts
from directory.web.models.referral_consent import agreement_lines
from directory.web.models.referral_consent_form import consent_page, read_agreed, read_minor
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("referral_consent", __name__, url_prefix="/referrals/needs/<need_id>/consent")


_FIELD_OF = {"expires": "days", "hindrance": "hindrances"}
"""What the form calls what consent calls so."""


@blueprint.get("")
def form(need_id: str) -> AnyResponse:
    """The form, with what is known already."""
    return _shown(read_consent_form(parts(), signed_in(), need_id))


@blueprint.post("")
def step(need_id: str) -> AnyResponse:
    """Show it back in the person's language; then keep it, or change it."""
    found = read_consent_form(parts(), signed_in(), need_id)
    what = request.form.get("do", "preview")
    if what == "change":
        return _shown(found)
    try:
        agreed = read_agreed(request.form)
        allowed = frozenset(organization.id for organization in found.organizations)
        agreed = replace(agreed, recipients=agreed.recipients & allowed)
        if found.is_minor or request.form.get("minor"):
            check_minor(minor_rule(community().subdivision), agreed, read_minor(request.form))
        if what != "keep":
            return _preview(found, agreed)
        give_consent(parts(), signed_in(), need_id, agreed)
    except InvalidInput as error:
        wrong = told_to_reader(error)
        return _shown(found, replace(wrong, field=_FIELD_OF.get(wrong.field, wrong.field)))
    return redirect(url_for("referral_needs.page", need_id=need_id, done="agreed") + "#person", code=303)


@blueprint.post("/revoke")
def revoke(need_id: str) -> AnyResponse:
    """One step: access closes at once, and receivers are told to stop."""
    take_back_consent(parts(), signed_in(), need_id, request.form.get("consent", ""))
    return redirect(url_for("referral_needs.page", need_id=need_id, done="revoked") + "#person", code=303)


def _preview(found: ConsentForm, agreed: Agreed) -> AnyResponse:
    """The agreement in plain words, before anything of it is kept."""
    consent = consent_of(agreed, parts().clock.now())
    check_agreed(consent, agreed)
    names = [organization.name for organization in found.organizations if organization.id in agreed.recipients]
    reach = {"channel": agreed.channel.value, "address": agreed.contact, "may_leave_message": "1" if agreed.may_leave_message else ""}
    lines = agreement_lines(consent, names, agreed.language, reach if agreed.contact.strip() else None, agreed.name.strip())
    kept = [(name, value) for name in request.form if name != "do" for value in request.form.getlist(name)]
    body = render_template("referrals/agreement.html", need=found, lines=lines, spoken=agreed.language, kept=kept)
    return make_response(body)


def _shown(found: ConsentForm, wrong: WrongField | None = None) -> AnyResponse:
    page = consent_page(found, request.form if request.method == "POST" else None)
    return make_response(render_template("referrals/consent.html", page=page, wrong=wrong), 400 if wrong else 200)
