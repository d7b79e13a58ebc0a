"""Those who lead an organization say which programs hear of changes to its listings: add, try, change the secret, turn on, take away."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.webhooks import EventType
from directory.services.listings.names import organization_name
from directory.services.webhooks.subscribe import (
    Subscription,
    change_secret,
    read_subscriptions,
    send_test,
    subscribe,
    turn_on,
    unsubscribe,
)
from directory.web.here import parts
from directory.web.times import moment_words
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("webhooks", __name__, url_prefix="/manage/organizations/<organization_id>/webhooks")


@blueprint.get("")
def page(organization_id: str) -> AnyResponse:
    """The webhooks of an organization."""
    return _shown(organization_id)


@blueprint.post("")
def act(organization_id: str) -> AnyResponse:
    """Add one, or do something with one of them. A new secret is shown on the page that answers, and never again."""
    what, _colon, webhook_id = request.form.get("do", "").partition(":")
    try:
        if what == "add":
            chosen = request.form.getlist("events")
            made = subscribe(parts(), organization_id, request.form.get("address", ""), chosen, signed_in().label)
            return _shown(organization_id, secret_of=made)
        if what == "rotate":
            return _shown(organization_id, secret_of=change_secret(parts(), webhook_id, organization_id))
        acts = {"test": send_test, "on": turn_on, "remove": unsubscribe}
        if what in acts:
            acts[what](parts(), webhook_id, organization_id)
    except NotFound:  # taken away by somebody else meanwhile
        what = ""
    except InvalidInput as error:
        return _shown(organization_id, wrong=told_to_reader(error))
    except Refused as error:
        return _shown(organization_id, wrong=told_to_reader(InvalidInput("address", error.message)))
    return redirect(url_for(".page", organization_id=organization_id, done=what or None), code=303)


def _shown(organization_id: str, wrong: WrongField | None = None, secret_of: Subscription | None = None) -> AnyResponse:
    rows = [(one, _state(one)) for one in read_subscriptions(parts(), organization_id)]
    body = render_template(
        "manage/webhooks.html",
        organization_id=organization_id,
        name=organization_name(parts(), organization_id),
        rows=rows,
        events=_events(),
        chosen=request.form.getlist("events"),
        typed=request.form.get("address", "") if wrong else "",
        made=secret_of,
        done=_done_words(request.args.get("done", "")),
        wrong=wrong,
    )
    return Response(body, status=400 if wrong else 200)


def _state(one: Subscription) -> str:
    if one.disabled_at:
        return _("Turned off on %(moment)s: %(why)s", moment=moment_words(one.disabled_at), why=one.disabled_why)
    if one.failing_since:
        return _("Nothing has arrived since %(moment)s: %(why)s", moment=moment_words(one.failing_since), why=one.last_status)
    if one.delivered_at:
        return _("Last message arrived on %(moment)s", moment=moment_words(one.delivered_at))
    return _("Nothing was sent yet.")


def _events() -> tuple[tuple[str, str], ...]:
    return (
        (EventType.CHANGED.value, _("A listing changed")),
        (EventType.VERIFIED.value, _("A listing was verified")),
        (EventType.WITHDRAWN.value, _("A listing is no longer listed")),
    )


def _done_words(done: str) -> str:
    return {
        "test": _("A test message is on its way. Look again in a few seconds."),
        "on": _("It is on again."),
        "remove": _("It is gone, with what waited for it."),
    }.get(done, "")
