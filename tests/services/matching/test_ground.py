"""Where both records of a pair lie is shown with what their organizations offer near by: no secret place, no far one, nobody else's."""

import pytest
from sqlalchemy import update

from directory.domain.errors import NotFound
from directory.domain.people import Role
from directory.services.matching.ground import read_ground
from directory.services.matching.levels import Level
from directory.services.parts import Parts
from directory.store.tables import DuplicatePair, Location
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import THEN, add, add_location, add_organization, add_service
from tests.support.people import somebody

pytestmark = ONE_IS_ENOUGH
HERE = (45.4215, -75.6972)


def test_only_exact_public_places_of_the_two_near_by_are_shown(parts: Parts) -> None:
    with parts.database.writing() as session:
        mine, theirs, third = (add_organization(session, name=name) for name in ("Harbour", "Harbor", "Third"))
        spots = ((mine, 0.0, {}), (theirs, 0.0005, {}), (mine, 0.001, {"confidential": True}), (mine, 0.0015, {"point_kind": "city"}))
        more = ((mine, 0.5, {}), (third, 0.0012, {}), (theirs, 0.0018, {}))
        places = []
        for organization, north, said in (*spots, *more):
            place = add_location(
                session, organization_id=organization.id, latitude=HERE[0] + north, longitude=HERE[1], **{"point_kind": "address", **said}
            )
            add_service(session, at=place, organization=organization)
            places.append(place.id)
        left, right = sorted(places[:2])
        pair = add(session, DuplicatePair(
            level=Level.SITE.value, left_id=left, right_id=right, score=1.0, probability=0.7, band="review", reasons=[], fingerprint="f",
            found_at=THEN, run=1,
        )).id  # fmt: skip
        session.commit()
    planner = somebody(parts, Role.PLANNER)
    ground = read_ground(parts, planner, pair)
    assert ground.metres == pytest.approx(55.6, abs=0.2)
    assert ground.others == ((HERE[0] + 0.0018, HERE[1]),)

    def make(**said: object) -> None:
        with parts.database.writing() as session:
            session.execute(update(Location).where(Location.id == left).values(**said))
            session.commit()

    make(confidential=True)
    with pytest.raises(NotFound):
        read_ground(parts, planner, pair)
    make(confidential=False, point_kind="postal_code")
    ground = read_ground(parts, planner, pair)
    assert (ground.spots, ground.others) == (None, ())
