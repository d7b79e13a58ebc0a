"""A listing document as Meilisearch holds it, and what of it is read back.

A row is what is read of every candidate, kept small: who it is, where, and what it speaks of; the words of its telling fields stand beside
it, for searches that weigh them. Texts are read for the few results of a page.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from search_index import marks
from search_index.blend import NEVER_VERIFIED
from search_index.blocks import calendar_tokens, telling
from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, field_texts, stable_key
from search_index.geo import cells_of
from search_index.meeting import FieldTexts
from search_index.meili import contract
from search_index.meili.values import identifier_of, key, ordered, term
from search_index.port import Put
from search_index.query import SOFT, Facet
from search_index.synonyms import Synonyms
from search_index.whom import NUMBERS, both_limits
from search_index.words import tokens

Held = dict[str, Any]
"""A document as it is sent."""

_SPARE_BITS = 11


@dataclass(frozen=True, slots=True)
class Encoded:
    """The documents of a service, with what they bring that the index may not know yet."""

    documents: tuple[Held, ...]
    words: frozenset[str]
    openings: frozenset[str]


SPOKEN_OF = tuple(facet.value for facet in Facet if facet in SOFT)
"""The soft facets, in the order of their bits in what a row speaks of."""

SOMEWHERE = 1 << len(SPOKEN_OF)
"""The bit of a listing that says where it is or whom it serves."""


BETWEEN_FIELDS = "|"
"""Stands in the words of a row after each field but the last; never in a token."""


class Written(NamedTuple):
    """What a result shows: whose it is, and its texts as they were written."""

    service_id: str
    texts: FieldTexts


WRITTEN = (contract.SERVICE, *TEXT_FIELDS)
"""The attributes that `written_of` reads."""


def encoded(put: Put, synonyms: Synonyms) -> Encoded:
    """All documents of a service; the first carries a flag that says so."""
    words: set[str] = set()
    documents = tuple(_encoded(document, synonyms, words, is_first=not place) for place, document in enumerate(put.documents))
    for document in documents:
        document[contract.VERSION] = put.version
    openings = frozenset().union(*(telling(document[contract.OPENING]) for document in documents))
    return Encoded(documents, frozenset(words), openings)


def _encoded(document: ListingDocument, synonyms: Synonyms, words: set[str], *, is_first: bool) -> Held:
    by_field = {field: tuple(_held_tokens(field_texts(document, field), synonyms)) for field in TEXT_FIELDS}
    held = frozenset().union(*by_field.values())
    words.update(token for token in held if not marks.is_phrase(token))
    verified = NEVER_VERIFIED if document.verified_on is None else document.verified_on
    result: Held = {
        contract.ID: key(document.id),
        contract.SERVICE: ordered(document.service_id),
        contract.FLAG: [contract.PLACE, *((marks.FIRST,) if is_first else ()), *marks.flags(document)],
        contract.TOKENS: sorted(held),
        contract.SERVED: [term(area) for area in marks.served_marks(document)],
        contract.OPENING: list(calendar_tokens(document.opening)) or [marks.UNKNOWN],
        contract.ONLY_FOR: [term(mark) for mark in marks.whom_marks(document)],
        **_limits(document),
        contract.VERIFIED: verified,
        contract.TURN: stable_key(document.service_id) >> _SPARE_BITS,
        contract.PLACE_TURN: stable_key(document.id) >> _SPARE_BITS,
        contract.ROW: [
            document.id,
            stable_key(document.service_id),
            stable_key(document.id),
            document.latitude,
            document.longitude,
            verified,
            _speaks_of(document),
        ],
        contract.ROW_WORDS: BETWEEN_FIELDS.join(f" {' '.join(dict.fromkeys(by_field[field]))} " for field in contract.TELLING),
        **{field: list(texts) for field in TEXT_FIELDS if (texts := field_texts(document, field))},
        **{contract.facet_attribute(facet): [term(value) for value in marks.facet_marks(document, facet)] for facet in Facet},
    }
    if document.latitude is not None and document.longitude is not None:
        result[contract.CELL] = list(cells_of(document.latitude, document.longitude))
        result[contract.LATITUDE], result[contract.LONGITUDE] = document.latitude, document.longitude
    return result


def _limits(document: ListingDocument) -> dict[str, float]:
    limits = document.limits_by_name
    pairs = ((contract.limit_attributes(number), both_limits(limits, number)) for number in NUMBERS)
    return {name: limit for names, both in pairs for name, limit in zip(names, both, strict=True)}


def _held_tokens(texts: Sequence[str], synonyms: Synonyms) -> Iterator[str]:
    """The tokens of a field and, each as one token, the phrases that stand for something."""
    for text in texts:
        words = tokens(text)
        yield from words
        yield from (marks.phrase_token(phrase) for phrase in synonyms.standing_in(words))


def _speaks_of(document: ListingDocument) -> int:
    silent = marks.silent_facets(document)
    facets = sum(1 << bit for bit, name in enumerate(SPOKEN_OF) if name not in silent)
    return facets | (SOMEWHERE if marks.SOMEWHERE in marks.flags(document) else 0)


def written_of(held: Mapping[str, Any]) -> Written:
    """Of a document that was read with `WRITTEN`."""
    texts = {field: tuple(held[field]) for field in TEXT_FIELDS if held.get(field)}
    return Written(identifier_of(held[contract.SERVICE]), texts)


def part(number: int, words: Iterable[str], openings: Iterable[str]) -> Held:
    """A document that tells of words, and of telling tokens of opening, which earlier parts do not hold."""
    told = {contract.WORDS: " ".join(sorted(words)), contract.OPENINGS: " ".join(sorted(openings))}
    return {contract.ID: f"_part-{number}", contract.PART: number, **told}


def beginning(generation: str, contract_hash: str) -> Held:
    """The first document of a generation: without it an index is not to be used. It is written anew with each batch and says which one that
    was, by a word that never comes again."""
    told = {contract.GENERATION: generation, contract.CONTRACT: contract_hash, contract.EDITION: secrets.token_hex(8)}
    return {contract.ID: "_part-0", contract.PART: 0, **told}


def edition_of(held: Mapping[str, Any]) -> str:
    """What `beginning` says of the batch that was written last."""
    return f"{held[contract.GENERATION]}/{held[contract.EDITION]}"
