"""The yardstick: the same documents and questions on SQLite's FTS5, tuned as far as it goes in a page of code.

Words by bm25 with column weights (typos looked up in the vocabulary and OR-ed in), filters by tag rows, places by an R*Tree, hours by the
same blocks, facets counted with numpy over arrays held in memory. Unknown is kept by the same rule; synonyms, tiers, dropping of words,
the reasons for a match and the lifting of a facet's own selection are left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search_index.blocks import asked_days, calendar_tokens
from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, facet_values, field_texts
from search_index.geo import distances_km
from search_index.query import SOFT, Facet, Order, ServiceQuery
from search_index.words import edits_allowed, tokens

_COLUMNS = ", ".join(TEXT_FIELDS)
_WEIGHTS = ", ".join(str(weight) for weight in TEXT_FIELDS.values())
_ZONES = ("America/Toronto", "America/Winnipeg")


class Fts5:
    """One SQLite file. `search` answers (service ids of the page, total)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sql = sqlite3.connect(path)
        self._sql.executescript(
            f"""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -200000; PRAGMA mmap_size = 1000000000;
            CREATE TABLE IF NOT EXISTS listing (number INTEGER PRIMARY KEY, service TEXT, shown TEXT, latitude REAL, longitude REAL);
            CREATE INDEX IF NOT EXISTS by_service ON listing (service);
            CREATE TABLE IF NOT EXISTS tag (field TEXT, value TEXT, number INTEGER, PRIMARY KEY (field, value, number)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS by_number ON tag (number);
            CREATE VIRTUAL TABLE IF NOT EXISTS point USING rtree (number, south, north, west, east);
            CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 ({_COLUMNS}, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
            CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab (words, row);
            """
        )

    def put(self, documents: Iterable[ListingDocument]) -> None:
        with self._sql:
            for document in documents:
                self._put(document)

    def _put(self, document: ListingDocument) -> None:
        shown = json.dumps({"name": document.name, "description": document.description})
        values = (document.service_id, shown, document.latitude, document.longitude)
        number = self._sql.execute("INSERT INTO listing (service, shown, latitude, longitude) VALUES (?, ?, ?, ?)", values).lastrowid
        texts = [" ".join(field_texts(document, field)) for field in TEXT_FIELDS]
        marks = ", ".join("?" for _ in texts)
        self._sql.execute(f"INSERT INTO words (rowid, {_COLUMNS}) VALUES (?, {marks})", (number, *texts))
        tags = [(facet.value, value, number) for facet in Facet for value in facet_values(document, facet) or ("?",)]
        tags += [("opening", token, number) for token in calendar_tokens(document.opening)]
        tags += [("served", area, number) for area in document.served_areas or ("?",)]
        if document.reach:
            tags.append(("reach", "yes", number))
        self._sql.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", tags)
        if document.latitude is not None:
            at = (number, document.latitude, document.latitude, document.longitude, document.longitude)
            self._sql.execute("INSERT INTO point VALUES (?, ?, ?, ?, ?)", at)

    def replace(self, services: Iterable[Sequence[ListingDocument]]) -> None:
        """Upserts of services, in one transaction."""
        with self._sql:
            for documents in services:
                self._replace(documents)

    def _replace(self, documents: Sequence[ListingDocument]) -> None:
        old = [row[0] for row in self._sql.execute("SELECT number FROM listing WHERE service = ?", (documents[0].service_id,))]
        for number in old:
            for table, column in (("words", "rowid"), ("tag", "number"), ("point", "number"), ("listing", "number")):
                self._sql.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        for document in documents:
            self._put(document)

    def ready(self) -> None:
        """Read what is kept in memory: the vocabulary, points and facet values."""
        self._terms = [row[0] for row in self._sql.execute("SELECT term FROM vocabulary")]
        size = self._sql.execute("SELECT max(number) FROM listing").fetchone()[0] + 1
        self._latitudes, self._longitudes = np.full(size, np.nan), np.full(size, np.nan)
        self._services = np.zeros(size, dtype=np.int64)
        for number, service, latitude, longitude in self._sql.execute("SELECT number, service, latitude, longitude FROM listing"):
            self._latitudes[number], self._longitudes[number] = latitude, longitude
            self._services[number] = int(service)
        self._facets = {facet: self._facet_arrays(facet, size) for facet in Facet}

    def _facet_arrays(self, facet: Facet, size: int) -> tuple[list[str], np.ndarray, np.ndarray]:
        names: dict[str, int] = {}
        pairs = [
            (number, names.setdefault(value, len(names)))
            for value, number in self._sql.execute("SELECT value, number FROM tag WHERE field = ? ORDER BY number", (facet.value,))
        ]
        numbers = np.array([number for number, _ in pairs])
        return list(names), np.searchsorted(numbers, np.arange(size + 1)), np.array([value for _, value in pairs])

    def search(self, query: ServiceQuery) -> tuple[list[str], int]:
        found, scores = self._words(query) if query.text else (None, None)
        found = self._filters(query, found)
        if query.near is not None:
            found, distances = self._near(query, found)
        order = np.arange(len(found))
        if query.order is Order.DISTANCE and query.near is not None:
            order = np.argsort(np.nan_to_num(distances, nan=np.inf), kind="stable")
        elif scores is not None:
            order = np.argsort([scores[number] for number in found], kind="stable")
        for facet in query.facets:
            self._count(facet, found)
        services, first = np.unique(self._services[found[order]], return_index=True)
        page = [int(found[order][row]) for row in np.sort(first)[: query.per_page]]
        return [self._shown(number, query) for number in page], len(services)

    def _words(self, query: ServiceQuery) -> tuple[np.ndarray, dict[int, float]]:
        asked = tokens(query.text)
        match = " AND ".join(self._word(word, word == asked[-1]) for word in asked)
        rows = self._sql.execute(f"SELECT rowid, bm25(words, {_WEIGHTS}) FROM words WHERE words MATCH ?", (match,)).fetchall()
        scores = dict(rows)
        return np.fromiter(scores, dtype=np.int64, count=len(scores)), scores

    def _word(self, word: str, is_last: bool) -> str:
        edits = edits_allowed(word)
        near = process.extract(word, self._terms, scorer=OSA.distance, score_cutoff=edits, limit=50) if edits else ()
        ways = [f'"{term}"' for term in dict.fromkeys([word, *(term for term, _, _ in near)])]
        if is_last and len(word) >= 2:
            ways.append(f'"{word}"*')
        return "(" + " OR ".join(ways) + ")"

    def _filters(self, query: ServiceQuery, found: np.ndarray | None) -> np.ndarray:
        for facet, values in query.selections:
            wanted = [*values, "?"] if facet in SOFT else list(values)
            marks = ", ".join("?" for _ in wanted)
            rows = self._sql.execute(
                f"SELECT DISTINCT number FROM tag WHERE field = ? AND value IN ({marks})", (facet.value, *wanted)
            ).fetchall()
            found = self._both(found, rows)
        if query.open_at is not None:
            found = self._open(query, found)
        if found is None and query.near is None:
            found = np.array([row[0] for row in self._sql.execute("SELECT number FROM listing")])
        return found

    def _open(self, query: ServiceQuery, found: np.ndarray | None) -> np.ndarray:
        def holding(wanted: Iterable[str]) -> set[int]:
            values = list(wanted)
            marks = ", ".join("?" for _ in values)
            return {row[0] for row in self._sql.execute(f"SELECT number FROM tag WHERE field = 'opening' AND value IN ({marks})", values)}

        everything = set(self._services.nonzero()[0]) | {0}
        heard: set[int] = set()
        is_open: set[int] = set()
        for zone in _ZONES:
            for day in asked_days(query.open_at, zone):
                outside = holding(day.outside)
                heard |= holding([day.known]) - outside
                is_open |= ((holding(day.weekly) - holding([day.irregular])) | holding(day.dated)) - outside
        return self._both(found, [(number,) for number in (everything - heard) | is_open])

    @staticmethod
    def _both(found: np.ndarray | None, rows: list[tuple[int]]) -> np.ndarray:
        numbers = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        return numbers if found is None else found[np.isin(found, numbers)]

    def _near(self, query: ServiceQuery, found: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        near = query.near
        high, wide = near.within_km / 111.0, near.within_km / (111.0 * np.cos(np.radians(near.latitude)))
        box = (near.latitude - high, near.latitude + high, near.longitude - wide, near.longitude + wide)
        rows = self._sql.execute("SELECT number FROM point WHERE south >= ? AND north <= ? AND west >= ? AND east <= ?", box).fetchall()
        marks = ", ".join("?" for _ in near.area_ids)
        reached = self._sql.execute(
            f"SELECT number FROM tag WHERE field = 'served' AND value IN ({marks}) INTERSECT SELECT number FROM tag WHERE field = 'reach'",
            sorted(near.area_ids),
        ).fetchall()
        both = self._both(found, rows + reached)
        distances = distances_km(near.latitude, near.longitude, self._latitudes[both], self._longitudes[both])
        keep = ~(distances > near.within_km)
        return both[keep], distances[keep]

    def _count(self, facet: Facet, found: np.ndarray) -> list[tuple[str, int]]:
        names, starts, values = self._facets[facet]
        lengths = starts[found + 1] - starts[found]
        rows = np.repeat(starts[found], lengths) + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        counts = np.bincount(values[rows], minlength=len(names))
        return [(names[place], int(counts[place])) for place in np.argsort(-counts)[:50]]

    def _shown(self, number: int, query: ServiceQuery) -> str:
        service, shown = self._sql.execute("SELECT service, shown FROM listing WHERE number = ?", (number,)).fetchone()
        json.loads(shown)
        if query.text:
            match = " OR ".join(f'"{word}"' for word in tokens(query.text))
            sql = "SELECT snippet(words, 5, '<mark>', '</mark>', '…', 30) FROM words WHERE words MATCH ? AND rowid = ?"
            self._sql.execute(sql, (match, number)).fetchone()
        return service
