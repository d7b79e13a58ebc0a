"""From what a person types to what is searched."""

import pytest

from search_index.synonyms import NO_SYNONYMS, shipped_synonyms, stop_words
from search_index.wording import MOST_WORDS, Unit, Word, attempts


def first(text, locale="en"):
    return next(attempts(text, locale, shipped_synonyms()))


@pytest.mark.parametrize(
    ("asked", "locale", "also"),
    [
        ("food bank", "en", "banque alimentaire"),
        ("banque alimentaire", "fr", "food pantry"),
        ("albergue", "es", "shelter"),
        ("detox", "en", "withdrawal management"),
        ("aide juridique", "fr", "lawyer"),
        ("loyer", "fr", "rent"),
        ("pain", "fr", "bread"),
    ],
)
def test_a_word_stands_for_its_synonyms_in_every_language(asked, locale, also):
    unit = first(asked, locale).units[0]
    assert tuple(also.split()) in unit.alternatives + unit.translations


def test_a_word_that_means_something_else_here_has_no_synonyms():
    assert first("pain", "en").units == (Unit((Word("pain"),)),)


def test_at_least_eighty_groups_of_synonyms_ship():
    groups = {frozenset((phrase, *others)) for phrase, others in shipped_synonyms().others.items()}
    assert len(groups) >= 80


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ("I need help with rent", ("rent",)),
        ("can't pay the rent", ("pay", "rent")),
        ("where can I get food for my kids", ("food", "kids")),
        ("je cherche un logement", ("logement",)),
        ("help", ("help",)),
        ("the", ("the",)),
    ],
)
def test_words_that_only_ask_are_left_out_when_others_remain(asked, used):
    assert first(asked).used == used


def test_words_inside_a_known_phrase_are_kept():
    assert first("aide juridique", "fr").used == ("aide", "juridique")
    assert first("place to sleep").units[0].words == (Word("place"), Word("to"), Word("sleep"))


def test_the_last_words_are_dropped_one_by_one():
    tried = list(attempts("dentist ottawa free", "en", NO_SYNONYMS))[:3]
    assert [attempt.used for attempt in tried] == [("dentist", "ottawa", "free"), ("dentist", "ottawa"), ("dentist",)]
    assert [attempt.dropped for attempt in tried] == [(), ("free",), ("ottawa", "free")]


def test_a_first_word_that_finds_nothing_is_dropped_at_last():
    tried = list(attempts("zzz dentist free", "en", NO_SYNONYMS))[3:]
    assert [attempt.used for attempt in tried] == [("dentist", "free"), ("dentist",), ("free",)]
    assert tried[0].dropped == ("zzz",)


def test_a_phrase_loses_its_synonyms_when_its_last_word_is_dropped():
    tried = list(attempts("food bank", "en", shipped_synonyms()))[:2]
    assert [bool(attempt.units[0].alternatives) for attempt in tried] == [True, False]


def test_inside_a_phrase_what_stands_for_one_word_counts_as_that_word():
    phrase = first("refugio para mujeres", "es").units[0]
    assert [word.text for word in phrase.words] == ["refugio", "para", "mujeres"]
    assert ("shelter",) in phrase.words[0].others


def test_without_words_everything_is_asked_for():
    assert first(" … ").units == ()


def test_a_very_long_question_is_cut():
    asked = [f"word{number}" for number in range(20)]
    attempt = first(" ".join(asked))
    assert attempt.used == tuple(asked[:MOST_WORDS])
    assert attempt.dropped == tuple(asked[MOST_WORDS:])


def test_no_stop_word_has_synonyms_of_its_own():
    assert not {(word,) for word in stop_words()} & shipped_synonyms().others.keys()
