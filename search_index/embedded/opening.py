"""Opening hours against one view of the index: which listings are open when it is asked, and which do not say.

A listing holds tokens of its own zone only, so what is asked in each zone can be asked of all listings together: one flat question, however
many zones there are. Tokens that nothing holds are left out of it, and it is kept for whoever asks again: "now" is the same for a minute.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tantivy import Occur, Query

from search_index.blocks import DayAsked, asked_days
from search_index.embedded import schema
from search_index.embedded.clauses import any_of, any_term, every
from search_index.embedded.snapshot import Snapshot
from search_index.query import OpenAt

_MOST_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Opening:
    """`silent` also holds listings that are open on a part of what is asked and say nothing of the rest."""

    is_open: Query
    silent: Query


def opening(snapshot: Snapshot, open_at: OpenAt) -> Opening:
    """The question as it is put to this view."""
    remembered = snapshot.openings
    found = remembered.get(open_at)
    if found is None:
        if len(remembered) >= _MOST_REMEMBERED:
            remembered.clear()
        found = remembered[open_at] = _compiled(snapshot, open_at)
    return found


def _compiled(snapshot: Snapshot, open_at: OpenAt) -> Opening:
    asked = (asked_days(open_at, zone) for zone in snapshot.zones)
    days = [[day for day in same if day is not None] for same in zip_longest(*asked)]
    outside = [_any(snapshot, (token for zone in day for token in zone.outside)) for day in days]
    is_open = [_open_on(snapshot, day, silent) for day, silent in zip(days, outside, strict=True)]
    not_told = _any(snapshot, [schema.UNKNOWN])
    return Opening(any_of(*is_open) if is_open else Query.empty_query(), any_of(not_told, *outside))


def _open_on(snapshot: Snapshot, day: Sequence[DayAsked], outside: Query) -> Query:
    """Open on one date of each zone; `outside` holds the listings that do not speak of it."""
    usual = _any(snapshot, (token for zone in day for token in zone.weekly))
    irregular = _any(snapshot, (zone.irregular for zone in day))
    dated = _any(snapshot, (token for zone in day for token in zone.dated))
    return every([(Occur.Must, any_of(every([(Occur.Must, usual), (Occur.MustNot, irregular)]), dated)), (Occur.MustNot, outside)])


def _any(snapshot: Snapshot, tokens: Iterable[str]) -> Query:
    held = [token for token in tokens if snapshot.searcher.doc_freq(schema.OPENING, token)]
    return any_term(snapshot.schema, schema.OPENING, held)
