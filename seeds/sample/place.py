"""The made-up city of Rivebourg: its parts, the townships around it, streets, shared buildings, and areas with their boundaries.

It stands on the south bank of the Ottawa River in eastern Ontario, between real towns, so that postal codes (K4K, K4C, K4B, K0B) and
distances make sense to the gazetteer. Nothing else about it is real; street names and numbers are invented, postal codes end in 9X or 9Z.
"""

from dataclasses import dataclass
from typing import Any

from directory.domain.areas import area_id, district_id
from seeds.sample.words import Pair

CITY = "Rivebourg"
ZONE = "America/Toronto"
COUNTRY, REGION = "CA", "ON"
LATITUDE, LONGITUDE = 45.52, -75.24
CITY_AREA = area_id(COUNTRY, REGION, CITY)
COUNTY_AREA = district_id(COUNTRY, REGION, "Canal County")
COUNTY_NAME: Pair = ("Canal County", "Comté du Canal")
PROVINCE_AREA = area_id(COUNTRY, REGION)
AREA_CODES = ("613", "343", "753", "819", "873")

Corner = tuple[float, float]  # longitude, latitude

_NORTH = ((-75.31, 45.569), (-75.283, 45.571), (-75.252, 45.573), (-75.228, 45.572), (-75.199, 45.568), (-75.17, 45.57))
_MIDDLE = ((-75.31, 45.521), (-75.281, 45.517), (-75.257, 45.524), (-75.225, 45.519), (-75.196, 45.522), (-75.17, 45.518))
_SOUTH = ((-75.31, 45.47), (-75.284, 45.471), (-75.255, 45.469), (-75.227, 45.472), (-75.198, 45.47), (-75.17, 45.47))


@dataclass(frozen=True, slots=True)
class Part:
    """A neighbourhood or a township. `boundary` is a closed ring of corners; `town` what stands in addresses."""

    name: Pair
    kind: str
    town: str
    fsa: str
    area_id: str
    boundary: tuple[Corner, ...]
    streets: tuple[str, ...]

    @property
    def inside(self) -> tuple[float, float, float, float]:
        """West, south, east, north of a box well inside the boundary."""
        lons, lats = [lon for lon, _ in self.boundary], [lat for _, lat in self.boundary]
        inset_lon, inset_lat = (max(lons) - min(lons)) * 0.18, (max(lats) - min(lats)) * 0.18
        return min(lons) + inset_lon, min(lats) + inset_lat, max(lons) - inset_lon, max(lats) - inset_lat

    @property
    def middle(self) -> tuple[float, float]:
        """Latitude and longitude."""
        west, south, east, north = self.inside
        return round((south + north) / 2, 5), round((west + east) / 2, 5)


def _ring(*corners: Corner) -> tuple[Corner, ...]:
    return (*corners, corners[0])


def _quarter(name: Pair, column: int, *, north: bool, streets: tuple[str, ...]) -> Part:
    top, bottom = (_NORTH, _MIDDLE) if north else (_MIDDLE, _SOUTH)
    ring = _ring(bottom[column], bottom[column + 1], top[column + 1], top[column])
    return Part(name, "neighbourhood", CITY, "K4K", area_id(COUNTRY, REGION, CITY, name[0]), ring, streets)


NEIGHBOURHOODS = (
    _quarter(("Old Mill", "Vieux-Moulin"), 0, north=True, streets=("Rue du Moulin", "Mill Lane", "Rue Gauthier", "Millstone Street")),
    _quarter(("Basse-Rive", "Basse-Rive"), 1, north=True, streets=("Rue de la Rive", "Rue Principale Ouest", "Rue Sainte-Euphémie")),
    _quarter(("Lockside", "L'Écluse"), 2, north=True, streets=("Canal Street", "Rue du Canal", "Lock Street", "Main Street")),
    _quarter(("Upper Canal", "Haut-Canal"), 3, north=True, streets=("Main Street East", "Barge Road", "Chemin du Halage")),
    _quarter(("Collège", "Collège"), 4, north=True, streets=("Rue du Collège", "Scholars Avenue", "Avenue des Érables")),
    _quarter(("Pinehurst", "La Pinède"), 0, north=False, streets=("Pinehurst Drive", "Tamarack Crescent", "Chemin de la Pinède")),
    _quarter(("Saint-Clément", "Saint-Clément"), 1, north=False, streets=("Rue Saint-Clément", "Rue Leduc", "Rue Notre-Dame")),
    _quarter(("Harrow Park", "Parc-Harrow"), 2, north=False, streets=("Harrow Avenue", "Whitlow Street", "Orchard Street")),
    _quarter(("Millbrook", "Le Ruisseau"), 3, north=False, streets=("Brook Street", "Sparrow Lane", "Old Quarry Road")),
    _quarter(("Eastfield", "Champ-Est"), 4, north=False, streets=("Eastfield Boulevard", "Fairground Road", "Industrial Parkway")),
)


