"""Plain words are cut and folded so that accents, case, apostrophes and endings change nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.domain.meaning.words import fold, said, stemmer


def words(text: str) -> list[str]:
    return [word.word for word in said(text)]


def test_english_apostrophes_join_and_french_ones_part():
    assert words("I can't pay, he won't go") == ["i", "cant", "pay", "he", "wont", "go"]
    assert words("j'ai besoin d'aide aujourd’hui à l’école") == ["j", "ai", "besoin", "d", "aide", "aujourdhui", "a", "l", "ecole"]


def test_every_word_knows_where_it_stood():
    text = "Mon cœur, l’Été: ¿comida?"
    assert [text[word.start : word.end] for word in said(text)] == ["Mon", "cœur", "l’", "Été", "comida"]


@pytest.mark.parametrize(
    ("language", "alike"),
    [
        ("en", ("pay", "pays", "paying")),
        ("en", ("eviction", "evictions", "evicted")),
        ("fr", ("expulse", "expulsee", "expulses", "expulsees", "expulser", "expulsion")),
        ("fr", ("enfant", "enfants")),
        ("es", ("hijo", "hija", "hijos")),
        ("es", ("pagar", "pago", "pagan")),
    ],
)
def test_endings_change_nothing(language, alike):
    assert len({stemmer(language)(word) for word in alike}) == 1


@given(st.text(max_size=60))
@example("𝐀 is a letter of mathematics")
def test_any_text_is_cut_without_failing_and_folding_twice_is_folding_once(text):
    for word in said(text):
        assert fold(word.word) == word.word
        assert text == "" or 0 <= word.start < word.end <= len(text) + 8  # composing may shorten a text, never lengthen a word's place
