"""From a listing that was found to the hit that is shown: why it matches, in its own words, and a snippet."""

from search_index.meeting import FieldTexts, ListingWords, Met, meetings
from search_index.query import Hit
from search_index.snippets import snippet
from search_index.wording import Attempt
from search_index.words import find_phrase

_SNIPPET_FIELDS = ("description", "eligibility", "other_words")


def hit_of(
    service_id: str,
    document_id: str,
    written: FieldTexts,
    attempt: Attempt,
    *,
    score: float,
    distance_km: float | None,
    unknown: tuple[str, ...],
    snippets: bool,
    words: ListingWords | None = None,
) -> Hit:
    """Put a hit together from the texts of the listing as they are written; `words` where its words were cut, or are known, already."""
    met = meetings(attempt, words or ListingWords(written)).met if attempt.units else ()
    shown = ""
    if snippets:
        marked = frozenset((*attempt.used, *(token for meeting in met for token in meeting.tokens)))
        shown = snippet((text for field in _SNIPPET_FIELDS for text in written.get(field, ())), marked)
    matched = tuple(dict.fromkeys((meeting.field, _as_written(written, meeting)) for meeting in met))
    return Hit(service_id, document_id, score, distance_km, unknown, shown, matched)


def _as_written(written: FieldTexts, meeting: Met) -> str:
    """The words that were met, as the listing has them."""
    for text in written.get(meeting.field, ()):
        place = find_phrase(text, meeting.tokens)
        if place is not None:
            return text[place[0] : place[1]]
    return " ".join(meeting.tokens)
