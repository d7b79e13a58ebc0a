"""A listing document as Meilisearch holds it, and what of it is read back.

A row is what is read of every candidate, kept small: who it is, where, what it is silent on, and the words of its telling fields. Texts are
read for the few results of a page.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_index import marks
from search_index.blend import NEVER_VERIFIED
from search_index.blocks import calendar_tokens, known_zone
from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, facet_values, field_texts, stable_key
from search_index.geo import cells_of
from search_index.meeting import FieldTexts
from search_index.meili import contract
from search_index.meili.values import key, ordered, term
from search_index.port import Put
from search_index.query import Facet
from search_index.synonyms import Synonyms
from search_index.words import tokens

Held = dict[str, Any]
"""A document as it is sent."""

_SPARE_BITS = 11


@dataclass(frozen=True, slots=True)
class Encoded:
    """The documents of a service, with what they bring that the index may not know yet."""

    documents: tuple[Held, ...]
    words: frozenset[str]
    zones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """What a candidate needs. `is_somewhere`: it says where it is or whom it serves. `words`: the tokens and phrases of each field of
    `contract.TELLING`, in order, with spaces between and around. `texts`: as written, where they were read too."""

    service_id: str
    document_id: str
    latitude: float | None
    longitude: float | None
    verified: int
    silent: tuple[str, ...]
    is_somewhere: bool
    categories: tuple[str, ...]
    words: tuple[str, ...]
    texts: FieldTexts | None = None


def encoded(put: Put, synonyms: Synonyms) -> Encoded:
    """All documents of a service; the first carries a flag that says so."""
    words: set[str] = set()
    documents = tuple(_encoded(document, synonyms, words, is_first=not place) for place, document in enumerate(put.documents))
    for document in documents:
        document[contract.VERSION] = put.version
    zones = frozenset(zone for document in put.documents if (zone := known_zone(document.opening)))
    return Encoded(documents, frozenset(words), zones)


def _encoded(document: ListingDocument, synonyms: Synonyms, words: set[str], *, is_first: bool) -> Held:
    by_field = {field: tuple(_held_tokens(field_texts(document, field), synonyms)) for field in TEXT_FIELDS}
    held = frozenset().union(*by_field.values())
    words.update(token for token in held if "_" not in token)
    verified = NEVER_VERIFIED if document.verified_on is None else document.verified_on
    result: Held = {
        contract.ID: key(document.id),
        contract.SERVICE: ordered(document.service_id),
        contract.FLAG: [contract.PLACE, *((marks.FIRST,) if is_first else ()), *marks.flags(document)],
        contract.TOKENS: sorted(held),
        contract.SERVED: [term(area) for area in marks.served_marks(document)],
        contract.OPENING: list(calendar_tokens(document.opening)) or [marks.UNKNOWN],
        contract.VERIFIED: verified,
        contract.TURN: stable_key(document.service_id) >> _SPARE_BITS,
        contract.PLACE_TURN: stable_key(document.id) >> _SPARE_BITS,
        contract.ROW: [
            document.service_id,
            document.id,
            document.latitude,
            document.longitude,
            verified,
            list(marks.silent_facets(document)),
            marks.SOMEWHERE in marks.flags(document),
            list(facet_values(document, Facet.CATEGORY)),
            *(f" {' '.join(dict.fromkeys(by_field[field]))} " for field in contract.TELLING),
        ],
        **{field: list(texts) for field in TEXT_FIELDS if (texts := field_texts(document, field))},
        **{contract.facet_attribute(facet): [term(value) for value in marks.facet_marks(document, facet)] for facet in Facet},
    }
    if document.latitude is not None and document.longitude is not None:
        result[contract.CELL] = list(cells_of(document.latitude, document.longitude))
        result[contract.LATITUDE], result[contract.LONGITUDE] = document.latitude, document.longitude
    return result


def _held_tokens(texts: Sequence[str], synonyms: Synonyms) -> Iterator[str]:
    """The tokens of a field and, each as one token, the phrases that stand for something."""
    for text in texts:
        words = tokens(text)
        yield from words
        yield from (marks.phrase_token(phrase) for phrase in synonyms.standing_in(words))


def row_of(held: Mapping[str, Any]) -> Row:
    """Read back what `encoded` put into a row, with the texts where there are any."""
    service_id, document_id, latitude, longitude, verified, silent, is_somewhere, categories, *words = held[contract.ROW]
    texts = texts_of(held) if len(held) > 1 else None
    return Row(service_id, document_id, latitude, longitude, verified, tuple(silent), is_somewhere, tuple(categories), tuple(words), texts)


def texts_of(held: Mapping[str, Any]) -> FieldTexts:
    """The texts of a document as they were written."""
    return {field: tuple(held[field]) for field in TEXT_FIELDS if held.get(field)}


def part(number: int, words: Iterable[str], zones: Iterable[str]) -> Held:
    """A document that tells of words and zones which earlier parts do not hold."""
    return {contract.ID: f"_part-{number}", contract.PART: number, contract.WORDS: " ".join(sorted(words)), contract.ZONES: sorted(zones)}


def beginning(generation: str, contract_hash: str) -> Held:
    """The first document of a generation: without it an index is not to be used. It is written anew with each batch and says which one that
    was, by a word that never comes again."""
    told = {contract.GENERATION: generation, contract.CONTRACT: contract_hash, contract.EDITION: secrets.token_hex(8)}
    return {contract.ID: "_part-0", contract.PART: 0, **told}


def edition_of(held: Mapping[str, Any]) -> str:
    """What `beginning` says of the batch that was written last."""
    return f"{held[contract.GENERATION]}/{held[contract.EDITION]}"
