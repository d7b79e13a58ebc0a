"""The directory's own small taxonomy: stable slugs over all sectors, with names and synonyms in English, French and Spanish."""

from directory.domain.categories.terms import category_of_term
from directory.domain.categories.tree import (
    CATEGORIES,
    LANGUAGES,
    Category,
    ancestors,
    category,
    children,
    closure,
    descendants,
    find_category,
    name,
    top_needs,
    words,
)

__all__ = [
    "CATEGORIES",
    "LANGUAGES",
    "Category",
    "ancestors",
    "category",
    "category_of_term",
    "children",
    "closure",
    "descendants",
    "find_category",
    "name",
    "top_needs",
    "words",
]
