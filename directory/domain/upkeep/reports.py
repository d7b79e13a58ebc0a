"""What a worker found who tried a listing just now: shown with its time for a day, told to the organization, ended by its answer."""

from datetime import timedelta
from enum import StrEnum

SHOWN_FOR = timedelta(hours=24)


class Report(StrEnum):
    """What they met with when they called or went there."""

    FULL = "full"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    MOVED = "moved"


ASKS_TO_LOOK = frozenset({Report.WRONG_NUMBER, Report.MOVED})
"""What says that the listing itself may be wrong, so that somebody should look; that a line is busy or a house full does not."""


class Answer(StrEnum):
    """What the organization says to it."""

    RIGHT_NOW = "right"  # the listing is right as it stands
    CORRECTED = "corrected"
    THANKS = "thanks"  # so it is; nothing in the listing needs to change
