"""What facet values are called where the value is a code: categories by their names in each language, the rest in English."""

from functools import cache

from babel import Locale, UnknownLocaleError

from directory.domain.categories.tree import name as category_name
from search_index.query import Facet

_NAMES = {
    Facet.COST: {"free": "Free", "sliding": "Sliding scale", "fee": "Fee"},
    Facet.REMOTE: {"in_person": "In person", "phone": "By phone", "online": "Online"},
}


def facet_label(facet: Facet, value: str, locale: str) -> str:
    """The name of a value; a code without one reads as its own words."""
    if facet is Facet.CATEGORY:
        return category_name(value, locale)
    if facet is Facet.LANGUAGE:
        return language_name(value, locale)
    if facet in (Facet.SOURCE, Facet.ORGANIZATION):
        return value
    return _NAMES.get(facet, {}).get(value) or value.replace("-", " ").replace("_", " ").capitalize()


@cache
def language_name(code: str, locale: str) -> str:
    """What a language is called in another; its code where neither is known to the tables of Unicode."""
    try:
        reader = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        reader = Locale("en")
    return str(reader.languages.get(code.replace("-", "_")) or reader.languages.get(code.partition("-")[0]) or code)
