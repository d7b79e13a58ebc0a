"""`directory taxonomy`: what a category is, and whether the whole holds together."""

import pytest

from directory.services.parts import Parts
from directory.store.tables import ServiceCategory, TaxonomyTerm
from tests.cli.conftest import Say
from tests.support.listings import add
from tests.support.neighbourhood import PANTRY


@pytest.mark.parametrize("term", ["food-pantry", "Banque alimentaire", "BD-1800.2000", "Food pantry"])
def test_a_category_is_shown_by_whatever_it_is_called(furnished: Parts, say: Say, term: str) -> None:
    said = say("taxonomy", "show", term)
    assert said.code == 0
    assert said.out.startswith("food-pantry  (food)")
    for words in ("Banque alimentaire", "Banco de alimentos", "under: food (Food)", "Gravity: food-insecurity", "services: 1"):
        assert words in said.out


def test_the_same_as_json(furnished: Parts, say: Say) -> None:
    found = say("taxonomy", "show", "food-insecurity", "--json").json
    assert found["known_as"] == "Gravity category"
    (food,) = found["categories"]
    assert food["slug"] == "food"
    assert food["ancestors"] == []
    assert "food-pantry" in food["children"]
    assert food["services"] == 2
    assert food["mappings"]["211hsis"] == ["BD"]
    assert set(food["names"]) == set(food["synonyms"]) == {"en", "fr", "es"}


def test_a_term_that_nobody_knows_ends_with_one_sentence_and_near_names(furnished: Parts, say: Say) -> None:
    said = say("taxonomy", "show", "emergancy shelter")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("directory: Nobody knows “emergancy shelter”; near it: emergency-shelter (A place to stay tonight)")
    assert said.err.count("\n") == 1
    assert say("taxonomy", "show", "emergancy shelter", "--json").json["near"][0]["slug"] == "emergency-shelter"


def test_the_taxonomy_is_sound_and_unfiled_terms_are_counted(furnished: Parts, say: Say) -> None:
    with furnished.database.writing() as session:
        add(session, TaxonomyTerm(name="Food Pantry"))
        add(session, TaxonomyTerm(name="Walk up"))
        session.commit()
    said = say("taxonomy", "check")
    assert said.code == 0
    assert "nothing is wrong" in said.out
    assert "2 imported terms, of which 1 mean no category yet" in said.out


def test_listings_under_a_category_that_does_not_exist_are_a_fault(furnished: Parts, say: Say) -> None:
    with furnished.database.writing() as session:
        session.add(ServiceCategory(service_id=PANTRY, category="gone-away"))
        session.commit()
    said = say("taxonomy", "check", "--json")
    assert said.code == 1
    assert [fault["where"] for fault in said.json["faults"]] == ["gone-away"]


def test_without_a_database_the_words_are_checked_alone(say: Say) -> None:
    said = say("taxonomy", "check")
    assert said.code == 0
    assert "there is no database" in said.out
    assert "services: not counted" in say("taxonomy", "show", "food").out
