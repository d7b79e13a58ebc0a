"""How large a document of rules may be, and of what it is made: looked at before anything else, without recursion, so that none takes long.

Every value is one of JSON's. What no rule needs is refused here with its place, and need not be thought of further on: numbers that are
none, numbers of many digits, letters that cannot be stored or that turn the reading around.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.conditions import Wrong

MOST_NODES = 20_000
"""Values in one document, of all sorts: more than 64 kB can hold of real rules."""

MOST_DEPTH = 32
"""Of objects and lists within each other. Rules need about twenty, with conditions six deep written as JSONLogic."""

MOST_NAMES = 200
"""In one object; an example with all signals has fewer."""

MOST_LISTED = 200
LONGEST_TEXT = 2_000
LONGEST_NAME = 120
LARGEST_NUMBER = 10**15

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, marks that turn the direction of reading, halves of characters: what a database or a reader would stumble over."""

_Place = tuple["_Place", str | int] | None
"""Where a value stands: the place of what holds it, and its name or number in it."""


def misfit(raw: object) -> Wrong | None:
    """The first value that no document of rules may hold; None where all fit."""
    return None if _fits(raw) else _first(raw)


def _fits(raw: object) -> bool:
    """The same without the place, in a third of the time: level by level, all texts looked through at once."""
    texts: list[str] = []
    names: set[str] = set()
    level: list[Any] = [[raw]]
    count = 0
    for _depth in range(MOST_DEPTH + 1):
        count += sum(map(len, level))
        if count > MOST_NODES:
            return False
        values = [each for holder in level for each in (holder.values() if isinstance(holder, dict) else holder)]
        texts += [each for each in values if type(each) is str]
        numbers = [each for each in values if type(each) in (int, float)]
        level = [each for each in values if type(each) in (dict, list)]
        others = len(values) - len(numbers) - len(level) - sum(type(each) in (str, bool, _NOTHING) for each in values)
        if others or not all(abs(each) <= LARGEST_NUMBER for each in numbers):
            return False
        names.update(name for each in level if isinstance(each, dict) for name in each)
        if not level:
            break
    if level or not all(type(name) is str and len(name) <= LONGEST_NAME for name in names):
        return False
    return max(map(len, texts), default=0) <= LONGEST_TEXT and not _UNFIT.search("\n".join((*names, *texts)))


_NOTHING = type(None)


def _first(raw: object) -> Wrong | None:
    waiting: list[tuple[object, _Place, int]] = [(raw, None, 1)]
    count = 0
    while waiting:
        value, place, depth = waiting.pop()
        count += 1
        if isinstance(value, dict | list):
            if depth > MOST_DEPTH:
                return Wrong(_path(place), say("Objects and lists are nested at most %(most)s deep.", most=MOST_DEPTH))
            if count + len(waiting) + len(value) > MOST_NODES:
                return Wrong(_path(place), say("A rule set holds at most %(most)s values; this has more.", most=MOST_NODES))
            wrong = _names(value, place) if isinstance(value, dict) else None
            if wrong is not None:
                return wrong
            waiting.extend((each, (place, key), depth + 1) for key, each in _within(value))
        elif value is not None and not isinstance(value, bool):
            sentence = _plain(value)
            if sentence:
                return Wrong(_path(place), sentence)
    return None


def _within(value: dict[Any, Any] | list[Any]) -> Iterator[tuple[str | int, object]]:
    """What it holds, the last first: the first is then looked at first."""
    if isinstance(value, list):
        return zip(range(len(value) - 1, -1, -1), reversed(value), strict=True)
    return ((str(name), each) for name, each in reversed(list(value.items())))


def _names(value: dict[Any, Any], place: _Place) -> Wrong | None:
    for name in value:
        if not isinstance(name, str):
            return Wrong(_path(place), say("The names in an object are texts; put them in quotes."))
        if len(name) > LONGEST_NAME:
            said = say('A name has at most %(most)s letters; "%(name)s…" has more.', most=LONGEST_NAME, name=shown(name))
            return Wrong(_path(place), said)
        if _UNFIT.search(name):
            said = say('"%(name)s" holds a character that cannot be shown; take it out.', name=shown(name))
            return Wrong(_path(place), said)
    return None


def _plain(value: object) -> Sentence | None:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            return say("A text has at most %(most)s letters; this has %(found)s.", most=LONGEST_TEXT, found=len(value))
        return say("This text holds a character that cannot be shown; take it out.") if _UNFIT.search(value) else None
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            return say("NaN and Infinity are no numbers that a rule can compare with.")
        return say("This number has too many digits.") if abs(value) > LARGEST_NUMBER else None
    return say("This is no text, number, true, false, null, list or object.")


def shown(name: str) -> str:
    """The beginning of a name, with marks in place of what cannot be shown."""
    return _UNFIT.sub("�", name[:40])


def _path(place: _Place) -> str:
    steps: list[str] = []
    while place is not None:
        place, key = place
        steps.append(f"[{key}]" if isinstance(key, int) else f".{key[:60]}")
    return "".join(reversed(steps)).lstrip(".")