def _township(name: str, fsa: str, corner: Corner, opposite: Corner, streets: tuple[str, ...]) -> Part:
    (west, south), (east, north) = corner, opposite
    ring = _ring((west, south), (east, south), (east, north), (west, north))
    return Part((name, name), "township", name, fsa, area_id(COUNTRY, REGION, name), ring, streets)


TOWNSHIPS = (
    _township("Kelsingham", "K4C", (-75.43, 45.47), (-75.31, 45.57), ("Kelsingham Road", "Concession 3", "Church Street")),
    _township("Dunmorrow", "K4B", (-75.31, 45.38), (-75.17, 45.47), ("Dunmorrow Line", "Station Street", "Concession 9")),
    _township("Larivée", "K0B", (-75.17, 45.38), (-75.02, 45.47), ("Rang Saint-Joseph", "Rue de l'Église", "Chemin Larivée")),
    _township("Petit-Marais", "K0B", (-75.17, 45.47), (-75.02, 45.57), ("Rue du Quai", "Chemin du Marais", "County Road 17")),
)
PARTS = (*NEIGHBOURHOODS, *TOWNSHIPS)

HUBS: tuple[tuple[Pair, int, str], ...] = (
    (("Lockside Community Hub", "Carrefour communautaire de l'Écluse"), 2, "200 Canal Street"),
    (("The Old Mill Commons", "Les Communs du Vieux-Moulin"), 0, "15 Rue du Moulin"),
    (("Harrow Park Family Campus", "Campus familial Parc-Harrow"), 7, "88 Harrow Avenue"),
    (("Maison de la solidarité", "Maison de la solidarité"), 6, "410 Rue Saint-Clément"),
    (("Rivebourg Health Village", "Village santé de Rivebourg"), 4, "1 Rue du Collège"),
    (("Eastfield Service Centre", "Centre de services Champ-Est"), 9, "950 Eastfield Boulevard"),
    (("Knox Hall", "Salle Knox"), 3, "33 Main Street East"),
    (("Millbrook Plaza", "Place du Ruisseau"), 8, "61 Brook Street"),
    (("Pinehurst Mall, lower level", "Galeries de la Pinède, rez-de-jardin"), 5, "1200 Pinehurst Drive"),
    (("Quai 9", "Quai 9"), 1, "9 Rue de la Rive"),
    (("Dunmorrow Town Hall", "Hôtel de ville de Dunmorrow"), 11, "2 Station Street"),
    (("Petit-Marais Community Hall", "Salle communautaire de Petit-Marais"), 13, "48 Rue du Quai"),
)
"""Buildings that several agencies share: name, which of `PARTS`, street address."""


def area_rows() -> list[dict[str, Any]]:
    """Areas in the shape of the `area` table, parents first: country, province, county, city, neighbourhoods and townships."""
    county = _ring((-75.43, 45.38), (-75.02, 45.38), (-75.02, 45.57), (-75.17, 45.57), *_NORTH[4:0:-1], (-75.31, 45.57), (-75.43, 45.57))
    city = _ring(*_SOUTH, _MIDDLE[-1], *reversed(_NORTH), _MIDDLE[0])
    rows = [
        _area("ca", "Canada", "country", None),
        _area(PROVINCE_AREA, "Ontario", "region", "ca"),
        _area(COUNTY_AREA, COUNTY_NAME[0], "district", PROVINCE_AREA, county),
        _area(CITY_AREA, CITY, "city", COUNTY_AREA, city),
    ]
    for part in PARTS:
        parent = CITY_AREA if part in NEIGHBOURHOODS else COUNTY_AREA
        rows.append(_area(part.area_id, part.name[0], part.kind, parent, part.boundary))
    return rows


def _area(id_: str, name: str, kind: str, parent: str | None, ring: tuple[Corner, ...] = ()) -> dict[str, Any]:
    lons, lats = [lon for lon, _ in ring[:-1]], [lat for _, lat in ring[:-1]]
    return {
        "id": id_,
        "name": name,
        "kind": kind,
        "parent_id": parent,
        "zone": ZONE if ring else None,
        "latitude": round(sum(lats) / len(lats), 5) if ring else None,
        "longitude": round(sum(lons) / len(lons), 5) if ring else None,
        "polygon": polygon(ring) if ring else None,
    }


def polygon(ring: tuple[Corner, ...]) -> dict[str, Any]:
    """A GeoJSON geometry."""
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in ring]]}
