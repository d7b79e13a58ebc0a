"""What somebody who looked at a listing found, and how they looked."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class How(StrEnum):
    """How a listing was looked at."""

    LINK = "owner_link"  # by the organization, through a link in a mail
    PAGE = "owner_page"  # by the organization, signed in
    CALL = "call"
    VISIT = "visit"
    SOURCE = "source"  # by whoever publishes the feed


SHOWN_AS: Mapping[How, str] = MappingProxyType(
    {How.LINK: "owner", How.PAGE: "owner", How.CALL: "call", How.VISIT: "visit", How.SOURCE: "source"}
)
"""What a reader of the listing is told of it."""


class Found(StrEnum):
    """What was found of one listing."""

    RIGHT = "right"
    CORRECTED = "corrected"
    CLOSED = "closed"  # gone for good
    DO_NOT_LIST = "do_not_list"  # the organization does not want it listed
    CANNOT_BE_VERIFIED = "cannot_be_verified"


VERIFIES = frozenset({Found.RIGHT, Found.CORRECTED})
"""After these the listing is known to be right."""

TAKEN_OUT: Mapping[Found, str] = MappingProxyType(
    {
        Found.CLOSED: "closed for good",
        Found.DO_NOT_LIST: "do not list",
        Found.CANNOT_BE_VERIFIED: "cannot be verified",
    }
)
"""After these the listing is withdrawn, and why: in these words it stands with the record (`withdrawn_why`), which stays so that no import
brings it back."""


class Method(StrEnum):
    """How staff tried to reach somebody."""

    PHONE = "phone"
    MAIL = "mail"
    VISIT = "visit"
    WEBSITE = "website"


class Reached(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"  # they will call back, or asked to be called again


PUT_OFF_DAYS: Mapping[Reached, int] = MappingProxyType({Reached.NO_ANSWER: 1, Reached.WRONG_NUMBER: 1, Reached.CALL_BACK: 3})
"""For how many days nobody is asked to call again."""
