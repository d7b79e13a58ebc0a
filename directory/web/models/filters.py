"""The filters beside the results: each value with its count, what is chosen first, what listings do not say told beside it."""

from dataclasses import dataclass

from directory.services.finding.results import FacetGroup, FacetValue, FindPage
from directory.web.amounts import number
from directory.web.languages import reading_order
from directory.web.wording import _, ngettext
from directory.web.words import facet_name, facet_value_name
from search_index.query import SOFT, Facet

SHOWN_AT_FIRST = 8
_ORDER = (Facet.CATEGORY, Facet.LANGUAGE, Facet.COST, Facet.REMOTE, Facet.ACCESSIBILITY, Facet.SECTOR, Facet.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """`first` are shown, `more` behind a further tap. `note` tells of listings that are kept though they do not say."""

    field: str
    name: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    note: str
    chosen: int


def filter_groups(page: FindPage) -> tuple[FilterGroup, ...]:
    """The groups that have something to choose, in the order that workers use them."""
    by_facet = {group.facet: group for group in page.facets}
    groups = (_group(by_facet[facet]) for facet in _ORDER if facet in by_facet and by_facet[facet].values)
    return tuple(group for group in groups if group.first)


def _group(group: FacetGroup) -> FilterGroup:
    named = [(value, _choice(group.facet, value)) for value in group.values if value.count or value.chosen]
    named.sort(key=lambda entry: (not entry[0].chosen, -entry[0].count, reading_order(entry[1].name)))
    choices = [choice for _value, choice in named]
    shown = max(SHOWN_AT_FIRST, sum(choice.chosen for choice in choices))
    return FilterGroup(
        field=group.facet.value,
        name=facet_name(group.facet),
        first=tuple(choices[:shown]),
        more=tuple(choices[shown:]),
        note=_note(group),
        chosen=sum(choice.chosen for choice in choices),
    )


def _choice(facet: Facet, value: FacetValue) -> Choice:
    return Choice(value.value, value.label or facet_value_name(facet, value.value), number(value.count), value.chosen)


def _note(group: FacetGroup) -> str:
    if group.facet not in SOFT or not group.unknown:
        return ""
    return ngettext("%(count)s place does not say", "%(count)s places do not say", group.unknown, count=number(group.unknown))


def time_note(page: FindPage) -> str:
    """How many places are known to be open at the time asked for, and how many do not say; "" when no time was asked."""
    if page.open_count is None:
        return ""
    return _("%(open)s places open, %(unknown)s do not say", open=number(page.open_count), unknown=number(page.hours_unknown or 0))
