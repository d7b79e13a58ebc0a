"""A picture of what flows from the left to the right: bands as wide as what they carry, labels where the bands begin and end.

What is too small to be told is drawn as a thin broken line of one width for all, and takes part in no height.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HUES = 5
"""So many on the left have a hue of their own, the largest; the others share one."""

WIDE, NARROW = 760.0, 358.0
HEIGHT = 300.0
"""What all bands come to together, at most."""

MOST_PER_COUNT = 6.0
TOP = 8.0
NODE = 9.0
LINE = 15.0
"""The least height of a node, so that its label has room."""

THIN = 2.0
"""How wide what is not told is drawn."""


@dataclass(frozen=True, slots=True)
class Carried:
    """`count` is how much goes from one to the other; `is_partly_hidden`: there is more that is not told."""

    first: str
    second: str
    count: int
    is_partly_hidden: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """`x`, `y` of its upper left corner; `text_x`, `text_y` of its label; `hue` 0 to `HUES`, the last for all others."""

    label: str
    x: float
    y: float
    height: float
    text_x: float
    text_y: float
    is_left: bool
    hue: int


@dataclass(frozen=True, slots=True)
class Band:
    """`path` runs along its middle, `width` across; `start` and `end` are its upper edges on the left and on the right."""

    first: str
    second: str
    path: str
    width: float
    start: float
    end: float
    hue: int
    words: str
    is_thin: bool


@dataclass(frozen=True, slots=True)
class Sankey:
    width: float
    height: float
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


def sankey(
    carried: Sequence[Carried], left_labels: Mapping[str, str], right_labels: Mapping[str, str], width: float = WIDE
) -> Sankey | None:  # fmt: skip
    """The picture, `width` wide; None where there is nothing. The labels are of the names on each side."""
    if not carried:
        return None
    step = min(MOST_PER_COUNT, HEIGHT / max(sum(each.count for each in carried), 1))
    left, right = _order(carried, left=True), _order(carried, left=False)
    hues = {name: min(number, HUES) for number, name in enumerate(left)}
    starts, height_left = _stacked(left, _sizes(carried, step, left=True))
    ends, height_right = _stacked(right, _sizes(carried, step, left=False))
    bands = _bands(carried, step, starts, ends, hues, width)
    return Sankey(
        width=width,
        height=round(max(height_left, height_right) + TOP, 1),
        nodes=(
            *_nodes(left, starts, left_labels, hues, width, is_left=True),
            *_nodes(right, ends, right_labels, hues, width, is_left=False),
        ),
        bands=bands,
    )


def _order(carried: Sequence[Carried], *, left: bool) -> list[str]:
    """The largest on top; of those of which nothing is told, the one with the most bands."""
    sums: dict[str, tuple[int, int]] = {}
    for each in carried:
        name = each.first if left else each.second
        told, bands = sums.get(name, (0, 0))
        sums[name] = (told + each.count, bands + 1)
    return sorted(sums, key=lambda name: (-sums[name][0], -sums[name][1], name))


def _thickness(each: Carried, step: float) -> float:
    return each.count * step if each.count else THIN


def _sizes(carried: Sequence[Carried], step: float, *, left: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in carried:
        name = each.first if left else each.second
        found[name] = found.get(name, 0.0) + _thickness(each, step)
    return found


def _stacked(names: Sequence[str], sizes: Mapping[str, float]) -> tuple[dict[str, tuple[float, float]], float]:
    """Upper edge and height of each, one under the other with room for the labels; and where the last ends."""
    found: dict[str, tuple[float, float]] = {}
    y = TOP
    for name in names:
        found[name] = (y, sizes[name])
        y += max(sizes[name], LINE) + 8.0
    return found, y - 8.0


def _bands(
    carried: Sequence[Carried], step: float, starts: Mapping[str, tuple[float, float]], ends: Mapping[str, tuple[float, float]],
    hues: Mapping[str, int], width: float,
) -> tuple[Band, ...]:  # fmt: skip
    """In each node in the order of what they meet on the other side, so that they cross as little as may be."""
    used_left = {name: y for name, (y, _height) in starts.items()}
    used_right = {name: y for name, (y, _height) in ends.items()}
    upper: dict[tuple[str, str], float] = {}
    for each in sorted(carried, key=lambda each: (starts[each.first][0], ends[each.second][0])):
        upper[each.first, each.second] = used_left[each.first]
        used_left[each.first] += _thickness(each, step)
    found = []
    for each in sorted(carried, key=lambda each: (ends[each.second][0], starts[each.first][0])):
        size, start, end = _thickness(each, step), upper[each.first, each.second], used_right[each.second]
        used_right[each.second] += size
        found.append(
            Band(
                first=each.first,
                second=each.second,
                path=_curve(NODE, start + size / 2, width - NODE, end + size / 2),
                width=round(size, 2),
                start=start,
                end=end,
                hue=hues[each.first],
                words=each.words,
                is_thin=not each.count,
            )
        )
    return tuple(sorted(found, key=lambda band: (-band.width, band.first, band.second)))


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"M{x:g} {y:.1f}C{middle:g} {y:.1f} {middle:g} {to_y:.1f} {to_x:g} {to_y:.1f}"


def _nodes(
    names: Sequence[str], places: Mapping[str, tuple[float, float]], labels: Mapping[str, str], hues: Mapping[str, int], width: float, *,
    is_left: bool,
) -> list[Node]:  # fmt: skip
    return [
        Node(
            label=labels.get(name, name),
            x=0.0 if is_left else width - NODE,
            y=round(y, 1),
            height=round(height, 1),
            text_x=NODE + 5.0 if is_left else width - NODE - 5.0,
            text_y=round(y + max(height, LINE) / 2 + 4.5 if height > LINE else y + 11.0, 1),
            is_left=is_left,
            hue=hues.get(name, HUES) if is_left else HUES,
        )
        for name, (y, height) in ((name, places[name]) for name in names)
    ]
