"""What a made-up service asks and whom it tells, where anybody knows: about two answers of five, and never against its own words."""

from typing import Any

from seeds.sample.draw import Draw
from seeds.sample.words import Audience, Offer, shares

KNOWN = 0.38  # what its words say for certain comes on top

_OF_CHILDREN = frozenset({"preschool", "children", "teens", "children-health", "parents", "families", "students", "pregnant", "youth16"})
_OF_POLICE = frozenset({"crime-prevention", "youth-justice", "victim-services"})
_OF_STATUS = frozenset({"social-housing", "social-assistance"})
_OF_IDENTITY = frozenset({"id", "immigration", "health-card", "birth"})
_SURELY = {
    "nobody": {"tells_police": False, "tells_immigration": False},
    "no-status": {"asks_status": False, "tells_immigration": False},
    "child-risk": {"tells_child_welfare": True},
    "situation-table": {"tells_police": True},
}
"""What a sentence on whom it tells says for certain."""


def disclosures(draw: Draw, data: dict[str, Any], offer: Offer, audience: Audience) -> dict[str, bool]:
    """The answers that are known: those that its words give, and now and then others."""
    certain, found = _certain(data, offer, audience), {}
    for name, likely in _likely(data, offer, audience).items():
        is_known, is_so = draw.random() < KNOWN, draw.random() < likely
        if name in certain:
            found[name] = certain[name]
        elif is_known:
            found[name] = is_so
    if _asks_for_status_papers(data, offer) and found.get("asks_status") is False:
        del found["asks_status"]  # its words say both: nobody knows
    return found


def _certain(data: dict[str, Any], offer: Offer, audience: Audience) -> dict[str, bool]:
    found = {"asks_status": True} if _asks_for_status_papers(data, offer) else {}
    if audience.key == "indigenous" and "eligibility_description" in data:
        found["asks_papers"] = False  # "No card is asked."
    return found | _SURELY.get(shares().get(data.get("information_shared", ""), ""), {})


def _asks_for_status_papers(data: dict[str, Any], offer: Offer) -> bool:
    return "required_documents" in data and "immigration" in offer.papers


def _likely(data: dict[str, Any], offer: Offer, audience: Audience) -> dict[str, float]:
    """How likely each is so, from 0 to 1, where it is known."""
    asks_for_papers = "required_documents" in data and bool(_OF_IDENTITY & set(offer.papers))
    is_for_newcomers = audience.key == "newcomers"
    return {
        "asks_papers": 1.0 if asks_for_papers else 0.15,
        "asks_status": 0.9 if is_for_newcomers or offer.category in _OF_STATUS else 0.04,
        "tells_police": 0.6 if offer.category in _OF_POLICE else 0.05,
        "tells_immigration": 0.4 if is_for_newcomers else 0.01,
        "tells_child_welfare": 0.9 if audience.key in _OF_CHILDREN else 0.3,
    }
