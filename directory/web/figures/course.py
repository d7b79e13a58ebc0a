"""How a measure went from quarter to quarter, here and elsewhere, with what is wanted: points with lines between them, and a bar where only
two ends may be told. What may not be told leaves a gap; nothing is drawn through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

WIDE, HIGH = 640.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 196.0, 22.0, 46.0
LABELS_APART = 38.0
LONGEST_NAME = 22
LETTER = 10.5
"""As wide as a letter is at most: on a phone they are drawn larger."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A value at a quarter; `low` and `high` are one number unless part of it is hidden. `words`: as it is written beside it."""

    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class Series:
    """`kind`: how it is drawn, "here" or "elsewhere"; a value for each quarter, None where it may not be told."""

    kind: str
    name: str
    values: tuple[Told | None, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """`top` and `bottom`: between these it lies. `words`: for whoever points at it."""

    x: float
    y: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """`name` is cut where it is long; the table beside the picture has it whole."""

    kind: str
    paths: tuple[str, ...]
    dots: tuple[Dot, ...]
    name: str
    value: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Course:
    """In units of the picture. `columns`: the quarters with where they stand, months above years; where they would touch, only every second
    or third, back from the last. `rows`: values of the scale; `wanted_y` None where nothing is wanted or it lies outside; `done_x`: between
    which quarters something was done."""

    lines: tuple[Line, ...]
    columns: tuple[tuple[float, tuple[str, ...]], ...]
    rows: tuple[tuple[float, str], ...]
    wanted_y: float | None
    wanted: str
    done_x: float | None
    done: str
    left: float = LEFT
    right: float = WIDE - RIGHT
    top: float = TOP
    bottom: float = HIGH - BOTTOM
    wide: float = WIDE
    high: float = HIGH


def course(
    quarters: Sequence[str], series: Sequence[Series], words: Callable[[float], str], *, wanted: tuple[float, str] | None = None,
    done: tuple[int, str] | None = None, most: float | None = None,
) -> Course | None:  # fmt: skip
    """None where nothing may be told. `words` writes a value of the scale; `done`: after so many of the quarters; `most`: the scale goes no
    further (1 for shares)."""
    told = [value for each in series for value in each.values if value is not None]
    if not told:
        return None
    step, top = _scale(max([*(each.high for each in told), *([wanted[0]] if wanted else [])]), most)
    down = (HIGH - TOP - BOTTOM) / top
    across = (WIDE - LEFT - RIGHT) / max(1, len(quarters))

    def x(index: float) -> float:
        return round(LEFT + across * (index + 0.5), 1)

    def y(value: float) -> float:
        return round(HIGH - BOTTOM - down * value, 1)

    lines = _apart([_line(each, x, y) for each in series if any(each.values)])
    return Course(
        lines=tuple(lines),
        columns=tuple((x(index), lines) for index, lines in _columns(quarters, across)),
        rows=tuple((y(step * number), words(step * number)) for number in range(round(top / step) + 1)),
        wanted_y=y(wanted[0]) if wanted else None,
        wanted=wanted[1] if wanted else "",
        done_x=x(done[0] - 0.5) if done else None,
        done=done[1] if done else "",
    )


def _columns(quarters: Sequence[str], across: float) -> list[tuple[int, tuple[str, ...]]]:
    names = [tuple(name.rsplit(None, 1)) for name in quarters]
    every = ceil(LETTER * max(len(line) for name in names for line in name) / across)
    return [(index, name) for index, name in enumerate(names) if (len(names) - 1 - index) % every == 0]


def _scale(largest: float, most: float | None) -> tuple[float, float]:
    """The step between values of the scale, and where it ends."""
    rough, size = max(largest, 1e-9) / TICKS, 1.0
    while size > rough:
        size /= 10
    while size * 10 <= rough:
        size *= 10
    step = next(size * each for each in STEPS if size * each >= rough - 1e-12)
    top = step * -(-max(largest, 1e-9) // step)
    return (step, top) if most is None or top <= most else (most / TICKS, most)


def _line(series: Series, x: Callable[[float], float], y: Callable[[float], float]) -> Line:
    dots: list[Dot] = []
    paths: list[str] = []
    path = ""
    for index, value in enumerate(series.values):
        if value is None:
            paths, path = [*paths, path], ""
            continue
        dot = Dot(x(index), y((value.low + value.high) / 2), y(value.high), y(value.low), f"{series.name}: {value.words}")
        dots.append(dot)
        path += f"{'L' if path else 'M'}{dot.x:g} {dot.y:g}"
    last = dots[-1]
    words = next(each.words for each in reversed(series.values) if each is not None)
    drawn = tuple(each for each in (*paths, path) if "L" in each)
    name = series.name if len(series.name) <= LONGEST_NAME else f"{series.name[: LONGEST_NAME - 1].rstrip()}…"
    return Line(series.kind, drawn, tuple(dots), name, words, last.x + 12, last.y - 3)


def _apart(lines: list[Line]) -> list[Line]:
    """Labels that would lie on each other are moved apart, and stay in the picture."""
    placed: list[Line] = []
    for line in sorted(lines, key=lambda each: each.label_y):
        above = placed[-1].label_y + LABELS_APART if placed else 0.0
        placed.append(_at(line, max(line.label_y, above)))
    over = placed[-1].label_y - (HIGH - BOTTOM - 20) if placed else 0.0
    return [_at(line, line.label_y - over) for line in placed] if over > 0 else placed


def _at(line: Line, label_y: float) -> Line:
    return replace(line, label_y=round(label_y, 1))
