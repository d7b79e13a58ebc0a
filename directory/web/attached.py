"""A file to take away: a table, a workbook, a map."""

from collections.abc import Iterable

from flask import Response

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
    "yaml": "application/yaml",
}
"""By the ending of a file's name."""


def attached(content: bytes | str | Iterable[str], name: str) -> Response:
    """What a browser keeps under this name; lines are sent as they come. The name is plain: without blanks or quotes."""
    return Response(content, content_type=KINDS[name.rpartition(".")[2]], headers={"Content-Disposition": f"attachment; filename={name}"})
