"""What `doctor` says of the ways in: which are open, and what keeps another closed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from directory.cli.checks.check import Check
from directory.services.listings.community import read_community
from directory.services.messages.ways import Way, ways_of
from directory.services.parts import Parts


def check_ways_in(parts: Parts) -> Check:
    """The ways in that people have here. An organization whose accounts should open ours, and cannot, is wrong; the rest may be meant."""
    settings = parts.settings
    if settings.oidc_issuer and parts.issuer is None:
        return Check(
            "ways in",
            wrong="Nobody comes in by OIDC_ISSUER: what it needs is not installed.",
            remedy="Start with ./run, which installs it, or install the extra oidc.",
        )
    found = ", ".join(_open(parts))
    site = urlsplit(settings.public_address)
    if site.scheme == "https" and not settings.secure_cookies:
        return Check("ways in", found, warning="Cookies of sessions may travel without https.", remedy="Set SECURE_COOKIES=true.")
    if not _mails(parts):
        warning = "No mail leaves from here: links to sign in are made by command."
        return Check("ways in", found, warning=warning, remedy="Set MAIL_SERVER, MAIL_FROM and PUBLIC_ADDRESS.")
    return Check("ways in", found)


def _open(parts: Parts) -> Iterator[str]:
    is_demo = read_community(parts).is_demo
    host = urlsplit(parts.settings.public_address).hostname
    if _mails(parts):
        yield "links by mail"
    yield f"passkeys at {host or 'the host that is asked for'}"
    yield "passwords alone, since this is a demo" if is_demo else "passwords with a code"
    if parts.issuer is not None:
        yield f"accounts of {parts.issuer.name}"


def _mails(parts: Parts) -> bool:
    return Way.MAIL in ways_of(parts.settings, is_demo=read_community(parts).is_demo).open
