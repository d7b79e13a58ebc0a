"""The needs as a tree in the reader's language and order, and one need with what it holds and what people call it."""

from dataclasses import dataclass

from flask import url_for

from directory.domain.categories import tree
from directory.services.taxonomy.browse import Offered
from directory.web.amounts import number
from directory.web.languages import language, offered, own_name, reading_order


@dataclass(frozen=True, slots=True)
class Need:
    """`count` is at how many places something is offered, "" when not known; `href` leads to results, `about` to the need's page."""

    slug: str
    name: str
    count: str
    href: str
    about: str
    icon: str = ""
    holds: tuple["Need", ...] = ()


@dataclass(frozen=True, slots=True)
class NamedElsewhere:
    """What a need is called in another language."""

    lang: str
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class NeedPage:
    """`services` is how many the results hold, "" when it is not known. `other_words` are the reader's own language's."""

    need: Need
    services: str
    above: tuple[Need, ...]
    other_words: tuple[str, ...]
    elsewhere: tuple[NamedElsewhere, ...]


def need_tree(found: Offered | None) -> tuple[Need, ...]:
    """All needs, by name at each level."""
    return _under("", found)


def need_page(slug: str, found: Offered | None) -> NeedPage:
    """One need; `slug` is a category's."""
    entry = tree.category(slug)
    others = [code for code in offered() if code != language() and code in tree.LANGUAGES]
    words = entry.synonyms.get(language(), entry.synonyms["en"])
    return NeedPage(
        need=_need(slug, found),
        services="" if found is None else number(found.services),
        above=tuple(_need(above, found, with_holds=False) for above in reversed(tree.ancestors(slug))),
        other_words=tuple(sorted(words, key=reading_order)),
        elsewhere=tuple(NamedElsewhere(code, own_name(code), tree.name(slug, code)) for code in others),
    )


def _under(slug: str, found: Offered | None) -> tuple[Need, ...]:
    needs = [_need(child, found) for child in tree.children(slug)]
    return tuple(sorted(needs, key=lambda need: reading_order(need.name)))


def _need(slug: str, found: Offered | None, *, with_holds: bool = True) -> Need:
    return Need(
        slug=slug,
        name=tree.name(slug, language()),
        count="" if found is None else number(found.places.get(slug, 0)),
        href=url_for("find.search", category=slug),
        about=url_for("needs.need", slug=slug),
        icon=f"need-{slug}" if slug in tree.top_needs() else "",
        holds=_under(slug, found) if with_holds else (),
    )
