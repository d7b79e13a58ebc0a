"""A picture of how old something is: bars of so many, from now to the left edge backwards to the right, with the line after which somebody
should look again; what is older than the last bar, and what nobody looked at, stand apart."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 358.0, 96.0, 18.0
APART = 10.0
EDGE = 2.0
CUT_AT = 2.0
"""So many times the highest bar the two that stand apart are drawn at most."""


@dataclass(frozen=True, slots=True)
class AgeBar:
    """`is_past`: older than what is due. `count` in words where there is room to write it, else "". `is_cut`: it is higher than drawn."""

    x: float
    y: float
    width: float
    height: float
    count: str
    is_past: bool
    words: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Ages:
    """`due_x` None where no line is to be drawn."""

    bars: tuple[AgeBar, ...]
    ticks: tuple[Tick, ...]
    due_x: float | None
    width: float = WIDTH
    height: float = HEIGHT + FOOT
    base: float = HEIGHT


@dataclass(frozen=True, slots=True)
class Counted:
    """One bar: how many, what it is in words, and its number as it is written."""

    count: int
    words: str
    written: str


def ages(
    bars: Sequence[Counted], older: Counted, never: Counted, bar_days: int, due_days: int | None, ticks: Sequence[tuple[int, str]],
    ends: tuple[str, str],
) -> Ages:  # fmt: skip
    """`ticks`: after so many bars, in words; `ends`: the same for the two that stand apart. These are cut where they are so many more that
    nothing could be seen of the bars."""
    slot = (WIDTH - 2 * EDGE - 2 * APART) / (len(bars) + 5)
    wide = slot * 2.5
    largest = max((each.count for each in bars), default=0)
    every = max(older.count, never.count, largest) or 1
    most = largest * CUT_AT if largest and every > largest * CUT_AT else every
    top = HEIGHT - 16.0
    first_largest = next((number for number, each in enumerate(bars) if each.count == largest), -1)
    drawn = []
    for number, each in enumerate(bars):
        past = due_days is not None and number * bar_days >= due_days
        shown = each.written if number == first_largest and each.count else ""
        drawn.append(_bar(EDGE + number * slot, slot - 1.0, each, shown, most, top, is_past=past))
    right = EDGE + len(bars) * slot + APART
    for number, each in enumerate((older, never)):
        x = right + number * (wide + APART)
        drawn.append(_bar(x, wide, each, each.written, most, top, is_past=due_days is not None))
    return Ages(
        bars=tuple(drawn),
        ticks=(
            *(Tick(round(EDGE + after * slot, 1), words, "start" if not after else "middle") for after, words in ticks),
            *(Tick(round(right + number * (wide + APART) + wide / 2, 1), words, "middle") for number, words in enumerate(ends)),
        ),
        due_x=None if due_days is None or due_days > len(bars) * bar_days else round(EDGE + due_days / bar_days * slot, 1),
    )


def _bar(x: float, width: float, each: Counted, shown: str, most: float, top: float, *, is_past: bool) -> AgeBar:
    """What is there at all is at least a line."""
    height = max(1.5, min(1.0, each.count / most) * top) if each.count else 0.0
    return AgeBar(
        round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1), shown, is_past, each.words, is_cut=each.count > most
    )
