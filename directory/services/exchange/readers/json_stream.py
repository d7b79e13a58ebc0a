"""JSON of any size as one value after another, with the line each begins on, in flat memory.

`values_of` understands a file of one object, an array, a page with `contents`, an object of arrays, or values one after another; `lines_of`
reads one value a line. Both give `Malformed` for what cannot be read, and go on where they can.
"""

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

CHUNK = 1 << 18
LONGEST = 64 << 20
"""Characters of one record; no listing is longer, and a longer one would have to be held in memory."""
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Malformed:
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the line it begins on, and the name of the array it stood in ("" at the top)."""

    value: Any
    line: int
    inside: str = ""


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number.")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def is_too_deep(value: Any) -> bool:
    """Whether arrays and objects stand inside each other more than `DEEPEST` times."""
    layer = [value]
    for _ in range(DEEPEST):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [item for item in inner if isinstance(item, dict | list)]


def read_value(text: str) -> Any:
    """One JSON value, or `Malformed`."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        return Malformed("It is nested too deep to be a listing.")
    except ValueError as error:
        return Malformed(_why(error))
    if text.count("[") + text.count("{") > DEEPEST and is_too_deep(value):
        return Malformed("It is nested too deep to be a listing.")
    return value


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"It is not JSON: {error.msg.lower()} at character {error.pos + 1}."
    return "It is not JSON that can be read: a number in it is not a number."


def lines_of(pieces: Iterable[str]) -> Iterator[Found]:
    """One value a line; empty lines are skipped. `pieces` are lines, long ones in parts. A line longer than `LONGEST` is named and passed
    over."""
    number, size, parts = 0, 0, list[str]()
    for piece in chain(pieces, ("\n",)):
        size += len(piece)
        if not piece.endswith("\n"):
            if size <= LONGEST:
                parts.append(piece)
            continue
        number += 1
        text = "".join((*parts, piece)) if parts else piece
        if size > LONGEST:
            yield Found(Malformed(f"The line is longer than {LONGEST >> 20} million characters."), number)
        elif stripped := text.strip(" \t\r\n\ufeff"):
            yield Found(read_value(stripped), number)
        size, parts = 0, []


class _Window:
    """A window that slides over the text, with the number of the line it has come to."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def more(self, size: int = CHUNK) -> bool:
        """Read on; False at the end of the text."""
        if self.ended:
            return False
        read, parts = 0, [self.text[self.at :]]
        while read < size and (piece := next(self._pieces, "")):
            parts.append(piece)
            read += len(piece)
        self.ended = not read
        self.text = "".join(parts)
        self.at = 0
        return not self.ended

    def advance(self, to: int) -> None:
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def peek(self) -> str:
        """The next character that is no space, not taken; "" at the end."""
        while True:
            here = self.at
            while here < len(self.text) and self.text[here] in " \t\r\n\ufeff":
                here += 1
            self.advance(here)
            if here < len(self.text):
                return self.text[here]
            if not self.more():
                return ""

    def skip(self, characters: str) -> None:
        while (found := self.peek()) and found in characters:
            self.advance(self.at + 1)

    def value(self) -> Any:
        """Take one value, reading on until it is whole."""
        size = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                return Malformed("It is nested too deep to be a listing.")
            except ValueError as error:
                problem = _why(error)
            else:
                if end < len(self.text) or self.ended:
                    self.advance(end)
                    return Malformed("It is nested too deep to be a listing.") if is_too_deep(value) else value
                problem = ""
            if len(self.text) - self.at > LONGEST:
                return Malformed(f"One record is longer than {LONGEST >> 20} million characters; send one record a line (NDJSON).")
            if not self.more(size) and problem:
                return Malformed(problem)
            size *= 2


def values_of(pieces: Iterable[str]) -> Iterator[Found]:
    """The records of a JSON text of any shape. After something that is not JSON nothing more of the file can be read."""
    window = _Window(pieces)
    while first := window.peek():
        if first == "[":
            window.advance(window.at + 1)
            whole = yield from _elements(window, "")
        elif first == "{":
            whole = yield from _object(window)
        else:
            whole = yield from _one(window, "")
        if not whole:
            return
        window.skip(",")


def _one(window: _Window, inside: str) -> Generator[Found, None, bool]:
    line = window.line
    value = window.value()
    yield Found(value, line, inside)
    return not isinstance(value, Malformed)


def _elements(window: _Window, inside: str) -> Generator[Found, None, bool]:
    while (character := window.peek()) != "]":
        if not character:
            yield Found(Malformed("The file ends in the middle of a list; it was cut off on its way here."), window.line, inside)
            return False
        if not (yield from _one(window, inside)):
            return False
        window.skip(",")
    window.advance(window.at + 1)
    return True


def _object(window: _Window) -> Generator[Found, None, bool]:
    """An object whole, unless it begins as a page or as an object of arrays: then its arrays, one element after another."""
    line = window.line
    if _is_small(window) or not _looks_like_page(window):
        return (yield from _one(window, ""))
    window.advance(window.at + 1)
    while (character := window.peek()) != "}":
        if not character:
            yield Found(Malformed("The file ends in the middle of an object; it was cut off on its way here."), line)
            return False
        key = window.value()
        window.skip(":")
        if isinstance(key, Malformed):
            yield Found(key, window.line)
            return False
        if window.peek() == "[":
            window.advance(window.at + 1)
            if not (yield from _elements(window, str(key))):
                return False
        elif isinstance(inner := window.value(), Malformed):
            yield Found(Malformed(f"What stands under {key!r} cannot be read. {inner.message}"), window.line)
            return False
        window.skip(",")
    window.advance(window.at + 1)
    return True


def _is_small(window: _Window) -> bool:
    while len(window.text) - window.at < CHUNK:
        if not window.more():
            return True
    return False


def _looks_like_page(window: _Window) -> bool:
    head = window.text[window.at : window.at + 4096]
    return '"contents"' in head or '"total_items"' in head or '"id"' not in head[:200]
