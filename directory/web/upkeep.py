"""An organization's own listings behind a link from a mail: *still right*, *closed today*, *full today*, *just come*, one tap each, without
an account. Opening the page uses nothing up; the buttons do. No log holds its address."""

from functools import partial

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.upkeep.reports import Answer
from directory.domain.upkeep.today import Today
from directory.services.listings import read
from directory.services.upkeep.contacts import ask_somebody_else, stop_asking, tell_at_once
from directory.services.upkeep.links import OpenedLink, open_link
from directory.services.upkeep.own import Owner, answer_report, read_own, say_right, say_today, unsay_right, unsay_today
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.models.upkeep_page import own_page
from directory.web.models.upkeep_words import today_acts
from directory.web.suggest import leave, suggest_page
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("upkeep", __name__, url_prefix="/keep")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(NotFound)
def works_no_longer(_error: NotFound) -> AnyResponse:
    """A link that has expired or is none; or a listing that is no longer there."""
    if "upkeep_link" in g:
        return redirect(url_for(".page", token=g.upkeep_token), code=303)
    return make_response(render_template("upkeep/link_no_good.html"), 404)


@blueprint.get("/<token>")
def page(token: str) -> AnyResponse:
    """The listings of whoever has the link."""
    return _shown(token, _open(token))


@blueprint.post("/<token>")
def act(token: str) -> AnyResponse:
    """One tap: what is said of one listing."""
    owner = _owner(_open(token))
    what, _colon, service_id = request.form.get("do", "").partition(":")
    say(owner, what, service_id)
    anchor = "done" if what == "right" else f"listing-{service_id}"  # what is right is done with: the next one stands first now
    return redirect(url_for(".page", token=token, done=what, page=request.args.get("page")) + f"#{anchor}", code=303)


def say(owner: Owner, what: str, service_id: str) -> None:
    """Do what a button says. Raise `NotFound` where there is no such listing, or no such button."""
    if what == "right":
        say_right(parts(), owner, service_id)
    elif what == "undo-right":
        unsay_right(parts(), owner, service_id)
    elif what in list(Today):
        say_today(parts(), owner, service_id, Today(what))
    elif what.removeprefix("undo-") in list(Today):
        unsay_today(parts(), owner, service_id, Today(what.removeprefix("undo-")))
    elif what == "thanks":
        answer_report(parts(), owner, service_id, Answer.THANKS)
    else:
        raise NotFound("There is no such button.")


@blueprint.post("/<token>/mails")
def mails(token: str) -> AnyResponse:
    """Who gets the mails, whether any come at all, and what they tell of."""
    opened = _open(token)
    try:
        what = change_mails(opened.organization_id, opened.by)
    except InvalidInput as error:
        return _shown(token, opened, told_to_reader(error), request.form.get("address", "")[:254])
    return redirect(url_for(".page", token=token, done=what) + "#mails", code=303)


def change_mails(organization_id: str, by: str) -> str:
    """Do what a button about the mails says; its name. Raise `InvalidInput` for an address that is none."""
    now, what = parts().clock.now(), request.form.get("do", "")
    with parts().database.writing() as session:
        if what == "address":
            ask_somebody_else(session, organization_id, request.form.get("address", ""), by, now)
        elif what == "stop":
            stop_asking(session, organization_id, by, now)
        elif what in ("at-once", "monthly"):
            tell_at_once(session, organization_id, what == "at-once", by, now)
        session.commit()
    return what


@blueprint.get("/<token>/suggest/<service_id>")
def correct(token: str, service_id: str) -> AnyResponse:
    """What a listing says, to be put right by the organization itself."""
    _own_listing(_open(token), service_id)
    return suggest_page(service_id)


@blueprint.post("/<token>/suggest/<service_id>")
def send_correction(token: str, service_id: str) -> AnyResponse:
    """Leave it for whoever keeps the listing, as the organization's own word."""
    _own_listing(_open(token), service_id)
    return leave(service_id, sender="", is_owner=True)


def _own_listing(opened: OpenedLink, service_id: str) -> None:
    """Raise `NotFound` for the listings of others."""
    listing = read.service(parts(), service_id)
    if listing.organization is None or listing.organization.id != opened.organization_id:
        raise NotFound("There is no such listing.")


def _open(token: str) -> OpenedLink:
    g.pop("upkeep_link", None)
    opened = open_link(parts(), token, sender=sender())
    g.upkeep_link, g.upkeep_token = opened, token
    return opened


def _owner(opened: OpenedLink) -> Owner:
    return Owner(opened.organization_id, opened.by, opened.id)


def _shown(token: str, opened: OpenedLink, wrong: WrongField | None = None, typed: str = "") -> AnyResponse:
    number = page_number()
    own = read_own(parts(), opened.organization_id, number, opened.by)
    correct_at = partial(url_for, ".correct", token=token)
    shown = own_page(own, parts().clock.now(), request.user_agent.string, lambda service_id: correct_at(service_id=service_id))
    body = render_template(
        "upkeep/own.html", page=shown, action=url_for(".act", token=token, page=number if number > 1 else None),
        mails_action=url_for(".mails", token=token), quality_address="",
        done=done_words(request.args.get("done", "")), wrong=wrong, typed=typed,
    )  # fmt: skip
    return make_response(body, 400 if wrong else 200)


def page_number() -> int:
    """Which page of listings is asked for."""
    written = request.args.get("page", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 5 else 1


def done_words(done: str) -> str:
    """What the page says after a button was pressed; "" for what is none."""
    told = {
        "right": _("Thank you. The listing says that you verified it today."),
        "undo-right": _("Taken back. Everything is as it was."),
        "thanks": _("Thank you. The report is shown no longer."),
        "address": _("The next mail goes to that address."),
        "stop": _("No more mails. When something is to be looked at, we call."),
        "at-once": _("You will be told when somebody reports or suggests something, at most once a day."),
        "monthly": _("You will only get the monthly mail."),
        **{kind.value: _("Told: %(what)s. It ends by itself tonight.", what=words) for kind, words in today_acts().items()},
        **{f"undo-{kind}": _("Taken back. Everything is as it was.") for kind in Today},
    }
    return told.get(done, "")
