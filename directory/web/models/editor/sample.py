"""Made-up values of the editor's components, for the page where all of them are reviewed together."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.domain.editing.keys import SERVICE
from directory.domain.editing.words import Explained
from directory.rules.builder import blocks_of
from directory.services.editing.read import EditedListing
from directory.services.editing.served_areas import AreaOnMap, ServedAreas
from directory.services.editing.suggested_criteria import suggestions_for
from directory.web.models.editor.building import builder_view
from directory.web.models.editor.choices import Choices
from directory.web.models.editor.choosing import TwoValues
from directory.web.models.editor.page import anchor, editor_page
from directory.web.models.editor.whom import whom_view
from directory.web.models.history_page import HistoryLine
from directory.web.models.review_page import ReviewConflict, ReviewLine

_ZONE = ZoneInfo("America/Toronto")
_NOW = datetime(2026, 11, 23, 10, 0, tzinfo=_ZONE)
_SAID = {"by": "owner", "text": "", "confirmed_on": "2026-11-20"}
_CRITERIA: dict[str, Any] = {
    "criteria": {
        "gender": {"when": {"field": "gender", "op": "in", "value": ["female"]}, "strength": "hard", "said": _SAID},
        "age": {"when": {"field": "age", "op": "range", "value": {"gte": 18}}, "strength": "hard", "said": _SAID},
        "child": {"when": {"field": "child.age", "op": "range", "value": {"lt": 5}}, "strength": "hard", "said": {**_SAID, "by": "text"}},
        "first": {"when": {"field": "veteran", "op": "has_any", "value": ["veteran"]}, "strength": "soft", "said": _SAID},
    },
    "documents": {"photo_id": {"need": "required", "or": ["birth_certificate"]}},
}
_FORM: dict[str, Any] = {
    "name": "Food pantry",
    "status": "active",
    "listed": True,
    "categories": ["food-pantry"],
    "hours": {
        "week": {"MO": [["09:00", "12:00"], ["13:00", "17:00"]], "SA": [["00:00", "00:00"]]},
        "monthly": [["-1SU", "10:00", "12:00"]],
    },
    "exceptions": [
        {"effect": "closes", "from": "2026-12-24", "to": "2026-12-26", "days": [], "opens": "", "closes": "", "note": "Christmas"}
    ],
    "phones": [
        {"id": "1", "number": "613-555-0142", "extension": "3", "type": "", "description": "Intake", "sms": True, "confidential": False}
    ],
    "served": [
        {"id": "1", "name": "Atlantis", "area_id": "", "postal_codes": ["K1A"], "extent": ""},
        {"id": "", "name": "West Shore", "area_id": "", "postal_codes": [], "extent": ""},
    ],
    "languages": ["en", "fr"],
    "criteria": _CRITERIA,
    "eligibility_description": "Mothers with small children. Bring proof of income.",
    "email": "anna at example.org",
    "capacity": {"status": "waitlist", "until": "2026-11-30T17:00:00-05:00", "note": "two weeks"},
    "places": {},
    "text_language": "en",
    "text:fr:name": "Comptoir alimentaire",
}


def editor_samples() -> dict[str, Any]:
    """By the names that the page of components uses."""
    listing = EditedListing(SERVICE, "sample", _FORM, 1, "Food pantry", None, "Harbour House")
    wrong = {"email": "Write one mail address such as name@example.org."}
    page = editor_page(
        listing, _FORM, _FORM, base_token="sample", errors=wrong, languages=("en", "fr"), now=_NOW, zone=_ZONE, opened="hours",  # noqa: S106
        whom=whom_view(_CRITERIA, None, suggestions=suggestions_for(_FORM, _CRITERIA), builder="builder"),
    )  # fmt: skip
    changes = (
        Explained("Name", ("Food pantry",), ("Bread for all",)),
        Explained("Hours", ("Monday 9:00–17:00",), ("Monday 9:00–12:00, 13:00–17:00", "Saturday day and night")),
        Explained("Telephone", (), ()),
    )
    act = HistoryLine(
        "sample",
        "2026-11-23T10:00",
        "Nov 23, 2026, 10:00",
        "Edited",
        "by Harbour House",
        "Anna",
        "They moved in June.",
        changes,
        hidden=False,
    )
    hidden = HistoryLine("", "2026-11-22T10:00", "Nov 22, 2026, 10:00", "Edited", "by Harbour House", "", "", (), hidden=True)
    return {
        "editor_sample": page,
        "editor_choices": Choices(_ZONE, ("en", "fr"), _areas()),
        "editor_anchor": anchor,
        "builder_sample": builder_view(blocks_of(_CRITERIA), (), "USD", {"1.0": "Age: write a number, such as 18."}),
        "diff_samples": changes,
        "act_samples": (act, hidden),
        "review_samples": _reviewed(changes),
        "two_value_samples": (
            TwoValues("name", "Name", ("Bread for all",), ("Food pantry of the harbour",), "A publisher, yesterday"),
            TwoValues("status", "Running or not", ("Running",), (), "A publisher, 3 days ago", is_urgent=True),
        ),
    }


def _areas() -> ServedAreas:
    """An island in three parts, of which two have an outline."""
    west = ((45.40, -75.80), (45.50, -75.80), (45.50, -75.70), (45.40, -75.70))
    east = ((45.40, -75.70), (45.50, -75.70), (45.46, -75.55), (45.40, -75.60))
    offered = (
        AreaOnMap("sample-west", "West Shore", (45.45, -75.75), (west,)),
        AreaOnMap("sample-east", "East Shore", (45.45, -75.65), (east,)),
        AreaOnMap("sample-rock", "The Rock", (45.53, -75.68)),
    )
    return ServedAreas(offered, lambda _item: None, lambda codes: ((45.42, -75.69),) if codes else ())


def _reviewed(changes: tuple[Explained, ...]) -> tuple[ReviewLine, ...]:
    return (
        ReviewLine(
            1,
            "changed",
            "Changed",
            "Food pantry",
            "Service",
            "#main",
            changes[:1],
            (ReviewConflict("description", "What it is", ("Groceries",), ""),),
            "",
            secret=False,
            accepted=True,
        ),
        ReviewLine(2, "changed", "Changed", "a place whose address is secret", "Place", "", (), (), "", secret=True, accepted=False),
    )
