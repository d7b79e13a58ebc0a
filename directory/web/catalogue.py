"""Translations as they are kept for people: `.po` files, compiled in memory when the application starts, never on disk.

English is the language of the words in code and templates; it needs no file.
"""

from babel.support import NullTranslations
from flask_babel import Domain, get_locale

from directory.services.words import FOLDER, read_catalogue

SOURCE_LANGUAGE = "en"


def translated_languages() -> tuple[str, ...]:
    """The languages that pages can be read in, English first."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in FOLDER.glob("*.po")))


class CatalogueDomain(Domain):  # type: ignore[misc]  # flask_babel has no types
    """The words of every language, held in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._by_language = {path.stem: read_catalogue(path) for path in FOLDER.glob("*.po")}
        self._source = NullTranslations()

    def get_translations(self) -> NullTranslations:
        """The translations into the language of this request."""
        locale = get_locale()
        return self._by_language.get(locale.language, self._source) if locale else self._source
