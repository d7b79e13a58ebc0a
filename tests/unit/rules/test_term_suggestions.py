"""What an imported term might mean: by words in three languages, by the company it keeps, and never without saying why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.categories.tree import CATEGORIES
from directory.rules.term_suggestions import MAYBE, MOST_SUGGESTIONS, Company, Ground, Sureness, suggest_categories


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("TEFAP Food Distribution", "food-pantry"),
        ("Free Groceries", "food-pantry"),
        ("Aide alimentaire d'urgence", "food-pantry"),
        ("Emergancy Sheltr", "emergency-shelter"),
        ("Medical Appointments Transportation", "medical-rides"),
        ("Garderies", "child-care"),
        ("Tutorías", "tutoring"),
        ("Legal self help", "legal-information"),
        ("Counselling, youth", "youth-mental-health"),
        ("Methadone maintenance", "opioid-treatment"),
    ],
)
def test_words_in_any_of_the_three_languages_and_however_spelled_lead_to_a_category(name: str, category: str) -> None:
    best = suggest_categories(name)[0]
    assert best.category == category
    assert best.reasons[0].ground is Ground.WORDS
    assert best.reasons[0].words


@pytest.mark.parametrize("name", ["County", "San Mateo County", "Open to All", "Enrollment Required", "asdfgh", "", "—", "YB-9500"])
def test_words_that_are_about_no_need_suggest_nothing(name: str) -> None:
    assert suggest_categories(name) == ()


def test_the_reason_names_the_words_and_the_phrase_that_they_are_like() -> None:
    (reason,) = suggest_categories("Garderies du quartier")[0].reasons
    assert (reason.words, reason.phrase, reason.language) == (("garderies",), "garderie", "fr")


def test_company_suggests_what_the_services_of_a_term_are_filed_under_otherwise() -> None:
    best = suggest_categories("Zeta", Company(20, {"detox": 18, "food": 1}, {"detox": 30, "food": 60}, 500))[0]
    assert (best.category, best.sureness) == ("detox", Sureness.MAYBE)
    assert (best.reasons[0].ground, best.reasons[0].share) == (Ground.COMPANY, 90)


def test_company_that_everything_keeps_says_nothing() -> None:
    assert suggest_categories("County", Company(9, {"food-pantry": 9}, {"food-pantry": 4_900}, 6_860)) == ()


def test_words_and_company_together_are_surer_than_either() -> None:
    company = Company(20, {"food-pantry": 18}, {"food-pantry": 30}, 500)
    alone = suggest_categories("Produce Distribution")[0]
    both = suggest_categories("Produce Distribution", company)[0]
    by_company = suggest_categories("Zeta", company)[0]
    assert alone.category == both.category == by_company.category == "food-pantry"
    assert both.score > max(alone.score, by_company.score)
    assert both.sureness is Sureness.LIKELY
    assert {reason.ground for reason in both.reasons} == {Ground.WORDS, Ground.COMPANY}


def test_categories_that_are_no_longer_ours_are_not_suggested() -> None:
    assert suggest_categories("Zeta", Company(9, {"gone-away": 9}, {}, 10)) == ()


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(sorted(CATEGORIES)), st.integers(0, 50), max_size=4), st.integers(0, 60))
def test_suggestions_are_few_ordered_explained_and_never_certain(name: str, together: dict[str, int], services: int) -> None:
    company = Company(services, {slug: min(count, services) for slug, count in together.items()}, {}, 100)
    found = suggest_categories(name, company)
    assert len(found) <= MOST_SUGGESTIONS
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(MAYBE <= one.score < 1 and one.reasons and one.category in CATEGORIES for one in found)
