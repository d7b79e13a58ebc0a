"""How far two programs are for the same people, as one number: by what pairs of offerings are held against each other with
(`overlap.people`), where both tell all of it. Where one of them does not, nobody knows, unless what is told already keeps them apart."""

import math

from directory.rules.criteria import Criteria
from directory.rules.overlap.people import for_the_same, people_of


def people_overlap(one: Criteria, other: Criteria) -> float | None:
    """From 0 (nobody can go to both) to 1; None where it is not known."""
    first, second = people_of(one), people_of(other)
    facts = sorted({*first.limits, *second.limits})
    at_most = math.prod(for_the_same(fact, first.told(fact), second.told(fact)) for fact in facts)
    return round(at_most, 3) if (first.is_whole and second.is_whole) or at_most == 0 else None
