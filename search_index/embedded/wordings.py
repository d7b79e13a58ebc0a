"""The words of an attempt as one scored tantivy query.

Every word is the best of: the word itself in each field (BM25 x the field's weight), what begins with it (the last word only) and what is
misspelt (a constant per field). An alternative phrase counts when it stands anywhere, more in the fields that say what a listing is.
"""

from collections.abc import Iterable, Iterator

from tantivy import Query, Schema

from search_index.embedded.filters import all_of
from search_index.embedded.schema import ANY_TEXT, PHRASE_FIELDS
from search_index.fields import TEXT_FIELDS
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
    return all_of(*(_unit(schema, unit, attempt.last_word) for unit in attempt.units))


def _unit(schema: Schema, unit: Unit, last_word: str | None) -> Query:
    ways = [all_of(*(_word(schema, word, word.text == last_word) for word in unit.words))]
    ways.extend(_phrases(schema, unit.alternatives, ALTERNATIVE))
    ways.extend(_phrases(schema, unit.translations, TRANSLATION))
    return Query.disjunction_max_query(ways)


def _word(schema: Schema, word: Word, is_last: bool) -> Query:
    text = word.text
    ways = [Query.boost_query(Query.term_query(schema, field, text, "freq"), weight) for field, weight in TEXT_FIELDS.items()]
    ways.extend(_phrases(schema, word.others, TRANSLATION))
    if is_last and len(text) >= SHORTEST_PREFIX:
        telling = ("name",) if len(text) <= _SHORT else ("name", "organization")
        ways.extend(_inexact(schema, field, text, 0, BEGINNING) for field in (*telling, ANY_TEXT))
    edits = edits_allowed(text)
    if edits:
        # Two typos are looked for once, in everything; finding one in a name takes a tenth of the time and tells more.
        ways += [_inexact(schema, "name", text, 1, MISSPELT), _inexact(schema, ANY_TEXT, text, edits, MISSPELT)]
    return Query.disjunction_max_query(ways)


def _inexact(schema: Schema, field: str, word: str, edits: int, share: float) -> Query:
    """What begins with the word (no edits) or is misspelt by so many."""
    found = Query.fuzzy_term_query(schema, field, word, edits, transposition_cost_one=True, prefix=not edits)
    return Query.const_score_query(found, share * TEXT_FIELDS.get(field, 1.0))


def _phrases(schema: Schema, phrases: Iterable[Phrase], share: float) -> Iterator[Query]:
    """What stands for something: single words of a field in one look, longer phrases one by one."""
    single = [phrase[0] for phrase in phrases if len(phrase) == 1]
    longer = [list(phrase) for phrase in phrases if len(phrase) > 1]
    for field in PHRASE_FIELDS:
        score = share * TEXT_FIELDS.get(field, 1.0)
        if single:
            yield Query.const_score_query(Query.term_set_query(schema, field, single), score)
        for phrase in longer:
            yield Query.const_score_query(Query.phrase_query(schema, field, list[str | tuple[int, str]](phrase)), score)
