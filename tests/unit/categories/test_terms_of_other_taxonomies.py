"""Terms of other taxonomies become our own categories where that is certain, and nothing where it is not."""

import csv
from importlib.resources import files

import pytest

from directory.domain.categories import CATEGORIES, ancestors, category_of_term

MAPPINGS = files("directory.domain.categories") / "mappings"


@pytest.mark.parametrize("table", ["open_eligibility.csv", "hsis_211.csv", "publishers.csv", "food_words.csv", "bc211.csv"])
def test_every_table_leads_to_categories_that_exist(table: str) -> None:
    rows = list(csv.DictReader((MAPPINGS / table).read_text(encoding="utf-8").splitlines()))
    assert rows
    assert all(row["categories"] and set(row["categories"].split()) <= {*CATEGORIES, "none"} for row in rows)


@pytest.mark.parametrize(
    ("taxonomy", "code", "name", "categories"),
    [
        ("Open Eligibility", "", "Help Pay for Housing", ("rent-help",)),
        ("open-eligibility", "", "substance abuse counseling", ("addiction-counselling",)),
        ("Philadelphia reentry", "", "Permanent Housing", ("supportive-housing",)),
        ("illinois-legal-aid", "", "Legal self-help center", ("legal-information",)),
        ("", "", "Choice Pantry", ("food-pantry",)),
        ("", "choice_pantry", "Mobile Pantry Coastal Oaks", ("food-pantry",)),
        ("", "", "Community Congregational Hot Meal", ("meals",)),
        ("211HSIS", "BD-1800.2000-640", "", ("food-pantry",)),
        ("AIRS", "RX-8450.8000", "", ("addiction-treatment",)),
        ("", "{what:'SUBSTITUTION THERAPY',why:'addiction (alcohol and drug)'}", "", ("opioid-treatment",)),
        ("bc211", "", "{what:'INTERVENTION',what:'OUTREACH',why:'suicide',who:'Youth'}", ("crisis-support",)),
        ("our own", "eviction-legal", "Housing Law Service", ("eviction-legal",)),
        ("anything", "", "Banque alimentaire", ("food-pantry",)),
    ],
)
def test_a_known_term_becomes_categories(taxonomy: str, code: str, name: str, categories: tuple[str, ...]) -> None:
    assert category_of_term(taxonomy, code, name) == categories


@pytest.mark.parametrize(
    ("taxonomy", "code", "name"),
    [
        ("", "", ""),
        ("", "", "Walk up"),
        ("Eligibility", "eligibility", "All"),
        ("211HSIS", "YB-9500", ""),
        ("211HSIS", "ZZ-1234.5678", ""),
        ("", "{what:'REGULATION',why:'smoking'}", ""),
        ("", "10", "Service Capacity"),
    ],
)
def test_a_term_that_is_not_certain_means_nothing(taxonomy: str, code: str, name: str) -> None:
    assert category_of_term(taxonomy, code, name) == ()


@pytest.mark.parametrize(
    ("taxonomy", "name", "categories"),
    [
        ("Open Eligibility", "Recovery", ("mental-health",)),
        ("", "Recovery", ()),
        ("some feed", "Insurance", ()),
        ("Open Eligibility", "Insurance", ()),
        ("Open Eligibility", "Diapers & Formula", ("baby-supplies", "baby-formula")),
        ("some feed", "Burial & Funeral Help", ("funeral-help",)),
    ],
)
def test_words_too_general_are_believed_of_their_own_taxonomy_only(taxonomy: str, name: str, categories: tuple[str, ...]) -> None:
    assert category_of_term(taxonomy, "", name) == categories


def test_a_code_is_cut_at_its_joints_only() -> None:
    assert category_of_term("211HSIS", "BD-5000.3500", "") == ("groceries-delivery",)
    assert category_of_term("211HSIS", "BD-5000.3600", "") == ("meals",)
    assert category_of_term("211HSIS", "BD-9999", "") == ("food",)


def test_no_category_is_given_beside_one_that_it_holds() -> None:
    found = category_of_term("", "{what:'COUNSELLING',what:'HEALTH CARE (medical)',why:'disability (mental health)'}", "")
    assert found == ("psychiatric-care",)
    assert not set(found) & {above for slug in found for above in ancestors(slug)}


def test_no_name_of_the_subscription_taxonomy_is_shipped() -> None:
    lines = (MAPPINGS / "hsis_211.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "prefix,categories"
