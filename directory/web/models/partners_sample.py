"""Made-up agreements and answers, for the page where components are reviewed together."""

from typing import Any

from directory.domain.partners import Standing
from directory.web.models.ask_around_page import AnswerColumn, PartLine
from directory.web.models.partners_page import ContactLine, PartnerRow, SideColumn, TermsCard, standing_status


def partner_samples() -> dict[str, Any]:
    """By the name that the template uses."""
    return {
        "partner_samples": (
            PartnerRow(
                "one",
                "Society of the Good Neighbour, Clinic of the Ward",
                standing_status(Standing.AGREED, waits_for_us=False),
                ("since Nov 3, 2026", "look at it again by Nov 3, 2027", "last spoke on Nov 12, 2026"),
                ("Your contact has left: who takes over?",),
            ),
            PartnerRow("two", "Ward Pantry", standing_status(Standing.PROPOSED, waits_for_us=True), (), ()),
            PartnerRow("three", "Old Hall", standing_status(Standing.ENDED, waits_for_us=False), ("since Nov 3, 2024",), ()),
        ),
        "terms_sample": TermsCard(
            "one",
            "Clinic of the Ward",
            (("Answer when it is urgent", "within 4 working hours"), ("Shared intake", "Yes: people tell their story once")),
            "We share the list of winter beds.\nIf one of us is full, we call before we send anybody.",
            (),
            False,
            False,
        ),
        "contact_sample": ContactLine("one", "Rosa Lin", "613-555-0142 ext. 12", "6135550142", "rosa@clinic.example"),
        "side_samples": (
            SideColumn("Good Neighbours", True, "Twice this month nobody called back.", "Nov 12, 2026", True),
            SideColumn("Clinic of the Ward", False, "", "", False),
        ),
        "part_samples": (
            PartLine("one", "a place to sleep from Friday", "", True),
            PartLine("two", "someone who speaks Tigrinya", "Clinic of the Ward", False),
        ),
        "answer_samples": (
            AnswerColumn(
                "Clinic of the Ward",
                "Health",
                True,
                "Nov 12, 2026",
                "Two such families this month.",
                "An interpreter on Friday.",
                ("someone who speaks Tigrinya",),
            ),
            AnswerColumn("Ward School", "Schools", False, "", "", "", ()),
        ),
    }
