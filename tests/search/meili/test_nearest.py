"""The nearest of very many, from a made-up server that counts and reads as the real one does: right, and in few questions."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from search_index.fields import stable_key
from search_index.geo import distance_km
from search_index.meili import nearest
from search_index.meili.contract import ROW
from search_index.meili.radius import distances
from search_index.meili.rows import Rows
from search_index.query import Near

HERE = Near(45.42, -75.69)


Placed = tuple[str, float, float]
"""A service with a latitude and a longitude."""


def away(latitude: float, longitude: float) -> float:
    return distance_km(HERE.latitude, HERE.longitude, latitude, longitude)


def held(service: str, number: int, latitude: float, longitude: float) -> dict[str, Any]:
    return {ROW: [f"{service}-{number}", stable_key(service), number, latitude, longitude, 0, 0]}


class Counting:
    """Stands in for `Reading`: knows places by distance; an expression is the radius it stands for."""

    def __init__(self, places: list[Placed]) -> None:
        self.questions = 0
        self._rows = [
            (away(latitude, longitude), held(service, number, latitude, longitude))
            for number, (service, latitude, longitude) in enumerate(places)
        ]

    def _within(self, radius: float) -> Rows:
        return Rows(held for distance, held in self._rows if distance <= radius)

    def counts(self, radii: list[float]) -> list[int]:
        self.questions += 1
        return [len(self._within(radius)) for radius in radii]

    def rows(self, radius: float, _limit: int, more: Sequence[str]) -> Rows:
        self.questions += 1
        return self._within(radius)


@pytest.fixture(autouse=True)
def plain_expressions(monkeypatch):
    monkeypatch.setattr(nearest, "around", lambda _near, radius: radius)
    monkeypatch.setattr(nearest, "all_of", lambda _expression, radius: radius)


def found(places: list[Placed], services: int, limit: int) -> tuple[list[str], bool, int]:
    reading: Any = Counting(places)
    rows, enough = nearest.Nearest(reading, HERE, limit).rows("", services)
    nearest_first = np.argsort(distances(HERE, rows), kind="stable")
    return list(dict.fromkeys(rows.document_ids[row].rsplit("-", 1)[0] for row in nearest_first))[:services], enough, reading.questions


def expected(places: list[Placed], services: int) -> list[str]:
    ordered = sorted(places, key=lambda place: away(place[1], place[2]))
    return list(dict.fromkeys(service for service, _, _ in ordered))[:services]


def scattered(count: int, spread: float) -> list[Placed]:
    chance = random.Random(count)
    return [(f"s{number}", chance.gauss(HERE.latitude, spread), chance.gauss(HERE.longitude, spread)) for number in range(count)]


@pytest.mark.parametrize(("count", "spread"), [(3_000, 0.001), (3_000, 0.1), (3_000, 8.0)])
def test_the_nearest_are_found_in_few_questions_however_dense_they_lie(count, spread):
    places = scattered(count, spread)
    services, enough, questions = found(places, 20, 300)
    assert (services, enough) == (expected(places, 20), True)
    assert questions <= 6


def test_places_that_lie_all_at_one_spot_are_all_read():
    places = [(f"s{number}", HERE.latitude, HERE.longitude) for number in range(500)]
    services, enough, questions = found(places, 20, 100)
    assert (len(services), enough) == (20, True)
    assert questions <= 12


def test_one_service_with_very_many_places_does_not_stand_for_many():
    places = [("many", HERE.latitude, HERE.longitude)] * 400 + scattered(30, 5.0)
    services, enough, questions = found(places, 10, 100)
    assert (services, enough) == (expected(places, 10), True)
    assert questions <= 40


def test_without_enough_everything_that_has_a_place_comes_and_it_is_said():
    places = scattered(15, 20.0)
    services, enough, _ = found(places, 40, 5)
    assert (services, enough) == (expected(places, 40), False)
