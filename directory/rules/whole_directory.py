"""The outcomes of every program at once, for questions about the whole directory: how many would take a person of 15 without insurance?

Programs are cut into what they are made of, and what is alike is kept once: each different comparison is decided once for a person, each
different group once from its parts, level by level, and each program from its criteria. numpy takes the least and the greatest of many.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.rules.answers import DECLINED
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.criteria import Criteria
from directory.rules.evaluation import Answers, evaluate_comparison
from directory.rules.outcome import Outcome

Outcomes = npt.NDArray[np.int8]
_NOT, _ALL, _SOME, _DOUBT = "not", "all", "some", "doubt"


@dataclass(frozen=True, slots=True)
class _Level:
    """Groups whose parts are all known before: how they join, where they stand, their parts one after the other, and where each begins."""

    join: str
    places: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


@dataclass(slots=True)
class _Making:
    tests: dict[Comparison, int] = field(default_factory=dict)
    groups: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)
    depths: list[int] = field(default_factory=list)

    def place(self, depth: int) -> int:
        self.depths.append(depth)
        return len(self.depths) - 1

    def of(self, condition: Condition) -> int:
        if isinstance(condition, Comparison):
            if condition not in self.tests:
                self.tests[condition] = self.place(0)
            return self.tests[condition]
        if isinstance(condition, Not):
            return self.group(_NOT, (self.of(condition.part),))
        join = _ALL if isinstance(condition, All) else _SOME
        return self.group(join, tuple(sorted({self.of(part) for part in condition.parts})))

    def group(self, join: str, parts: tuple[int, ...]) -> int:
        if len(parts) == 1 and join in (_ALL, _SOME):
            return parts[0]
        if (join, parts) not in self.groups:
            self.groups[join, parts] = self.place(1 + max((self.depths[part] for part in parts), default=0))
        return self.groups[join, parts]

    def program(self, criteria: Criteria, asks: int, yes: int) -> int:
        """A criterion that may not refuse is at worst an ask, and so is a program that asks a question of its own or says nothing."""
        parts = {self.of(each.when) if each.may_refuse else self.group(_DOUBT, (self.of(each.when),)) for each in criteria.hard}
        if not criteria.may_say_yes:
            parts.add(asks)
        return self.group(_ALL, tuple(sorted(parts or {yes})))


class WholeDirectory:
    """Made once of all programs, in their order; asked for any number of people."""

    def __init__(self, programs: Sequence[Criteria]) -> None:
        making = _Making()
        asks, self._yes = making.place(0), making.place(0)
        self._programs = np.array([making.program(criteria, asks, self._yes) for criteria in programs], dtype=np.int64)
        self._size = len(making.depths)
        self._by_field: dict[str, list[tuple[int, Comparison]]] = {}
        for test, place in making.tests.items():
            self._by_field.setdefault(test.field, []).append((place, test))
        self._levels = _levels(making)

    def outcomes(self, answers: Answers) -> Outcomes:
        """0 (no), 1 (ask) or 2 (yes) for each program."""
        found: Any = np.full(self._size, Outcome.ASK, dtype=np.int8)
        found[self._yes] = Outcome.YES
        for name, answer in answers.items():
            if answer is not DECLINED:
                for place, test in self._by_field.get(name, ()):
                    found[place] = evaluate_comparison(test, answers)
        for level in self._levels:
            if level.join == _NOT:
                found[level.places] = 2 - found[level.parts]
            elif level.join == _DOUBT:
                found[level.places] = np.maximum(found[level.parts], Outcome.ASK)
            elif len(level.places):
                joined = np.minimum if level.join == _ALL else np.maximum
                found[level.places] = joined.reduceat(found[level.parts], level.starts)
        outcomes: Outcomes = found[self._programs]
        return outcomes


def _levels(making: _Making) -> list[_Level]:
    sorted_groups: dict[tuple[int, str], list[tuple[int, tuple[int, ...]]]] = {}
    for (join, members), place in making.groups.items():
        sorted_groups.setdefault((making.depths[place], join), []).append((place, members))
    levels = []
    for (_depth, join), groups in sorted(sorted_groups.items()):
        places = np.array([place for place, _some in groups], dtype=np.int64)
        parts = np.array([part for _place, some in groups for part in some], dtype=np.int64)
        starts = np.cumsum([0, *(len(some) for _place, some in groups[:-1])], dtype=np.int64)
        levels.append(_Level(join, places, parts, starts))
    return levels
