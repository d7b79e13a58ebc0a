"""The five parts of a pair: what each says of two offerings, and what is not known."""

from typing import Any

import pytest
import shapely

from directory.rules.criteria import check_criteria
from directory.rules.overlap.bounds import ALL, NONE, NOT_KNOWN, Bounds
from directory.rules.overlap.find import find
from directory.rules.overlap.ground import Circle, Ground, areas_together, circles_in
from directory.rules.overlap.help import Information, common
from directory.rules.overlap.offering import Offering, is_for_a_culture
from directory.rules.overlap.people import NOBODY_TOLD, People, people_of
from directory.rules.overlap.table import Table
from directory.rules.overlap.week import hours_together, week_of
from tests.support.overlaps import pair_of

COUNTS = {"food-pantry": 60, "meals": 30, "womens-shelter": 5, "mens-shelter": 5, "youth-shelter": 5, "rent-help": 40, "dental": 20}
KNOWN = Information(COUNTS)
EVERYBODY = People(is_whole=True)
OTTAWA, ONTARIO, GATINEAU = frozenset({"ca-on-ottawa"}), frozenset({"ca-on"}), frozenset({"ca-qc-gatineau"})


def for_whom(*conditions: dict[str, Any], **more: Any) -> People:
    written = [{"id": f"c{number}", "when": when, "said": {"by": "owner", "text": ""}} for number, when in enumerate(conditions)]
    return people_of(check_criteria({"schema": 1, "criteria": written, **more}))


def ages(**bounds: float) -> dict[str, Any]:
    return {"field": "age", "op": "range", "value": bounds}


def only(gender: str) -> dict[str, Any]:
    return {"field": "gender", "op": "eq", "value": gender}


def shared(first: People, second: People) -> Bounds:
    return pair_of(people=first, other={"people": second}).people


def area(first: Ground, second: Ground) -> Bounds:
    return pair_of(ground=first, other={"ground": second}).area


def test_the_same_help_is_alike_its_kind_less_and_another_field_not_at_all() -> None:
    same, kind, field = (
        KNOWN.similarity(frozenset({"womens-shelter"}), frozenset({other})) for other in ("womens-shelter", "mens-shelter", "rent-help")
    )
    assert same == 1
    assert 0 < field < 0.5 < kind < 1
    assert KNOWN.similarity(frozenset({"womens-shelter"}), frozenset({"dental"})) == 0


def test_a_field_named_beside_one_of_its_kinds_says_nothing_more() -> None:
    assert KNOWN.similarity(frozenset({"food", "food-pantry"}), frozenset({"food-pantry"})) == 1


def test_of_several_kinds_of_help_half_shared_is_half_alike() -> None:
    half = KNOWN.similarity(frozenset({"food-pantry", "dental"}), frozenset({"food-pantry", "rent-help"}))
    assert half == pytest.approx(0.5)
    assert common(frozenset({"womens-shelter"}), frozenset({"mens-shelter", "dental"})) == "emergency-shelter"


def test_ages_are_held_against_the_narrower_of_both() -> None:
    assert shared(for_whom(ages(gte=16, lte=24)), for_whom(ages(gte=20))) == Bounds.exactly(5 / 9)
    assert shared(for_whom(ages(gte=16, lte=24)), EVERYBODY) == ALL
    assert shared(for_whom(ages(lte=17)), for_whom(ages(gte=18))) == NONE


def test_a_shelter_for_women_and_one_for_men_share_nobody_whatever_else_is_not_told() -> None:
    assert shared(for_whom(only("female")), for_whom(only("male"))) == NONE
    assert shared(for_whom(only("female")), EVERYBODY) == Bounds.exactly(0.48)


def test_what_is_not_told_is_not_open_to_all() -> None:
    assert shared(for_whom(only("female")), NOBODY_TOLD) == NOT_KNOWN
    told_in_part = People({"age": for_whom(ages(gte=16, lte=24)).limits["age"]})
    assert shared(told_in_part, for_whom(ages(gte=20))) == Bounds(0, 5 / 9)
    asks_more = for_whom(ages(gte=18), questions=[{"id": "q", "text": "Lives nearby", "question": "Do you live nearby?"}])
    assert shared(asks_more, EVERYBODY) == Bounds(0, 1)


def test_a_condition_that_no_single_limit_can_tell_leaves_the_rest_open() -> None:
    either = {"any": [only("female"), ages(lt=18)]}
    assert shared(for_whom(either), EVERYBODY) == NOT_KNOWN


def test_incomes_meet_as_far_as_the_lower_ceiling_and_only_in_one_measure() -> None:
    low, high = ({"field": "income", "op": "lte", "value": {"percent": share, "of": "ca_lico"}} for share in (100, 200))
    other = {"field": "income", "op": "lte", "value": {"amount": 2000, "currency": "CAD", "per": "month"}}
    assert shared(for_whom(low), for_whom(high)) == Bounds.exactly(0.5)
    assert shared(for_whom(low), for_whom(other)) == Bounds.exactly(1.0)


