"""How asking for help ended, and what a cell of a need and an area is read as. Few searches read *not known*, never *no need*: what nobody
asks for here may be asked for by telephone, or by nobody who knows that it exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ended(StrEnum):
    """How asking ended. The last four are reasons that receivers gave (`domain.referrals.codes`)."""

    FOUND = "found"  # a search that showed enough
    NOTHING = "nothing"  # a search that showed too little
    REFERRED = "referred"  # a referral that was not declined for want of something
    CAPACITY = "capacity"
    ELIGIBILITY = "eligibility"
    AREA = "area"
    ACCESS = "access"


UNMET = (Ended.NOTHING, Ended.CAPACITY, Ended.ELIGIBILITY, Ended.AREA, Ended.ACCESS)
OF_REFERRALS = frozenset(Ended) - {Ended.FOUND, Ended.NOTHING}
FEWEST_EVENTS = 10
MOST_STALE = 0.4
MUCH_UNMET = 0.25
MUCH_OVERLAP = 2
"""Our proposals: a quarter unmet is worth an hour of a planner; two overlapping pairs are worth a talk."""


class Reading(StrEnum):
    NOT_KNOWN = "not_known"  # too little is known to say anything
    GAP = "gap"  # asked for and not offered, or offered to too few
    ALIGN = "align"  # offered more than once, and still not what is needed
    CONVERSATION = "conversation"  # offered more than once, and little is unmet
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Cell:
    """One need in one area, as it may be told. `ended` holds what is shown of each way; `is_partly_hidden`: something is too small to show.
    `usable` of `offered` programs can be used now; `stale` of them were not verified in time; `overlaps`: pairs worth a conversation."""

    need: str
    area: str
    ended: Mapping[Ended, int]
    is_partly_hidden: bool
    offered: int
    usable: int
    stale: int
    overlaps: int = 0

    @property
    def events(self) -> int:
        return sum(self.ended.values())

    @property
    def unmet(self) -> int:
        return sum(self.ended.get(each, 0) for each in UNMET)

    @property
    def unmet_share(self) -> float | None:
        """Of what is shown; None where that is too little."""
        return self.unmet / self.events if self.events >= FEWEST_EVENTS else None

    @property
    def is_sure(self) -> bool:
        """Whether enough is known, and recently enough."""
        return self.events >= FEWEST_EVENTS and (not self.offered or self.stale / self.offered <= MOST_STALE)

    @property
    def reading(self) -> Reading:
        share = self.unmet_share
        if share is None:
            return Reading.NOT_KNOWN
        if self.overlaps >= MUCH_OVERLAP:
            return Reading.ALIGN if share >= MUCH_UNMET else Reading.CONVERSATION
        return Reading.GAP if share >= MUCH_UNMET or not self.usable else Reading.SERVED
