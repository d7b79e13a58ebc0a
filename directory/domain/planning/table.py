"""A table of counts with the totals of its rows and columns, as it may be told: what is small is hidden, and so is what would give it away.

The rule is that of `suppression`, for two ways at once: counts below `SMALLEST` are hidden, and whoever knows everything that is told (and
that each hidden count is one at least) must be left with so many numbers that each could be. In a table a hidden count moves with others
around a circle: what is added in one place is taken away in the same row and the same column, and so on. So how far each could move is
worked out as a flow through rows and columns, exactly. Where a count could move too little, a further small count of its row or column is
hidden; where none helps, totals are. Nothing that is nothing is hidden.

Hiding more only leaves more room, so what could move enough once needs no second look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from directory.domain.planning.suppression import MOST_GIVEN_UP, SMALLEST

Pair = tuple[str, str]
"""A row and a column."""

_Place = tuple[str, str]
_Edge = tuple[_Place, _Place]
_ROW, _COLUMN = "row", "column"
_BEGIN, _END = ("begin", ""), ("end", "")
_NO_END = 1_000_000_000
_ROOM = SMALLEST - 1
"""So many steps each hidden number must be able to move, up and down together."""


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """`shown` holds the counts that are told, nothing where nothing was counted; totals are None where they would give something away."""

    shown: Mapping[Pair, int]
    hidden: frozenset[Pair]
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    total: int | None


def release_table(counts: Mapping[Pair, int], *, is_total_secret: bool = False) -> ReleasedTable:
    """Counts by row and column as they may be told; the same counts always give the same. `is_total_secret`: nobody may work out how many
    there are in all, since other figures that are told elsewhere would be given away by it."""
    return _Draft.of(counts, is_total_secret=is_total_secret).released()


@dataclass(slots=True)
class _Draft:
    """A table on its way. An edge is a number that is not told: a count runs from its row to its column, the total of a row from the
    beginning to it, that of a column from it to the end, the total of all from the end to the beginning."""

    counts: Mapping[Pair, int]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    is_total_secret: bool
    hidden: dict[_Edge, int] = field(default_factory=dict)
    waiting: list[_Edge] = field(default_factory=list)

    @classmethod
    def of(cls, counts: Mapping[Pair, int], *, is_total_secret: bool) -> "_Draft":
        some = {pair: count for pair, count in sorted(counts.items(), key=lambda each: (each[1], each[0])) if count > 0}
        rows: dict[str, int] = {}
        columns: dict[str, int] = {}
        for (row, column), count in some.items():
            rows[row] = rows.get(row, 0) + count
            columns[column] = columns.get(column, 0) + count
        return cls(some, rows, columns, is_total_secret)

    def released(self) -> ReleasedTable:
        for edge, count in self._all_numbers():
            if count < SMALLEST or (self.is_total_secret and edge == (_END, _BEGIN)):
                self._hide(edge, count)
        while self.waiting:
            edge = self.waiting.pop(0)
            if not self._is_open(edge):
                self._open(edge)
        shown = {pair: count for pair, count in self.counts.items() if _cell(pair) not in self.hidden}
        return ReleasedTable(
            shown=shown,
            hidden=frozenset(self.counts.keys() - shown.keys()),
            rows={row: None if _row(row) in self.hidden else total for row, total in self.rows.items()},
            columns={column: None if _column(column) in self.hidden else total for column, total in self.columns.items()},
            total=None if (_END, _BEGIN) in self.hidden else sum(self.counts.values()),
        )

    def _all_numbers(self) -> Iterator[tuple[_Edge, int]]:
        for pair, count in self.counts.items():
            yield _cell(pair), count
        yield from ((_row(row), count) for row, count in sorted(self.rows.items()))
        yield from ((_column(column), count) for column, count in sorted(self.columns.items()))
        if self.counts:
            yield (_END, _BEGIN), sum(self.counts.values())

    def _hide(self, edge: _Edge, count: int) -> None:
        """Every hidden count is to be kept from being worked out; a total that is large only where it is secret itself."""
        if edge in self.hidden:
            return
        self.hidden[edge] = count
        if edge[0][0] == _ROW or count < SMALLEST or (self.is_total_secret and edge == (_END, _BEGIN)):
            self.waiting.append(edge)

    def _open(self, edge: _Edge) -> None:
        """Hide so much more that the number could be enough others: small counts beside it, else totals around it."""
        here = self._crossing(edge)
        row, column = _row(here[0]), _column(here[1])
        totals = ((row,), (column,), (row, column), (_cell(here), row, column, (_END, _BEGIN)))
        for choice in (*self._small_beside(here), *totals):
            added = [each for each in choice if each not in self.hidden]
            self.hidden.update((each, self._number(each)) for each in added)
            counts = [each for each in added if each[0][0] == _ROW]
            if self._is_open(edge) and (choice in totals or all(self._is_open(each) for each in counts)):
                self.waiting += counts
                return
            for each in added:
                del self.hidden[each]
        raise AssertionError("A number around which nothing is told could be any.")

    def _small_beside(self, here: Pair) -> Iterator[tuple[_Edge, ...]]:
        """What to hide of small counts: one in the row or the column, else three that make a circle with it, the least first."""
        row, column = here
        worth = {pair: 0 if _cell(pair) in self.hidden else count for pair, count in self.counts.items()}
        small = {pair: count for pair, count in worth.items() if count < MOST_GIVEN_UP and pair != here}
        yield from ((_cell(pair),) for pair, count in small.items() if count and (pair[0] == row) != (pair[1] == column))
        circles = [
            ((row, other), (another, column), (another, other))
            for another, other in small
            if another != row and other != column and (row, other) in small and (another, column) in small
        ]
        for circle in sorted(circles, key=lambda circle: (sum(small[pair] for pair in circle), circle)):
            yield tuple(_cell(pair) for pair in circle)

    def _crossing(self, edge: _Edge) -> Pair:
        """A count that the number is made of: itself, or the smallest of what it is the total of, hidden ones first."""
        (kind, name), (_kind, other) = edge
        if kind == _ROW:
            return name, other
        of = [
            pair for pair in self.counts if (kind, other) in ((_BEGIN[0], pair[0]), (_END[0], "")) or (kind == _COLUMN and pair[1] == name)
        ]
        return min(of, key=lambda pair: (_cell(pair) not in self.hidden, self.counts[pair], pair))

    def _number(self, edge: _Edge) -> int:
        return next(count for each, count in self._all_numbers() if each == edge)

    def _is_open(self, edge: _Edge) -> bool:
        """Whether it could be enough other numbers, for somebody who knows all that is told."""
        start, end = edge
        down = min(self._through(start, end, edge), self._to_spare(edge))
        return down >= _ROOM or down + self._through(end, start, edge) >= _ROOM

    def _to_spare(self, edge: _Edge) -> int:
        """By how much a number could be less: a hidden count is one at least."""
        return self.hidden[edge] - (edge[0][0] == _ROW)

    def _through(self, start: _Place, end: _Place, without: _Edge) -> int:
        """How much could be moved from one place to another over all other numbers that are not told, up to what is needed."""
        left: dict[_Place, dict[_Place, int]] = {}
        for edge in self.hidden:
            if edge != without:
                one, other = edge
                left.setdefault(one, {})[other] = _NO_END
                left.setdefault(other, {})[one] = self._to_spare(edge)
        moved = 0
        while moved < _ROOM and (way := _way(left, start, end)):
            amount = min(left[one][other] for one, other in way)
            for one, other in way:
                left[one][other] -= amount
                left[other][one] = left[other].get(one, 0) + amount
            moved += amount
        return moved


def _way(left: Mapping[_Place, Mapping[_Place, int]], start: _Place, end: _Place) -> list[_Edge]:
    """The shortest way along which something can be moved; nothing where there is none."""
    came: dict[_Place, _Place] = {}
    line = [start]
    for here in line:
        for there, room in left.get(here, {}).items():
            if room > 0 and there not in came and there != start:
                came[there] = here
                line.append(there)
        if end in came:
            break
    if end not in came:
        return []
    way = [(came[end], end)]
    while way[-1][0] != start:
        way.append((came[way[-1][0]], way[-1][0]))
    return way


def _cell(pair: Pair) -> _Edge:
    return (_ROW, pair[0]), (_COLUMN, pair[1])


def _row(row: str) -> _Edge:
    return _BEGIN, (_ROW, row)


def _column(column: str) -> _Edge:
    return (_COLUMN, column), _END
