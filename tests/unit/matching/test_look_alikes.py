"""What looks the same and is not stays apart, and what is the same is found, also in the sample community."""

from dataclasses import replace

import pytest

from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.matching import match_all
from directory.rules.matching.pairs import Band, Pair
from tests.support.sample_facts import planted, sample_facts

SITE, ORGANIZATION, PROGRAM = IdentityLevel.SITE, IdentityLevel.ORGANIZATION, IdentityLevel.PROGRAM

PANTRY = Facts(
    id="pantry",
    name="Food Pantry",
    owner="Grace Lutheran Church",
    street="120 Maple Street",
    city="Salem",
    postal_code="97301",
    phones=("503-555-0101",),
    links=("https://grace.example",),
    hours="TU 10:00-12:00",
    audience="Open to all",
    categories=("food-pantry",),
)


def judged(level: IdentityLevel, *records: Facts) -> tuple[Pair | None, bool]:
    """The pair of two records, if they were compared, and whether they were put together."""
    matching = match_all(records, level)
    groups = dict(matching.groups.ids())
    return next(matching.pairs(Band.NO), None), groups[records[0].id] == groups[records[1].id]


def stay_apart(level: IdentityLevel, *records: Facts) -> None:
    pair, together = judged(level, *records)
    assert not together
    assert pair is None or pair.band is not Band.CERTAIN


def test_one_name_at_two_sites_is_two_sites_and_two_programs() -> None:
    other = replace(PANTRY, id="north", street="7 Northgate Road", postal_code="97303")
    stay_apart(SITE, PANTRY, other)
    stay_apart(PROGRAM, PANTRY, other)


def test_the_meal_of_a_church_is_not_its_pantry_round_the_corner() -> None:
    meal = replace(PANTRY, id="meal", name="Community Meal", street="15 Ash Lane", hours="SU 12:00-14:00", categories=("meals",))
    for level in (SITE, PROGRAM):
        stay_apart(level, PANTRY, meal)


def test_one_name_at_one_address_with_hours_of_their_own_is_two_programs() -> None:
    evening = replace(PANTRY, id="evening", hours="TH 18:00-20:00")
    stay_apart(PROGRAM, PANTRY, evening)


def test_a_switchboard_does_not_make_two_tenants_one_organization() -> None:
    legal = Facts(id="legal", name="Anchor Law Centre", street="15 Mill Street Unit 201", city="Salem", phones=("503-555-0100",))
    clinic = Facts(id="clinic", name="Lockside Medical Clinic", street="15 Mill Street", city="Salem", phones=("503-555-0100",))
    stay_apart(ORGANIZATION, legal, clinic)
    stay_apart(SITE, replace(legal, owner=legal.name), replace(clinic, owner=clinic.name))


def test_two_agencies_under_one_roof_are_two_sites_though_no_record_says_whose_it_is() -> None:
    legal = Facts(id="legal", name="Anchor Law", street="15 Mill Street", city="Salem", phones=("503-555-0100",))
    clinic = Facts(id="clinic", name="Lockside Medical Clinic", street="15 Mill St.", city="Salem", phones=("503-555-0177",))
    stay_apart(SITE, legal, clinic)


def test_two_tenants_of_one_house_and_its_switchboard_that_say_what_each_is_are_two_organizations() -> None:
    kitchen = Facts(id="kitchen", name="Euphemia Wexford Harrow Kitchen", street="15 Mill Street", city="Salem", phones=("503-555-0100",))
    clinic = Facts(
        id="clinic", name="Euphemia Wexford Harrow Legal Clinic", street="15 Mill Street", city="Salem", phones=("503-555-0100",)
    )
    pair, _ = judged(ORGANIZATION, replace(kitchen, links=("https://house.example",)), replace(clinic, links=("https://house.example",)))
    assert pair is not None
    assert pair.band is not Band.CERTAIN


def test_neighbours_one_letter_apart_are_two_organizations() -> None:
    mary = Facts(id="mary", name="St. Mary's Benevolent Fund", street="12 Church Street", city="Salem", phones=("503-555-0110",))
    mark = Facts(id="mark", name="St. Mark's Benevolent Fund", street="62 Church Street", city="Salem", phones=("503-555-0150",))
    stay_apart(ORGANIZATION, mary, mark)


def test_one_offer_for_men_and_for_women_is_two_programs() -> None:
    stay_apart(PROGRAM, replace(PANTRY, name="Drop-in for Men"), replace(PANTRY, id="women", name="Drop-in for Women"))
    stay_apart(PROGRAM, replace(PANTRY, maximum_age=17), replace(PANTRY, id="adults", minimum_age=18))


def test_the_same_street_line_in_two_towns_is_two_places() -> None:
    stay_apart(SITE, PANTRY, replace(PANTRY, id="elsewhere", city="Portland", postal_code="97201", phones=()))


@pytest.mark.parametrize("level", IdentityLevel)
def test_the_same_written_by_another_list_is_certain(level: IdentityLevel) -> None:
    again = replace(PANTRY, id="again", name="FOOD PANTRY", owner="Grace Lutheran Ch.", street="120 Maple St.", phones=("(503) 555 0101",))
    if level is ORGANIZATION:
        again = replace(again, name="Grace Lutheran Ch.")
    pair, together = judged(level, replace(PANTRY, name=PANTRY.owner) if level is ORGANIZATION else PANTRY, again)
    assert together
    assert pair is not None
    assert pair.band is Band.CERTAIN


@pytest.mark.parametrize("level", IdentityLevel)
def test_no_look_alike_of_the_sample_community_is_merged_and_its_duplicates_are_found(level: IdentityLevel) -> None:
    records = sample_facts(level)
    matching = match_all(records, level)
    groups = dict(matching.groups.ids())
    certain = {(pair.left, pair.right) for pair in matching.pairs(Band.CERTAIN)}
    unlike = planted("look_alike", level.value) + planted("overlapping_offer", level.value)
    assert [ids for ids in unlike if len({groups[one] for one in ids}) < len(ids)] == []
    assert [ids for ids in unlike if (min(ids), max(ids)) in certain] == []
    duplicates = planted("duplicate_record", level.value)
    found = [ids for ids in duplicates if len({groups[one] for one in ids}) == 1]
    assert len(found) >= 0.9 * len(duplicates)
