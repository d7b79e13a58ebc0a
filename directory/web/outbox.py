"""What the demo would have sent, for whoever tries it out; an installation that sends mails keeps none of them, and has no such page."""

import re
from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup

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
    return render_template("admin/outbox.html", letters=[_letter(written) for written in read_outbox(parts())])


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
