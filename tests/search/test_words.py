"""How text becomes tokens and when a word meets one."""

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from search_index.words import beginning_with, find_phrase, find_tokens, misspellings, placed_tokens, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café  l'Hébergement d'urgence", ["cafe", "l", "hebergement", "d", "urgence"]),
        ("St-Jean (24/7)", ["st", "jean", "24", "7"]),
        ("ŒUVRE Straße Łódź", ["oeuvre", "strasse", "lodz"]),
        ("हिन्दी", ["हिन्दी"]),
        ("المُساعَدة", ["المساعدة"]),
        ("食物银行 food", ["食", "物", "银", "行", "food"]),
        ("한국어", ["한국어"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_text_is_cut_into_plain_words(text, expected):
    assert tokens(text) == expected


def test_accents_typed_as_separate_characters_make_no_difference():
    assert tokens("cafe\u0301") == tokens("caf\u00e9") == ["cafe"]


@given(st.text(max_size=40))
def test_placed_tokens_are_the_tokens_and_lie_where_they_say(text):
    placed = list(placed_tokens(text))
    assert [token.token for token in placed] == tokens(text)
    assert all(token.token in tokens(text[token.start : token.end]) for token in placed)


@given(
    st.text(st.one_of(st.sampled_from("ab é0-"), st.characters(codec="utf-8")), max_size=30),
    st.frozensets(st.sampled_from(["a", "ab", "b0", "e"]), min_size=1),
)
def test_the_tokens_that_are_found_are_those_that_are_wanted(text, wanted):
    assert find_tokens(text, wanted) == [token for token in placed_tokens(text) if token.token in wanted]


@given(
    st.text(st.one_of(st.sampled_from("ab é0-"), st.characters(codec="utf-8")), max_size=30),
    st.lists(st.sampled_from(["a", "ab", "b0", "e", "b" * 64]), min_size=1, max_size=3),
)
def test_a_phrase_is_found_where_its_words_first_follow_each_other(text, phrase):
    placed = list(placed_tokens(text))
    runs = [placed[start : start + len(phrase)] for start in range(len(placed) - len(phrase) + 1)]
    expected = [(run[0].start, run[-1].end) for run in runs if [each.token for each in run] == phrase]
    assert find_phrase(text, phrase) == (expected[0] if expected else None)


def test_the_beginning_of_a_very_long_word_is_found():
    assert find_phrase(f"a {'b' * 70} c", ["b" * 64, "c"]) == (2, 74)


@given(st.text(max_size=40))
def test_tokens_are_stable_and_hold_no_spaces(text):
    found = tokens(text)
    assert tokens(" ".join(found)) == found
    assert " ".join(found).split() == found


@pytest.mark.parametrize(
    ("word", "token", "meets"),
    [
        ("food", "fod", False),  # four letters: none
        ("shleter", "shelter", True),  # two letters swapped are one typo
        ("shetler", "shelters", False),
        ("counselling", "counseling", True),
        ("counselling", "councelin", False),
        ("homelesness", "homelessnes", True),
        ("20245", "20246", False),  # numbers are not misspelt
    ],
)
def test_longer_words_may_have_more_typos(word, token, meets):
    assert misspellings(word, [token]) == ([token] if meets else [])


def test_a_beginning_needs_two_letters():
    assert beginning_with("sh", ["shelter", "bed"]) == ["shelter"]
    assert beginning_with("s", ["shelter", "bed"]) == []


@given(st.text("abcd", min_size=5, max_size=11), st.text("abcd", min_size=3, max_size=12))
def test_the_embedded_engine_measures_typos_alike(word, token):
    schema = tantivy.SchemaBuilder().add_text_field("word", tokenizer_name="raw").build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    writer.add_document(tantivy.Document(word=[token]))
    writer.commit()
    index.reload()
    edits = 2 if len(word) >= 9 else 1
    found = index.searcher().search(tantivy.Query.fuzzy_term_query(schema, "word", word, edits, transposition_cost_one=True), 1)
    assert bool(found.hits) == bool(misspellings(word, [token]))
