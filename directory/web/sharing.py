"""Hand the list over by link: make the link, show it with its QR code, send it, end it. Its maker's browser alone remembers it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from directory.domain.errors import InvalidInput
from directory.domain.lists import HandList, spelled
from directory.services.lists.share import Opened, is_shared, share_list
from directory.services.messages.send import LONGEST_ADDRESS, send_link
from directory.services.messages.ways import Way, ways_of
from directory.web import languages
from directory.web.figures.qr import QrCode, qr_code
from directory.web.here import community, link_to, parts, sender
from directory.web.lists import words_of_form
from directory.web.saved_list import keep, kept
from directory.web.sealed_cookies import LINK, put_cookie, put_sealed, read_sealed
from directory.web.times import local_date
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("sharing", __name__, url_prefix="/list")


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the maker of a link sees. `text_href` and `mail_href` start a message on their own device."""

    link: str
    code: str
    end_token: str
    end_link: str
    qr: QrCode
    until: datetime
    until_words: str
    openings: int
    places: int
    list_id: str
    subject: str
    body: str
    text_href: str
    mail_href: str
    has_changed: bool


@blueprint.post("/share")
def share() -> Response:
    """Make a link of the list as it stands, with the words of the form."""
    handed = words_of_form(kept())
    handed = HandList(handed.entries, handed.note, handed.language or languages.language())
    keep(handed)
    days = request.form.get("days", "")
    made = share_list(parts(), handed, days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0, sender=sender())
    put_sealed(LINK, {"code": made.code, "end": made.end_token, "mark": mark_of(handed)})
    return redirect(url_for(".shared"), SEE_OTHER)


@blueprint.get("/shared")
def shared() -> Response | str:
    """The link that was made last in this browser."""
    page = link_page()
    if page is None:
        return redirect(url_for("lists.page"), SEE_OTHER)
    return _shown(page)


@blueprint.post("/shared/send")
def send() -> Response | tuple[str, int]:
    """Leave the link for the worker to send. The number or address is used for that and forgotten."""
    page = link_page()
    if page is None:
        return redirect(url_for("lists.page"), SEE_OTHER)
    way = Way.MAIL if request.form.get("way") == Way.MAIL else Way.TEXT
    try:
        send_link(
            parts(), way, request.form.get("recipient", ""), subject=page.subject, body=page.body, list_id=page.list_id,
            sender=sender(), secret=str(current_app.secret_key),
        )  # fmt: skip
    except InvalidInput as error:
        wrong = told_to_reader(error)
        return _shown(page, wrong=wrong, way=way, typed=request.form.get("recipient", "")[:LONGEST_ADDRESS]), 400
    return redirect(url_for(".shared", sent=way.value), SEE_OTHER)


def _shown(page: LinkPage, *, wrong: WrongField | None = None, way: Way = Way.TEXT, typed: str = "") -> str:
    ways = ways_of(parts().settings, is_demo=community().is_demo)
    sent = request.args.get("sent", "")
    return render_template(
        "lists/shared.html", page=page, ways=[way.value for way in ways.open], is_demo_sending=ways.folder is not None,
        sent=sent if sent in list(Way) else "", wrong=wrong, way=way.value, typed=typed,
    )  # fmt: skip


def link_page() -> LinkPage | None:
    """The link that this browser remembers; None where there is none any more."""
    remembered = read_sealed(LINK)
    found = is_shared(parts(), remembered["end"]) if isinstance(remembered, dict) else None
    if found is None:
        put_cookie(LINK, "")
        return None
    link = link_to(url_for("handed.opened", code=remembered["code"]))
    subject, body = message_words(found, link)
    return LinkPage(
        link=link,
        code=spelled(remembered["code"]),
        end_token=remembered["end"],
        end_link=link_to(url_for("handed.ask_to_end", token=remembered["end"])),
        qr=qr_code(link),
        until=found.expires_at,
        until_words=local_date(found.expires_at),
        openings=found.openings,
        places=len(found.handed.entries),
        list_id=found.list_id,
        subject=subject,
        body=body,
        text_href=f"sms:?&body={quote(body)}",
        mail_href=f"mailto:?subject={quote(subject)}&body={quote(body)}",
        has_changed=bool(kept().entries) and mark_of(kept()) != remembered.get("mark"),
    )


def message_words(found: Opened, link: str) -> tuple[str, str]:
    """Subject and words of a message, in the list's language: neither says what is on it, nor for whom it is."""
    with force_locale(found.handed.language):
        return _("Your list"), _("Your list: %(link)s", link=link)


def mark_of(handed: HandList) -> str:
    """A mark by which to see that a list has changed since."""
    told = json.dumps([handed.note, handed.language, [(entry.place_id, entry.note) for entry in handed.entries]])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
