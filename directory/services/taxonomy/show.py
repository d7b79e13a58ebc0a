"""Show a category: what it is called, where it stands, what others call it, and how much hangs on it."""

from dataclasses import dataclass

from directory.domain.categories.lookup import Kind, Mappings, look_up, mappings_of, near_names
from directory.domain.categories.tree import Category, ancestors, category, children
from directory.services.parts import Parts
from directory.services.taxonomy.counts import count_services_by_category
from directory.store.migrate import is_current


@dataclass(frozen=True, slots=True)
class Shown:
    """`services` counts listed services of the category and all under it; None where there is no database yet."""

    category: Category
    ancestors: tuple[str, ...]
    children: tuple[str, ...]
    mappings: Mappings
    services: int | None


@dataclass(frozen=True, slots=True)
class TermShown:
    """What a term means. `kind` is None when nobody knows it; `near` then holds slugs of categories that are called much like it."""

    term: str
    kind: Kind | None
    categories: tuple[Shown, ...]
    near: tuple[str, ...]


def show_term(parts: Parts, term: str, locale: str = "en") -> TermShown:
    """The categories that a slug, name, synonym, or the code or title of another taxonomy stands for."""
    meant = look_up(term, locale)
    if meant is None:
        return TermShown(term, None, (), near_names(term, locale))
    counts = None
    if is_current(parts.database):
        with parts.database.reading() as session:
            counts = count_services_by_category(session)
    shown = tuple(
        Shown(category(slug), ancestors(slug), children(slug), mappings_of(slug), None if counts is None else counts.get(slug, 0))
        for slug in meant.categories
    )
    return TermShown(term, meant.kind, shown, ())
