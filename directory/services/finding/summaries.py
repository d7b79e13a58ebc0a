"""One stretch of a listing's text for a result, in the reader's language where the listing has it, with the words that were met marked."""

from dataclasses import dataclass

from directory.domain.listing import Listing
from directory.domain.said import said
from search_index.query import Hit
from search_index.snippets import snippet
from search_index.words import tokens

_FIELDS = ("description", "eligibility", "application_process")


@dataclass(frozen=True, slots=True)
class Summary:
    """`html` is escaped text with matched words in <mark>; `language` (BCP 47) is what it is written in, "" when that is not known."""

    html: str = ""
    language: str = ""
    by_machine: bool = False


def summary_of(listing: Listing, hit: Hit, words: tuple[str, ...], reader: str) -> Summary:
    """`words` are those that were searched, as tokens; what they met in this listing is marked too."""
    met = frozenset((*words, *(token for _, written in hit.matched for token in tokens(written))))
    texts = [text for text in (said(listing, field, reader) for field in _FIELDS) if text and not text.foreign_to(reader)]
    if not texts:
        texts = [text for text in (said(listing, field, reader) for field in _FIELDS) if text][:1]
    shown = snippet((text.text for text in texts), met)
    return Summary(shown, texts[0].language, any(text.by_machine for text in texts)) if shown else Summary()
