"""Who may be believed to speak for an organization.

A mail address proves something where it is of the organization's own domain: its website's, or that of the address it is listed with.
Domains that anybody gets an address or a site from prove nothing.
"""

from enum import StrEnum
from urllib.parse import urlsplit

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.ca", "hotmail.fr", "live.com", "live.ca", "msn.com",
        "yahoo.com", "yahoo.ca", "yahoo.fr", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com",
        "gmx.com", "gmx.net", "mail.com", "zoho.com", "fastmail.com", "yandex.com", "bell.net", "bellnet.ca", "sympatico.ca",
        "rogers.com", "videotron.ca", "shaw.ca", "telus.net", "cogeco.ca", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
        "cox.net", "charter.net", "earthlink.net", "btinternet.com", "orange.fr", "free.fr", "laposte.net",
    }
)  # fmt: skip
SHARED_SITES = frozenset(
    {
        "facebook.com", "instagram.com", "x.com", "twitter.com", "linkedin.com", "linktr.ee", "wordpress.com", "wixsite.com",
        "weebly.com", "squarespace.com", "blogspot.com", "google.com", "sites.google.com", "github.io", "godaddysites.com", "webs.com",
        "tumblr.com", "youtube.com", "canadahelps.org",
    }
)  # fmt: skip
MOST_WITH_ONE_DOMAIN = 3
"""Where more organizations than this are listed with one domain, it is not theirs alone: a city's, a church's, a directory's."""


class Way(StrEnum):
    """How a claim is proved."""

    DOMAIN = "domain"  # an address of the organization's own domain
    CALL = "call"  # a code told on the telephone number that is listed
    WORD = "word"  # a planner knows them


class State(StrEnum):
    """Where a claim stands. `disputed`: a lead of the organization objects, and a planner decides."""

    OPEN = "open"
    DISPUTED = "disputed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAITING = (State.OPEN, State.DISPUTED)


def mail_domain(email: str) -> str:
    """The part after the @, in small letters."""
    return email.rpartition("@")[2].strip().lower()


def site_domain(address: str) -> str:
    """The name of the host of a web address, without `www.`; "" for what is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def own_domains(website: str, email: str) -> frozenset[str]:
    """The domains that are an organization's own, as far as its listing tells."""
    site, mail = site_domain(website), mail_domain(email)
    found = {site} if site and not _is_of(site, SHARED_SITES) else set()
    return frozenset(found | ({mail} if mail and mail not in FREE_MAIL else set()))


def is_proved_by_domain(email: str, domains: frozenset[str]) -> bool:
    """Whether an address is of one of these domains. A site below the domain of an address (`food.city.example`, `@city.example`) proves
    nothing: whoever works for the city would speak for all that the city houses."""
    domain = mail_domain(email)
    return domain not in FREE_MAIL and not _is_of(domain, SHARED_SITES) and domain in domains


def _is_of(domain: str, others: frozenset[str]) -> bool:
    return any(domain == other or domain.endswith(f".{other}") for other in others)
