"""A map of areas as files for others' programs: CSV, XLSX, and GeoJSON with the outline of each area where it is known, else its middle.
They hold what the page shows and nothing more."""

import json
from collections.abc import Iterator
from typing import Any

from directory.domain.categories.tree import name
from directory.services.planning.shaded import MappedArea, Shaded
from directory.services.planning.written import written_csv, written_workbook

COLUMNS = ("quarter", "need", "need_name", "measure", "group", "area", "area_name", "value", "part", "whole", "step", "source")


def rows_of(found: Shaded) -> Iterator[dict[str, Any]]:
    """A row for each area; None for what is not known. `step` counts from 1, the best, to 5."""
    for each in found.areas:
        is_known = each.value is not None
        yield {
            "quarter": str(found.quarter),
            "need": found.need,
            "need_name": name(found.need, "en"),
            "measure": found.shade.value,
            "group": found.group or None,
            "area": each.area.area_id,
            "area_name": each.area.name,
            "value": None if each.value is None else round(each.value, 4),
            "part": each.part if is_known else None,
            "whole": each.whole if is_known else None,
            "step": None if each.step is None else each.step + 1,
            "source": "; ".join(found.sources) or None,
        }


def exported_map(found: Shaded, how: str) -> bytes:
    """ "csv", "xlsx" or "geojson"."""
    if how == "geojson":
        return _geojson(found)
    rows = rows_of(found)
    return written_csv(COLUMNS, rows) if how == "csv" else written_workbook("map", COLUMNS, rows)


def _geojson(found: Shaded) -> bytes:
    features = [
        {"type": "Feature", "geometry": _geometry(each), "properties": row} for each, row in zip(found.areas, rows_of(found), strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _geometry(each: MappedArea) -> dict[str, Any]:
    if not each.area.rings:
        return {"type": "Point", "coordinates": [each.area.spot[1], each.area.spot[0]]}
    return {"type": "MultiPolygon", "coordinates": [[[[east, north] for north, east in ring]] for ring in each.area.rings]}
