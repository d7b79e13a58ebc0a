"""What the demo would have sent, for whoever tries it out; an installation that sends mails keeps none of them, and has no such page."""

import re
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from directory.services.demo_clock import ahead_of, let_pass, set_back
from directory.services.messages.outbox import Written, read_outbox
from directory.web.here import link_to, parts
from directory.web.times import machine_time, moment_words

_LINK = re.compile(r"https?://\S+")

blueprint = Blueprint("outbox", __name__)


@dataclass(frozen=True, slots=True)
class Letter:
    way: str
    to: str
    subject: str
    body: Markup
    at: str
    iso: str


@blueprint.get("/admin/outbox")
def page() -> str:
    """The messages, the newest first."""
    letters = [_letter(written) for written in read_outbox(parts())]
    return render_template("admin/outbox.html", letters=letters, ahead_days=ahead_of(parts()).days)


@blueprint.post("/admin/outbox/let-pass")
def let_time_pass() -> Response:
    """Let some time pass in the demo, so that clocks, reminders and questions can be seen at work."""
    lasts = request.form.get("lasts", "")
    if lasts == "back":
        set_back(parts())
    else:
        let_pass(parts(), lasts)
    return redirect(url_for("outbox.page"), 303)


def _letter(written: Written) -> Letter:
    return Letter(written.way, written.to, written.subject, _with_links(written.body), moment_words(written.at), machine_time(written.at))


def _with_links(body: str) -> Markup:
    """The text with its links to this site as links; all else stays text."""
    own, made, last = link_to("/"), Markup(), 0
    for found in _LINK.finditer(body):
        address = found[0].rstrip(".,)")
        made += body[last : found.start()]
        path = "/" + address.partition("://")[2].partition("/")[2]
        leads_here = address.startswith((own, f"{parts().settings.own_address}/"))
        made += Markup('<a href="{}">{}</a>').format(path, address) if leads_here else address
        last = found.start() + len(address)
    return made + body[last:]
