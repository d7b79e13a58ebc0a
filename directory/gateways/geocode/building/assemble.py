"""The whole of the gazetteer's data from its sources: postal rows and place rows, sorted so that a rebuild gives the same files."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from directory.domain.areas import ancestors, is_county
from directory.domain.distance import metres_between
from directory.gateways.geocode.building import canada, united_kingdom, united_states
from directory.gateways.geocode.building.cities import geonames_cities
from directory.gateways.geocode.building.drafts import Draft, Drafts
from directory.gateways.geocode.building.linking import largest_holding, link, neighbourhood_area, regions, tell_apart, zone_at
from directory.gateways.geocode.counties import CountyIndex, read_counties
from directory.gateways.geocode.records import SEPARATOR, PlaceRow, PostalRow

URBAN_RADIUS_M = 6_000
PART_SHARE = 5


class Centre(NamedTuple):
    """The middle of an urban postal area, and the city that it is named for."""

    latitude: float
    longitude: float
    radius_m: int
    city: Draft


def assemble(folder: Path) -> tuple[list[PostalRow], list[PlaceRow]]:
    """Postal rows and place rows; `folder` holds the counties file and the tables written by hand."""
    index = CountyIndex(read_counties(folder / "counties.json.xz"))
    drafts = Drafts(geonames_cities())
    sectors = canada.sectors()
    zips = list(united_states.zips(drafts, index))
    for draft in sorted(canada.localities(), key=lambda draft: -draft.population):
        if draft.population or not drafts.has(draft.country, draft.region, draft.name):
            drafts.add(draft)
    for draft in united_states.localities(zips):
        drafts.add(draft)
    places = link(drafts, index, folder / "parts.csv")
    _put_into_cities(places, list(_centres(sectors, zips, drafts)))
    tell_apart(places, index)
    quarters = list(_neighbourhoods(sectors, drafts))
    wide = list(regions(places, folder / "regions.csv"))
    postal = [*_canadian(sectors, drafts), *_american(zips, drafts), *_british(places)]
    rows = [_place_row(draft) for draft in (*wide, *places, *quarters)]
    return sorted(postal), sorted(rows, key=lambda row: (row.kind != "region", row.country, row.region, row.kind, row.area))


def _place_row(draft: Draft) -> PlaceRow:
    return PlaceRow(
        draft.kind, draft.name, draft.country, draft.region, draft.latitude, draft.longitude, draft.radius_m, draft.zone,
        draft.population, draft.area, " ".join(draft.within), SEPARATOR.join(sorted(draft.aliases)), draft.beside, draft.source,
    )  # fmt: skip


def _within(city: Draft | None, *counties: str) -> str:
    areas = (city.area, *city.within) if city else ()
    return " ".join(dict.fromkeys([*(area for area in areas if not is_county(area)), *counties]))


def _city_of(sector: canada.Sector, drafts: Drafts) -> tuple[str, str, Draft | None]:
    """The locality that most of a sector's codes name: region, name, and the place it is."""
    (name, region), _ = sector.localities.most_common(1)[0]
    return region, name, drafts.find("CA", region, name, *sector.middle)


def _canadian(sectors: list[canada.Sector], drafts: Drafts) -> Iterator[PostalRow]:
    for sector in sectors:
        region, name, city = _city_of(sector, drafts)
        latitude, longitude = sector.middle
        yield PostalRow(
            sector.code, "CA", region, city.name if city else name, latitude, longitude, sector.radius_m,
            zone_at(latitude, longitude), _within(city), canada.SOURCE,
        )  # fmt: skip


def _american(zips: list[united_states.Zip], drafts: Drafts) -> Iterator[PostalRow]:
    for row in zips:
        city = drafts.find("US", row.region, row.city, row.latitude, row.longitude)
        yield PostalRow(
            row.code, "US", row.region, city.name if city else row.city, row.latitude, row.longitude, row.radius_m,
            zone_at(row.latitude, row.longitude), _within(city, *row.counties), row.source,
        )  # fmt: skip


def _british(places: list[Draft]) -> Iterator[PostalRow]:
    cities = [place for place in places if place.country == "GB"]
    for outcode in united_kingdom.outcodes():
        latitude, longitude = outcode.middle
        city = largest_holding(cities, latitude, longitude)
        yield PostalRow(
            outcode.code, "GB", outcode.region, "" if city is None else city.name,
            latitude, longitude, outcode.radius_m, zone_at(latitude, longitude), _within(city), united_kingdom.SOURCE,
        )  # fmt: skip


def _put_into_cities(places: list[Draft], centres: list[Centre]) -> None:
    """Say of a place which city it is a part of: the one that the nearest postal area is named for, if it is much larger.

    In the United States post offices name suburbs for their city too; the county must be the same, so that few of those are taken in.
    """
    by_cell: dict[tuple[int, int], list[Centre]] = defaultdict(list)
    for centre in centres:
        by_cell[(round(10 * centre.latitude), round(10 * centre.longitude))].append(centre)
    for place in places:
        if not any(area for area in place.within if not is_county(area)):
            row, column = round(10 * place.latitude), round(10 * place.longitude)
            cells = [cell for north in (-1, 0, 1) for east in (-1, 0, 1) for cell in by_cell[(row + north, column + east)]]
            city = _city_around(place, cells)
            if city is not None:
                place.within = tuple(dict.fromkeys([city.area, *city.within, *place.within]))


def _city_around(place: Draft, centres: list[Centre]) -> Draft | None:
    near = [(metres_between(place.latitude, place.longitude, centre.latitude, centre.longitude), centre) for centre in centres]
    metres, centre = min(near, key=lambda pair: pair[0], default=(0.0, None))
    if centre is None or metres > centre.radius_m or centre.city is place:
        return None
    same = (centre.city.country, centre.city.region) == (place.country, place.region)
    counties = [{area for area in draft.within if is_county(area)} for draft in (centre.city, place)]
    return centre.city if same and counties[0] == counties[1] and centre.city.population > PART_SHARE * place.population else None


def _centres(sectors: list[canada.Sector], zips: list[united_states.Zip], drafts: Drafts) -> Iterator[Centre]:
    """The middles of urban postal areas with the cities that they are named for."""
    for sector in sectors:
        _, _, city = _city_of(sector, drafts)
        if city is not None and sector.radius_m <= URBAN_RADIUS_M:
            yield Centre(*sector.middle, sector.radius_m, city)
    for row in zips:
        city = drafts.find("US", row.region, row.city, row.latitude, row.longitude)
        if city is not None and row.source == united_states.CENSUS and row.radius_m <= URBAN_RADIUS_M:
            yield Centre(row.latitude, row.longitude, row.radius_m, city)


def _neighbourhoods(sectors: list[canada.Sector], drafts: Drafts) -> Iterator[Draft]:
    """Districts that a postal area's name holds, at the area's point: `Malvern` in Scarborough."""
    seen: set[str] = set()
    for sector in sectors:
        region, _, city = _city_of(sector, drafts)
        latitude, longitude = sector.middle
        for name in sector.neighbourhoods if city is not None else ():
            assert city is not None
            area = neighbourhood_area(city, name)
            if area in seen or drafts.find("CA", region, name, latitude, longitude):
                continue
            seen.add(area)
            above = tuple(found for found in (city.area, *city.within) if found not in ancestors(area))
            yield Draft(
                name, "CA", region, latitude, longitude, max(1_500, sector.radius_m), 0, canada.SOURCE, kind="neighbourhood",
                zone=zone_at(latitude, longitude), area=area, within=above, beside=city.name,
            )  # fmt: skip
