"""What the phrase lists must have: a named source and a date each, advice in each language, an honest word on who reviewed them."""

from datetime import date

import pytest

from directory.domain.categories.tree import CATEGORIES
from directory.domain.danger import LANGUAGES, DangerKind, danger_beside, danger_lists
from directory.domain.danger.lists import guards, small_words
from directory.domain.danger.near import near_list


@pytest.mark.parametrize("kind", DangerKind)
def test_each_list_names_its_source_and_its_day_in_each_language(kind: DangerKind) -> None:
    entry = danger_lists()[kind]
    for source in (entry.advice_source, *(entry.sources[language] for language in LANGUAGES)):
        assert source.name
        assert source.page
        assert source.address
        assert isinstance(source.read, date)
        assert "://" not in source.address


@pytest.mark.parametrize("kind", DangerKind)
def test_each_list_says_honestly_who_reviewed_it(kind: DangerKind) -> None:
    assert "maintainers" in danger_lists()[kind].reviewed
    assert "Not yet reviewed by a clinician" in danger_lists()[kind].reviewed


@pytest.mark.parametrize("kind", DangerKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_phrases_and_one_short_sentence_of_advice_in_each_language(kind: DangerKind, language: str) -> None:
    entry = danger_lists()[kind]
    assert len([phrase for phrase in entry.phrases if phrase.language == language and not phrase.is_topic]) >= 10
    assert 40 <= len(entry.advice[language]) <= 190


def test_phrases_are_written_folded() -> None:
    for entry in danger_lists().values():
        for phrase in entry.phrases:
            assert phrase.written.isascii(), phrase.written
            assert phrase.written == phrase.written.lower()


def test_no_phrase_stands_twice_in_a_list() -> None:
    for entry in danger_lists().values():
        lines = [(phrase.language, phrase.written) for phrase in entry.phrases]
        assert sorted({line for line in lines if lines.count(line) > 1}) == []


def test_every_language_has_guards() -> None:
    assert {"not", "pas", "sin"} <= guards().negators
    assert all(small_words(language) for language in LANGUAGES)


def test_each_kind_of_danger_has_a_need_beside_it_and_each_need_exists() -> None:
    assert set(near_list().kinds) <= set(CATEGORIES)
    assert set(near_list().kinds.values()) == set(DangerKind)


def test_what_lies_under_a_listed_need_lies_beside_its_danger_too() -> None:
    assert danger_beside("dv-shelter", 1.0) is DangerKind.VIOLENCE_NOW
    assert danger_beside("food", 1.0) is None


def test_an_unsure_understanding_brings_no_line() -> None:
    assert danger_beside("detox", near_list().least_sure) is DangerKind.WITHDRAWAL
    assert danger_beside("detox", near_list().least_sure - 0.01) is None
