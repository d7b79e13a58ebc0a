"""Made-up plans, for the page where components are reviewed together."""

from typing import Any

from directory.domain.planning.actions import State
from directory.domain.planning.effect import Measure, Value
from directory.domain.planning.outcomes import Answer
from directory.domain.planning.outcomes import State as OutcomeState
from directory.web.figures.course import Series, Told, course
from directory.web.models.plans_page import ActionRow, Figure, HistoryRow, OutcomeRow, PartyLine, answer_status
from directory.web.plan_words import number_words, outcome_status, state_status, value_words


def plan_samples() -> dict[str, Any]:
    """By the name that the template uses."""
    cell, both = "Emergency shelter in Ottawa", "Harbour House, Ward Clinic"
    return {
        "action_samples": (
            ActionRow(
                "one", "Propose a partnership", "#main", state_status(State.PLANNED, is_late=True), cell, "One intake for both houses.",
                "Harbour House", both, "Maple School", "By Nov 20, 2026",
            ),
            ActionRow(
                "two", "Keep an eye on it", "#main", state_status(State.DONE, is_late=False), "", "", "Planners’ team", "", "",
                "Done on Nov 3, 2026",
            ),
        ),
        "outcome_samples": (
            OutcomeRow(
                "one", "Emergency shelter in Ottawa: at most 20% of those who ask get no help, in 2027-Q2", "#main",
                outcome_status(OutcomeState.AGREED, None), "It began at 40%, in 2026-Q3", both, "Maple School",
                "To look at together on Jul 15, 2027",
            ),
        ),
        "party_samples": (
            PartyLine("Harbour House", "#main", answer_status(Answer.YES), "We bring six beds.", "Nov 12, 2026", True),
            PartyLine("Maple School", "#main", answer_status(None), "", "", False),
        ),
        "history_samples": (
            HistoryRow("Harbour House", "signed", "Nov 12, 2026", "We bring six beds."),
            HistoryRow("Planners", "written down", "Nov 3, 2026", ""),
        ),
        "course_sample": _course(),
    }  # fmt: skip


def _course() -> Figure:
    quarters = ("2026-Q3", "2026-Q4", "2027-Q1")

    def told(*values: Value | None) -> tuple[Told | None, ...]:
        return tuple(None if each is None else Told(each.low, each.high, value_words(Measure.UNMET_SHARE, each)) for each in values)

    series = (
        Series("here", "Ottawa", told(Value(0.4, 0.4, 40), Value(0.31, 0.38, 36), Value(0.25, 0.25, 48))),
        Series("elsewhere", "elsewhere", told(Value(0.3, 0.3, 90), None, Value(0.27, 0.27, 84))),
    )
    drawn = course(
        quarters, series, lambda value: number_words(Measure.UNMET_SHARE, value), wanted=(0.2, "wanted: 20%"), done=(2, "done"), most=1.0
    )
    rows = (
        ("2026-Q3", "40%", "40", "30%", "90"), ("2026-Q4", "31% to 38%", "36", "too few to tell", ""),
        ("2027-Q1", "25%", "48", "27%", "84"),
    )  # fmt: skip
    columns = ("Quarter", "Ottawa", "Of so many cases at least", "Elsewhere", "Of so many cases at least")
    return Figure(drawn, "In Ottawa it went from 40% to 25%: better than before.", columns, rows)
