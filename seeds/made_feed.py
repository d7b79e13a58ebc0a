"""Made-up records on their way into the directory: written as a feed of three files and imported like any publisher's.

The files lie in the data folder only while they are imported. Records are written as they are made, so memory stays flat however many.
"""

import json
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from directory.services.exchange.records import Record
from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest, Progress, no_progress
from directory.services.exchange.run import import_feed
from directory.services.parts import Parts

FILES = {"organization": "organizations.ndjson", "location": "locations.ndjson", "service": "services.ndjson"}


def write_feed(records: Iterable[Record], folder: Path) -> int:
    """Write records as HSDS JSON, one a line, a file for each kind. Returns how many were written."""
    count = 0
    with ExitStack() as stack:
        files = {kind: stack.enter_context((folder / name).open("w", encoding="utf-8")) for kind, name in FILES.items()}
        for record in records:
            files[record.kind].write(json.dumps(record.data, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def import_made(parts: Parts, request: ImportRequest, records: Iterable[Record], progress: Progress = no_progress) -> ImportReport:
    """Import records that were made rather than sent; `request.path` is the name of the feed, and becomes a folder for a while."""
    parts.settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="made-", dir=parts.settings.data_dir) as outer:
        folder = Path(outer) / request.path.name
        folder.mkdir()
        write_feed(records, folder)
        return import_feed(parts, replace(request, path=folder, format="hsds-json"), progress)
