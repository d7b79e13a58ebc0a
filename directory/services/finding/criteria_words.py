"""A criterion in words, where no page is being made: for the command line and the JSON interface."""

from functools import cache

from babel import Locale, UnknownLocaleError

from directory.domain.areas import words_of as area_words
from directory.rules.criteria import Criterion
from directory.rules.naming import Names
from directory.rules.phrases import phrase_of
from directory.services.words import translate_into


def words_of(criterion: Criterion, language: str = "en") -> str:
    """Whom it means, in a language (BCP 47): "people aged 18 or over"."""
    return phrase_of(criterion.when, translate_into(language.partition("-")[0].lower()), _names(language))


@cache
def _names(language: str) -> Names:
    try:
        return Names(Locale.parse(language, sep="-"), area_words)
    except (ValueError, UnknownLocaleError):
        return Names(Locale("en"), area_words)
