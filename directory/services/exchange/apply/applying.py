"""Going through the staging area kind by kind and bringing the directory in line, a bounded batch at a time."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.precedence import LocalField
from directory.services.editing.protect import local_words
from directory.services.exchange.apply import beside_people, difference
from directory.services.exchange.apply.difference import Work
from directory.services.exchange.apply.held_back import HeldBack
from directory.services.exchange.apply.history import Author
from directory.services.exchange.apply.planned import Planned, Row, build_rows, parse, planned_of
from directory.services.exchange.apply.stored import Parts as StoredParts
from directory.services.exchange.apply.stored import stored_parts, stored_roots, taken_part_ids
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.apply.term_categories import TermCategories
from directory.services.exchange.apply.write import write
from directory.services.exchange.locate import Locating
from directory.services.exchange.prepare.things import Ref
from directory.services.exchange.records import Problem, Severity, Where
from directory.services.exchange.report import Tally
from directory.services.exchange.reviewing import Reviewing
from directory.services.exchange.staging.area import StagingArea
from directory.services.exchange.staging.lookup import SEVERAL, Lookup
from directory.services.exchange.staging.matching import GONE, MERGED

SMALLEST_BATCH, FIRST_BATCH, LARGEST_BATCH = 20, 200, 1_000
WANTED_SECONDS = 0.1
"""How long a writing transaction should take: others who write wait for it."""

MOST_REMEMBERED = 20_000

_COLUMNS = "token, key, content, refs, bundle, object_id, stored_digest, stored_state, file, line, path"
_BY_KEY = (
    f"SELECT {_COLUMNS} FROM thing JOIN said ON said.thing = thing.rowid"  # noqa: S608
    " WHERE kind = ? AND same_as IS NULL AND key > ? ORDER BY key LIMIT ?"
)
_AT_SERVICES = (
    f"SELECT {_COLUMNS} FROM thing INDEXED BY thing_service JOIN said ON said.thing = thing.rowid"  # noqa: S608
    " WHERE kind = 'service_at_location' AND same_as IS NULL AND object_id IS NOT NULL AND service IN "
)

Unit = Callable[[], AbstractContextManager[Session]]


@dataclass
class Applying:
    """`reading` opens a session to look things up, `unit` one that keeps what was written when its block ends. `dry`: compare only."""

    area: StagingArea
    author: Author
    source: str
    clock: Clock
    locating: Locating
    tally: Tally
    reading: Unit
    unit: Unit
    dry: bool = False
    progress: Callable[[str, int, int | None], None] = lambda *_: None
    reviewing: Reviewing | None = None
    batch_size: int = field(default_factory=lambda: FIRST_BATCH)
    lookup: Lookup = field(init=False)

    def __post_init__(self) -> None:
        self.lookup = Lookup(self.area)
        self.term_categories = TermCategories(self.source)
        self.held_back = HeldBack()
        self._found_elsewhere: dict[tuple[str, str], str | None] = {}

    def apply(self, kind: str) -> None:
        """Bring all things of a kind into the directory; with services, the places where they are given."""
        total = self.area.rows("SELECT count(*) FROM thing WHERE kind = ? AND same_as IS NULL", (kind,))[0][0]
        done, last = 0, ""
        while rows := self.area.rows(_BY_KEY, (kind, last, self.batch_size)):
            last = rows[-1][1]
            self._batch(kind, rows)
            done += len(rows)
            self.progress(kind, done, total)

    def apply_places_of_stored_services(self) -> None:
        """Places that the feed tells of services which only the directory holds."""
        statement = (
            f"{_AT_SERVICES}(SELECT service FROM thing WHERE kind = 'service_at_location' AND service IS NOT NULL EXCEPT"  # noqa: S608
            " SELECT object_id FROM thing WHERE kind = 'service' AND same_as IS NULL) ORDER BY key LIMIT ? OFFSET ?"
        )
        offset = 0
        while rows := self.area.rows(statement, (self.batch_size, offset)):
            offset += len(rows)
            self._batch("service_at_location", rows)

    def _batch(self, kind: str, rows: list[tuple[Any, ...]]) -> None:
        """Plan outside of the transaction, so that others who write wait only while rows are written."""
        problems: list[Problem] = []
        with self.reading() as session:
            planned = {kind: list(self._plan(session, kind, rows, problems))}
            if kind == "service":
                planned["service_at_location"] = list(self._plan(session, "service_at_location", self._places(rows), problems))
        work = Work()
        changed = {a_kind: [one for one in ones if self._is_wanted_news(work, one, problems)] for a_kind, ones in planned.items()}
        for one in changed.get("location", ()):
            self._locate(one)
        for ones in changed.values():
            for one in ones:
                self._name_areas(one)
        self._write(work, changed)
        self.tally.add(work.counts)
        self.area.add_problems(problems)

    def _write(self, work: Work, changed: dict[str, list[Planned]]) -> None:
        if not any(changed.values()):
            return
        started = time.perf_counter()
        with self.unit() as session:
            self._difference(session, work, changed)
            if not self.dry:
                write(session, work, self.clock)
        self._adapt(time.perf_counter() - started)

    def _is_wanted_news(self, work: Work, planned: Planned, problems: list[Problem]) -> bool:
        """Whether a thing is to be compared and, where somebody looked at the import first, was accepted."""
        if not self._is_news(work, planned, problems):
            return False
        if self.reviewing is None or self.reviewing.takes(planned):
            return True
        difference.unchanged(work, planned)
        return False

    def _is_news(self, work: Work, planned: Planned, problems: list[Problem]) -> bool:
        """Whether a thing has to be compared field by field; what has not is counted."""
        if planned.stored_state is None:
            return True
        if planned.stored_state == MERGED:
            problems.append(_note(planned, "", "It was merged into another record here; what the feed says of it was not applied."))
        elif planned.stored_digest != planned.digest or planned.stored_state == GONE:
            return True
        difference.unchanged(work, planned)
        return False

    def _adapt(self, seconds: float) -> None:
        if seconds > WANTED_SECONDS * 1.5:
            self.batch_size = max(SMALLEST_BATCH, self.batch_size * 2 // 3)
        elif seconds < WANTED_SECONDS / 2:
            self.batch_size = min(LARGEST_BATCH, self.batch_size * 5 // 4)

    def _places(self, services: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        ids = tuple(row[5] for row in services)
        marks = ", ".join("?" * len(ids))
        return self.area.rows(f"{_AT_SERVICES} ({marks}) ORDER BY key", ids)

    def _difference(self, session: Session, work: Work, changed: dict[str, list[Planned]]) -> None:
        roots: dict[str, Row] = {}
        parts: dict[str, StoredParts] = {}
        for kind, ones in changed.items():
            if ids := [one.object_id for one in ones if one.stored_state is not None]:
                roots |= stored_roots(session, kind, ids)
                parts |= stored_parts(session, kind, ids)
        together = [one for ones in changed.values() for one in ones]
        taken = taken_part_ids(session, together, parts)
        local = {
            kind: local_words(session, kind, [one.object_id for one in ones if one.object_id in roots]) for kind, ones in changed.items()
        }
        self.term_categories.add_to(session, changed.get("service", ()))
        for one in together:
            build_rows(one, taken, self.source)
            if one.object_id in roots:
                self._update(work, one, roots[one.object_id], parts[one.object_id], local[one.kind].get(one.object_id, ()))
            else:
                self._insert(session, work, one)

    def _insert(self, session: Session, work: Work, one: Planned) -> None:
        why = self.held_back.why(session, one)
        if why:
            self.area.add_problems([_note(one, "", f"It is like a listing that is not listed here ({why}); it was taken in unpublished.")])
        difference.insert(work, one, self.author, why)
        if self.reviewing is not None:
            self.reviewing.new(one, beside_people.said_by_new(one, self.author.at))

    def _update(self, work: Work, one: Planned, root: Row, parts: StoredParts, words: Sequence[LocalField]) -> None:
        offered = len(work.offers)
        chosen = self.reviewing.chosen(one) if self.reviewing is not None else {}
        outcome = beside_people.update(work, one, self.author, root, parts, words, chosen)
        if self.reviewing is not None:
            self.reviewing.changed(one, root, outcome, work.offers[offered:])

    def _locate(self, planned: Planned) -> None:
        addresses = [fields for kind, parent, _, fields, _ in planned.parts if kind == "address" and parent < 0]
        found = self.locating.locate(planned.fields, addresses)
        if found is not None:
            names = ("latitude", "longitude", "point_kind", "point_radius_m", "zone", "area_id")
            told = {name: value for name in names if (value := getattr(found, name)) is not None}
            planned.fields = {**planned.fields, **told}

    def _name_areas(self, planned: Planned) -> None:
        for kind, _, _, fields, _ in planned.parts:
            if (
                kind == "service_area"
                and fields.get("name")
                and not fields.get("area_id")
                and (area := self.locating.area_named(fields["name"]))
            ):
                fields["area_id"] = area

    def _plan(self, session: Session, kind: str, rows: list[tuple[Any, ...]], problems: list[Problem]) -> Iterator[Planned]:
        for row in rows:
            bundle, where = row[4], Where(row[8], row[9], row[10])
            parsed = parse(row[2])
            refs: dict[str, str | None] = {}
            for column, ref in sorted(json.loads(row[3]).items()):
                refs[column] = self._resolve(session, Ref(*ref), bundle, kind, column, where, problems)
            terms = {
                index: self._resolve(session, Ref(*part[4]), bundle, "attribute", "taxonomy_term_id", where, problems)
                for index, part in enumerate(parsed[1])
                if part[4]
            }
            yield planned_of(kind, row, refs, terms, parsed)

    def _resolve(
        self, session: Session, ref: Ref, bundle: str, kind: str, column: str, where: Where, problems: list[Problem]
    ) -> str | None:
        found = self.lookup.find(ref, bundle)
        if found is None and ref.ext:
            found = self._elsewhere(session, ref.kind, ref.ext)
        if found is None or found == SEVERAL:
            what = ref.kind.replace("_", " ")
            why = "stands for several unlike records in the feed" if found else "is not in the feed"
            problems.append(Problem(kind, where, column, f"The {what} {ref.ext[:60]!r} {why}; it was left out here.", Severity.NOTED))
            return None
        return found

    def _elsewhere(self, session: Session, kind: str, ext: str) -> str | None:
        """The id of a record that an earlier import of this source brought."""
        known = self._found_elsewhere
        if (kind, ext) not in known:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            columns = TABLES[kind].c
            statement = select(columns.id).where(columns.source_id == self.author.source_id, columns.external_id == ext)
            known[kind, ext] = session.scalar(statement)
        return known[kind, ext]


def _note(planned: Planned, field: str, message: str) -> Problem:
    return Problem(planned.kind, planned.where, field, message, Severity.NOTED)
