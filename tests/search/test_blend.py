"""The order of results."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.blend import Measured, Ranking, Ties, proximity
from search_index.query import Near, Order, ServiceQuery


def order(query: ServiceQuery, wanted: int = 100, **columns: list[float]) -> list[int]:
    count = len(next(iter(columns.values())))
    whole = {"tier": np.int64, "verified": np.int64, "service": np.uint64, "document": np.uint64}
    plain = {"tier": [0] * count, "relevance": [0.0] * count, "distance": [np.nan] * count, "verified": [0] * count}
    plain |= {"service": list(range(count)), "document": list(range(count))}
    arrays = {name: np.array(values, dtype=whole.get(name, np.float64)) for name, values in (plain | columns).items()}
    measured = Measured(*(arrays[name] for name in ("tier", "relevance", "distance", "service")))
    ranking = Ranking(query, measured)
    rows = ranking.shortlist(wanted)
    return ranking.best_first(rows, Ties(arrays["verified"][rows], arrays["document"][rows])).tolist()


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


places = st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([np.nan, 1.0, 2.0]), st.integers(0, 1), st.integers(0, 4))


@given(rows=st.lists(places, min_size=1, max_size=40), wanted=st.integers(1, 6), by=st.sampled_from(list(Order)))
def test_a_shortlist_gives_the_same_first_services_as_all_together(rows, wanted, by):
    names = ("tier", "relevance", "distance", "verified", "service")
    columns = {name: [float(row[place]) for row in rows] for place, name in enumerate(names)}
    asked = ServiceQuery("food", near=NEAR, order=by)
    assert order(asked, wanted, **columns)[:wanted] == order(asked, **columns)[:wanted]
