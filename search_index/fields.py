"""What every engine reads from a document: texts with their weight, facet values, stable keys, and whether it is fit to be indexed."""

import math
from collections.abc import Iterable
from hashlib import blake2b

from search_index.documents import ListingDocument
from search_index.port import Put
from search_index.query import Facet

TEXT_FIELDS: dict[str, float] = {
    "name": 8.0,
    "alternate_names": 6.0,
    "category_words": 4.0,
    "organization": 3.0,
    "place_words": 2.0,
    "description": 1.5,
    "eligibility": 1.0,
    "other_words": 1.0,
}
"""Attribute of a document -> how much a word met there weighs. Order is from most to least telling."""

_LONGEST_ID = 200


def field_texts(document: ListingDocument, field: str) -> tuple[str, ...]:
    """The texts of a field; a phrase never runs from one into the next."""
    value = getattr(document, field)
    texts = value if isinstance(value, tuple) else (value,)
    return tuple(text for text in texts if text)


def facet_values(document: ListingDocument, facet: Facet) -> tuple[str, ...]:
    """The distinct values a document counts under; empty means it is silent."""
    values: Iterable[str]
    match facet:
        case Facet.CATEGORY:
            values = document.categories
        case Facet.LANGUAGE:
            values = document.languages
        case Facet.COST:
            values = document.cost
        case Facet.ACCESSIBILITY:
            values = document.accessibility
        case Facet.REMOTE:
            values = document.remote
        case Facet.SECTOR:
            values = (document.sector,)
        case Facet.ORGANIZATION:
            values = (document.organization_id,)
        case Facet.SOURCE:
            values = (document.source,)
    return tuple(dict.fromkeys(value for value in values if value))


def stable_key(identifier: str) -> int:
    """A 64-bit number for an id: equal in every engine and process, used to group and to break ties."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "big")


def refusal(put: Put) -> str | None:
    """Why these documents cannot be indexed, in one sentence; None when they can."""
    if not _is_id(put.service_id):
        return f"service_id needs 1 to {_LONGEST_ID} printable ASCII characters."
    if not isinstance(put.version, int) or not 0 <= put.version < 2**63:
        return "version needs a whole number from 0."
    ids = [document.id for document in put.documents]
    if len(set(ids)) != len(ids):
        return "Each document of a service needs an id of its own."
    return next((reason for document in put.documents if (reason := _refused_document(put, document))), None)


def _refused_document(put: Put, document: ListingDocument) -> str | None:
    if not _is_id(document.id):
        return f"id of a document needs 1 to {_LONGEST_ID} printable ASCII characters."
    if document.service_id != put.service_id:
        return f"service_id of document {document.id} needs to be {put.service_id}."
    if (document.latitude is None) != (document.longitude is None):
        return f"Document {document.id} needs both latitude and longitude, or neither."
    if document.latitude is not None and document.longitude is not None and not _on_earth(document):
        return f"latitude and longitude of document {document.id} need to be degrees within 90 and 180."
    return None


def _is_id(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_ID and text.isascii() and text.isprintable()


def _on_earth(document: ListingDocument) -> bool:
    latitude, longitude = document.latitude or 0.0, document.longitude or 0.0
    return math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
