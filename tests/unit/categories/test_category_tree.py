"""The tree of categories: stable, complete in three languages, and easy to find one's way in."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.areas import slug as folded
from directory.domain.categories.tree import (
    CATEGORIES,
    LANGUAGES,
    ancestors,
    category,
    children,
    closure,
    descendants,
    find_category,
    name,
    top_needs,
    words,
)
from directory.domain.errors import NotFound
from directory.domain.sectors import Sector

SLUGS = st.sampled_from(sorted(CATEGORIES))


def test_every_slug_is_short_plain_and_stable_in_form() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= 60 for slug in CATEGORIES)
    assert len(CATEGORIES) >= 120


def test_every_category_has_a_name_and_other_words_in_three_languages() -> None:
    for slug, found in CATEGORIES.items():
        for language in LANGUAGES:
            assert found.names[language].strip(), (slug, language)
            assert len(found.synonyms[language]) >= 3, (slug, language)


def test_no_language_is_poorer_in_words_than_another() -> None:
    for slug, found in CATEGORIES.items():
        counts = [len(found.synonyms[language]) for language in LANGUAGES]
        assert max(counts) - min(counts) <= 2, (slug, counts)
    totals = [sum(len(found.synonyms[language]) for found in CATEGORIES.values()) for language in LANGUAGES]
    assert min(totals) >= 0.95 * max(totals), totals


def test_texts_are_composed_unicode_without_stray_spaces() -> None:
    phrases = [phrase for slug in CATEGORIES for phrase in words(slug)]
    assert all(phrase == unicodedata.normalize("NFC", phrase).strip() for phrase in phrases)


def test_french_and_spanish_names_keep_their_accents() -> None:
    assert name("mental-health", "fr-CA") == "Santé mentale"
    assert name("re-entry", "es") == "Después de la cárcel"


def test_every_parent_stands_before_its_children_so_no_circle_is_possible() -> None:
    seen: set[str] = set()
    for found in CATEGORIES.values():
        assert not found.parent or found.parent in seen, found.slug
        seen.add(found.slug)


def test_the_tree_is_at_most_three_levels_deep() -> None:
    assert max(len(ancestors(slug)) for slug in CATEGORIES) == 2


def test_every_sector_has_categories() -> None:
    assert {found.sector for found in CATEGORIES.values()} == set(Sector)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_means_one_category_only_in_a_language(language: str) -> None:
    owner: dict[str, str] = {}
    for found in CATEGORIES.values():
        for phrase in (found.names[language], *found.synonyms[language]):
            assert owner.setdefault(folded(phrase), found.slug) == found.slug, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_category_is_found_by_each_of_its_names_and_synonyms(language: str) -> None:
    for found in CATEGORIES.values():
        for phrase in (found.names[language], *found.synonyms[language]):
            assert find_category(phrase.upper(), language) == found.slug, phrase


@pytest.mark.parametrize(
    ("text", "locale", "slug"),
    [
        ("can't pay rent", "en", "rent-help"),
        ("Can’t pay rent", "en", "rent-help"),
        ("needle exchange", "en", "needle-exchange"),
        ("echange de seringues", "fr", "needle-exchange"),
        ("Refugio", "es", "emergency-shelter"),
        ("food-pantry", "fr", "food-pantry"),
        ("banque alimentaire", "en", "food-pantry"),
        ("won't go to school", "en", "attendance"),
        ("no quiere ir a la escuela", "es", "attendance"),
    ],
)
def test_plain_words_find_their_category(text: str, locale: str, slug: str) -> None:
    assert find_category(text, locale) == slug


@pytest.mark.parametrize("text", ["", "asdfgh", "—", "the moon"])
def test_words_that_mean_no_category_find_none(text: str) -> None:
    assert find_category(text, "en") is None


def test_an_unknown_slug_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound, match="no category “nonsense”"):
        category("nonsense")
    assert ancestors("nonsense") == closure(["nonsense"]) == words("nonsense") == ()
    assert name("nonsense", "en") == "nonsense"


def test_a_needle_exchange_is_harm_reduction_is_addictions() -> None:
    assert ancestors("needle-exchange") == ("harm-reduction", "addictions")
    assert "needle-exchange" in descendants("addictions")
    assert "harm-reduction" in children("addictions")


@given(st.lists(SLUGS, max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_closure_holds_what_was_given_and_closing_again_adds_nothing(slugs: list[str]) -> None:
    closed = closure(slugs)
    assert set(slugs) <= set(closed)
    assert len(closed) == len(set(closed))
    assert set(closure(closed)) == set(closed)
    assert all(set(ancestors(slug)) <= set(closed) for slug in closed)


@given(SLUGS, SLUGS)
@settings(max_examples=200, deadline=None)
def test_being_below_is_the_mirror_of_being_above(one: str, other: str) -> None:
    assert (one in descendants(other)) == (other in ancestors(one))


def test_twelve_different_needs_are_offered_first_and_cover_most_categories() -> None:
    needs = top_needs()
    assert len(needs) == len(set(needs)) == 12
    assert needs[0] == "food"


def test_words_fed_to_the_index_hold_all_three_languages_once() -> None:
    fed = words("detox")
    assert {"Detox", "Désintoxication", "Desintoxicación", "sevrage"} <= set(fed)
    assert len(fed) == len(set(fed))
