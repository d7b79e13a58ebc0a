"""The names that a reader may use in a record: HSDS 3.1 and what the importer understands beyond it, taken from the importer's own table so
that a mapping is never checked against another list than the one that loads it."""

from collections.abc import Mapping

from directory.domain.listing import Disclosures
from directory.services.exchange.prepare.fields import CHILDREN, REFERENCES
from directory.services.exchange.prepare.fields import FIELDS as CLEANERS
from directory.services.exchange.prepare.fields import PARTS as LISTS

LIST_FIELDS = frozenset({"categories", "ways_in", "remote", "cost", "postal_codes"})
"""Fields that hold a list of words."""

YES_NO_FIELDS = frozenset({"confidential", "sms", "closed_on_holidays", *Disclosures.__dataclass_fields__})

_FOR_OTHER_READERS = frozenset({"attributes", "metadata", "translations"})


def _fields(kind: str) -> frozenset[str]:
    ids = {reference.id_key for reference in REFERENCES.get(kind, ()) if reference.id_key}
    own = {"categories"} if kind == "service" else set()
    return frozenset({"id"} | {name for name, _ in CLEANERS[kind]} | ids | own)


FIELDS: Mapping[str, frozenset[str]] = {kind: _fields(kind) for kind in CLEANERS} | {
    "category_term": frozenset({"taxonomy", "code", "name"})
}
"""Kind -> the fields that hold one value (or, for `LIST_FIELDS`, a list of words)."""

PARTS: Mapping[str, Mapping[str, str]] = {
    kind: {name: part for name, part in (LISTS.get(kind, {}) | CHILDREN.get(kind, {})).items() if name not in _FOR_OTHER_READERS}
    | ({"category_terms": "category_term"} if kind == "service" else {})
    for kind in CLEANERS
}
"""Kind -> lists of nested parts, and the kind of each."""

SINGLE_PARTS: Mapping[str, Mapping[str, str]] = {
    kind: {reference.nested: reference.kind for reference in REFERENCES.get(kind, ()) if reference.nested}
    | ({"unit": "unit"} if kind == "service_capacity" else {})
    for kind in CLEANERS
}
"""Kind -> nested parts of which there is one."""


def names_of(kind: str) -> frozenset[str]:
    """Every name that may stand in a record of this kind."""
    return FIELDS[kind] | PARTS.get(kind, {}).keys() | SINGLE_PARTS.get(kind, {}).keys()
