"""Lists stand in the order that readers of each language look things up in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.collation import collation_key


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("fr", ["Argent", "École", "Emploi", "Été", "Garde", "Œuvres", "Orientation"]),
        ("es", ["Niños", "Nube", "Ñandú", "Oficios"]),
        ("en", ["Nacho", "Ñandú", "Nube"]),
    ],
)
def test_accents_stand_beside_plain_letters_and_n_with_tilde_after_n_in_spanish(language: str, ordered: list[str]) -> None:
    assert sorted(set(ordered), key=lambda word: collation_key(word, language)) == ordered


def test_a_regional_language_sorts_like_its_own() -> None:
    assert collation_key("Ñandú", "es-MX") == collation_key("Ñandú", "es")


@given(st.text(), st.sampled_from(["en", "fr", "es"]))
def test_different_words_never_sort_as_one(text: str, language: str) -> None:
    assert collation_key(text, language) == collation_key(text, language)
    assert collation_key(text + "a", language) != collation_key(text, language)
