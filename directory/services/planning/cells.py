"""Gaps and unmet need: for each need in each area how asking ended, what is offered, how it reads; and how well people reach it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.areas import AreaTree
from directory.domain.categories.tree import CATEGORIES
from directory.domain.categories.tree import ancestors as broader
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.planning.access import REACH_KM, Populated, catchment, coverage, gini, worst
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import Cell, Ended
from directory.domain.sentences import say
from directory.rules.sets.kinds import Reading as FlagReading
from directory.services.area_tree import area_tree
from directory.services.parts import Parts
from directory.services.planning.asked import Asked, asked_in
from directory.services.planning.offers import Offer, offers_in
from directory.services.planning.population import populated
from directory.store.tables import OverlapPair


@dataclass(frozen=True, slots=True)
class Reached:
    """How well people reach help for a need, where population is known: so many of so many people have usable help within `reach_km`, and
    so many people share one place in each area (None: nothing within reach). `gini`: how unequal that is; `worst`: the areas that reach
    least."""

    need: str
    reach_km: float
    served: int
    people: int
    people_per_place: Mapping[str, float | None]
    gini: float | None
    worst: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """`cells`: the largest unmet first. `totals`: need -> how asking ended in the whole community, where that may be told."""

    quarter: Quarter
    area: str
    cells: tuple[Cell, ...]
    reached: tuple[Reached, ...]
    totals: Mapping[str, Mapping[Ended, int | None]]


def read_cells(
    parts: Parts, quarter: Quarter, *, area: str = "", need: str = "", actor: Actor | None = None, reach_km: float = REACH_KM
) -> Gaps:
    """Of an area and what lies in it ("" all), and a need and what lies under it. With an actor only what their planning reaches. Raise
    `InvalidInput` for a need that is none."""
    check_need(need)
    with parts.database.reading() as session:
        asked = asked_in(session, quarter)
        offers = offers_in(session, parts.clock.now(), _needs(asked, need))
        talks = _worth_a_conversation(session)
        tree = area_tree(session)
        people = [each for each in populated(session) if tree.lies_in(each.id, area)]
        return Gaps(
            quarter=quarter,
            area=area,
            cells=_cells(asked, offers, talks, area, need, actor, tree),
            reached=tuple(_reached(each, offers, people, reach_km) for each in _needs(asked, need)) if people else (),
            totals={slug: {ended: found.total for ended, found in by.items()} for slug, by in asked.items()},
        )


def check_need(need: str) -> None:
    """ "" is every need. Raise `InvalidInput` for one that is none."""
    if need and need not in CATEGORIES:
        raise InvalidInput("need", say('"%(need)s" is no need of the taxonomy.', need=need[:60]))


def read_quarters(parts: Parts, quarters: Sequence[Quarter], actor: Actor | None) -> tuple[tuple[Cell, ...], ...]:
    """The cells of several quarters, each held against what is offered now; only what the actor's planning reaches."""
    with parts.database.reading() as session:
        each_asked = [asked_in(session, quarter) for quarter in quarters]
        needs = {slug for asked in each_asked for slug in _needs(asked, "")}
        offers, talks = offers_in(session, parts.clock.now(), needs), _worth_a_conversation(session)
        tree = area_tree(session)
        return tuple(_cells(asked, offers, talks, "", "", actor, tree) for asked in each_asked)


def _needs(asked: Asked, need: str) -> list[str]:
    return [slug for slug in asked if slug in CATEGORIES and need in ("", slug, *broader(slug))]


Talks = Mapping[str, Sequence[tuple[str, str]]]
"""Need -> pairs of services under it that are worth a conversation."""


def _worth_a_conversation(session: Session) -> Talks:
    found: dict[str, list[tuple[str, str]]] = {}
    columns = (OverlapPair.service_a_id, OverlapPair.service_b_id, OverlapPair.category)
    pairs = select(*columns).where(OverlapPair.reading == FlagReading.WORTH_A_CONVERSATION.value)
    for one, other, category in session.execute(pairs):
        if category in CATEGORIES:
            for slug in (category, *broader(category)):
                found.setdefault(slug, []).append((one, other))
    return found


def _cells(
    asked: Asked, offers: Mapping[str, Offer], talks: Talks, area: str, need: str, actor: Actor | None, tree: AreaTree
) -> tuple[Cell, ...]:  # fmt: skip
    by_need: dict[str, list[Offer]] = {}
    for offer in offers.values():
        for slug in offer.needs:
            by_need.setdefault(slug, []).append(offer)
    found = []
    for slug in _needs(asked, need):
        by = asked[slug]
        places = {place for each in by.values() for place in (*each.shown, *each.hidden)}
        found += [
            _cell(slug, place, asked, [offer for offer in by_need.get(slug, ()) if offer.serves(place)], talks)
            for place in sorted(places)
            if place and tree.lies_in(place, area) and is_reached(actor, place, tree)
        ]
    found.sort(key=lambda cell: (-cell.unmet, -cell.events, cell.need, cell.area))
    return tuple(found)


def _cell(need: str, area: str, asked: Asked, offers: list[Offer], talks: Talks) -> Cell:
    by = asked[need]
    usable = [offer for offer in offers if offer.is_usable]
    here = {offer.id for offer in offers}
    return Cell(
        need=need,
        area=area,
        ended={ended: each.shown[area] for ended, each in by.items() if area in each.shown},
        is_partly_hidden=any(area in each.hidden for each in by.values()),
        offered=len(offers),
        usable=len(usable),
        stale=sum(offer.is_stale for offer in offers),
        overlaps=sum(one in here and other in here for one, other in talks.get(need, ())),
    )


def _reached(need: str, offers: Mapping[str, Offer], people: list[Populated], reach_km: float) -> Reached:
    among = [each.id for each in people]
    supplies = [offer.supply(among) for offer in offers.values() if need in offer.needs and offer.is_usable]
    access = catchment(people, supplies, reach_km)
    served, everybody = coverage(people, supplies, reach_km)
    return Reached(
        need=need,
        reach_km=reach_km,
        served=served,
        people=everybody,
        people_per_place={area: 1 / share if share else None for area, share in access.items()},
        gini=gini(access, people),
        worst=worst(access, people),
    )


def is_reached(actor: Actor | None, area: str, tree: AreaTree) -> bool:
    """Whether the actor plans for an area; whoever runs the machine, for all."""
    if actor is None:
        return True
    found = reach(actor, Action.PLAN)
    return found.everything or any(tree.lies_in(area, each) for each in found.area_ids)
