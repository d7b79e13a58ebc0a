"""Published income lines of a household in a place. No tables are here yet: whatever is held against a line asks."""

from dataclasses import dataclass

from directory.rules.answers import Answer
from directory.rules.operands import Measure


@dataclass(frozen=True, slots=True)
class Line:
    """A year's amount lies from `lowest` to `highest`, as far as household and home are known."""

    lowest: float
    highest: float
    currency: str
    year: int


def line_of(_measure: Measure, _year: int | None, _household: Answer | None, _home: Answer | None) -> Line | None:
    return None
