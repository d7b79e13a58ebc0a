"""The order of results."""

import numpy as np

from search_index.blend import Ranked, best_first, proximity
from search_index.query import Near, Order, ServiceQuery


def ranked(**columns: list[float]) -> Ranked:
    count = len(next(iter(columns.values())))
    whole = {"tier": np.int64, "verified": np.int64, "service": np.uint64, "document": np.uint64}
    plain = {"tier": [0] * count, "relevance": [0.0] * count, "distance": [np.nan] * count, "verified": [0] * count}
    plain |= {"service": list(range(count)), "document": list(range(count))}
    return Ranked(**{name: np.array(values, dtype=whole.get(name, np.float64)) for name, values in (plain | columns).items()})


def order(query: ServiceQuery, **columns: list[float]) -> list[int]:
    return best_first(query, ranked(**columns)).tolist()


NEAR = Near(45.0, -75.0)


def test_what_is_known_to_fit_comes_before_what_is_nearer_or_more_relevant():
    asked = ServiceQuery("food", near=NEAR, order=Order.DISTANCE)
    assert order(asked, tier=[0, 1], distance=[0.1, 90.0], relevance=[9.0, 1.0]) == [1, 0]


def test_by_distance_places_without_a_point_come_last():
    assert order(ServiceQuery(near=NEAR, order=Order.DISTANCE), distance=[np.nan, 3.0, 1.0]) == [2, 1, 0]


def test_blend_lets_a_much_better_match_be_a_little_farther():
    asked = ServiceQuery("food", near=NEAR)
    assert order(asked, relevance=[10.0, 4.0], distance=[6.0, 1.0]) == [0, 1]
    assert order(asked, relevance=[10.0, 9.5], distance=[40.0, 0.5]) == [1, 0]


def test_reached_by_phone_counts_as_five_kilometres_away():
    assert proximity(np.array([np.nan, 5.0, 0.0])).tolist() == [0.5, 0.5, 1.0]


def test_without_words_or_point_the_latest_verified_come_first():
    assert order(ServiceQuery(), verified=[10, -1, 30]) == [2, 0, 1]


def test_a_service_appears_once_at_the_place_that_fits_best():
    asked = ServiceQuery(near=NEAR, order=Order.DISTANCE)
    assert order(asked, distance=[5.0, 1.0, 3.0], service=[7, 7, 8]) == [1, 2]
