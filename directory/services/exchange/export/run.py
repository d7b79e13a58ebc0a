"""One export from beginning to end: read in one view of the database, write beside, put in place."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.services.exchange.export.for_people import Listings
from directory.services.exchange.export.geojson import write_geojson
from directory.services.exchange.export.hsds_csv import CORE, write_hsds_csv
from directory.services.exchange.export.hsds_json import FILES, listed_sources, write_hsds_json
from directory.services.exchange.export.package import description, json_resource, table_resource
from directory.services.exchange.export.people_csv import write_csv
from directory.services.exchange.export.places import DESCRIPTION, folder_beside, written_beside
from directory.services.exchange.export.request import FORMATS, ExportReport, ExportRequest, Progress, no_progress
from directory.services.exchange.export.selecting import Selection
from directory.services.exchange.hsds.records import Records
from directory.services.exchange.hsds.standard import STANDARD
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.session import Database
from directory.store.tables import Source


def export_directory(parts: Parts, request: ExportRequest, progress: Progress = no_progress) -> ExportReport:
    """Write the directory, or one source of it. Raises `InvalidInput` and `Refused` with one sentence when it cannot."""
    if request.format not in FORMATS:
        raise InvalidInput("format", f"The format must be one of: {', '.join(FORMATS)}.")
    if request.stream is not None and request.format.startswith("hsds"):
        raise InvalidInput("out", "The forms of HSDS are several files; give a folder, or a name that ends in .zip.")
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    with one_view(parts.database) as session:
        selection = Selection(session, _source_id(session, request.source))
        write = _hsds if request.format.startswith("hsds") else _for_people
        write(parts, session, request, selection, counts, progress)
    return ExportReport(request.format, str(request.path), dict(counts), time.perf_counter() - started, request.source)


@contextmanager
def one_view(database: Database) -> Iterator[Session]:
    """A session that sees the directory as it is now until it ends, whatever others write meanwhile."""
    with database.reading() as session:
        if not database.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _source_id(session: Session, name: str) -> int | None:
    if not name:
        return None
    found = session.scalar(select(Source.id).where(Source.name == name))
    if found is None:
        raise InvalidInput("source", f"There is no source “{name[:80]}”; ./run doctor and the page About list them all.")
    return found


def _hsds(parts: Parts, session: Session, request: ExportRequest, selection: Selection, counts: Counter[str], progress: Progress) -> None:
    community, now = community_in(session), parts.clock.now()
    records = Records(session, zone=community.zone, today=now.date())
    with folder_beside(request.path) as folder:
        if request.format == "hsds-csv":
            write_hsds_csv(folder, records, selection, counts, progress)
            present = CORE | counts.keys()
            profile, resources = "tabular-data-package", [table_resource(STANDARD[kind], present) for kind in STANDARD if kind in present]
        else:
            write_hsds_json(folder, records, selection, counts, progress)
            profile, resources = "data-package", [json_resource(kind, path) for kind, path in FILES.items()]
        found = description(community, listed_sources(records, selection), now, profile, resources)
        (folder / DESCRIPTION).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _for_people(
    parts: Parts, session: Session, request: ExportRequest, selection: Selection, counts: Counter[str], progress: Progress
) -> None:
    community = community_in(session)
    address = request.address.rstrip("/") or (f"https://{community.domain}" if community.domain else "")
    listings = Listings(session, selection, community, parts.clock.now(), address)
    write = write_geojson if request.format == "geojson" else write_csv
    with written_beside(request.path) if request.stream is None else nullcontext(request.stream) as stream:
        write(stream, listings, counts, progress)
