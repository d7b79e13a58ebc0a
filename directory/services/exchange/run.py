"""One import from beginning to end: open, read and check everything into the staging area, compare with the directory, write, report."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.categories.tree import find_category
from directory.domain.errors import DirectoryError, InvalidInput, Refused
from directory.domain.listing import SourceNote
from directory.domain.place import Bias
from directory.services.exchange import retire
from directory.services.exchange.apply.applying import Applying
from directory.services.exchange.apply.history import Author
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.identity import MARK
from directory.services.exchange.locate import GazetteerLocating, Locating
from directory.services.exchange.open_feed import open_feed
from directory.services.exchange.prepare.prepare import prepare
from directory.services.exchange.prepare.things import key_of
from directory.services.exchange.readers import reader_for
from directory.services.exchange.readers.place_lists import PlaceListReader
from directory.services.exchange.records import ROOT_KINDS, FeedFile, Problem, Reader, ReaderOptions, Record, Severity, Where
from directory.services.exchange.report import MOST_PROBLEMS, ImportReport, Tally
from directory.services.exchange.request import ImportRequest, Progress, no_progress
from directory.services.exchange.reviewing import Reviewing
from directory.services.exchange.sources import SourceLock, check_name, fill_source, stored_source
from directory.services.exchange.staging.area import StagingArea
from directory.services.exchange.staging.groups import Known, group
from directory.services.exchange.staging.joining import join
from directory.services.exchange.staging.matching import match, missing_ids, remember_stored
from directory.services.exchange.vague_points import vague_points
from directory.services.parts import Parts
from directory.store.tables import CommunityFact, ImportRun

HEARTBEAT_SECONDS = 10.0
ALL_AT_ONCE = "write all at once"
"""Told to `progress` before the one long transaction of an all-or-nothing import: others who write wait for it."""
SQLITE_ROOM = ("cache_size=-64000", "wal_autocheckpoint=16000")
REPORT_EVERY = 1_000


def import_feed(parts: Parts, request: ImportRequest, progress: Progress = no_progress, reviewing: Reviewing | None = None) -> ImportReport:
    """Bring the directory in line with a feed. `reviewing`: who looks at it first, or said what is accepted.

    Raises `InvalidInput` when the feed or the request cannot be used, and `Refused` when a person's word is needed first, when another
    import of the source is under way, or when `all_or_nothing` was asked and a row cannot be loaded: nothing was written then.
    """
    check_name(request.source)
    with _rare_collections(), open_feed(request.path) as files:
        reader = reader_for(request.format, files, bool(request.mapping))
        if request.places_are:
            reader = PlaceListReader(reader, _category(request.places_are))
        return _Run(parts, request, progress, reviewing).run(files, reader)


def _category(words: str) -> str:
    slug = find_category(words, "en")
    if slug is None:
        raise InvalidInput("places_are", f"What the places are (--places-are) must be a category of the directory; “{words[:60]}” is none.")
    return slug


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Millions of short-lived values without cycles: looking for cycles as often as usual would take a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Run:
    def __init__(self, parts: Parts, request: ImportRequest, progress: Progress, reviewing: Reviewing | None) -> None:
        self.parts = parts
        self.request = request
        self.progress = progress
        self.reviewing = reviewing
        self.tally = Tally()
        self.lock = SourceLock(parts.database, parts.clock)
        self.source = request.source.strip()
        self.region = ""
        self.source_id = 0
        self.run_id: int | None = None
        self.told_source: SourceNote | None = None
        self.started = time.perf_counter()
        self.last_beat = self.started

    def run(self, files: list[FeedFile], reader: Reader) -> ImportReport:
        with tempfile.TemporaryDirectory(prefix="import-") as folder, StagingArea(Path(folder)) as area:
            if self.request.dry_run:
                self._find_source()
                return self._work(area, files, reader)
            self.source_id, self.run_id = self.lock.take(self.request, reader.format)
            try:
                report = self._work(area, files, reader)
            except BaseException:
                self._close("failed", {})
                raise
            self._close("finished", report.counts)
            return report

    def _find_source(self) -> None:
        with self.parts.database.reading() as session:
            source = stored_source(session, self.source)
            self.source_id = source.id if source else 0

    def _work(self, area: StagingArea, files: list[FeedFile], reader: Reader) -> ImportReport:
        self._read(area, files, reader)
        self._note_source()
        self._refuse_if_rejected(area)
        with self.parts.database.reading() as session:
            self._match(area, session)
        retire.count_missing(area, self.tally)
        if self.request.retire_missing:
            retire.check_share(area, self.tally, self.request.yes)
        self._refuse_if_rejected(area)
        with self._units() as unit:
            self._apply(area, unit)
        state = "dry-run" if self.request.dry_run else "finished"
        problems = tuple(islice(area.problems(), MOST_PROBLEMS))
        seconds = time.perf_counter() - self.started
        return ImportReport(self.source, self.run_id, reader.format, state, self.tally.as_dict(), problems, seconds, area.count_problems())

    def _read(self, area: StagingArea, files: list[FeedFile], reader: Reader) -> None:
        options = self._options()
        number = 0
        for item in reader.read(files, options):
            number += 1
            if number % REPORT_EVERY == 0:
                self.progress("read", number, None)
                self._beat_now_and_then()
            if isinstance(item, Problem):
                area.add_problems([item])
                if item.severity is Severity.REJECTED:
                    self.tally.count(item.kind, "rejected")
            else:
                self._stage(area, item, options)
        self.progress("read", number, number)
        area.index()

    def _note_source(self) -> None:
        """What a feed of our own export says of its source is taken over where the caller said nothing."""
        if self.told_source is None or self.request.dry_run:
            return
        with self.parts.database.writing() as session:
            fill_source(session, self.source_id, self.told_source)
            session.commit()

    def _stage(self, area: StagingArea, record: Record, options: ReaderOptions) -> None:
        prepared = prepare(record, options)
        if prepared.source is not None and prepared.source.name == self.source:
            self.told_source = prepared.source
        for thing in prepared.things:
            if not area.add(thing) and not thing.nested:
                self.tally.count(thing.kind, "unchanged")
                message = "The very same row stands in the feed before; it was loaded once."
                prepared.problems.append(Problem(thing.kind, thing.where, "", message, Severity.NOTED))
        for kind, _ in prepared.rejected:
            self.tally.count(kind, "rejected")
        if prepared.problems:
            area.add_problems(prepared.problems)
        if prepared.rejected:
            area.add_rejected(prepared.rejected)

    def _options(self) -> ReaderOptions:
        request = self.request
        with self.parts.database.reading() as session:
            rows = session.execute(select(CommunityFact.key, CommunityFact.value)).all()
        facts: dict[str, Any] = {row.key: row.value for row in rows}
        self.region = "" if request.country else str(facts.get("region") or "")
        return ReaderOptions(
            source=self.source,
            language=request.language,
            country=request.country or str(facts.get("country") or ""),
            zone=request.zone or str(facts.get("zone") or ""),
            mapping=request.mapping,
        )

    def _refuse_if_rejected(self, area: StagingArea) -> None:
        rejected = area.count_problems().get(Severity.REJECTED, 0)
        if self.request.all_or_nothing and rejected:
            first = next(area.problems())
            raise Refused(f"Nothing was loaded: {_rows(rejected)} cannot be used, the first at {first.where}: {first.message}")

    def _match(self, area: StagingArea, session: Session) -> None:
        for kind in ROOT_KINDS:
            self.progress(f"compare {kind}", 0, None)
            known = _known(session, kind, self.source_id)
            group(area, kind, known)
            if kind != "service_at_location":
                self._count_same(area, kind)
        area.index_keys()
        for kind in ROOT_KINDS:
            if kind == "service_at_location":
                join(area, session, self.source_id, self.tally)
                self._count_same(area, kind)
            match(area, session, TABLES[kind], kind, self.source_id, self.source)
            remember_stored(area, session, TABLES[kind], kind, self.source_id)
            self._beat_now_and_then()

    def _count_same(self, area: StagingArea, kind: str) -> None:
        """Rows that tell the same as another row are read, and change nothing."""
        same = area.rows("SELECT count(*) FROM thing WHERE kind = ? AND same_as IS NOT NULL AND same_as != token AND NOT nested", (kind,))
        self.tally.count(kind, "unchanged", same[0][0])

    def _apply(self, area: StagingArea, unit: Callable[[], AbstractContextManager[Session]]) -> None:
        request, clock = self.request, self.parts.clock
        author = Author(request.actor, clock.now(), self.source_id, self.run_id or 0)
        applying = Applying(
            area,
            author,
            self.source,
            clock,
            self._locating(area),
            self.tally,
            self.parts.database.reading,
            unit,
            dry=request.dry_run,
            progress=self._tell,
            reviewing=self.reviewing,
        )
        for kind in ROOT_KINDS[:-1]:
            applying.apply(kind)
        applying.apply_places_of_stored_services()
        if request.dry_run and self.reviewing is not None:
            for kind in reversed(ROOT_KINDS):
                for ids in missing_ids(area, kind):
                    self.reviewing.missing(kind, ids)
        if request.retire_missing:
            may = self.reviewing.retires if self.reviewing is not None else retire.everything
            retire.retire(area, unit, author, clock, self.tally, may, dry=request.dry_run)

    def _locating(self, area: StagingArea) -> Locating:
        options = self._options()
        points = vague_points(area)
        for point, places in points.items():
            message = f"The point {point} is given to {places} addresses; it is taken for the middle of a city, not for a door."
            area.add_problems([Problem("location", Where(""), "latitude", message, Severity.NOTED)])
        bias = Bias(country=options.country, region=self.region) if options.country else None
        return GazetteerLocating(self.parts.geocoding, bias, points, exact=bool(self.parts.settings.geocoder))

    @contextmanager
    def _units(self) -> Iterator[Callable[[], AbstractContextManager[Session]]]:
        """How batches get their session: each its own transaction, or all one, or none that is kept."""
        database = self.parts.database
        if self.request.dry_run:
            yield database.reading
        elif self.request.all_or_nothing:
            self.progress(ALL_AT_ONCE, 0, None)
            with database.writing() as session:
                self._make_room(session)
                self.lock.beat(session)
                yield lambda: _same(session)
                session.commit()
        else:
            yield self._own_transaction

    def _make_room(self, session: Session) -> None:
        """Give the connection a larger cache while it imports: rows with random ids touch pages all over the indexes."""
        if self.parts.database.is_sqlite:
            for pragma in SQLITE_ROOM:
                session.connection().exec_driver_sql(f"PRAGMA {pragma}")

    def _give_room_back(self) -> None:
        """Connections that were made larger are closed; others are opened when they are needed."""
        database = self.parts.database
        if database.is_sqlite and database.engine.url.database not in (None, "", ":memory:"):
            database.engine.dispose()

    @contextmanager
    def _own_transaction(self) -> Iterator[Session]:
        with self.parts.database.writing() as session:
            self._make_room(session)
            self.lock.beat(session)
            yield session
            session.commit()

    def _tell(self, what: str, done: int, total: int | None) -> None:
        self.progress(what, done, total)
        if not self.request.all_or_nothing:  # its one transaction is open already
            self._beat_now_and_then()

    def _beat_now_and_then(self) -> None:
        now = time.perf_counter()
        if self.run_id is not None and now - self.last_beat > HEARTBEAT_SECONDS:
            self.last_beat = now
            with self._own_transaction():
                pass

    def _close(self, state: str, counts: dict[str, dict[str, int]]) -> None:
        with self.parts.database.writing() as session:
            run = session.get(ImportRun, self.run_id)
            if run is not None and run.state == "running":
                run.state, run.counts, run.finished_at = state, counts, self.parts.clock.now()
            self.lock.give_back(session)
            session.commit()
        self._give_room_back()


@contextmanager
def _same(session: Session) -> Iterator[Session]:
    yield session


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _known(session: Session, kind: str, source_id: int) -> Known:
    columns = TABLES[kind].c
    statement = select(columns.external_id).where(columns.source_id == source_id, columns.external_id.like(f"%{MARK}%"))
    derived = frozenset((kind, key) for key in session.scalars(statement))

    def name_under(a_kind: str, external_id: str) -> str | None:
        name = retire.known_names(session, a_kind, source_id, external_id)
        return None if name is None else key_of(name)

    return Known(derived, name_under)


__all__ = ["DirectoryError", "ImportReport", "ImportRequest", "import_feed"]
