"""What is wrong with a field, told to the person who filled it in: which field, and what would be right, in their language.

Use cases say it in English with the names that programs use; here each field of a page has its own sentence.
"""

from dataclasses import dataclass

from directory.domain.errors import InvalidInput
from directory.web.wording import _

_FIELD_OF = {"open_at": "when", "open_until": "when", "text": "q", "bbox": "box"}


@dataclass(frozen=True, slots=True)
class WrongField:
    """`field` is the name of the form's field; `message` one sentence."""

    field: str
    message: str


def told_to_reader(error: InvalidInput) -> WrongField:
    """The error in the reader's words; those of pages are so already."""
    own = {
        "open_at": _("When: choose a time from a month ago to a year ahead."),
        "open_until": _("When: the end must come after the start, and within 24 hours of it."),
        "bbox": _("The part of the map: south must not lie above north."),
        "serves": _("Whom it serves: write a city, a region or a postal code that is known, with its region, such as London, Ontario."),
        "page": _("Page: only the first 1,000 results can be looked through. Narrow the search to see the others."),
        "q": _("What is needed: write less, at most 400 letters."),
    }.get(error.field)
    is_own = error.field in ("page", "q") and "(" not in error.message
    return WrongField(_FIELD_OF.get(error.field, error.field), error.message if own is None or is_own else own)
