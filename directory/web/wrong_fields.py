"""What is wrong with a field, told to the person who filled it in: which field, and what would be right, in their language.

Use cases say it in English with the names that programs use; here each field of a page has its own sentence.
"""

from dataclasses import dataclass

from directory.domain.errors import InvalidInput
from directory.domain.sentences import retold
from directory.web.wording import _

_FIELD_OF = {"open_at": "when", "open_until": "when", "text": "q", "bbox": "box"}


@dataclass(frozen=True, slots=True)
class WrongField:
    """`field` is the name of the form's field; `message` one sentence."""

    field: str
    message: str


class ToldToReader(InvalidInput):
    """An error of a page's own form; its message is in the reader's words already."""


def told_to_reader(error: InvalidInput) -> WrongField:
    """The error in the reader's words, at the field of the form that it is about."""
    field = _FIELD_OF.get(error.field, error.field)
    if isinstance(error, ToldToReader):
        return WrongField(field, error.message)
    return WrongField(field, _sentences().get(error.field) or retold(error.message, _))


def _sentences() -> dict[str, str]:
    """What to say of the fields that use cases check."""
    return {
        "open_at": _("When: choose a time from a month ago to a year ahead."),
        "open_until": _("When: the end must come after the start, and within 24 hours of it."),
        "bbox": _("The part of the map: south must not lie above north."),
        "serves": _("Whom it serves: write a city, a region or a postal code that is known, with its region, such as London, Ontario."),
        "page": _("Page: only the first 1,000 results can be looked through. Narrow the search to see the others."),
        "email": _("Mail address: write it as in name@example.org."),
        "organization": _("Organization: a worker, an editor and a lead belong to one that is listed; others belong to none."),
        "area": _("Area: only a planner holds a role for one, and it must be known here."),
        "q": _("What is needed: write less, at most 400 letters."),
    }
