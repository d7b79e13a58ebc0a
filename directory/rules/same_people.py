"""How far two programs are for the same people, by their criteria: the product, over everything that one of them asks about, of how much of
the answers that fit one fit the other. Not known where one of them says nothing about whom it is for."""

from collections.abc import Mapping
from dataclasses import replace

from directory.domain.suggesting.figures import overlap
from directory.rules.criteria import Criteria, Standing
from directory.rules.projection import Interval, Projection, project

WHOLE: Mapping[str, Interval] = {"age": (0, 100), "child.age": (0, 18)}
"""Between which answers lie, for facts whose length says something; years."""

ASKED_BY_ONE = 0.5
"""Of what one asks for and the other does not, so much is taken to be common."""


def people_overlap(one: Criteria, other: Criteria) -> float | None:
    """From 0 to 1."""
    if not one.says_something or not other.says_something:
        return None
    first, second = _as_binding(one), _as_binding(other)
    shared = 1.0
    for name in sorted({*first.bounds, *second.bounds}):
        shared *= _of_numbers(name, first.bounds.get(name), second.bounds.get(name))
    for name in sorted({*first.only, *second.only}):
        shared *= _of_words(first.only.get(name), second.only.get(name))
    return round(shared, 3)


def _as_binding(criteria: Criteria) -> Projection:
    """What it asks for, whoever says so: here nobody is turned away by it."""
    return project(replace(criteria, criteria=tuple(replace(each, standing=Standing.MAY_REFUSE) for each in criteria.criteria)))


def _of_numbers(name: str, one: Interval | None, other: Interval | None) -> float:
    if name not in WHOLE:
        return 1.0 if one == other else ASKED_BY_ONE
    first, second = (_within(WHOLE[name], each) for each in (one, other))
    shared = min(first[1], second[1]) - max(first[0], second[0])
    all_of_it = max(first[1], second[1]) - min(first[0], second[0])
    return max(0.0, shared) / all_of_it if all_of_it > 0 else 1.0


def _within(whole: Interval, each: Interval | None) -> Interval:
    low, high = each or whole
    return max(low, whole[0]), min(high, whole[1])


def _of_words(one: frozenset[str] | None, other: frozenset[str] | None) -> float:
    if one is None or other is None:
        return ASKED_BY_ONE
    shared = overlap(one, other)
    return 0.0 if shared is None else shared
