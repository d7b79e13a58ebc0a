"""The words of the mail to an address that somebody claims with: whoever reads it may have no account."""

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
