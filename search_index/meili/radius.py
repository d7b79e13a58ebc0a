"""`near` with a distance: cells, whose border is measured, make an expression that is exact to the metre.

Meilisearch has geo points of its own. They cost: all of them are written anew with every change, and each search reads all of them. Cells
are numbers like any others. The places in the cells on the border, few, are read and measured first, and those within named one by one.
"""

import math

import numpy as np

from search_index import marks
from search_index.blend import Floats
from search_index.geo import EARTH_RADIUS_KM, HALF_WAY_ROUND_KM, circle_cover, distances_km
from search_index.meili import contract
from search_index.meili.filters import beside_the_radius, flag
from search_index.meili.reading import Reading
from search_index.meili.rows import Rows
from search_index.meili.values import NOTHING, any_number, any_of, any_value, key, none_of
from search_index.query import Near

FINE = 8
"""Cells are at most about this part of the radius high: finer ones are more to ask for, coarser ones leave more places to measure."""

COARSE = 2
_MOST_CELLS = 1_500
_MOST_ON_BORDER = 20_000


def within(reading: Reading, near: Near) -> str | None:
    """Met by what lies within the distance of `near`, or matches wherever it lies; None where there is no limit."""
    if near.within_km is None:
        return None
    if near.within_km >= HALF_WAY_ROUND_KM:
        return any_of(none_of(flag(marks.UNPLACED)), beside_the_radius(near))
    inside, border = _cover(near, near.within_km, FINE)
    rows = reading.rows(border, _MOST_ON_BORDER) if border != NOTHING else Rows()
    is_within = distances(near, rows) <= near.within_km
    named = [key(rows.document_ids[place]) for place in np.flatnonzero(is_within)]
    return any_of(inside, any_value(contract.ID, named), beside_the_radius(near))


def around(near: Near, radius_km: float) -> str:
    """Places within a radius, and some farther."""
    if radius_km >= HALF_WAY_ROUND_KM:
        return none_of(flag(marks.UNPLACED))
    return any_of(*_cover(near, radius_km, COARSE))


def distances(near: Near, rows: Rows) -> Floats:
    """Kilometres to places; not-a-number without one."""
    return distances_km(near.latitude, near.longitude, rows.latitudes, rows.longitudes)


def _cover(near: Near, radius_km: float, fineness: int) -> tuple[str, str]:
    """What lies wholly inside a circle, and what is to be measured: the cells on its border; where the circle takes very many cells, as it
    does around the poles, its whole band of latitudes."""
    while fineness:
        cover = circle_cover(near.latitude, near.longitude, radius_km, fineness)
        if len(cover.inside) + len(cover.border) <= _MOST_CELLS:
            return any_number(contract.CELL, cover.inside), any_number(contract.CELL, cover.border)
        fineness //= 2
    reach = math.degrees(radius_km / EARTH_RADIUS_KM) * 1.001
    return NOTHING, f"{contract.LATITUDE} {near.latitude - reach!r} TO {near.latitude + reach!r}"
