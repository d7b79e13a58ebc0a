"""A listing document as the embedded index holds it, and what of it is read back for a page of results."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import tantivy

from search_index import marks
from search_index.blend import NEVER_VERIFIED
from search_index.blocks import calendar_tokens, known_zone
from search_index.documents import ListingDocument
from search_index.embedded import schema
from search_index.embedded.points import packed
from search_index.fields import TEXT_FIELDS, field_texts, stable_key
from search_index.geo import cells_of
from search_index.meeting import FieldTexts, texts_of
from search_index.port import Put
from search_index.query import Facet
from search_index.synonyms import Synonyms
from search_index.whom import NUMBERS, both_limits
from search_index.words import tokens


@dataclass(frozen=True, slots=True)
class Shown:
    """What a result needs of a document. `silent`: soft facets it says nothing of."""

    service_id: str
    document_id: str
    texts: FieldTexts
    silent: tuple[str, ...]


def encoded(put: Put, synonyms: Synonyms) -> list[tantivy.Document]:
    """All documents of a service; the first carries its state."""
    documents = [_encoded(document, synonyms) for document in put.documents]
    for first in documents[:1]:
        first.add_text(schema.STATE, f"{put.service_id}{schema.STATE_SEPARATOR}{put.version}")
        first.add_text(schema.FLAG, marks.FIRST)
    return documents


def _encoded(document: ListingDocument, synonyms: Synonyms) -> tantivy.Document:
    result = tantivy.Document()
    for name, value in (*_texts(document, synonyms), *_values(document)):
        result.add_text(name, value)
    result.add_text(schema.SERVICE, document.service_id)
    if document.latitude is not None and document.longitude is not None:
        result.add_float(schema.LATITUDE, document.latitude)
        result.add_float(schema.LONGITUDE, document.longitude)
        for cell in cells_of(document.latitude, document.longitude):
            result.add_unsigned(schema.CELL, cell)
    result.add_unsigned(schema.POINT, packed(document.latitude, document.longitude))
    result.add_integer(schema.VERIFIED, NEVER_VERIFIED if document.verified_on is None else document.verified_on)
    limits = document.limits_by_name
    for number in NUMBERS:
        for name, limit in zip(schema.limit_fields(number), both_limits(limits, number), strict=True):
            result.add_float(name, limit)
    result.add_unsigned(schema.SERVICE_KEY, stable_key(document.service_id))
    result.add_unsigned(schema.DOCUMENT_KEY, stable_key(document.id))
    result.add_bytes(schema.SHOWN, _shown_bytes(document))
    return result


def _texts(document: ListingDocument, synonyms: Synonyms) -> Iterator[tuple[str, str]]:
    for field in TEXT_FIELDS:
        for text in field_texts(document, field):
            words = tokens(text)
            cut = " ".join(words)
            yield from ((field, cut), (schema.ANY_TEXT, cut))
            phrases = " ".join(marks.phrase_token(phrase) for phrase in synonyms.standing_in(words))
            if phrases:
                yield from ((schema.PHRASES[name], phrases) for name in (field, schema.ANY_TEXT) if name in schema.PHRASES)


def _values(document: ListingDocument) -> Iterator[tuple[str, str]]:
    for facet in Facet:
        yield from ((schema.facet_field(facet), value) for value in marks.facet_marks(document, facet))
    yield from ((schema.SERVED, area) for area in marks.served_marks(document))
    yield from ((schema.FLAG, flag) for flag in marks.flags(document))
    yield from ((schema.ONLY_FOR, mark) for mark in marks.whom_marks(document))
    yield schema.OPENING, " ".join(calendar_tokens(document.opening)) or marks.UNKNOWN
    zone = known_zone(document.opening)
    if zone is not None:
        yield schema.ZONE, zone


def _shown_bytes(document: ListingDocument) -> bytes:
    parts = [document.service_id, document.id, texts_of(document), marks.silent_facets(document)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def shown(document: tantivy.Document) -> Shown:
    """Read back what `encoded` stored."""
    service_id, document_id, texts, silent = json.loads(bytes(document.get_first(schema.SHOWN) or b""))
    written = {field: tuple(values) for field, values in texts.items()}
    return Shown(service_id, document_id, written, tuple(silent))
