"""Words in the order of a dictionary of the reader's language."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.sorting import sort_key


def in_order(words: list[str], locale: str) -> list[str]:
    return sorted(words, key=partial(sort_key, locale=locale))


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", ["animal help", "Élan House", "Eldercare", "Zebra"]),
        ("fr-CA", ["cote", "côte", "coté", "côté"]),  # CAN/CSA Z243.4.1: the last accent decides first
        ("fr", ["cote", "coté", "côte", "côté"]),
        ("fr", ["école", "économie", "Œuvres", "offre", "zone"]),
        ("es", ["niebla", "nuevo", "ñame", "oficina"]),
        ("es", ["canto", "caña", "caos"]),
        ("en", ["Ñame", "Niebla"]),
    ],
)
def test_words_stand_as_in_a_dictionary(locale: str, words: list[str]):
    assert in_order(words[::-1], locale) == words


@given(st.lists(st.text(max_size=8)), st.sampled_from(["en", "fr", "fr-CA", "es", "ar"]))
def test_the_order_does_not_depend_on_the_order_before(words: list[str], locale: str):
    assert in_order(words, locale) == in_order(words[::-1], locale)


@given(st.text(alphabet="abcxyz éè", max_size=8), st.sampled_from(["en", "fr"]))
def test_case_decides_only_between_equals(word: str, locale: str):
    assert sort_key(word.upper(), locale)[:2] == sort_key(word, locale)[:2]
