"""Chance that is the same every time: everything made up here is drawn from a `Draw`, and an equal seed draws equal things."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")
_VERSION_4 = 0x4 << 76
_VARIANT = 0x8 << 60
_KEPT_BITS = ((1 << 128) - 1) ^ (0xF << 76) ^ (0xC << 60)


class Draw(Random):
    """A stream of chance. Streams with other words (`Draw("1 sites")`) do not disturb one another."""

    def chance(self, share: float) -> bool:
        """True about that often, from 0 (never) to 1 (always)."""
        return self.random() < share

    def one(self, things: Sequence[Thing]) -> Thing:
        """Any of them, each as likely; quicker than `choice`, and a million services ask often."""
        return things[int(self.random() * len(things))]

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """So many different ones, in chance order; all when there are fewer."""
        return self.sample(things, min(count, len(things)))

    def id(self) -> str:
        """A UUID of version 4."""
        digits = f"{(self.getrandbits(128) & _KEPT_BITS) | _VERSION_4 | _VARIANT:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
