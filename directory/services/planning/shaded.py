"""A need over the areas of the community, for a map: the share that stays unmet, usable programs for people, or who has help in reach."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import AreaTree
from directory.domain.errors import InvalidInput
from directory.domain.gaps import TOO_FINE
from directory.domain.people import Actor
from directory.domain.planning.access import REACH_KM, Populated, reaches
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import Cell
from directory.domain.planning.shading import TEN_THOUSAND, Shade, step_of, worst_of
from directory.domain.sentences import say
from directory.services.area_tree import area_tree
from directory.services.editing.served_areas import AreaOnMap, own_areas
from directory.services.parts import Parts
from directory.services.planning.cells import check_need, is_reached, read_quarters
from directory.services.planning.offers import Offer, offers_in
from directory.services.planning.population import groups_of, populated, sources_of
from directory.store.tables import Area


class Level(StrEnum):
    """Which areas are told apart. Of what was asked for no more than the town is known."""

    TOWN = "town"
    PART = "part"  # of a town, and towns of which no part is known


@dataclass(frozen=True, slots=True)
class MappedArea:
    """`value` None where it is not known: too few asked, or nobody told how many live there. `part` of `whole` is what makes it: unmet of
    events, usable programs for people, or people reached of people."""

    area: AreaOnMap
    value: float | None
    part: int
    whole: int
    step: int | None


@dataclass(frozen=True, slots=True)
class Shaded:
    """`areas` by name; `worst`: ids. `groups`: of which people are told; `sources`: where their numbers come from."""

    shade: Shade
    quarter: Quarter
    need: str
    group: str
    level: Level
    areas: tuple[MappedArea, ...]
    worst: tuple[str, ...]
    groups: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; `need` "" for the one of which most stays unmet."""

    shade: Shade
    quarter: Quarter
    need: str = ""
    group: str = ""
    level: Level = Level.TOWN


Value = tuple[int, int]
"""Part and whole."""


def read_shaded(parts: Parts, wanted: Wanted, actor: Actor | None) -> Shaded:
    """Only what the actor's planning reaches. Raise `InvalidInput`."""
    check_need(wanted.need)
    is_counted = wanted.shade is Shade.UNMET or not wanted.need
    cells = read_quarters(parts, (wanted.quarter,), actor)[0] if is_counted else ()
    need = wanted.need or (cells[0].need if cells else "food")
    level = Level.TOWN if wanted.shade is Shade.UNMET else wanted.level
    with parts.database.reading() as session:
        groups = groups_of(session)
        if wanted.group not in groups and wanted.group:
            raise InvalidInput("group", say("Choose a group of people from the list."))
        tree = area_tree(session)
        areas = [each for each in _drawn(session, level) if is_reached(actor, each.area_id, tree)]
        people = populated(session, wanted.group)
        offers: list[Offer] = []
        sources: tuple[str, ...] = ()
        if wanted.shade is not Shade.UNMET:
            offers = [each for each in offers_in(session, parts.clock.now(), {need}).values() if each.is_usable and need in each.needs]
            sources = sources_of(session, wanted.group)
    values = _values(wanted.shade, need, areas, cells, people, offers, tree)
    areas.sort(key=lambda each: (each.name.casefold(), each.area_id))
    mapped = tuple(_mapped(wanted.shade, each, values.get(each.area_id)) for each in areas)
    told = [(each.area.area_id, each.value, each.whole) for each in mapped if each.value is not None]
    return Shaded(wanted.shade, wanted.quarter, need, wanted.group, level, mapped, worst_of(wanted.shade, told), groups, sources)


def _drawn(session: Session, level: Level) -> list[AreaOnMap]:
    """The finest areas of the level that are kept: none that holds another."""
    kinds = {row.id: row.kind for row in session.execute(select(Area.id, Area.kind))}
    own = [each for each in own_areas(session) if level is Level.PART or kinds[each.area_id] not in TOO_FINE]
    ids = {each.area_id for each in own}
    tree = area_tree(session)
    holders = {whole for each in ids for whole in tree.wholes(each)}
    return [each for each in own if each.area_id not in holders]


def _values(
    shade: Shade, need: str, areas: Iterable[AreaOnMap], cells: Iterable[Cell], people: Sequence[Populated], offers: Collection[Offer],
    tree: AreaTree,
) -> Mapping[str, Value]:  # fmt: skip
    if shade is Shade.UNMET:
        return {cell.area: (cell.unmet, cell.events) for cell in cells if cell.need == need and cell.unmet_share is not None}
    reached = _reached(people, offers) if shade is Shade.REACHED else frozenset()
    found: dict[str, Value] = {}
    for area in areas:
        inside = [each for each in people if tree.lies_in(each.id, area.area_id)]
        living = sum(each.people for each in inside)
        if not living:
            continue
        if shade is Shade.REACHED:
            found[area.area_id] = (sum(each.people for each in inside if each.id in reached), living)
        else:
            found[area.area_id] = (sum(offer.serves(area.area_id) for offer in offers), living)
    return found


def _reached(people: Sequence[Populated], offers: Iterable[Offer]) -> frozenset[str]:
    among = [each.id for each in people]
    supplies = [offer.supply(among) for offer in offers]
    return frozenset(area.id for area in people if any(reaches(supply, area, REACH_KM) for supply in supplies))


def _mapped(shade: Shade, area: AreaOnMap, value: Value | None) -> MappedArea:
    if value is None:
        return MappedArea(area, None, 0, 0, None)
    part, whole = value
    share = part / whole * (TEN_THOUSAND if shade is Shade.USABLE else 1)
    return MappedArea(area, share, part, whole, step_of(shade, share))
