"""Made-up figures of planners, for the page of components."""

from typing import Any

from directory.web.figures.ages import Counted, ages
from directory.web.figures.sankey import NARROW, WIDE, Carried, sankey
from directory.web.models.freshness_page import GroupRow, Linked, ListingRow
from directory.web.models.network_page import FlowRow, MissingRow
from directory.web.models.planner_places import PlannerGroup, PlannerPlace

AT = "#main"


def planning_samples() -> dict[str, Any]:
    carried = [
        Carried("schools", "health", 24, words="Schools to health: 24"),
        Carried("schools", "housing", 9, words="Schools to housing: 9"),
        Carried("housing", "health", 0, is_partly_hidden=True, words="Housing to health: too few to tell"),
    ]
    left, right = {"schools": "Schools 33", "housing": "Housing"}, {"health": "Health 24+", "housing": "Housing 9"}
    bars = [Counted(count, str(count), str(count)) for count in (3, 9, 14, 11, 8, 6, 5, 5, 4, 2, 1, 1)]
    return {
        "planner_group_samples": (
            PlannerGroup("records", "Records", (PlannerPlace("Listed twice?", AT, "page"), PlannerPlace("Whom to call", AT, ""))),
            PlannerGroup("needs", "Needs", (PlannerPlace("Map of a need", AT, ""),)),
        ),
        "sankey_samples": (sankey(carried, left, right, NARROW), sankey(carried, left, right, WIDE)),
        "ages_sample": ages(bars, Counted(6, "6", "6"), Counted(70, "70", "70"), 30, 180, [(0, "now"), (6, "6")], ("older", "never")),
        "flow_samples": (
            FlowRow("Schools", "Health", AT, "24", "71% of 24", "2.5 days", "38% of 24", is_slow=True),
            FlowRow("Schools", "Housing", AT, "9", "", "", "", is_slow=False),
        ),
        "missing_link_sample": MissingRow(
            "Schools and Mental health",
            AT,
            "Help with school attendance with Counselling",
            "Ottawa",
            "Both refer, or are asked, elsewhere.",
        ),
        "age_group_samples": (
            GroupRow("Crisis", AT, Linked("24", AT), Linked("18", AT), "75%", 75, "120 days", (Linked("6", AT), Linked("18", AT))),
            GroupRow("Other", AT, Linked("3", AT), Linked("0", ""), "0%", 0, "", (Linked("3", AT), Linked("0", ""))),
        ),
        "aged_samples": (
            ListingRow("Night shelter", AT, "Harbour House", "Crisis", True, "never", "Nobody has looked at it yet", "harbour"),
            ListingRow("Homework club", AT, "", "Other", False, "40 days ago", "To be looked at again on Nov 3", "homework"),
        ),
    }
