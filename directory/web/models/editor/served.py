"""The areas that a listing serves as the editor asks for them: boxes to tick, numbered like the map beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.domain.areas import slug
from directory.services.editing.served_areas import AreaOnMap, ServedAreas
from directory.web.figures.area_map import AreaMap, DrawnArea, area_map
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class AreaTick:
    """One box: its id, the name and value that it posts; `number` 0 where it is not on the map; `note` says so where that matters."""

    box: str
    posts: str
    value: str
    name: str
    number: int
    is_chosen: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ServedChoice:
    """`hidden`: what is kept with the postal codes; `typed`: names in draft that are not among the boxes."""

    ticks: tuple[AreaTick, ...]
    hidden: tuple[str, ...]
    typed: tuple[str, ...]
    codes: tuple[str, ...]
    picture: AreaMap | None


def served_choice(areas: ServedAreas, items: Sequence[Mapping[str, Any]], key: str, anchor: str) -> ServedChoice:
    """Everything that the field shows: what is served first, then what else lies near."""
    kept = [item for item in items if item["id"] and (item["name"] or item["extent"] or not item["postal_codes"])]
    served = {item["area_id"] for item in kept if item["area_id"]}
    typed = [item["name"] for item in items if not item["id"] and item["name"]]
    offered = [area for area in areas.offered if area.area_id not in served]
    known = {slug(area.name) for area in offered}
    chosen = {slug(name) for name in typed} & known
    ticks: list[AreaTick] = []
    drawn: list[DrawnArea] = []
    for item in kept:
        spot, box = areas.where(item), f"{anchor}-keep-{item['id']}"
        number = _draw(drawn, spot, box, is_chosen=True, name=item["name"])
        lost = item["name"] and not item["area_id"] and not item["extent"]
        note = _("not found on the map: kept as words") if lost else ""
        name = item["name"] or _("an area drawn on a map")
        ticks.append(AreaTick(box, f"{key}.keep.{item['id']}", "yes", name, number, is_chosen=True, note=note))
    for area in offered:
        box, is_chosen = f"{anchor}-near-{area.area_id}", slug(area.name) in chosen
        number = _draw(drawn, area, box, is_chosen=is_chosen, name=area.name)
        ticks.append(AreaTick(box, f"{key}.new", area.name, area.name, number, is_chosen=is_chosen))
    codes = tuple(code for item in items for code in item["postal_codes"])
    return ServedChoice(
        ticks=tuple(ticks),
        hidden=tuple(f"{key}.keep.{item['id']}" for item in items if item["id"] and item not in kept),
        typed=tuple(name for name in typed if slug(name) not in chosen),
        codes=codes,
        picture=area_map(drawn, areas.of_codes(codes)),
    )


def _draw(drawn: list[DrawnArea], area: AreaOnMap | None, box: str, *, is_chosen: bool, name: str) -> int:
    """Put an area on the map; its number there, 0 where nobody knows where it lies."""
    if area is None:
        return 0
    drawn.append(DrawnArea(len(drawn) + 1, name or area.name, box, area.spot, area.rings, is_chosen))
    return len(drawn)
