"""A share of which not all is known: it lies between two ends. What is known has both ends alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """From 0 to 1, `low` at most `high`."""

    low: float
    high: float

    @property
    def is_known(self) -> bool:
        return self.high - self.low < 1e-9

    @classmethod
    def exactly(cls, share: float) -> "Bounds":
        return cls(share, share)


NOT_KNOWN = Bounds(0.0, 1.0)
NONE, ALL = Bounds(0.0, 0.0), Bounds(1.0, 1.0)


def share_of(part: float, whole: float) -> float:
    """A part of a whole, from 0 to 1; 0 where there is no whole."""
    return min(1.0, max(0.0, part / whole)) if whole > 0 else 0.0
