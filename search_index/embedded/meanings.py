"""What the words of an attempt mean, beside what they say: listings under a category that was understood match as those do that meet them.

The score of a listing is that of its words, in full when it meets them all and else in part, and what the surest category is worth that
it lies under.
"""

from collections.abc import Sequence

from tantivy import Occur, Query, Schema

from search_index.blend import WORTH_OF_MEANING, WORTH_OF_SOME_WORDS
from search_index.embedded.clauses import any_of, any_term, unscored
from search_index.embedded.schema import facet_field
from search_index.embedded.wordings import unit_query, wording_filter, wording_query
from search_index.query import Facet, Meant
from search_index.wording import Attempt

_CATEGORY = facet_field(Facet.CATEGORY)


def meaning_query(schema: Schema, attempt: Attempt, meant: Sequence[Meant]) -> Query:
    """Matches what meets every unit of the attempt or lies under a category meant; the score is the relevance."""
    if not meant:
        return wording_query(schema, attempt)
    complete = Query.boost_query(wording_query(schema, attempt), 1 - WORTH_OF_SOME_WORDS)
    parts = [Query.boost_query(unit_query(schema, unit, attempt.last_word), WORTH_OF_SOME_WORDS) for unit in attempt.units]
    under = Query.disjunction_max_query([_under(schema, each) for each in meant])
    return Query.boolean_query([(Occur.Must, any_of(complete, under)), *((Occur.Should, part) for part in parts)])


def meaning_filter(schema: Schema, attempt: Attempt, meant: Sequence[Meant]) -> Query:
    """Matches what `meaning_query` matches; for counting, scores 0."""
    if not meant:
        return wording_filter(schema, attempt)
    under = any_term(schema, _CATEGORY, sorted({each.category for each in meant}))
    return unscored(any_of(wording_filter(schema, attempt), under))


def _under(schema: Schema, meant: Meant) -> Query:
    return Query.const_score_query(any_term(schema, _CATEGORY, [meant.category]), meant.weight * WORTH_OF_MEANING)
