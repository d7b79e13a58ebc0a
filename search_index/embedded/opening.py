"""Opening hours against one view of the index: which listings are open when it is asked, and which do not say.

A listing holds tokens of its own zone only, so what is asked in each zone can be asked of all listings together: one flat question, however
many zones there are. Tokens that nothing holds are left out of it, and it is kept for whoever asks again: "now" is the same for a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tantivy import Occur, Query

from search_index import marks
from search_index.blocks import DaysAsked, asked_everywhere
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
    days = asked_everywhere(open_at, snapshot.zones)
    outside = [_any(snapshot, day.outside) for day in days]
    is_open = [_open_on(snapshot, day, silent) for day, silent in zip(days, outside, strict=True)]
    not_told = _any(snapshot, [marks.UNKNOWN])
    return Opening(any_of(*is_open) if is_open else Query.empty_query(), any_of(not_told, *outside))


def _open_on(snapshot: Snapshot, day: DaysAsked, outside: Query) -> Query:
    """Open on one date of each zone; `outside` holds the listings that do not speak of it."""
    usual, irregular, dated = _any(snapshot, day.weekly), _any(snapshot, day.irregular), _any(snapshot, day.dated)
    return every([(Occur.Must, any_of(every([(Occur.Must, usual), (Occur.MustNot, irregular)]), dated)), (Occur.MustNot, outside)])


def _any(snapshot: Snapshot, tokens: Iterable[str]) -> Query:
    held = [token for token in tokens if snapshot.searcher.doc_freq(schema.OPENING, token)]
    return any_term(snapshot.schema, schema.OPENING, held)
