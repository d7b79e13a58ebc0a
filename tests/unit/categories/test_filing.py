"""A planner's word on a term stands in place of the tables', and is found again by the term's own words."""

from directory.domain.categories.filing import SaidTerm, categories_of, file_by_terms

PANTRY = SaidTerm("feed", "", "", "Food Pantry")
BASKETS = SaidTerm("feed", "service_type", "", "Baskets")


def test_a_term_has_the_same_id_in_every_edition_and_another_in_every_source() -> None:
    assert SaidTerm("feed", "", "", "Food Pantry").id == PANTRY.id
    assert len({PANTRY.id, BASKETS.id, SaidTerm("other", "", "", "Food Pantry").id, SaidTerm("feed", "", "Food Pantry", "").id}) == 4


def test_a_decision_stands_in_place_of_the_tables() -> None:
    assert categories_of(PANTRY, {}) == ("food-pantry",)
    assert categories_of(PANTRY, {PANTRY.id: ("meals", "food-pantry")}) == ("meals", "food-pantry")
    assert categories_of(PANTRY, {PANTRY.id: ()}) == ()
    assert categories_of(BASKETS, {BASKETS.id: ("food-pantry",)}) == ("food-pantry",)


def test_a_name_speaks_only_where_terms_and_source_are_silent() -> None:
    assert file_by_terms([BASKETS], {}, service_name="Food pantry", is_stated=False) == {"food-pantry"}
    assert file_by_terms([BASKETS], {}, service_name="Food pantry", is_stated=True) == frozenset()
    assert file_by_terms([BASKETS], {BASKETS.id: ("meals",)}, service_name="Food pantry", is_stated=False) == {"meals"}
