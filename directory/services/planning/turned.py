"""Needs in areas that read otherwise in one quarter than in the one before. What is offered and overlaps is that of now for both, so what
turned is how asking ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.domain.people import Actor
from directory.domain.planning.quarter import Quarter, quarter_of
from directory.domain.planning.reading import Cell, Reading
from directory.services.parts import Parts
from directory.services.planning.cells import read_quarters


@dataclass(frozen=True, slots=True)
class Turned:
    """`now`: the cell as it is read in the quarter; `before`: how it read in the one before."""

    quarter: Quarter
    now: Cell
    before: Reading


def last_whole(parts: Parts) -> Quarter:
    """The quarter that ended last."""
    return quarter_of(parts.clock.now().date()).before


def read_turned(parts: Parts, actor: Actor) -> tuple[Turned, ...]:
    """Between the last two whole quarters, the most unmet first. What is told of neither is left out, and so is what may be told of one of
    them alone: few asked in the other, and nothing turned for sure."""
    quarter = last_whole(parts)
    now, before = read_quarters(parts, (quarter, quarter.before), actor)
    was: Mapping[tuple[str, str], Cell] = {(cell.need, cell.area): cell for cell in before}
    found = []
    for cell in now:
        other = was.get((cell.need, cell.area))
        if other is None or Reading.NOT_KNOWN in (cell.reading, other.reading) or cell.reading is other.reading:
            continue
        found.append(Turned(quarter, cell, other.reading))
    return tuple(found)
