"""Snippets show the words that were met, and never let text become markup."""

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search_index.snippets import LENGTH, snippet


def test_the_words_that_were_met_are_marked():
    assert snippet(["Hot meals and a bed."], frozenset({"meals", "bed"})) == "Hot <mark>meals</mark> and a <mark>bed</mark>."


def test_accents_and_case_of_the_listing_stay():
    assert snippet(["Hébergement d'urgence"], frozenset({"hebergement"})) == "<mark>Hébergement</mark> d&#x27;urgence"


def test_markup_in_a_listing_is_shown_as_text():
    shown = snippet(['<script>alert("food")</script>'], frozenset({"food"}))
    assert shown == "&lt;script&gt;alert(&quot;<mark>food</mark>&quot;)&lt;/script&gt;"


def test_a_long_text_is_cut_to_whole_words_around_what_was_met():
    text = f"{'before ' * 60}shelter {'after ' * 60}"
    shown = snippet([text], frozenset({"shelter"}))
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert "<mark>shelter</mark>" in shown


def test_the_first_text_that_holds_a_word_is_shown():
    assert snippet(["Nothing here.", "For families."], frozenset({"families"})) == "For <mark>families</mark>."


def test_without_a_word_met_the_beginning_is_shown():
    assert snippet(["", "First words.", "More."], frozenset({"absent"})) == "First words."
    assert snippet([], frozenset({"absent"})) == ""


@given(st.lists(st.text(max_size=400), max_size=3), st.frozensets(st.sampled_from(["a", "0", "food"])))
def test_a_snippet_is_a_piece_of_a_text_with_nothing_but_marks_added(texts, met):
    shown = snippet(texts, met)
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    core = unescape(plain.removeprefix("… ").removesuffix(" …"))
    assert any(core in text for text in texts) or not core
    assert len(core) <= LENGTH + 1
