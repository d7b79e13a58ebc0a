"""A made-up conversation, for the page where components are reviewed together."""

from types import SimpleNamespace
from typing import Any

from directory.domain.planning.conversation import Stage
from directory.web.conversation_words import question_words, stage_status
from directory.web.models.conversation_facts import FactRow, FactsShown, ListingLine
from directory.web.models.conversation_page import ConversationRow, SideShown, StepLine
from directory.web.status import Status


def conversation_samples() -> dict[str, Any]:
    """By the name that the template uses."""
    questions = tuple(words for words, _hint in question_words().values())
    who = "Harbour House, Clinic of the Ward"
    asked = "Who could open on an evening?"
    return {
        "talk_rows": (
            ConversationRow(
                "one",
                "Harbour pantry · Ward pantry",
                asked,
                who,
                stage_status(Stage.ANSWERS),
                "awaited: Clinic of the Ward",
                "Nov 30",
                True,
            ),
            ConversationRow("two", "Free meals in Ottawa", asked, who, stage_status(Stage.DECISION), "", "ended on Nov 3, 2026", False),
        ),
        "talk_page": SimpleNamespace(
            steps=(
                StepLine("The facts", "2 of 2 looked", "done"),
                StepLine("Sealed answers", "1 of 2 answered", "now"),
                StepLine("What all said", "on Nov 30, 2026 at the latest", "later"),
                StepLine("The end", "", "later"),
            ),
            facts=FactsShown(
                of="What Harbour pantry and Ward pantry have in common · Food pantry",
                as_of="Nov 9, 2026",
                rows=(FactRow("Same help", "100%", "100%"), FactRow("Same people", "50% to 100%", "50%"), FactRow("Not met", "12 of 40")),
                unknown=("The hours of both.",),
                notes=("A listing was changed just now.",),
                listings=(ListingLine("Harbour pantry", "#main", "Harbour House", "#main"),),
                source="",
            ),
            sides=(
                _side("Harbour House", "Families with small children.", "We cannot pay for evenings."),
                _side("Clinic of the Ward", "", "Agrees to it."),
            ),
            questions=questions,
            proposal=(1, "One of us opens on Thursday evenings.", "Both", "Dec 31, 2026"),
        ),
    }


def _side(name: str, words: str, end: str) -> SideShown:
    said = tuple((question, words) for question, _hint in question_words().values()) if words else ()
    stands = (Status("open", "check", "looked at the facts", detail="Nov 10, 2026"),)
    note, silent = ("We also serve Vanier.", "") if words else ("", "Would rather talk.")
    return SideShown(name, name, "Health", False, stands, note, said, silent, end, False)
