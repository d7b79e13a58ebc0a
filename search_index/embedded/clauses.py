"""Queries put together from clauses, as the modules of the embedded engine need them."""

from collections.abc import Iterable

from tantivy import Occur, Query, Schema

MOST_SINGLE_TERMS = 1_000
"""Up to so many terms are looked up one by one. A set of terms is made into an automaton and a map of all documents, which takes a fifth of
a millisecond for 100,000 documents however few the terms are; with more than these it is the quicker one."""

Clause = tuple[Occur, Query]


def every(clauses: Iterable[Clause]) -> Query:
    """What meets all clauses; scores are added up."""
    given = list(clauses)
    if not any(occur == Occur.Must for occur, _ in given):
        given.append((Occur.Must, unscored(Query.all_query())))
    return given[0][1] if len(given) == 1 else Query.boolean_query(given)


def all_of(*queries: Query) -> Query:
    """Sum of scores; everything when nothing is asked."""
    return every((Occur.Must, query) for query in queries)


def any_of(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def none_of(*queries: Query) -> Query:
    return every((Occur.MustNot, query) for query in queries)


def any_term(schema: Schema, field: str, values: Iterable[str | int]) -> Query:
    """What holds any of the values. The score means nothing: to be wrapped in a constant one."""
    wanted = list(values)
    if len(wanted) > MOST_SINGLE_TERMS:
        return Query.term_set_query(schema, field, wanted)
    return any_of(*(Query.term_query(schema, field, value, "basic") for value in wanted)) if wanted else Query.empty_query()


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
