"""Needs in areas that read otherwise in one quarter than in the one before. What is offered and overlaps is that of now for both, so what
turned is how asking ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.domain.categories.tree import ancestors
from directory.domain.people import Actor
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import Cell, Reading
from directory.services.area_tree import area_tree
from directory.services.parts import Parts
from directory.services.planning.cells import Gaps, check_need, read_quarters
from directory.services.planning.this_quarter import this_quarter


@dataclass(frozen=True, slots=True)
class Turned:
    """`now`: the cell as it is read in the quarter; `before`: how it read in the one before."""

    quarter: Quarter
    now: Cell
    before: Reading


def last_whole(parts: Parts) -> Quarter:
    """The quarter that ended last."""
    return this_quarter(parts).before


def read_turned(parts: Parts, actor: Actor) -> tuple[Turned, ...]:
    """Between the last two whole quarters, the most unmet first. What is told of neither is left out, and so is what may be told of one of
    them alone: few asked in the other, and nothing turned for sure."""
    quarter = last_whole(parts)
    return _turned(quarter, *read_quarters(parts, (quarter, quarter.before), actor))


def read_month(parts: Parts, actor: Actor, quarter: Quarter, area: str, need: str) -> tuple[Gaps, tuple[Turned, ...]]:
    """The cells of a quarter, of an area and a need with what lies in and under them, and what turned everywhere; what is offered is read
    once for both. How well people reach it is left out. Raise `InvalidInput` for a need that is none."""
    check_need(need)
    whole = last_whole(parts)
    shown, now, before = read_quarters(parts, (quarter, whole, whole.before), actor)
    with parts.database.reading() as session:
        tree = area_tree(session)
    cells = tuple(cell for cell in shown if tree.lies_in(cell.area, area) and need in ("", cell.need, *ancestors(cell.need)))
    return Gaps(quarter, area, cells, (), {}), _turned(whole, now, before)


def _turned(quarter: Quarter, now: Iterable[Cell], before: Iterable[Cell]) -> tuple[Turned, ...]:
    was: Mapping[tuple[str, str], Cell] = {(cell.need, cell.area): cell for cell in before}
    found = []
    for cell in now:
        other = was.get((cell.need, cell.area))
        if other is None or Reading.NOT_KNOWN in (cell.reading, other.reading) or cell.reading is other.reading:
            continue
        found.append(Turned(quarter, cell, other.reading))
    return tuple(found)
