"""The words of an index: all misspellings and beginnings are found, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.vocabulary import Vocabulary
from search_index.words import beginning_with, misspellings

words = st.lists(st.text("abcdé", min_size=1, max_size=11), max_size=30)


@given(word=st.text("abcdé", min_size=1, max_size=11), first=words, others=st.lists(words, max_size=10))
def test_a_vocabulary_that_grew_finds_what_comparing_with_every_word_finds(word, first, others):
    vocabulary = Vocabulary(first)
    for more in others:
        vocabulary = vocabulary.with_words(more)
    everything = {*first, *(each for more in others for each in more)}
    assert sorted(vocabulary) == sorted(everything)
    assert sorted(vocabulary.misspellings(word)) == sorted(misspellings(word, everything))
    assert sorted(vocabulary.beginning_with(word)) == sorted(beginning_with(word, everything))
    assert all(each in vocabulary for each in everything)
