"""Points that a feed gives to many addresses: what geocoders answer when they only understand the city."""

from directory.services.exchange.staging.area import StagingArea

FEWEST = 5
"""So many different addresses, or places without any address, at one point to the metre: no door has that many."""


def vague_points(area: StagingArea) -> dict[str, int]:
    """ "latitude,longitude" with five decimals -> how many different places have it."""
    rows = area.rows(
        "SELECT point, count(DISTINCT CASE WHEN place_key LIKE '%,%' THEN name_key ELSE place_key END) AS places FROM thing"
        " WHERE kind = 'location' AND point IS NOT NULL AND same_as IS NULL GROUP BY point HAVING places >= ?",
        (FEWEST,),
    )
    return dict(rows)
