"""The yardstick on a server: the same documents and questions on PostgreSQL's own full text, as far as it goes in a page of SQL.

Words in a `tsvector` of four weights under a GIN index, typos looked up in a table of all words and OR-ed in, beginnings by `:*`; filters
as overlapping arrays under GIN, hours by the same blocks, places by a box of latitude and longitude and the haversine. Unknown is kept by
the same rule and comes after what is known. Synonyms, dropping of words, the reasons for a match and the lifting of a facet's own
selection are left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg

from search_index import marks
from search_index.blocks import asked_everywhere, calendar_tokens
from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, field_texts
from search_index.geo import EARTH_RADIUS_KM
from search_index.query import SOFT, Facet, Near, Order, ServiceQuery
from search_index.vocabulary import Vocabulary
from search_index.words import tokens
from tests.bench.search_corpus import ZONES

_LETTERS = {8.0: "A", 6.0: "B", 4.0: "B", 3.0: "C", 2.0: "C", 1.5: "D", 1.0: "D"}
_WORTH = "{0.15, 0.3, 0.6, 1.0}"  # of the letters D, C, B, A
_MOST_POSITIONS = 16_383
_MOST_TYPOS = 50
_FACETS = tuple(facet.value for facet in Facet)
_ARRAYS = (*_FACETS, "opening", "served")
_COLUMNS = ("service", "name", "description", "reach", "latitude", "longitude", "verified", "words", *_ARRAYS)

_TABLES = f"""
CREATE UNLOGGED TABLE word (word text PRIMARY KEY);
CREATE TABLE listing (number bigserial PRIMARY KEY, service text NOT NULL, name text, description text, reach boolean, latitude float8,
    longitude float8, verified int, words tsvector, {", ".join(f"{name} text[]" for name in _ARRAYS)});
