"""A category is found by whatever somebody calls it: our words, or another taxonomy's code or title."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.categories import tables
from directory.domain.categories.lookup import Kind, look_up, mappings_of, near_names
from directory.domain.categories.tree import CATEGORIES, LANGUAGES


@pytest.mark.parametrize(
    ("term", "kind", "categories"),
    [
        ("rent-help", Kind.SLUG, ("rent-help",)),
        ("Can’t pay rent", Kind.WORDS, ("rent-help",)),
        ("échange de seringues", Kind.WORDS, ("needle-exchange",)),
        ("Hasbara", Kind.OPEN_ELIGIBILITY, ()),
        ("Substance Abuse Counseling", Kind.OPEN_ELIGIBILITY, ("addiction-counselling",)),
        ("BD-1800.2000-640", Kind.HSIS_211, ("food-pantry",)),
        ("bh-1800", Kind.HSIS_211, ("emergency-shelter",)),
        ("food-insecurity", Kind.GRAVITY, ("food",)),
        ("Medical Cost Burden", Kind.GRAVITY, ("medications-equipment", "medical-bills")),
        ("protective-factor", Kind.GRAVITY, ()),
    ],
)
def test_a_term_is_known_by_our_words_or_by_those_of_others(term: str, kind: Kind, categories: tuple[str, ...]) -> None:
    found = look_up(term)
    assert found is not None
    assert (found.kind, found.categories) == (kind, categories)


def test_a_term_that_nobody_knows_is_not_guessed_at() -> None:
    assert look_up("emergancy shelter") is None
    assert look_up("") is None


@pytest.mark.parametrize(
    ("term", "locale", "nearest"),
    [
        ("emergancy shelter", "en", "emergency-shelter"),
        ("banque alimantaire", "fr", "food-pantry"),
        ("metadona clinica", "es", "opioid-treatment"),
        ("dentits", "en", "dental"),
    ],
)
def test_a_mistyped_name_brings_up_what_was_meant(term: str, locale: str, nearest: str) -> None:
    assert near_names(term, locale)[0] == nearest


@pytest.mark.parametrize("term", ["", "asdfgh", "—", "qqqq zzzz"])
def test_nonsense_is_near_nothing(term: str) -> None:
    assert near_names(term) == ()


@given(st.sampled_from(sorted(CATEGORIES)), st.sampled_from(LANGUAGES))
@settings(max_examples=100, deadline=None)
def test_every_category_is_found_by_its_name(slug: str, language: str) -> None:
    found = look_up(CATEGORIES[slug].names[language], language)
    assert found is not None
    assert found.categories == (slug,)


def test_what_others_call_a_category_leads_back_to_it() -> None:
    for slug in CATEGORIES:
        mappings = mappings_of(slug)
        for prefix in mappings.hsis_211:
            assert slug in tables.hsis_prefixes()[prefix]
        for title in mappings.open_eligibility:
            known = next(found for found in tables.open_eligibility().values() if found.name == title)
            assert slug in known.categories
        assert mappings.gravity in {"", *tables.gravity_codes()}


def test_gravity_is_answered_as_far_as_services_can_answer_it() -> None:
    """All 24 categories of the value set but the two that no service is for: unspecified needs, and what protects a person."""
    answered = {code for code in tables.gravity().values() if code}
    assert len(tables.gravity_codes()) == 24
    assert answered == set(tables.gravity_codes()) - {"sdoh-category-unspecified", "protective-factor"}
    assert set(tables.gravity()) == set(CATEGORIES)


def test_every_title_of_open_eligibility_was_decided_on() -> None:
    assert len(tables.open_eligibility()) >= 280
    assert all(row["categories"] for row in tables.rows("open_eligibility.csv"))
