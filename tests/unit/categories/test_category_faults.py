"""A mistake in the taxonomy is named before a reader meets it."""

from dataclasses import replace

from directory.domain.categories.faults import Fault, faults, gravity_faults, table_faults, tree_faults, word_faults
from directory.domain.categories.tree import CATEGORIES, Category

FOOD, PANTRY = CATEGORIES["food"], CATEGORIES["food-pantry"]


def kinds(found: list[Fault]) -> set[str]:
    assert all(fault.sentence.endswith(".") for fault in found)
    return {fault.check for fault in found}


def without_words(entry: Category, language: str) -> Category:
    return replace(entry, names={**entry.names, language: " "}, synonyms={**entry.synonyms, language: ("one",)})


def test_the_taxonomy_as_it_ships_has_no_fault() -> None:
    assert faults() == ()


def test_a_slug_used_twice_is_named() -> None:
    assert kinds(list(tree_faults([FOOD, FOOD]))) == {"slug"}


def test_a_parent_that_is_no_category_is_named() -> None:
    assert kinds(list(tree_faults([PANTRY]))) == {"parent"}


def test_categories_that_lie_under_one_another_in_a_circle_are_named() -> None:
    circle = [replace(FOOD, parent="food-pantry"), PANTRY]
    assert {fault.where for fault in tree_faults(circle)} == {"food", "food-pantry"}
    assert kinds(list(tree_faults(circle))) == {"circle"}


def test_a_language_without_a_name_or_with_too_few_words_is_named() -> None:
    found = list(word_faults([without_words(FOOD, "es")]))
    assert kinds(found) == {"name", "synonyms"}
    assert all("in es" in fault.sentence for fault in found)


def test_a_phrase_that_stands_for_two_categories_is_named_whatever_its_accents() -> None:
    other = replace(PANTRY, synonyms={**PANTRY.synonyms, "fr": ("ALIMENTATION", "deux")})
    found = list(word_faults([FOOD, other]))
    assert [fault.sentence for fault in found] == ["“ALIMENTATION” stands for both food and food-pantry in fr."]


def test_a_phrase_that_is_written_like_the_slug_of_another_category_is_named() -> None:
    found = list(word_faults([PANTRY, replace(FOOD, synonyms={**FOOD.synonyms, "en": ("food pantry", "bread")})]))
    assert [fault.where for fault in found] == ["food"]


def test_a_row_that_leads_to_no_category_is_named() -> None:
    rows = [{"name": "A", "categories": ""}, {"name": "B", "categories": "nonsense"}, {"name": "C", "categories": "none"}]
    found = list(table_faults("some.csv", "name", rows, {"food"}))
    assert [fault.check for fault in found] == ["unmapped", "mapping"]


def test_a_category_of_which_nobody_said_what_gravity_calls_it_is_named() -> None:
    rows = [{"category": "food", "gravity": "hunger"}, {"category": "gone", "gravity": "none"}]
    found = list(gravity_faults(rows, {"food", "meals"}, {"food-insecurity": "Food Insecurity"}))
    assert {fault.where for fault in found} == {"food", "gone", "meals"}
