"""Where planners go: this month, and their other pages in four groups. A page for planners adds its line to the group it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from directory.web.wording import _

FIRST = "planning.page"
_PART_OF = {"rule_editor": "rule_sets"}
"""A blueprint of which no page is a place -> the one that its pages are a part of."""


@dataclass(frozen=True, slots=True)
class PlannerPlace:
    """`here` as in `aria-current`: "page" on the page itself, "true" on one beneath it, "" elsewhere."""

    name: str
    href: str
    here: str


@dataclass(frozen=True, slots=True)
class PlannerGroup:
    """`places` are at least one."""

    key: str
    name: str
    places: tuple[PlannerPlace, ...]

    @property
    def is_here(self) -> bool:
        """Whether the page is one of these, or beneath one."""
        return any(place.here for place in self.places)


def first_place(endpoint: str) -> PlannerPlace:
    """The page that planners begin with, told from the endpoint of the page on which it is named."""
    return PlannerPlace(_("This month"), url_for(FIRST), _standing(endpoint, (FIRST,)).get(FIRST, ""))


def planner_groups(endpoint: str, can: Callable[[str], bool]) -> tuple[PlannerGroup, ...]:
    """All other places that somebody may open, told from the endpoint of the page on which they are named. `can` is told what one takes."""
    groups = _groups()
    here = _standing(endpoint, tuple(at for _key, _name, places in groups for at, _words, _takes in places))
    found = [
        PlannerGroup(key, name, tuple(PlannerPlace(words, url_for(at), here.get(at, "")) for at, words, takes in places if can(takes)))
        for key, name, places in groups
    ]
    return tuple(group for group in found if group.places)


def _standing(endpoint: str, places: tuple[str, ...]) -> dict[str, str]:
    """Where among places a page stands: at one, or beneath the first of its blueprint."""
    if endpoint in places:
        return {endpoint: "page"}
    blueprint = endpoint.partition(".")[0]
    within = f"{_PART_OF.get(blueprint, blueprint)}."
    above = next((at for at in places if at.startswith(within)), "")
    return {above: "true"}


def _groups() -> tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]:
    """Key, name, and of each place: endpoint, name, what it takes."""
    return (
        (
            "records",
            _("Records"),
            (
                ("duplicates.queue", _("Listed twice?"), "plan"),
                ("duplicates.merged", _("Merges"), "plan"),
                ("quality.page", _("Listings to put right"), "plan"),
                ("freshness.page", _("How old listings are"), "plan"),
                ("verify.queue", _("Whom to call"), "call to verify"),
                ("terms.table", _("Imported terms"), "plan"),
                ("claims.page", _("Claims"), "decide claims"),
            ),
        ),
        (
            "offers",
            _("Offers"),
            (
                ("overlaps.table", _("Who offers alike"), "plan"),
                ("network.page", _("Who refers to whom"), "plan"),
                ("partner_pairs.page", _("Who works with whom"), "plan"),
            ),
        ),
        (
            "needs",
            _("Needs"),
            (
                ("gaps.page", _("Gaps and unmet need"), "plan"),
                ("planning_map.page", _("Map of a need"), "plan"),
                ("stuck.page", _("Stuck referrals"), "plan"),
            ),
        ),
        (
            "together",
            _("Plans and rules"),
            (
                ("conversations.table", _("Conversations"), "plan"),
                ("actions.page", _("What is to be done"), "plan"),
                ("outcomes.page", _("Shared outcomes"), "plan"),
                ("rule_sets.page", _("Rules"), "plan"),
                ("rule_contests.contests", _("What organizations contest"), "plan"),
            ),
        ),
    )
