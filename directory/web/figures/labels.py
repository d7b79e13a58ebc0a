"""Words beside points of a picture, none over another: each stands at the first of a few spots round its point where nothing else does.
Where none is free its short form is tried, and then it is left to the table beside the picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LINE = 15.0
"""How high a line of words is, in units of the picture."""
LETTER = 6.9
"""How wide a letter is taken to be: a little wider than most are, so that words in bold fit, too."""
GAP = 4.0

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point with its radius (0: the words stand on it), and what it would be called: in full, and in short."""

    x: float
    y: float
    radius: float
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where words begin (`anchor` "start"), end ("end") or have their middle ("middle"); `y` is their base line."""

    text: str
    x: float
    y: float
    anchor: str


def place_labels(points: Sequence[Wanted], frame: Box, taken: Sequence[Box] = ()) -> tuple[Label | None, ...]:
    """A label for each point in its order, those that come first choosing first; None where there is room for none. `taken`: where other
    words stand already. No label leaves the frame, meets another, or covers a point."""
    marks = [_round(point) for point in points]
    boxes = list(taken)
    found: list[Label | None] = []
    for place, point in enumerate(points):
        others = [*marks[:place], *marks[place + 1 :]]
        label = next((each for each in _tried(point) if _is_free(box_of(each), frame, [*boxes, *others])), None)
        if label is not None:
            boxes.append(box_of(label))
        found.append(label)
    return tuple(found)


def box_of(label: Label) -> Box:
    """The room that a label takes."""
    width = LETTER * len(label.text)
    left = {"start": label.x, "end": label.x - width, "middle": label.x - width / 2}[label.anchor]
    return left, label.y - LINE * 0.8, left + width, label.y + LINE * 0.2


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes have room in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _tried(point: Wanted) -> Iterator[Label]:
    for text in dict.fromkeys((point.text, point.short)):
        if not point.radius:
            yield Label(text, point.x, point.y + LINE * 0.3, "middle")
        aside, level = point.radius + GAP, point.y + LINE * 0.3
        above, below = point.y - point.radius - GAP, point.y + point.radius + LINE
        yield Label(text, point.x + aside, level, "start")
        yield Label(text, point.x - aside, level, "end")
        yield Label(text, point.x, above, "middle")
        yield Label(text, point.x, below, "middle")
        for x, anchor in ((point.x + point.radius * 0.7, "start"), (point.x - point.radius * 0.7, "end")):
            yield Label(text, x, above, anchor)
            yield Label(text, x, below, anchor)


def _is_free(box: Box, frame: Box, taken: Sequence[Box]) -> bool:
    inside = frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]
    return inside and not any(meet(box, other) for other in taken)


def _round(point: Wanted) -> Box:
    return point.x - point.radius, point.y - point.radius, point.x + point.radius, point.y + point.radius
