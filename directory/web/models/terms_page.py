"""The table of imported terms as a planner sees it: what each means or might mean, in words, and how the choice beside it reads."""

from dataclasses import dataclass

from babel.dates import format_date
from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories import tree
from directory.domain.sorting import SortKey
from directory.rules.term_suggestions import Ground, Reason, Suggestion, Sureness
from directory.services.taxonomy.decide import Decided
from directory.services.taxonomy.imported import Decision, ImportedTerm, State, TermPage
from directory.web.amounts import number
from directory.web.languages import locale, reading_order
from directory.web.wording import _, ngettext
from directory.web.words import language_name

EVERY_STATE = "all"


@dataclass(frozen=True, slots=True)
class Guess:
    """`name` of the category suggested, how sure, and why, in words."""

    slug: str
    name: str
    sure: str
    is_likely: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """`small` tells code and taxonomy; `meaning` what the term means now, "" when nothing; `decided` by whom and when, "" by nobody."""

    id: str
    name: str
    small: str
    source: str
    services: str
    meaning: str
    decided: str
    can_be_undone: bool
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    href: str
    name: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A category at the top with all that lie under it, for a field to choose from: (slug, name)."""

    name: str
    categories: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TermsPage:
    rows: tuple[TermRow, ...]
    states: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    groups: tuple[CategoryGroup, ...]
    total: str
    before: str
    after: str
    state: str
    source: str
    page: int


def terms_page(found: TermPage, state: str, source: str) -> TermsPage:
    """The page for a state (or `all`) and a source ("" for every one)."""
    last = (found.total + found.per_page - 1) // found.per_page
    return TermsPage(
        rows=tuple(_row(entry) for entry in found.terms),
        states=_states(found, state, source),
        sources=_sources(found, state, source),
        groups=category_groups(),
        total=number(found.total),
        before=address(state, source, found.page - 1) if found.page > 1 else "",
        after=address(state, source, found.page + 1) if found.page < last else "",
        state=state,
        source=source,
        page=found.page,
    )


def address(state: str, source: str, page: int = 1, done: Decided | None = None) -> str:
    """Where a part of the table is, with what was done just before."""
    told = f"{len(done.terms)}-{done.services}" if done else None
    return url_for("terms.table", state=state, source=source or None, page=page if page > 1 else None, done=told)


def done_words(told: str) -> str:
    """What was done, in a sentence, from what an address tells of it; "" where it tells nothing."""
    numbers = [int(part) for part in told.split("-") if part.isdecimal() and len(part) < 9]
    if len(numbers) != 2:
        return ""
    terms, services = numbers
    decided = ngettext("Decided on %(count)s term.", "Decided on %(count)s terms.", terms, count=number(terms))
    filed = ngettext(
        "%(count)s service is filed otherwise now.", "%(count)s services are filed otherwise now.", services, count=number(services)
    )
    return f"{decided} {filed}"


def _row(entry: ImportedTerm) -> TermRow:
    term = entry.term
    small = " · ".join(filter(None, (term.code if term.code != term.name else "", term.taxonomy if term.taxonomy != term.source else "")))
    return TermRow(
        id=term.id,
        name=term.name or term.code,
        small=small,
        source=term.source or _("no source"),
        services=number(entry.services),
        meaning=_meaning(entry),
        decided=_decided(entry.decision),
        can_be_undone=entry.decision is not None,
        guesses=tuple(_guess(suggestion) for suggestion in entry.suggestions),
    )


def _meaning(entry: ImportedTerm) -> str:
    if entry.state is State.NONE_FITS:
        return _("None fits")
    return ", ".join(name_of(slug) for slug in entry.categories)


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    day = format_date(decision.at, "long", locale=locale())
    words = _("decided by %(email)s on %(day)s", email=decision.by, day=day)
    return f"{words}: {decision.why}" if decision.why else words


def _guess(suggestion: Suggestion) -> Guess:
    is_likely = suggestion.sureness is Sureness.LIKELY
    return Guess(
        slug=suggestion.category,
        name=name_of(suggestion.category),
        sure=_("likely") if is_likely else _("maybe"),
        is_likely=is_likely,
        why=tuple(_reason(reason) for reason in suggestion.reasons),
    )


def _reason(reason: Reason) -> str:
    if reason.ground is Ground.COMPANY:
        return _("%(share)s of its services are filed there", share=format_percent(reason.share / 100, locale=locale()))
    words = ", ".join(reason.words)
    return _("“%(words)s” as in “%(phrase)s” (%(language)s)", words=words, phrase=reason.phrase, language=language_name(reason.language))


def name_of(slug: str) -> str:
    """What the reader calls a category."""
    return tree.name(slug, str(locale()))


def _states(found: TermPage, state: str, source: str) -> tuple[Choice, ...]:
    names = {
        State.UNMAPPED: _("Mean nothing yet"),
        State.MAPPED: _("Mapped by the tables"),
        State.DECIDED: _("Decided"),
        State.NONE_FITS: _("None fits"),
    }
    choices = [Choice(address(key, source), name, number(found.states.get(key, 0)), key == state) for key, name in names.items()]
    everything = Choice(address(EVERY_STATE, source), _("All"), number(sum(found.states.values())), state == EVERY_STATE)
    return (*choices, everything)


def _sources(found: TermPage, state: str, source: str) -> tuple[Choice, ...]:
    names = sorted({*found.sources, *((source,) if source else ())}, key=reading_order)
    choices = [
        Choice(address(state, name), name or _("no source"), number(found.sources.get(name, 0)), name == source) for name in names if name
    ]
    return (Choice(address(state, ""), _("Every source"), number(sum(found.sources.values())), not source), *choices)


def category_groups() -> tuple[CategoryGroup, ...]:
    """All categories under those at the top, by name."""
    groups = [
        CategoryGroup(name_of(top), ((top, name_of(top)), *sorted(((slug, name_of(slug)) for slug in tree.descendants(top)), key=_by_name)))
        for top in tree.children()
    ]
    return tuple(sorted(groups, key=lambda group: reading_order(group.name)))


def _by_name(category: tuple[str, str]) -> SortKey:
    return reading_order(category[1])
