"""The words of an attempt as tantivy queries: one that scores, and a cheaper one that matches the very same listings.

For the score every word is the best of: the word itself in each field (BM25 x the field's weight), what begins with it (the last word only)
and what is misspelt (a constant per field). What stands for a word or a phrase counts when it stands anywhere, more in the fields that say
what a listing is. What matches is decided by `ANY_TEXT` and the phrases of it alone, as they hold everything that the fields hold.
"""

from collections.abc import Iterable, Iterator

from tantivy import Query, Schema

from search_index.embedded.clauses import all_of, any_of, any_term, unscored
from search_index.embedded.schema import ANY_TEXT, PHRASES
from search_index.fields import TEXT_FIELDS
from search_index.marks import phrase_token
from search_index.synonyms import Phrase
from search_index.wording import Attempt, Unit, Word
from search_index.words import SHORTEST_PREFIX, edits_allowed

BEGINNING = 0.6
MISSPELT = 0.4
ALTERNATIVE = 0.7
TRANSLATION = 0.5
_SHORT = 3
"""A beginning of so few letters meets much, and little is meant by where."""


def wording_query(schema: Schema, attempt: Attempt) -> Query:
    """Matches what meets every unit of the attempt; the score is the relevance."""
    return all_of(*(unit_query(schema, unit, attempt.last_word) for unit in attempt.units))


def wording_filter(schema: Schema, attempt: Attempt) -> Query:
    """Matches what `wording_query` matches; for counting, scores 0."""
    return unscored(all_of(*(_unit_anywhere(schema, unit, attempt.last_word) for unit in attempt.units)))


def unit_query(schema: Schema, unit: Unit, last_word: str | None) -> Query:
    """Matches what meets one unit; the score is what that is worth."""
    words = [list(_word(schema, word, word.text == last_word)) for word in unit.words]
    ways = words[0] if len(words) == 1 else [all_of(*(Query.disjunction_max_query(word) for word in words))]
    ways.extend(_phrases(schema, unit.alternatives, ALTERNATIVE))
    ways.extend(_phrases(schema, unit.translations, TRANSLATION))
    return Query.disjunction_max_query(ways)


def _word(schema: Schema, word: Word, is_last: bool) -> Iterator[Query]:
    text = word.text
    for field, weight in TEXT_FIELDS.items():
        yield Query.boost_query(Query.term_query(schema, field, text, "freq"), weight)
    yield from _phrases(schema, word.others, TRANSLATION)
    if _may_go_on(text, is_last):
        telling = ("name",) if len(text) <= _SHORT else ("name", "organization")
        yield from (_constant(_beginning(schema, field, text), field, BEGINNING) for field in (*telling, ANY_TEXT))
    edits = edits_allowed(text)
    if edits:
        # Two typos are looked for once, in everything; finding one in a name takes a tenth of the time and tells more.
        yield _constant(_misspelt(schema, "name", text, 1), "name", MISSPELT)
        yield _constant(_misspelt(schema, ANY_TEXT, text, edits), ANY_TEXT, MISSPELT)


def _phrases(schema: Schema, phrases: Iterable[Phrase], share: float) -> Iterator[Query]:
    """What stands for something, in each field."""
    given = list(phrases)
    for field in PHRASES if given else ():
        yield from (_constant(query, field, share) for query in _standing_in(schema, field, given))


def _unit_anywhere(schema: Schema, unit: Unit, last_word: str | None) -> Query:
    words = all_of(*(_word_anywhere(schema, word, word.text == last_word) for word in unit.words))
    return any_of(words, *_standing_in(schema, ANY_TEXT, (*unit.alternatives, *unit.translations)))


def _word_anywhere(schema: Schema, word: Word, is_last: bool) -> Query:
    edits = edits_allowed(word.text)
    itself = _misspelt(schema, ANY_TEXT, word.text, edits) if edits else any_term(schema, ANY_TEXT, [word.text])
    beginning = [_beginning(schema, ANY_TEXT, word.text)] if _may_go_on(word.text, is_last) else []
    return any_of(itself, *beginning, *_standing_in(schema, ANY_TEXT, word.others))


def _standing_in(schema: Schema, field: str, phrases: Iterable[Phrase]) -> Iterator[Query]:
    """What has any of these phrases in a field: single words among its words, longer ones, which are tokens, among its phrases."""
    given = list(phrases)
    single = [phrase[0] for phrase in given if len(phrase) == 1]
    longer = [phrase_token(phrase) for phrase in given if len(phrase) > 1]
    if single:
        yield any_term(schema, field, single)
    if longer:
        yield any_term(schema, PHRASES[field], longer)


def _may_go_on(word: str, is_last: bool) -> bool:
    return is_last and len(word) >= SHORTEST_PREFIX


def _beginning(schema: Schema, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, field, word, 0, transposition_cost_one=True, prefix=True)


def _misspelt(schema: Schema, field: str, word: str, edits: int) -> Query:
    return Query.fuzzy_term_query(schema, field, word, edits, transposition_cost_one=True)


def _constant(query: Query, field: str, share: float) -> Query:
    return Query.const_score_query(query, share * TEXT_FIELDS.get(field, 1.0))
