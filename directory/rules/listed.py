"""The criteria of a listing: those that its owner wrote, or what its structured fields say.

A listing without criteria of its own may still have the ages of the standard. They are its source's word, or its owner's since a person of
the organization last said that the listing is right. They may say no and never yes: whom else it is for stands in its words, as of a night
shelter for men that is listed with a lowest age alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from directory.domain.listing import Disclosures, Listing
from directory.rules.conditions import WrongCondition
from directory.rules.criteria import NOTHING_STATED, SCHEMA, By, Criteria, check_criteria
from directory.rules.projection import NO_PROJECTION, Projection, project
from directory.rules.standard_ages import age_condition

AGES = "ages"
"""The id of the criterion that the standard's ages make."""

DISCLOSURES = tuple(Disclosures.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated about whom a service is for. `confirmed_on`: when its organization last said that the listing is right."""

    criteria: Mapping[str, Any] | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    confirmed_on: date | None = None
    is_authoritative: bool = False


def stated_criteria(stated: Stated) -> Criteria:
    """What is stored and cannot be read counts as nothing stated: it hides nobody's program, and says no to nobody."""
    try:
        if stated.criteria:
            return check_criteria(stated.criteria, is_authoritative=stated.is_authoritative)
        return replace(check_criteria(_of_ages(stated), is_authoritative=stated.is_authoritative), is_partial=True)
    except WrongCondition:
        return NOTHING_STATED


def criteria_of(listing: Listing) -> Criteria:
    is_authoritative = listing.source is not None and listing.source.is_authoritative
    return stated_criteria(
        Stated(listing.criteria, listing.minimum_age, listing.maximum_age, confirmed_on(listing), is_authoritative=is_authoritative)
    )


def projection_of(listing: Listing) -> Projection:
    """What an index may leave it out by."""
    found = criteria_of(listing)
    return project(found) if found.criteria else NO_PROJECTION


def confirmed_on(listing: Listing) -> date | None:
    """The day on which its organization last said that it is right."""
    seen = listing.verification
    return seen.at.date() if seen.at is not None and seen.how == "owner" else None


def _of_ages(stated: Stated) -> dict[str, Any]:
    """The criterion that the ages of the standard make (`standard_ages`); none where they cannot be ages of anybody."""
    when = age_condition(stated.minimum_age, stated.maximum_age)
    if when is None:
        return {"schema": SCHEMA}
    day = stated.confirmed_on
    said = {"by": (By.OWNER if day else By.SOURCE).value, "text": "", "confirmed_on": day.isoformat() if day else None}
    return {"schema": SCHEMA, "criteria": [{"id": AGES, "when": when, "said": said}]}
