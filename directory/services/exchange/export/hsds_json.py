"""HSDS as JSON: services with everything inside, then what no service reaches, then taxonomies; one object a line, a file for each kind."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from directory.domain.listing import SourceNote
from directory.services.exchange.export.request import Progress
from directory.services.exchange.export.selecting import Selection
from directory.services.exchange.hsds.objects import Json
from directory.services.exchange.hsds.own_terms import TAXONOMIES, own_terms
from directory.services.exchange.hsds.records import Records

FILES = {
    "service": "services.ndjson",
    "organization": "organizations.ndjson",
    "program": "programs.ndjson",
    "location": "locations.ndjson",
    "taxonomy": "taxonomies.ndjson",
    "taxonomy_term": "taxonomy_terms.ndjson",
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def write_hsds_json(folder: Path, records: Records, selection: Selection, counts: Counter[str], progress: Progress) -> None:
    """Write every file into the folder."""
    for kind, name in FILES.items():
        total = selection.count(kind, only_unreached=True)
        with (folder / name).open("w", encoding="utf-8") as stream:
            for batch in _objects(kind, records, selection):
                stream.writelines(line_of(value) for value in batch)
                counts[kind] += len(batch)
                progress(kind, counts[kind], max(total, counts[kind]))


def line_of(value: Json) -> str:
    return _encode(value) + "\n"


def _objects(kind: str, records: Records, selection: Selection) -> Iterator[list[Json]]:
    if kind == "taxonomy":
        yield list(TAXONOMIES)
    if kind == "taxonomy_term":
        yield list(own_terms(listed_sources(records, selection)))
    for ids in selection.batches(kind, only_unreached=True):
        yield list(_read(kind, records, ids))


def _read(kind: str, records: Records, ids: list[str]) -> Iterable[Json]:
    if kind == "service":
        return records.services(ids).values()
    return records.terms(ids).values() if kind == "taxonomy_term" else records.own(kind, ids).values()


def listed_sources(records: Records, selection: Selection) -> list[SourceNote]:
    """The sources that an export speaks of."""
    known = records.sources.items()
    return [source for key, source in known if selection.source_id in (None, key)]
