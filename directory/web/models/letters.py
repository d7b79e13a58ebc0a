"""Mails about somebody's own ways in, in the words of the page that causes them."""

from directory.services.accounts.ask_for_link import Letter
from directory.services.accounts.ways_in import Notice
from directory.web.here import community, link_to
from directory.web.wording import _


def link_letter() -> Letter:
    """The mail with a link, which the worker puts in."""
    lines = (
        _("Somebody asked to sign in with this address, you we hope. Open this link and press the button:"),
        "{link}",
        _("It works once, within ten minutes. If it was not you, do nothing: nobody comes in without this mail."),
        _signed(),
    )
    return Letter(_("Your link to sign in"), "\n\n".join(lines), link_to(""))


def change_letter(what: str) -> Notice:
    """The mail that tells what was changed."""
    lines = (
        what,
        _("If it was not you, sign in, end all other sessions, and tell whoever looks after the directory:"),
        link_to("/account"),
        _signed(),
    )
    return Notice(_("Your ways in have changed"), "\n\n".join(lines))


def _signed() -> str:
    return community().name or _("Directory")
