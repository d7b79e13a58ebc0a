"""The reference engine: scans every document in plain Python and answers exactly what the port says. Slow, and meant to be obvious.

Tests hold every other engine against it. It is also good enough for a handful of documents.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.domain.hours.opening_calendar import calendar_open_at, calendar_opens_within
from search_index.blend import HALF_AT_KM, NEVER_VERIFIED, WEIGHT_OF_PROXIMITY, WORTH_OF_MEANING, WORTH_OF_SOME_WORDS
from search_index.blocks import known_zone, wall_times
from search_index.documents import ListingDocument
from search_index.fields import facet_values, refusal, stable_key
from search_index.geo import distance_km
from search_index.meeting import ListingWords, meetings, texts_of
from search_index.port import IndexHealth, IndexNotReady, Operation, Put, Receipt
from search_index.presenting import hit_of
from search_index.query import NEAR, OPEN, SOFT, Box, Facet, FacetCount, Near, OpenAt, Order, SearchPage, ServiceQuery
from search_index.synonyms import Synonyms, shipped_synonyms
from search_index.whom import may_fit
from search_index.wording import Attempt, attempts


@dataclass(frozen=True, slots=True)
class _Match:
    document: ListingDocument
    relevance: float
    tier: int
    silent: tuple[str, ...]
    distance: float | None


class ScanEngine:
    """A `SearchEngine` in memory of one process."""

    def __init__(self, synonyms: Synonyms | None = None) -> None:
        self._synonyms = shipped_synonyms() if synonyms is None else synonyms
        self._published: dict[str, Put] | None = None
        self._writes = 0

    def search(self, query: ServiceQuery) -> SearchPage:
        published = self._ready()
        documents = [document for put in published.values() for document in put.documents]
        tries = list(attempts(query.text, query.locale, self._synonyms))
        pages = (scan(query, attempt, documents) for attempt in tries)
        return next((page for page in pages if page.total), None) or scan(query, tries[0], documents)

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        receipt = apply_to(self._ready(), operations)
        self._writes += 1
        return replace(receipt, edition=self.edition())

    def edition(self) -> str:
        self._ready()
        return f"scan/{self._writes}"

    def versions(self) -> Iterator[tuple[str, int]]:
        published = self._ready()
        return iter([(service_id, published[service_id].version) for service_id in sorted(published)])

    def begin_rebuild(self) -> "ScanRebuild":
        return ScanRebuild(self)

    def health(self) -> IndexHealth:
        published = self._published or {}
        documents = sum(len(put.documents) for put in published.values())
        return IndexHealth("scan", self._published is not None, None, "", documents, len(published))

    def close(self) -> None:
        self._published = None

    def publish(self, puts: dict[str, Put]) -> None:
        self._published = puts
        self._writes += 1

    def _ready(self) -> dict[str, Put]:
        if self._published is None:
            raise IndexNotReady("Nothing has been published; build the index first.")
        return self._published


class ScanRebuild:
    """A new set of documents beside the published one."""

    generation = "scan"

    def __init__(self, engine: ScanEngine) -> None:
        self._engine = engine
        self._puts: dict[str, Put] = {}

    def add(self, operations: Iterable[Operation]) -> Receipt:
        return apply_to(self._puts, tuple(operations))

    def publish(self) -> None:
        self._engine.publish(self._puts)

    def discard(self) -> None:
        self._puts = {}


def apply_to(puts: dict[str, Put], operations: Sequence[Operation]) -> Receipt:
    """Carry out the operations in order; those that cannot be indexed leave what was there."""
    applied: dict[str, None] = {}
    failed: list[tuple[str, str]] = []
    for operation in operations:
        reason = refusal(operation) if isinstance(operation, Put) else None
        if reason:
            failed.append((operation.service_id, reason))
            continue
        puts.pop(operation.service_id, None)
        if isinstance(operation, Put) and operation.documents:
            puts[operation.service_id] = operation
        applied[operation.service_id] = None
    return Receipt(tuple(applied), tuple(failed))


def scan(query: ServiceQuery, attempt: Attempt, documents: list[ListingDocument]) -> SearchPage:
    """What these documents answer to one attempt at the words of a query, whatever that is."""
    return _page(query, attempt, list(_matches(query, attempt, documents)), documents)


def _matches(query: ServiceQuery, attempt: Attempt, documents: Iterable[ListingDocument]) -> Iterator[_Match]:
    for document in documents:
        relevance = _relevance(query, attempt, document) if _meets_hard(query, document) else None
        if relevance is None:
            continue
        answers = _soft_answers(query, document)
        wanted = True if query.known_only else None
        if all(answer is True or (wanted is None and answer is None) for answer in answers.values()):
            silent = tuple(name for name, answer in answers.items() if answer is None)
            tier = tier_of(answers)
            yield _Match(document, relevance, tier, silent, _distance(query.near, document))


def _relevance(query: ServiceQuery, attempt: Attempt, document: ListingDocument) -> float | None:
    """What the words and what they mean are worth; None when the listing neither meets all words nor lies under a category meant."""
    met = meetings(attempt, ListingWords(texts_of(document)))
    if not attempt.units:
        return 0.0
    meant = max((each.weight for each in query.meant if each.category in document.categories), default=0.0)
    if not met.complete and not meant:
        return None
    return met.weight * (1.0 if met.complete else WORTH_OF_SOME_WORDS) + meant * WORTH_OF_MEANING


def _meets_hard(query: ServiceQuery, document: ListingDocument) -> bool:
    if document.service_id in query.without_services:
        return False
    for facet, wanted in query.selections:
        if facet not in SOFT and wanted.isdisjoint(facet_values(document, facet)):
            return False
    if query.whom is not None and not may_fit(query.whom, document.only_for, document.limits_by_name):
        return False
    if query.box is not None and not _in_box(query.box, document):
        return False
    served = document.served_areas
    if query.served_area_ids and served and query.served_area_ids.isdisjoint(served):
        return False
    return query.near is None or _is_near(query.near, document)


def _soft_answers(query: ServiceQuery, document: ListingDocument) -> dict[str, bool | None]:
    """Soft filter -> whether the listing is known to fit; None when it is silent."""
    answers: dict[str, bool | None] = {}
    for facet, wanted in query.selections:
        if facet in SOFT:
            values = facet_values(document, facet)
            answers[facet.value] = not wanted.isdisjoint(values) if values else None
    if query.open_at is not None:
        answers[OPEN] = _open(query.open_at, document)
    if query.near is not None:
        says_where = document.latitude is not None or bool(document.served_areas)
        answers[NEAR] = True if says_where else None
    return answers


def tier_of(answers: Mapping[str, bool | None]) -> int:
    """How many soft filters are known to be met; knowing where, or whom a listing serves, weighs more than all others together."""
    others = [answer for name, answer in answers.items() if name != NEAR]
    return sum(answer is True for answer in others) + (len(others) + 1 if answers.get(NEAR) else 0)


def _open(open_at: OpenAt, document: ListingDocument) -> bool | None:
    calendar, zone = document.opening, known_zone(document.opening)
    if calendar is None or zone is None:
        return None
    answers: list[bool | None] = []
    for day, minute, end in wall_times(open_at, zone):
        midnight = datetime.combine(day, datetime.min.time())
        start = midnight + timedelta(minutes=minute)
        if end is None:
            answers.append(calendar_open_at(calendar, start))
        else:
            answers.append(calendar_opens_within(calendar, start, midnight + timedelta(minutes=end)))
    if any(answers):
        return True
    return None if None in answers else False


def _in_box(box: Box, document: ListingDocument) -> bool:
    latitude, longitude = document.latitude, document.longitude
    if latitude is None or longitude is None or not box.south <= latitude <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= longitude <= box.east
    return longitude >= box.west or longitude <= box.east


def _is_near(near: Near, document: ListingDocument) -> bool:
    if near.within_km is None:
        return True
    distance = _distance(near, document)
    if distance is not None and distance <= near.within_km:
        return True
    if document.reach and not near.area_ids.isdisjoint(document.served_areas):
        return True
    return distance is None and not document.served_areas


def _distance(near: Near | None, document: ListingDocument) -> float | None:
    if near is None or document.latitude is None or document.longitude is None:
        return None
    return distance_km(near.latitude, near.longitude, document.latitude, document.longitude)


def _page(query: ServiceQuery, attempt: Attempt, found: list[_Match], documents: list[ListingDocument]) -> SearchPage:
    best = _best_place_of_each_service(query, found)
    start = (query.page - 1) * query.per_page
    scores = _scores(query, found)
    hits = tuple(
        hit_of(
            match.document.service_id,
            match.document.id,
            texts_of(match.document),
            attempt,
            score=scores[match.document.id],
            distance_km=match.distance,
            unknown=match.silent,
            snippets=query.snippets,
        )
        for match in best[start : start + query.per_page]
    )
    facets, silent = _facets(query, attempt, documents)
    return SearchPage(
        hits=hits,
        total=len(best),
        facets=facets,
        facet_unknown=silent,
        open_counts=_open_counts(query, attempt, documents),
        words_used=attempt.used,
        words_dropped=attempt.dropped,
    )


def _scores(query: ServiceQuery, found: list[_Match]) -> dict[str, float]:
    relevance = {match.document.id: match.relevance for match in found}
    if query.near is None or query.order is not Order.BLEND:
        return relevance
    best = max(relevance.values(), default=0.0)
    blended = {}
    for match in found:
        near = 1 / (1 + (HALF_AT_KM if match.distance is None else match.distance) / HALF_AT_KM)
        words = relevance[match.document.id]
        blended[match.document.id] = (1 - WEIGHT_OF_PROXIMITY) * words / best + WEIGHT_OF_PROXIMITY * near if best > 0 else near
    return blended


def _best_place_of_each_service(query: ServiceQuery, found: list[_Match]) -> list[_Match]:
    scores = _scores(query, found)
    by_distance = query.order is Order.DISTANCE and query.near is not None

    def rank(match: _Match) -> tuple[float, ...]:
        document = match.document
        distance = float("inf") if match.distance is None else match.distance
        verified = NEVER_VERIFIED if document.verified_on is None else document.verified_on
        keys = (stable_key(document.service_id), stable_key(document.id))
        return (-match.tier, distance if by_distance else 0.0, -scores[document.id], -verified, *keys)

    best: dict[str, _Match] = {}
    for match in sorted(found, key=rank):
        best.setdefault(match.document.service_id, match)
    return list(best.values())


def _facets(
    query: ServiceQuery, attempt: Attempt, documents: list[ListingDocument]
) -> tuple[dict[Facet, tuple[FacetCount, ...]], dict[Facet, int]]:
    counted: dict[Facet, tuple[FacetCount, ...]] = {}
    silent: dict[Facet, int] = {}
    for facet in query.facets:
        others = tuple((other, wanted) for other, wanted in query.selections if other is not facet)
        found = list(_matches(replace(query, selections=others), attempt, documents))
        counts = Counter(value for match in found for value in facet_values(match.document, facet))
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        counted[facet] = tuple(FacetCount(value, count) for value, count in ordered[: query.facet_limit])
        if facet in SOFT:
            silent[facet] = sum(not facet_values(match.document, facet) for match in found)
    return counted, silent


def _open_counts(query: ServiceQuery, attempt: Attempt, documents: list[ListingDocument]) -> tuple[int, int] | None:
    if query.open_at is None:
        return None
    found = _matches(replace(query, open_at=None), attempt, documents)
    answers = [_open(query.open_at, match.document) for match in found]
    return answers.count(True), answers.count(None)
