"""Plain words become categories, whatever their accents, case and apostrophes, and in each language alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.categories.tree import CATEGORIES, closure
from directory.domain.meaning import data
from directory.domain.meaning.concepts import MOST, rank
from directory.domain.meaning.lexicon import lexicon
from directory.domain.meaning.words import LANGUAGES, said

TWINS = [
    ("can't pay rent", "pas capable de payer mon loyer", "no puedo pagar la renta", "rent-help"),
    ("my kid won't go to school", "mon fils veut plus aller à l'école", "mi hija ya no quiere ir a la escuela", "attendance"),
    ("he drinks and hits me", "il boit pis il me frappe", "toma y me pega", "domestic-violence"),
    ("need to eat tonight", "besoin de manger ce soir", "necesito comer esta noche", "food"),
    ("I have no papers", "j'ai pas de papiers", "no tengo papeles", "immigration-legal"),
    ("landlord is kicking us out", "le propriétaire nous met à la porte", "el casero nos está echando", "eviction-prevention"),
    ("my tooth hurts so bad", "j'ai mal à une dent", "me duele mucho una muela", "dental"),
]

phrases = st.sampled_from(sorted((slug, language, phrase) for (slug, language), said_so in data.phrases().items() for phrase in said_so))


def first(text: str, locale: str = "en") -> str:
    return rank(text, locale)[0].category


@pytest.mark.parametrize(("english", "french", "spanish", "category"), TWINS)
def test_a_need_is_understood_in_each_language(english, french, spanish, category):
    for text, language in ((english, "en"), (french, "fr"), (spanish, "es")):
        assert category in closure([first(text, language)])


@pytest.mark.parametrize(("english", "french", "spanish", "category"), TWINS)
def test_the_language_of_the_page_need_not_be_that_of_the_words(english, french, spanish, category):
    for text, language in ((english, "es"), (french, "en"), (spanish, "fr")):
        assert category in closure([first(text, language)])


def test_a_concept_says_which_words_it_rests_on_and_how_sure_it_is():
    text = "hello, my mother and I can't pay the rent this month"
    concept = rank(text)[0]
    assert [said(text)[number].word for number in concept.words] == ["cant", "pay", "rent"]
    assert concept.sure > 0.7
    assert all(0 <= weaker.sure <= 1 for weaker in rank(text))


def test_words_that_say_nothing_of_a_need_give_no_concept():
    assert rank("") == rank("   ?! ") == rank("xqzzt wvrk") == ()
    assert rank("I am looking for") == ()


def test_a_word_spelt_a_little_wrong_is_understood():
    assert first("behind on my rentt, need depostit") == "rent-help"
    assert first("cant aford a dentst") == "dental"
    assert first("jai faim", "fr") == "food"


@given(phrases)
def test_accents_case_and_apostrophes_never_change_the_answer(drawn):
    _, language, phrase = drawn
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(sign))
    expected = rank(phrase, language)
    assert rank(phrase.upper(), language) == rank(plain, language) == rank(phrase.replace("'", "’"), language) == expected
    assert rank(unicodedata.normalize("NFD", phrase), language) == expected


@given(phrases)
def test_what_people_say_for_a_category_finds_it_among_the_first(drawn):
    slug, language, phrase = drawn
    assert slug in {concept.category for concept in rank(phrase, language)[:10]}


@pytest.mark.parametrize(
    ("text", "locale", "category"),
    [("I need help", "en", "information-referral"), ("¿Algo que hacer?", "es", "recreation"), ("où donner", "fr", "volunteering")],
)
def test_a_phrase_of_words_that_tell_nothing_alone_is_understood_as_a_whole(text, locale, category):
    concept = rank(text, locale)[0]
    assert (concept.category, concept.sure) == (category, 1.0)
    assert category not in {other.category for other in rank(f"{text} {text} xqzzt", locale)}


@pytest.mark.slow
def test_everything_that_people_say_for_a_category_finds_it_among_the_first():
    said_for = [(slug, language, phrase) for (slug, language), phrases in data.phrases().items() for phrase in phrases]
    lost = [each for each in said_for if each[0] not in {concept.category for concept in rank(each[2], each[1])[:10]}]
    assert len(said_for) > 9_000
    assert lost == []


@given(st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_ranked_best_first_without_failing(text, language):
    found = rank(text, language)
    assert len(found) <= MOST
    assert [concept.score for concept in found] == sorted((concept.score for concept in found), reverse=True)
    assert len({concept.category for concept in found}) == len(found)


def test_what_is_said_for_a_category_is_said_in_all_three_languages_about_as_often():
    said_for = data.phrases()
    slugs = {slug for slug, _ in said_for}
    assert slugs <= set(CATEGORIES)
    assert len(slugs) >= 0.9 * len(CATEGORIES)
    for slug in slugs:
        counts = [len(said_for.get((slug, language), ())) for language in LANGUAGES]
        assert min(counts) >= 5, slug
        assert max(counts) <= 2 * min(counts), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_arrays_of_a_lexicon_fit_together(language):
    known = lexicon(language)
    assert len(known.category_start) == len(CATEGORIES)
    assert known.phrase_weight.sum() == pytest.approx(known.slot_weight.sum())
    assert all(slots.max() < len(known.slot_weight) for slots in (*known.exact.values(), *known.near.values()))
