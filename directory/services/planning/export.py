"""Gaps as tables for others' programs: CSV, XLSX, and GeoJSON with a point for each area. They hold what the pages show and nothing more,
so that no table tells what another hides."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from directory.domain.areas import words_of
from directory.domain.categories.tree import name
from directory.domain.planning.reading import Cell, Ended
from directory.services.parts import Parts
from directory.services.planning.cells import Gaps
from directory.services.planning.written import written_csv, written_workbook
from directory.store.tables import Area

COLUMNS = (
    "quarter", "need", "need_name", "area", "area_name", "reading", "is_sure", *(f"ended_{ended.value}" for ended in Ended), "some_hidden",
    "unmet_share", "overlapping_pairs", "offered", "usable", "not_verified_in_time", "people_per_place",
)  # fmt: skip


def rows_of(gaps: Gaps, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row for each cell, with plain values; None for what is hidden or not known."""
    shares = {(each.need, area): people for each in gaps.reached for area, people in each.people_per_place.items()}
    for cell in gaps.cells:
        share = cell.unmet_share
        people = shares.get((cell.need, cell.area))
        yield {
            "quarter": str(gaps.quarter),
            "need": cell.need,
            "need_name": name(cell.need, "en"),
            "area": cell.area,
            "area_name": names.get(cell.area) or words_of(cell.area),
            "reading": cell.reading.value,
            "is_sure": cell.is_sure,
            **{f"ended_{ended.value}": cell.ended.get(ended) for ended in Ended},
            "some_hidden": cell.is_partly_hidden,
            "unmet_share": None if share is None else round(share, 4),
            "overlapping_pairs": cell.overlaps,
            "offered": cell.offered,
            "usable": cell.usable,
            "not_verified_in_time": cell.stale,
            "people_per_place": None if people is None else round(people),
        }


def as_csv(gaps: Gaps, names: Mapping[str, str]) -> bytes:
    return written_csv(COLUMNS, rows_of(gaps, names))


def as_workbook(gaps: Gaps, names: Mapping[str, str]) -> bytes:
    return written_workbook("gaps", COLUMNS, rows_of(gaps, names))


def as_geojson(gaps: Gaps, names: Mapping[str, str], middles: Mapping[str, tuple[float, float]]) -> bytes:
    """A feature for each cell, at the middle of its area (latitude, longitude in `middles`); without a geometry where that is not known."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [at[1], at[0]]} if (at := middles.get(row["area"])) else None,
            "properties": row,
        }
        for row in rows_of(gaps, names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def areas_of(parts: Parts, cells: Sequence[Cell]) -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    """Names and middles of the areas that the community knows."""
    wanted = {cell.area for cell in cells}
    names: dict[str, str] = {}
    middles: dict[str, tuple[float, float]] = {}
    with parts.database.reading(may_lag=True) as session:
        for row in session.scalars(select(Area).where(Area.id.in_(wanted))):
            names[row.id] = row.name
            if row.latitude is not None and row.longitude is not None:
                middles[row.id] = (row.latitude, row.longitude)
    return names, middles


FORMATS = ("csv", "xlsx", "geojson")


def exported(parts: Parts, gaps: Gaps, how: str) -> bytes:
    """In one of `FORMATS`."""
    names, middles = areas_of(parts, gaps.cells)
    if how == "csv":
        return as_csv(gaps, names)
    return as_workbook(gaps, names) if how == "xlsx" else as_geojson(gaps, names, middles)
