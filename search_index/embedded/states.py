"""The version of every service in the index, in id order and never all in memory at once."""

from collections.abc import Iterator

from tantivy import Query

from search_index.embedded import schema
from search_index.embedded.snapshot import Snapshot

_AT_ONCE = 20_000
_NEXT_CHARACTERS = [schema.STATE_SEPARATOR, *(chr(code) for code in range(0x20, 0x7F))]  # ids are printable ASCII


def states(snapshot: Snapshot, at_once: int = _AT_ONCE) -> Iterator[tuple[str, int]]:
    """(service id, version) by id. Terms are listed prefix by prefix; a prefix that too many begin with is lengthened."""
    for term in _terms(snapshot, "", at_once):
        service_id, _, version = term.rpartition(schema.STATE_SEPARATOR)
        yield service_id, int(version)


def _terms(snapshot: Snapshot, prefix: str, at_once: int) -> Iterator[str]:
    live = Query.all_query()  # without a filter, terms of deleted documents would be listed too
    found = snapshot.searcher.terms_with_prefix(schema.STATE, prefix, filter_query=live, limit=at_once + 1)
    if len(found) <= at_once:
        yield from (term for term, _ in found)
        return
    for character in _NEXT_CHARACTERS:
        yield from _terms(snapshot, prefix + character, at_once)
