"""Which language a page is written in: the one asked for in the address, else the one kept from before, else what the browser prefers.

Only languages that the community speaks and that have been translated are offered. The choice is kept in a cookie that says nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, force_locale, refresh

from directory.domain.sorting import SortKey, sort_key
from directory.web.catalogue import SOURCE_LANGUAGE, CatalogueDomain, translated_languages
from directory.web.here import community, parts

COOKIE = "language"
PARAMETER = "lang"
_ONE_YEAR_S = 365 * 24 * 3600


def set_up(app: Flask) -> None:
    """Give the application its languages."""
    babel = Babel(app, locale_selector=language)
    babel.domain_instance = CatalogueDomain()
    app.extensions["translated_languages"] = translated_languages()
    app.before_request(_begin)
    app.after_request(_keep_choice)


def _begin() -> None:
    g.pop("language", None)
    refresh()


def offered() -> tuple[str, ...]:
    """The languages a reader can choose from, in the community's order."""
    translated: tuple[str, ...] = current_app.extensions["translated_languages"]
    return tuple(code for code in community().languages if code in translated) or (SOURCE_LANGUAGE,)


def language() -> str:
    """The language of this page."""
    if "language" not in g:
        g.language = _asked_for() or request.accept_languages.best_match(offered()) or offered()[0]
    found: str = g.language
    return found


def speak(code: str) -> None:
    """Write the rest of this page in a language that is offered, whatever the reader's own is; any other code changes nothing."""
    if code in offered():
        g.language = code
        refresh()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """What is made inside is written in this language, dates and numbers with it, whatever the reader's own is."""
    before = language()
    g.language = code
    try:
        with force_locale(code):
            yield
    finally:
        g.language = before


def locale() -> Locale:
    """The language as it is written in the community's country, for dates and numbers: English in Canada is not English in Britain."""
    return _locale(language(), community().country.upper())


def locale_of(code: str) -> Locale:
    """A language as it is written in the community's country."""
    return _locale(code, community().country.upper())


@lru_cache(maxsize=64)
def _locale(code: str, country: str) -> Locale:
    try:
        return Locale.parse(f"{code}_{country}")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(code)


def reading_order(words: str) -> SortKey:
    """A key to sort words with, as the reader's language orders them."""
    return sort_key(words, f"{language()}-{community().country}")


def direction() -> str:
    """What the page's `dir` says: ltr or rtl."""
    return "rtl" if Locale.parse(language()).character_order == "right-to-left" else "ltr"


def own_name(code: str) -> str:
    """What a language calls itself: "français"."""
    return Locale.parse(code).get_language_name(code) or code


def _asked_for() -> str | None:
    chosen = request.values.get(PARAMETER) or request.cookies.get(COOKIE)
    return chosen if chosen in offered() else None


def _keep_choice(response: Response) -> Response:
    if _newly_chosen():
        response.set_cookie(COOKIE, language(), max_age=_ONE_YEAR_S, httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response


def _newly_chosen() -> bool:
    chosen = request.values.get(PARAMETER)
    if request.endpoint == "embed.box":  # it stands on somebody else's page, where we keep nothing
        return False
    return bool(chosen) and chosen == g.get("language") and chosen != request.cookies.get(COOKIE)
