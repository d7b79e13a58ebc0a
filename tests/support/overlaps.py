"""Two offerings compared, for tests of overlaps."""

from typing import Any

import numpy as np

from directory.rules.overlap.compare import compare
from directory.rules.overlap.help import Information
from directory.rules.overlap.offering import Offering
from directory.rules.overlap.pair import Parts
from directory.rules.overlap.table import Table

FOOD = frozenset({"food-pantry"})


def parts_of(first: Offering, second: Offering, information: Information | None = None) -> Parts:
    """The parts of one pair, the first given first."""
    table = Table([first, second], information or Information({}))
    return compare(table, np.array([table.row[first.id]]), np.array([table.row[second.id]])).parts_of(0)


def pair_of(*, other: dict[str, Any], **one: Any) -> Parts:
    """The parts of two pantries of two organizations, with what is told of each."""
    return parts_of(Offering("a", "one", FOOD, **one), Offering("b", "two", FOOD, **other))
