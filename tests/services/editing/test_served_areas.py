"""Which areas are offered, by which names, and that publishing finds them again."""

import json
from dataclasses import replace

from sqlalchemy.orm import Session

from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.editing.served_areas import served_areas
from directory.services.listings.community import read_community
from directory.services.parts import Parts
from directory.store.tables import Area
from tests.services.editing.conftest import EDITOR
from tests.support.neighbourhood import PANTRY, SECRET_STREET, WEST_PHILADELPHIA

QUARTER = {"type": "Polygon", "coordinates": [[[-75.22, 39.94], [-75.18, 39.94], [-75.18, 39.97], [-75.22, 39.97], [-75.22, 39.94]]]}


def _add(session: Session, area_id: str, name: str, latitude: float = 39.95, polygon: object = None) -> None:
    session.add(Area(id=area_id, name=name, kind="neighbourhood", latitude=latitude, longitude=-75.2, polygon=polygon))


def test_own_areas_are_offered_and_found_again_by_their_names(house: Parts) -> None:
    with house.database.writing() as session:
        _add(session, "us-pa-quarter", "Cedar Park", polygon=QUARTER)
        _add(session, "us-pa-twin-one", "Twin Hill")
        _add(session, "us-pa-twin-two", "twin hill")
        _add(session, "us-pa-far", "Far Away", latitude=42.0)
        session.commit()
    found = served_areas(house, WEST_PHILADELPHIA)
    (offered,) = found.offered
    assert (offered.area_id, offered.name, len(offered.rings[0])) == ("us-pa-quarter", "Cedar Park", 5)
    base = read_listing(house, PANTRY).form
    served = [{"id": "", "name": name, "area_id": "", "postal_codes": [], "extent": ""} for name in ("Cedar Park", "Twin Hill")]
    publish(house, PANTRY, base, {"served": served}, EDITOR)
    kept = read_listing(house, PANTRY).form["served"]
    assert {item["name"]: item["area_id"] for item in kept} == {"Cedar Park": "us-pa-quarter", "Twin Hill": ""}
    assert [area.area_id if area else "" for area in map(found.where, sorted(kept, key=lambda item: item["name"]))] == ["us-pa-quarter", ""]


def test_without_own_areas_the_towns_around_are_offered(house: Parts) -> None:
    ottawa = replace(WEST_PHILADELPHIA, country="CA", region="ON", latitude=45.4, longitude=-75.7)
    assert [area.area_id for area in served_areas(house, ottawa).offered] == ["ca-on-ottawa"]
    assert served_areas(house, WEST_PHILADELPHIA).offered == ()


def test_an_outline_that_a_source_drew_is_on_the_map_and_a_broken_one_is_not(house: Parts) -> None:
    where = served_areas(house, read_community(house)).where
    drawn = where({"name": "", "area_id": "", "extent": json.dumps(QUARTER)})
    assert drawn is not None
    assert len(drawn.rings[0]) == 5
    assert [where({"name": "", "area_id": "", "extent": text}) for text in ("{", "[]", '{"type": "Point"}', SECRET_STREET)] == [None] * 4
