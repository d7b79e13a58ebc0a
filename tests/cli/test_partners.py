"""`directory partners`: the numbers of the page, for a listing and for a need."""

import pytest
from sqlalchemy import update

from directory.domain.referrals.reference import reference_of
from directory.services.parts import Parts
from directory.store.tables import HelpedPerson, Need, Organization
from tests.cli.conftest import Say
from tests.support.listings import add, add_organization
from tests.support.neighbourhood import ORGANIZATION, PANTRY

CODE = reference_of(7_000_007)

pytestmark = pytest.mark.usefixtures("furnished")


def test_partners_of_a_need_are_printed_with_why_and_as_json(say: Say, furnished: Parts) -> None:
    with furnished.database.writing() as session:
        school = add_organization(session, name="Maple School")
        person = add(session, HelpedPerson(organization_id=school.id, channel="none", made_at=furnished.clock.now()))
        row = Need(code=CODE, person_id=person.id, organization_id=school.id, category="food", urgency="routine")
        row.made_at = furnished.clock.now()
        session.add(row)
        session.execute(update(Organization).values(email="desk@listed.example"))
        session.commit()
    told = say("partners", "--need", CODE.lower().replace("-", " "), "--json", "--why-not", ORGANIZATION).json
    assert told["rule_version"] == "suggest-partners 0"
    assert told["partners"]
    for each in told["partners"]:
        assert len(each["reasons"]) >= 2
        assert each["caution"]
    assert told["why_not"]["organization_id"] == ORGANIZATION
    lines = say("partners", "--need", CODE, "--language", "fr").out
    assert "Offre ce qui est demandé" in lines


def test_partners_of_a_listing_and_what_is_written_wrong(say: Say) -> None:
    assert say("partners", "--service", PANTRY, "--json").json["about"] == {"kind": "service", "id": PANTRY}
    assert say("partners").code == 2
    assert "There is no need" in say("partners", "--need", "AAAA-AAAA").err
