"""What changed as rows for a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from directory.domain.people import Actor
from directory.domain.planning.news import What
from directory.services.parts import Parts
from directory.services.planning.news import list_news
from directory.services.planning.written import written_csv, written_workbook

COLUMNS = ("what", "at", "first", "second", "reading_or_kind", "before", "quarter", "id")
MOST_LINES = 10_000


def exported_news(parts: Parts, actor: Actor, since: datetime, how: str) -> bytes:
    """Every kind, each with its newest first; "csv" or "xlsx"."""
    rows = _rows(parts, actor, since)
    return written_csv(COLUMNS, rows) if how == "csv" else written_workbook("changes", COLUMNS, rows)


def _rows(parts: Parts, actor: Actor, since: datetime) -> Iterator[dict[str, Any]]:
    for what in What:
        for line in list_news(parts, actor, since, what, MOST_LINES):
            turned = line.turned
            yield {
                "what": what.value,
                "at": line.at.isoformat() if line.at else None,
                "first": line.first,
                "second": line.second or None,
                "reading_or_kind": turned.now.reading.value if turned else line.more or None,
                "before": turned.before.value if turned else None,
                "quarter": str(turned.quarter) if turned else None,
                "id": line.key or None,
            }
