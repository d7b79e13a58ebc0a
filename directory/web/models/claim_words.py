"""The words of mails about claims."""

from directory.services.accounts.claims_told import Told
from directory.web.wording import _


def claim_letter(organization: str, link: str) -> tuple[str, str]:
    """To the address that somebody claims with."""
    subject = _("Your claim on a listing")
    words = _(
        "Somebody with this address said that they speak for %(name)s. Was it you? Open this link; it works once, for two days:",
        name=organization,
    )
    end = _("It was not you? Do nothing: without the link nothing happens.")
    return subject, f"{words}\n{link}\n\n{end}"


def other_claims_letter() -> Told:
    """To those who lead an organization already."""
    words = _("Somebody says that they speak for %(organization)s and asks to keep its listings. Sign in to let them in or to object.")
    return Told(_("Somebody claims your organization"), words)


def granted_letter(link: str) -> Told:
    """To who claimed."""
    words = _("You lead %(organization)s in the shared directory now. You can keep its listings and invite others:")
    return Told(_("Your claim"), f"{words}\n{link.replace('%', '%%')}")


def refused_letter(why: str) -> Told:
    """To who claimed."""
    words = _("Your claim on %(organization)s was not granted. The reason given:")
    return Told(_("Your claim"), f"{words}\n{why.replace('%', '%%')}")