"""
_INDEXES = f"""
CREATE INDEX ON listing USING gin (words);
CREATE INDEX ON listing USING gin ({", ".join(_ARRAYS)});
CREATE INDEX ON listing (latitude, longitude);
CREATE INDEX ON listing (service);
ANALYZE;
"""

Condition = tuple[str, list[Any]]
"""SQL with `%s` for each of the values."""


class PostgresText:
    """One database. `search` answers (service ids of the page, total)."""

    def __init__(self, address: str) -> None:
        self._sql = psycopg.connect(address, autocommit=True)

    def make(self) -> None:
        self._sql.execute(_TABLES)

    def load(self, documents: Sequence[ListingDocument]) -> None:
        rows = [_row(document) for document in documents]
        with self._sql.transaction():
            with self._sql.cursor().copy(f"COPY listing ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            words = {word for document in documents for field in TEXT_FIELDS for word in _tokens(document, field)}
            self._sql.execute("INSERT INTO word SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (sorted(words),))

    def index(self) -> None:
        self._sql.execute(_INDEXES)

    def replace(self, services: Sequence[Sequence[ListingDocument]]) -> None:
        """Upserts of services, in one transaction."""
        with self._sql.transaction():
            self._sql.execute("DELETE FROM listing WHERE service = ANY(%s)", ([each[0].service_id for each in services],))
            self.load([document for each in services for document in each])

    def ready(self) -> None:
        """Read what is kept in memory: the words."""
        self._vocabulary = Vocabulary(word for (word,) in self._sql.execute("SELECT word FROM word"))
        self._vocabulary.misspellings("warming")

    def size(self) -> int:
        """Bytes of the tables and their indexes."""
        return sum(int(self._one(f"SELECT pg_total_relation_size('{table}')")) for table in ("listing", "word"))

    def version(self) -> str:
        return str(self._one("SHOW server_version")).split()[0]

    def _one(self, statement: str) -> Any:
        return self._sql.execute(statement).fetchone()[0]

    def close(self) -> None:
        self._sql.close()

    def search(self, query: ServiceQuery) -> tuple[list[str], int]:
        asked = self._asked(query.text)
        where, values = _all([*_words(asked), *_filters(query)])
        order, ordering = _order(query, asked)
        if query.facets:
            self._count(query, where, values)
        found = self._sql.execute(
            f"""
            WITH found AS (SELECT number, service, {order} FROM listing WHERE {where}),
            best AS (SELECT DISTINCT ON (service) * FROM found ORDER BY service, tier DESC, score DESC, verified DESC NULLS LAST, number)
            SELECT number, service, count(*) OVER () FROM best ORDER BY tier DESC, score DESC, verified DESC NULLS LAST, number LIMIT %s
            """,
            [*ordering, *values, query.per_page],
        ).fetchall()
        if asked and query.snippets:
            self._snippets([row[0] for row in found], asked)
        return [row[1] for row in found], found[0][2] if found else 0

    def _asked(self, text: str) -> str:
        """A `tsquery`; empty without words."""
        words = tokens(text)
        return " & ".join(self._word(word, is_last=word == words[-1]) for word in words)

    def _word(self, word: str, *, is_last: bool) -> str:
        itself = f"'{word}':*" if is_last and len(word) >= 2 else f"'{word}'"
        near = [f"'{found}'" for found in self._vocabulary.misspellings(word)[:_MOST_TYPOS] if found != word]
        return f"({' | '.join([itself, *near])})"

    def _count(self, query: ServiceQuery, where: str, values: list[Any]) -> None:
        names = sorted(query.facets)
        counted = " UNION ALL ".join(
            f"(SELECT '{name}', value, count(*) FROM found, unnest({name}) value GROUP BY value)" for name in names
        )
        found = f"WITH found AS MATERIALIZED (SELECT {', '.join(names)} FROM listing WHERE {where}) {counted}"
        self._sql.execute(found, values).fetchall()

    def _snippets(self, numbers: list[int], asked: str) -> None:
        shown = "SELECT ts_headline('simple', description, %s::tsquery, 'MaxFragments=1') FROM listing WHERE number = ANY(%s)"
        self._sql.execute(shown, (asked, numbers)).fetchall()


def _tokens(document: ListingDocument, field: str) -> list[str]:
    return [word for text in field_texts(document, field) for word in tokens(text)]


def _row(document: ListingDocument) -> tuple[Any, ...]:
    held = (document.service_id, document.name, document.description, document.reach, document.latitude, document.longitude)
    facets = (list(marks.facet_marks(document, facet)) for facet in Facet)
    opening = list(calendar_tokens(document.opening)) or [marks.UNKNOWN]
    return (*held, document.verified_on, _words_held(document), *facets, opening, list(marks.served_marks(document)))


def _words_held(document: ListingDocument) -> str:
    """A `tsvector` as it is written: each word with its places and the letter of its field."""
    places: dict[str, list[str]] = {}
    place = 0
    for field, weight in TEXT_FIELDS.items():
        for word in _tokens(document, field):
            place = min(place + 1, _MOST_POSITIONS)
            places.setdefault(word, []).append(f"{place}{_LETTERS[weight]}")
    return " ".join(f"'{word}':{','.join(held)}" for word, held in places.items())


def _words(asked: str) -> list[Condition]:
    return [("words @@ %s::tsquery", [asked])] if asked else []


def _filters(query: ServiceQuery) -> Iterable[Condition]:
    for facet, values in query.selections:
        yield f"{facet.value} && %s", [[*sorted(values), *([marks.UNKNOWN] if facet in SOFT else [])]]
    if query.open_at is not None:
        is_open, is_silent = _opening(query)
        yield f"({is_open[0]} OR {is_silent[0]})", [*is_open[1], *is_silent[1]]
    if query.near is not None and query.near.within_km is not None:
        yield _near(query.near, query.near.within_km)


def _all(conditions: Sequence[Condition]) -> Condition:
    return " AND ".join(sql for sql, _ in conditions) or "true", [value for _, values in conditions for value in values]


def _opening(query: ServiceQuery) -> tuple[Condition, Condition]:
    """What is open, and what does not say."""
    assert query.open_at is not None
    days = asked_everywhere(query.open_at, dict.fromkeys(ZONES))
    on_a_day = "(((opening && %s AND NOT opening && %s) OR opening && %s) AND NOT opening && %s)"
    values = [list(each) for day in days for each in (day.weekly, day.irregular, day.dated, day.outside)]
    outside = [marks.UNKNOWN, *(token for day in days for token in day.outside)]
    return (f"({' OR '.join([on_a_day] * len(days))})", values), ("opening && %s", [outside])


def _distance(near: Near) -> Condition:
    square = "sin(radians(latitude - %s) / 2) ^ 2 + cos(radians(%s)) * cos(radians(latitude)) * sin(radians(longitude - %s) / 2) ^ 2"
    return f"2 * {EARTH_RADIUS_KM} * asin(sqrt(least(1, {square})))", [near.latitude, near.latitude, near.longitude]


def _near(near: Near, within_km: float) -> Condition:
    distance, values = _distance(near)
    box = "latitude BETWEEN %s - %s AND %s + %s AND longitude BETWEEN %s - %s / cos(radians(%s)) AND %s + %s / cos(radians(%s))"
    degrees = within_km / 111.0
    corners = [near.latitude, degrees] * 2 + [near.longitude, degrees, near.latitude] * 2
    anywhere = "(latitude IS NULL AND served && %s)"
    reached = "(reach AND served && %s)"
    areas = [[marks.UNKNOWN], sorted(near.area_ids)]
    return f"(({box} AND {distance} <= %s) OR {anywhere} OR {reached})", [*corners, *values, within_km, *areas]


def _order(query: ServiceQuery, asked: str) -> Condition:
    """Columns to order by: what is known to fit, relevance or nearness, the date of verification."""
    known: list[Condition] = [(f"({facet.value} && %s)::int", [sorted(values)]) for facet, values in query.selections if facet in SOFT]
    if query.open_at is not None:
        is_open, _ = _opening(query)
        known.append((f"({is_open[0]})::int", is_open[1]))
    tier = " + ".join(sql for sql, _ in known) or "0"
    score, scoring = _score(query, asked)
    return f"{tier} AS tier, {score} AS score, verified", [*(value for _, values in known for value in values), *scoring]


def _score(query: ServiceQuery, asked: str) -> Condition:
    rank, ranking = (f"ts_rank('{_WORTH}', words, %s::tsquery)", [asked]) if asked else ("0", [])
    if query.near is None:
        return rank, ranking
    distance, values = _distance(query.near)
    if query.order is Order.DISTANCE:
        return f"coalesce(-({distance}), -1e9)", values
    return f"0.65 * {rank} + 0.35 / (1 + coalesce({distance}, 5) / 5)", [*ranking, *values]