def test_somebody_with_any_disability_is_meant_by_both() -> None:
    any_, one = ({"field": "disability", "op": "has_any", "value": [value]} for value in ("any", "physical"))
    assert shared(for_whom(any_), for_whom(one)) == ALL


def test_areas_lie_in_each_other_by_their_names_and_by_what_is_known_of_them() -> None:
    assert areas_together(OTTAWA, ONTARIO, {}) == ALL
    assert areas_together(OTTAWA | GATINEAU, OTTAWA, {}) == ALL
    assert areas_together(OTTAWA | GATINEAU, OTTAWA | frozenset({"ca-on-toronto"}), {}) == Bounds.exactly(0.5)
    assert areas_together(OTTAWA, GATINEAU, {}) == NONE
    postal = frozenset({"ca-fsa-k1a"})
    assert areas_together(OTTAWA, postal, {}) == NOT_KNOWN
    assert areas_together(OTTAWA, postal, {"ca-fsa-k1a": OTTAWA | ONTARIO}) == ALL


def test_places_lie_in_the_areas_that_another_serves() -> None:
    here = Ground(circles=(Circle(45.4, -75.7, lies_in=OTTAWA),))
    assert area(here, Ground(areas=ONTARIO)) == ALL
    assert area(here, Ground(areas=GATINEAU)) == NONE
    assert circles_in((frozenset(),), OTTAWA, {}) == NOT_KNOWN
    assert area(here, Ground()) == NOT_KNOWN


def test_two_circles_share_the_lens_between_them() -> None:
    one, far, small = Circle(45.0, -75.0, 1000), Circle(45.02, -75.0, 1000), Circle(45.0, -75.0, 100)
    near = Circle(45.0 + 1000 / 111_195, -75.0, 1000)
    assert area(Ground(circles=(one,)), Ground(circles=(far,))) == NONE
    assert area(Ground(circles=(one,)), Ground(circles=(small,))) == ALL
    assert area(Ground(circles=(one,)), Ground(circles=(near,))).low == pytest.approx(0.391, abs=0.002)


def test_drawn_circles_and_outlines_agree_with_the_lens() -> None:
    one, near = Circle(45.0, -75.0, 1000), Circle(45.0 + 1000 / 111_195, -75.0, 1000)
    twice = Ground(circles=(one, Circle(45.3, -75.0, 1000)))
    assert area(twice, Ground(circles=(near,))).low == pytest.approx(0.391, abs=0.03)
    square = Ground(outline=shapely.box(-75.1, 44.9, -74.9, 45.1))
    assert area(square, Ground(circles=(one,))).low == pytest.approx(1)
    assert area(square, Ground(outline=shapely.box(-75.0, 44.9, -74.8, 45.1))).low == pytest.approx(0.5)


def test_hours_are_held_against_whichever_is_open_less() -> None:
    day, evening = week_of([(540, 1020)]), week_of([(960, 1200)])
    assert hours_together(day, evening) == Bounds.exactly(2 / 8)
    assert hours_together(day, None) == NOT_KNOWN
    assert week_of([(7 * 1440 - 10, 7 * 1440)]).bit_count() == 1


def test_a_culture_is_told_by_the_sector_the_criteria_or_the_languages() -> None:
    plain = Offering("a", "o", frozenset({"meals"}), EVERYBODY)
    assert is_for_a_culture(plain, "en") is False
    assert is_for_a_culture(Offering("a", "o", frozenset({"meals"})), "en") is None
    for told in (
        Offering("a", "o", frozenset({"meals"}), sector="indigenous"),
        Offering("a", "o", frozenset({"indigenous-healing"})),
        Offering("a", "o", frozenset({"meals"}), for_whom({"field": "indigenous", "op": "has_any", "value": ["any"]})),
        Offering("a", "o", frozenset({"meals"}), languages=frozenset({"fr"})),
    ):
        assert is_for_a_culture(told, "en") is True


def test_what_an_organization_gives_alike_in_many_places_counts_once() -> None:
    food = frozenset({"food-pantry"})
    many = [Offering(f"a{n}", "one", food, EVERYBODY, Ground(areas=OTTAWA), week=week_of([(540, 600 + 60 * n)])) for n in range(4)]
    other = Offering("b", "two", food, EVERYBODY, Ground(areas=OTTAWA), week=week_of([(540, 1020)]))
    table = Table([*many, other], KNOWN)
    found = find(table).pairs
    assert [(table.offerings[a].id, table.offerings[b].id) for a, b in zip(found.first, found.second, strict=True)] == [("a0", "b")]
