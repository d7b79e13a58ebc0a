"""The periods that counts are told for: calendar quarters alone. Periods of one's own choosing would overlap, and the difference of two of
them could be one person."""

import re
from dataclasses import dataclass
from datetime import date

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

_WRITTEN = re.compile(r"(20\d\d)-?[Qq]([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.after.first

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text: str) -> Quarter:
    """Of "2026-Q4". Raise `InvalidInput`."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise InvalidInput("quarter", say("Write a quarter such as 2026-Q4."))
    return Quarter(int(found[1]), int(found[2]))
