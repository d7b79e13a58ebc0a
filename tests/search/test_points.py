"""A point goes into the index as one number and comes back as the very same coordinates."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.documents import ListingDocument
from search_index.embedded.points import NOWHERE, packed, unpacked

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def at(latitude, longitude):
    return ListingDocument("d", "s", 1, "Name", "o", "Organization", "feed", latitude=latitude, longitude=longitude)


@given(points=st.lists(degrees | st.none(), min_size=1, max_size=20))
def test_coordinates_come_back_as_the_document_holds_them(points):
    documents = [at(*(point or (None, None))) for point in points]
    latitudes, longitudes = unpacked(np.array([packed(each.latitude, each.longitude) for each in documents], dtype=np.uint64))
    for each, latitude, longitude in zip(documents, latitudes, longitudes, strict=True):
        if each.latitude is None:
            assert np.isnan(latitude)
        else:
            assert (latitude, longitude) == (each.latitude, each.longitude)


def test_the_corners_of_the_map_are_no_nowhere():
    for latitude in (-90.0, 90.0):
        for longitude in (-180.0, 180.0):
            assert 0 <= packed(latitude, longitude) < NOWHERE
