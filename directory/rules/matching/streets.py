"""Addresses taken apart: number, core of the street's name, direction, kind of street, unit."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from directory.rules.matching.folding import SEPARATOR, joined
from directory.rules.matching.words import DIRECTIONS, ONE_WRITING, ORDINALS, STREET_TYPES

_BETWEEN = re.compile(rf"[^\w#{SEPARATOR}-]+|_+")
_APOSTROPHE = re.compile("['’‘`´ʼ]")
_BOX = re.compile(r"\b(?:p ?o ?box|po box|box|c ?p|case postale|apartado)\s+\d+\b")
_UNIT = re.compile(
    r"(?:\b(?:suite|apt|apartment|unit|unite|room|rm|bureau|local|floor|fl|etage|piso|oficina|app|appartement|building|bldg|batiment)\b"
    r"[ #]*(?P<named>[\w-]+)|\bste (?P<suite>\d[\w-]*)|#\s*(?P<marked>[\w-]+)"
    r"|\b(?P<before>\d{1,2}(?:st|nd|rd|th|e|er)) (?:floor|fl|etage|piso)\b)"
)
_OF_BOXES = frozenset("box pobox cp c postale apartado".split())  # noqa: SIM905
_OF_UNITS = frozenset(
    "suite apt apartment unit unite room rm bureau local floor fl etage piso oficina app appartement building bldg batiment ste".split()  # noqa: SIM905
)
_STATE = re.compile(r"\b[a-z]{2} (?P<code>\d{5})(?:-\d{4})?$")
_JOINED = re.compile(r"^(\w+)-(\d+)$")
_NUMBER = re.compile(r"^(\d{1,6})([a-z]?)$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|e|er|ere|eme|a)$")


_SAINT = frozenset({"st", "ste", "saint", "sainte"})
_SILENT = frozenset({"de", "la", "du", "des", "le", "of", "the", "del"})


class Street(NamedTuple):
    """`number` 0 and texts "" where the address does not say. `core` is the name without its kind ("Street", "rue") and direction."""

    number: int = 0
    letter: str = ""
    core: str = ""
    direction: str = ""
    kind: str = ""
    unit: str = ""
    postal_code: str = ""


NOWHERE = Street()


def read_streets(lines: Sequence[str]) -> list[Street]:
    """Each address as its parts.

    >>> read_streets(["1200-A Rue Sainte-Euphémie O., bureau 3"])[0].core
    'st euphemie'
    """
    if not lines:
        return []
    flat = _BETWEEN.sub(" ", _APOSTROPHE.sub("", joined(lines)))
    return [_read(text.strip()) if text else NOWHERE for text in flat.split(SEPARATOR)]


def _read(text: str) -> Street:
    words = text.split()
    if not _OF_BOXES.isdisjoint(words):
        text = _BOX.sub(" ", text)
    postal_code = ""
    if words and words[-1][:5].isdigit():
        text, postal_code = _without_state(text)
    unit = ""
    if (not _OF_UNITS.isdisjoint(words) or "#" in text) and (found := _UNIT.search(text)):
        unit = (found["named"] or found["suite"] or found["marked"] or found["before"] or "").strip("-")
        text = f"{text[: found.start()]} {text[found.end() :]}"
        words = text.replace("#", " ").split()
    elif postal_code or not _OF_BOXES.isdisjoint(words):
        words = text.split()
    number, letter, before = _take_number(words)
    core, direction, kind = _name_of(words)
    return Street(number, letter, core, direction, kind, unit or before, postal_code)


def _without_state(text: str) -> tuple[str, str]:
    text = text.strip()
    found = _STATE.search(text)
    return (text[: found.start()].strip(), found["code"]) if found else (text, "")


def _take_number(words: list[str]) -> tuple[int, str, str]:
    """Takes the house number out of the words: (number, letter, unit that stood before it)."""
    for place, word in enumerate(words):
        if (pair := _JOINED.match(word)) and (place < len(words) - 1 or place == 0):
            words.pop(place)
            return _of_two(pair[1], pair[2])
        if (found := _NUMBER.match(word)) and (place < len(words) - 1 or (place and words[place - 1] not in STREET_TYPES)):
            words.pop(place)
            return int(found[1]), found[2], ""
    return 0, "", ""


def _of_two(first: str, second: str) -> tuple[int, str, str]:
    """Numbers 100-110 and 7954-58 are one house with two numbers, 3-1021 is the third door of 1021."""
    if first.isdigit() and (len(first) > len(second) > 1 or (len(first) == len(second) and int(first) <= int(second))):
        return int(first[:6]), "", ""
    return int(second[:6]), "", first


def _name_of(words: list[str]) -> tuple[str, str, str]:
    """(core, direction, kind of street) of what is left beside the number."""
    direction = kind = ""
    core: list[str] = []
    if any("-" in word for word in words):
        words = [word for many in words for word in many.split("-") if word]
    for place, word in enumerate(words):
        if word[0].isdigit():
            core.append(found[1] if (found := _ORDINAL.match(word)) else word)
        elif word in _SAINT:
            if core or place + 1 == len(words):
                kind = "street"
            else:
                core.append("st")
        elif word in DIRECTIONS and not direction:
            direction = DIRECTIONS[word]
        elif word in STREET_TYPES and not (kind and not core):
            kind = STREET_TYPES[word]
        elif word in ORDINALS:
            core.append(ORDINALS[word])
        elif word not in _SILENT:
            core.append("st" if ONE_WRITING.get(word) == "st" else word)
    if not core and words:
        return " ".join(words), "", ""
    return " ".join(core), direction, kind
