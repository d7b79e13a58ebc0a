"""The page of results: everything the template shows of one answer, public or private."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.web.amounts import KM_PER_MILE, in_miles, number, radius_words
from directory.web.asking import DISTANCES_KM, DISTANCES_MILES, write_request
from directory.web.figures.point_map import Pin, PointMap, point_map
from directory.web.here import community_zone
from directory.web.models.card import Card, Moment, card
from directory.web.models.chips import ShownChip, asked_time, shown_chips
from directory.web.models.danger import CrisisLine, ShownDanger, crisis_lines, shown_danger
from directory.web.models.filters import FilterGroup, filter_groups, time_note
from directory.web.models.fit import group_words
from directory.web.models.paging import Pager, pager
from directory.web.models.relaxing import PlaceQuestion, Way, other_ways, place_question, ways_to_find_more
from directory.web.models.searches import Step, search_address, step_to
from directory.web.models.when import WhenOption, when_options
from directory.web.wording import _, ngettext
from search_index.query import Order


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards that follow each other and fit alike; `words` "" where nothing is known of a person."""

    name: str
    words: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`is_private`: the search is in no address; every further step is a form. `map_data` is where the movable map asks for its points."""

    request: FindRequest
    is_private: bool
    danger: ShownDanger | None
    headline: str
    cards: tuple[Card, ...]
    groups: tuple[CardGroup, ...]
    chips: tuple[ShownChip, ...]
    filters: tuple[FilterGroup, ...]
    time_note: str
    pager: Pager
    sorts: tuple[tuple[str, str, bool], ...]
    when: tuple[WhenOption, ...]
    distances: tuple[tuple[str, str, bool], ...]
    words_dropped: tuple[str, ...]
    place_question: PlaceQuestion | None
    ways: tuple[Way, ...]
    other_ways: tuple[Way, ...]
    whom_to_ask: tuple[CrisisLine, ...]
    map: PointMap | None
    map_data: str
    here: Step
    degraded: bool
    has_sample_data: bool
    has_place: bool
    chosen_count: int


def search_page(request: FindRequest, page: FindPage, user_agent: str, *, is_private: bool) -> SearchPage:
    """Work out the page of an answer."""
    moment = _moment(page)
    first = (page.page - 1) * page.per_page + 1
    cards = tuple(card(found, first + index, moment, page.asked_at, user_agent) for index, found in enumerate(page.results))
    filters = filter_groups(page)
    pins = [Pin(entry.number, entry.name.text, *entry.point) for entry in cards if entry.point]
    return SearchPage(
        request=request,
        is_private=is_private,
        danger=shown_danger(page.danger),
        headline=headline(page),
        cards=cards,
        groups=_groups(cards),
        chips=shown_chips(request, page),
        filters=filters,
        time_note=time_note(page),
        pager=pager(request, page),
        sorts=sort_options(request, has_place=page.place is not None),
        when=when_options(request, page.asked_at),
        distances=distance_options(page),
        words_dropped=page.words_dropped,
        place_question=place_question(request, page.place_question),
        ways=ways_to_find_more(request, page),
        other_ways=other_ways(request, page),
        whom_to_ask=crisis_lines(page.whom_to_ask),
        map=point_map(pins, (page.place.point.latitude, page.place.point.longitude) if page.place else None),
        map_data=search_address([] if is_private else write_request(request), "find.map_points"),
        here=step_to(request),
        degraded=page.degraded,
        has_sample_data=page.has_sample_data,
        has_place=page.place is not None,
        chosen_count=sum(group.chosen for group in filters),
    )


def _groups(cards: tuple[Card, ...]) -> tuple[CardGroup, ...]:
    alike = groupby(cards, key=lambda each: each.fit.group if each.fit is not None else "")
    return tuple(CardGroup(name, group_words(name) if name else "", tuple(some)) for name, some in alike)


def headline(page: FindPage) -> str:
    """How many services there are, said so that an inexact number does not sound exact."""
    if not page.total:
        return _("Nothing found")
    if not page.total_exact:
        return _("More than %(count)s services", count=number(page.total))
    return ngettext("%(count)s service", "%(count)s services", page.total, count=number(page.total))


def sort_options(request: FindRequest, *, has_place: bool) -> tuple[tuple[str, str, bool], ...]:
    """(value, words, chosen). Nearest first needs a place to be near to."""
    options = [("best", _("Best match")), ("nearest", _("Nearest first"))] if has_place else [("best", _("Best match"))]
    chosen = "nearest" if request.order is Order.DISTANCE else "best"
    return tuple((value, text, value == chosen) for value, text in options)


def distance_options(page: FindPage) -> tuple[tuple[str, str, bool], ...]:
    """(value, words, chosen); what applies now is always among them."""
    applied = next((float(str(chip.data["km"])) for chip in page.chips if chip.code == "within"), 0.0)
    offered = (miles * KM_PER_MILE for miles in DISTANCES_MILES) if in_miles() else map(float, DISTANCES_KM)
    steps = sorted({*(round(step, 3) for step in offered), applied} - {0.0})
    options = [(f"{step:g}", radius_words(step), step == applied and page.place is not None) for step in steps]
    return (*options, ("0", _("Any distance"), page.place is not None and not applied))


def _moment(page: FindPage) -> Moment:
    asked = asked_time(page)
    if asked is None:
        return Moment(page.asked_at)
    return Moment(_aware(asked[0]), is_now=False)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=community_zone())
