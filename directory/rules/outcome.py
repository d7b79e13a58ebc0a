"""Three-valued logic: yes, no, and *ask*, which is what is not known yet and never turns into a no by itself.

Kleene's strong logic of indeterminacy (S. C. Kleene, *Introduction to Metamathematics*, 1952, section 64) on 0, 1, 2: *and* is the
smallest, *or* the largest, *not* mirrors. Whatever becomes known later can settle an ask; it never turns a yes into a no or back.
"""

from collections.abc import Iterable
from enum import IntEnum


class Outcome(IntEnum):
    NO = 0
    ASK = 1
    YES = 2

    @property
    def word(self) -> str:
        """As the interface and the command line write it: `no`, `ask`, `yes`."""
        return self.name.lower()


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Of nothing: yes, since nothing stands against it."""
    return min(outcomes, default=Outcome.YES)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Of nothing: no."""
    return max(outcomes, default=Outcome.NO)


def negated(outcome: Outcome) -> Outcome:
    return _MIRRORED[outcome]


def told(is_so: bool | None) -> Outcome:
    """Of an answer that may be missing."""
    return Outcome.ASK if is_so is None else Outcome.YES if is_so else Outcome.NO


_MIRRORED = (Outcome.YES, Outcome.ASK, Outcome.NO)
