"""What a record says of itself, in the language of whoever reads: its translation where it has one, else its own words with their language.

Readers, screen readers and voices need to know which language words are in, so words never travel without it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

Texts = Mapping[str, Mapping[str, str]]
"""Translations: language (BCP 47) -> field, as the standard names it -> text."""

_STANDARD_NAMES = {
    "eligibility": "eligibility_description",
    "fees": "fees_description",
    "interpretation": "interpretation_services",
    "directions": "transportation",
}
"""Fields of listings whose name in HSDS 3.1, under which translations are kept, is another."""

_OF_EACH = {
    "en": "the and of to for in with you your are is or who people their they from by this that at on be can have help not our will need",
    "fr": "le la les de des du et à pour dans avec vous votre est sont ou qui une un aux leur leurs par ce cette sur pas nos au en aide",
    "es": "el la los las de del y para en con usted su es son o que una un por este esta al sus sin más nuestra ayuda personas se lo",
}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 3
_CLEARLY_MORE = 1.5


class Translated(Protocol):
    """A record with words of its own. `text_language` is BCP 47, "" when nobody said; `machine` holds (language, field) of texts that a
    program translated."""

    @property
    def text_language(self) -> str: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def machine(self) -> frozenset[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Said:
    """`language` is that of `text`, "" when it is not known. `by_machine`: no person translated it."""

    text: str = ""
    language: str = ""
    by_machine: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    def foreign_to(self, reader: str) -> str:
        """The language to mark the text with for a reader of another one; "" when it is the reader's own, or not known."""
        return "" if primary(self.language) == primary(reader) else self.language


def said(record: Translated, field: str, reader: str) -> Said:
    """One text of a record for a reader of a language (BCP 47), empty when it says nothing in any."""
    name = _STANDARD_NAMES.get(field, field)
    own = str(getattr(record, field, "") or "")
    if own and record.text_language and primary(record.text_language) == primary(reader):
        return Said(own, record.text_language)
    for language in _best_first(record.texts, reader):
        text = record.texts[language].get(name, "")
        if text:
            return Said(text, language, (language, name) in record.machine)
    return Said(own, record.text_language or language_of(own)) if own else Said()


@lru_cache(maxsize=1_024)
def primary(language: str) -> str:
    """The language without country or script: "fr" of "fr-CA"."""
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=8_192)
def language_of(text: str) -> str:
    """The language of a text among those that pages are in, by the small words of every sentence; "" unless one stands out."""
    words = [word.casefold() for word in _WORD.findall(text[:2_000])]
    counts = sorted(((sum(word in small for word in words), language) for language, small in _small_words().items()), reverse=True)
    (most, language), (next_most, _) = counts[0], counts[1]
    return language if most >= _FEWEST_WORDS and most >= _CLEARLY_MORE * next_most else ""


@lru_cache(maxsize=1)
def _small_words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _OF_EACH.items()}


def _best_first(texts: Texts, reader: str) -> list[str]:
    """The languages of a record that the reader reads: the very one first, then the same of another country."""
    return sorted((language for language in texts if primary(language) == primary(reader)), key=lambda each: (each != reader, each))
