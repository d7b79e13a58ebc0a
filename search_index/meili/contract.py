"""What an index in Meilisearch is like: its attributes and settings, as code, and the contract it must have been built under to be used.

Only what is asked is made possible, since every feature of an attribute is paid for with each change: filters test for equality but on
numbers that are compared, nothing is searched in facets by text, and only the telling fields are searched by Meilisearch itself,
which decides what comes first where very much matches and never what matches.
"""

import json
from hashlib import blake2b
from typing import Any

from search_index.fields import TEXT_FIELDS
from search_index.query import FIRST_RESULTS, Facet
from search_index.synonyms import Synonyms
from search_index.whom import NUMBERS

OLDEST_SERVER = (1, 50)
"""The oldest version of Meilisearch that this was tried with."""

ID = "id"
SERVICE, VERSION, FLAG, ROW, ROW_WORDS = "service", "version", "flag", "row", "row_words"
TOKENS, SERVED, OPENING, CELL = "tokens", "served", "opening", "cell"
LATITUDE, LONGITUDE = "latitude", "longitude"
VERIFIED, TURN, PLACE_TURN = "verified", "turn", "place_turn"
ONLY_FOR = "only_for"
PART, WORDS, OPENINGS, GENERATION, CONTRACT, EDITION = "part", "words", "openings", "generation", "contract", "edition"

PLACE = "place"
"""The flag of every listing document, which those that tell of the index itself do not have."""

TELLING = tuple(field for field, weight in TEXT_FIELDS.items() if weight >= 2.0)
"""Fields that say what a listing is: searched by Meilisearch, and weighed for the order of results."""

MOST_FACET_VALUES = 1_000
_SLOWEST_SEARCH_MS = 700
_FORMAT = 7  # raise it when documents are encoded differently under the same settings


def limit_attributes(number: str) -> tuple[str, str]:
    """The attributes of the lower and the upper limit of a number of a person."""
    name = number.replace(".", "_").lower()
    return f"{name}_from", f"{name}_to"


def facet_attribute(facet: Facet) -> str:
    return f"facet_{facet.value}"


LIMITS = tuple(name for number in NUMBERS for name in limit_attributes(number))


def index_settings(synonyms: Synonyms) -> dict[str, Any]:
    """The settings of a generation."""
    equal = {"facetSearch": False, "filter": {"equality": True, "comparison": False}}
    compared = {"facetSearch": False, "filter": {"equality": True, "comparison": True}}
    return {
        "filterableAttributes": [
            {
                "attributePatterns": [ID, SERVICE, FLAG, TOKENS, SERVED, OPENING, CELL, ONLY_FOR, *map(facet_attribute, Facet)],
                "features": equal,
            },
            {"attributePatterns": [LATITUDE, LONGITUDE, PART, *LIMITS], "features": compared},
        ],
        "sortableAttributes": [VERIFIED, TURN, PLACE_TURN, SERVICE, PART],
        "searchableAttributes": list(TELLING),
        "displayedAttributes": [
            *(ID, SERVICE, VERSION, ROW, ROW_WORDS, facet_attribute(Facet.CATEGORY), *TEXT_FIELDS),
            *(PART, WORDS, OPENINGS, GENERATION, CONTRACT, EDITION),
        ],
        "rankingRules": ["words", "typo", "attributeRank", "proximity", "sort", "wordPosition", "exactness"],
        "synonyms": _synonyms(synonyms),
        "typoTolerance": {"minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}, "disableOnNumbers": True},
        "localizedAttributes": [{"attributePatterns": list(TELLING), "locales": ["eng", "fra", "spa"]}],
        "proximityPrecision": "byAttribute",
        "prefixSearch": "indexingTime",
        "facetSearch": False,
        "faceting": {"maxValuesPerFacet": MOST_FACET_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": FIRST_RESULTS + FIRST_RESULTS // 4},
        "searchCutoffMs": _SLOWEST_SEARCH_MS,
    }


def _synonyms(synonyms: Synonyms) -> dict[str, list[str]]:
    """Single words and phrases alike, for the order of what Meilisearch ranks."""
    return {" ".join(phrase): [" ".join(other) for other in others] for phrase, others in sorted(synonyms.others.items()) if others}


def contract(synonyms: Synonyms) -> str:
    """Changes whenever an index built before could be read wrongly."""
    parts = [_FORMAT, index_settings(synonyms), synonyms.longer_phrases]
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=6).hexdigest()
