"""What a record says, in the reader's language where it can, with its language where it cannot."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.said import Said, Texts, language_of, primary, said

LANGUAGES = st.sampled_from(["en", "fr", "fr-CA", "es", "pt-BR"])


@dataclass(frozen=True)
class Record:
    name: str = ""
    eligibility: str = ""
    text_language: str = ""
    texts: Texts = field(default_factory=dict)
    machine: frozenset[tuple[str, str]] = frozenset()


def test_a_reader_gets_the_translation_into_their_language():
    record = Record("Food bank", text_language="en", texts={"fr": {"name": "Banque alimentaire"}})
    assert said(record, "name", "fr") == Said("Banque alimentaire", "fr")


def test_a_text_without_translation_comes_with_its_own_language():
    record = Record("Food bank", text_language="en", texts={"fr": {"description": "Paniers."}})
    found = said(record, "name", "fr")
    assert found == Said("Food bank", "en")
    assert found.foreign_to("fr") == "en"
    assert found.foreign_to("en") == ""


def test_a_text_in_the_readers_language_is_not_replaced_by_a_translation_of_it():
    record = Record("Food bank", text_language="en-CA", texts={"en": {"name": "Bank of food"}})
    assert said(record, "name", "en").text == "Food bank"


def test_fields_that_the_standard_names_otherwise_have_translations_too():
    record = Record(eligibility="Anyone", text_language="en", texts={"fr": {"eligibility_description": "Tout le monde"}})
    assert said(record, "eligibility", "fr") == Said("Tout le monde", "fr")


def test_a_translation_of_another_country_serves_when_there_is_no_nearer_one():
    record = Record("Food bank", text_language="en", texts={"fr-CA": {"name": "Dépannage"}, "fr": {"name": ""}})
    assert said(record, "name", "fr") == Said("Dépannage", "fr-CA")


def test_what_a_program_translated_says_so():
    record = Record("Food bank", text_language="en", texts={"es": {"name": "Banco"}}, machine=frozenset({("es", "name")}))
    assert said(record, "name", "es").by_machine
    assert not said(record, "name", "en").by_machine


@given(st.dictionaries(LANGUAGES, st.fixed_dictionaries({"name": st.text(max_size=5)})), LANGUAGES, st.text(max_size=5), LANGUAGES)
def test_a_record_that_says_something_in_its_own_words_is_never_silent(texts, own_language, own, reader):
    found = said(Record(own, text_language=own_language, texts=texts), "name", reader)
    assert bool(found) or not own
    assert not found or primary(found.language) in (primary(reader), primary(own_language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Groceries for people who are hungry and need help with food.", "en"),
        ("Paniers pour les familles qui ont faim et des repas pour tous dans le quartier.", "fr"),
        ("Comida para las familias que tienen hambre y no pueden comprar en la tienda.", "es"),
        ("Food Bank", ""),
        ("", ""),
        ("مركز المساعدة في المدينة", ""),
    ],
)
def test_the_language_of_a_sentence_is_known_by_its_small_words(text: str, language: str):
    assert language_of(text) == language
