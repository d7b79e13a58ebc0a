"""The fields of the embedded index, and the contract an index on disk must have been built under to be used."""

import json
from hashlib import blake2b
from importlib.metadata import version

import tantivy

from search_index.fields import TEXT_FIELDS
from search_index.query import Facet
from search_index.synonyms import Synonyms
from search_index.whom import NUMBERS

ANY_TEXT = "any_text"
"""All texts together: for typos and for phrases that may stand anywhere."""

PHRASES = {"name": "name_phrases", "category_words": "category_phrases", ANY_TEXT: "any_phrases"}
"""Fields in which synonyms are looked for (one counts more in the first two) -> the field that holds those of several words, each as one
token: asking for a token is many times quicker than asking for words that follow each other."""

SERVICE = "service"
STATE = "state"  # service id and version, on the first document of each service
FLAG = "flag"
SERVED = "served"
CELL = "cell"
LATITUDE, LONGITUDE = "latitude", "longitude"
POINT = "point"  # both in one number, to be read in one go for thousands of places (`search_index.embedded.points`)
OPENING, ZONE = "opening", "zone"
VERIFIED = "verified"
ONLY_FOR = "only_for"
SERVICE_KEY, DOCUMENT_KEY = "service_key", "document_key"
SHOWN = "shown"

STATE_SEPARATOR = "\x00"  # sorts before every printable character, so states sort as their ids do

_SPACES = "spaces"
_FORMAT = 8  # raise it when documents are encoded differently under the same schema


def limit_fields(number: str) -> tuple[str, str]:
    """The fields of the lower and the upper limit of a number of a person."""
    name = number.replace(".", "_").lower()
    return f"{name}_from", f"{name}_to"


def facet_field(facet: Facet) -> str:
    return f"facet_{facet.value}"


def _text_fields() -> dict[str, dict[str, object]]:
    words: dict[str, object] = {"tokenizer_name": _SPACES, "index_option": "freq"}
    tokens: dict[str, object] = {"tokenizer_name": _SPACES, "index_option": "basic"}
    plain: dict[str, object] = {"tokenizer_name": "raw", "index_option": "basic"}
    fields = dict.fromkeys(TEXT_FIELDS, words)
    fields |= dict.fromkeys((ANY_TEXT, *PHRASES.values(), OPENING), tokens)
    fields |= dict.fromkeys((SERVICE, STATE, FLAG, SERVED, ZONE, ONLY_FOR), plain)
    return fields | {facet_field(facet): {**plain, "fast": True} for facet in Facet}


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, options in _text_fields().items():
        builder.add_text_field(name, **options)  # type: ignore[arg-type]
    builder.add_unsigned_field(CELL, indexed=True)
    builder.add_float_field(LATITUDE, fast=True)
    builder.add_float_field(LONGITUDE, fast=True)
    builder.add_unsigned_field(POINT, fast=True)
    builder.add_integer_field(VERIFIED, fast=True)
    for number in NUMBERS:
        for name in limit_fields(number):
            builder.add_float_field(name, fast=True)
    builder.add_unsigned_field(SERVICE_KEY, fast=True)
    builder.add_unsigned_field(DOCUMENT_KEY, indexed=True, fast=True)
    builder.add_bytes_field(SHOWN, stored=True)
    return builder.build()


def open_index(path: str) -> tantivy.Index:
    """Open or make the index in an existing folder. Texts come as tokens joined by spaces, so spaces are all that is cut at."""
    index = tantivy.Index(schema(), path=path)
    index.register_tokenizer(_SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def contract(synonyms: Synonyms) -> str:
    """Changes whenever an index built before could be read wrongly: also with the synonyms of several words, which documents hold."""
    parts = [version("tantivy"), _FORMAT, _text_fields(), synonyms.longer_phrases]
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=6).hexdigest()
