"""A made-up pair of records that may be one, for the page where components are reviewed together."""

from typing import Any

from directory.web.figures.pair_map import pair_map
from directory.web.models.asked_page import VoiceRow
from directory.web.models.duplicates_page import Bar, SideBySide, marked
from directory.web.status import Status

_SPOTS = ((39.9526, -75.1652), (39.9529, -75.1648))
_OTHERS = ((39.9533, -75.1660), (39.9520, -75.1640))


def duplicate_samples() -> dict[str, Any]:
    """By the name that the template uses."""
    names, street = marked("Ward Pantry", "Ward’s Pantry"), marked("12 Elm Street", "12 Elm St")
    return {
        "pair_samples": {
            "heads": ((names[0], "#main", "Ward Pantry"), (names[1], "#main", "")),
            "fields": (
                SideBySide("Address", (street[0],), (street[1],)),
                SideBySide("Telephone", ((("(215) 555-0142", False),),), ()),
            ),
            "map": pair_map(("Ward Pantry", "Ward’s Pantry"), _SPOTS, 0.048, _OTHERS),
            "bars": (Bar("same address", "+6.2", 38.8, speaks_for=True), Bar("other telephone", "-1.1", 6.9, speaks_for=False)),
            "rows": (
                VoiceRow("Ward Pantry", Status("open", "check", "The same: A, Ward Pantry, is the one to keep"), "", "a lead, Nov 3, 2026"),
                VoiceRow(
                    "Clinic of the Ward", Status("danger", "alert", "Two different things"), "One cupboard.", "an editor, Nov 4, 2026"
                ),
                VoiceRow("Old Hall", Status("ask", "clock", "Waited for until Nov 17, 2026"), "", ""),
                VoiceRow(
                    "Ward Kitchen",
                    Status("ask", "clock", "Asked by a link, waited for until Nov 17, 2026"),
                    "",
                    "",
                    "A link went to h•••@kitchen.example on Nov 3, 2026.",
                ),
                VoiceRow(
                    "Elm Hall",
                    Status("plain", "info", "Nobody there has an account, and no link could be sent: not waited for"),
                    "",
                    "",
                    "No mailbox is known to write to. Call them:",
                    ("(215) 555-0142", "tel:+12155550142"),
                ),
            ),
            "warns": ("They do not agree on which of the two stays.",),
        }
    }
