"""Snippets: the stretch of a listing's text that shows best why it was found, safe to put into a page.

Everything is HTML-escaped; only <mark> around the words that were met is markup.
"""

from collections.abc import Collection, Iterable
from html import escape

from search_index.words import Placed, placed_tokens, tokens

LENGTH = 220
"""About how many characters a snippet has."""

_LEAD = 40  # characters kept before the first word that was met


def snippet(texts: Iterable[str], met: Collection[str]) -> str:
    """Of the texts (most wanted first) the first that holds a met token, around it; without any, the beginning of the first text."""
    candidates = [text for text in texts if text.strip()]
    for text in candidates if met else ():
        if any(token in met for token in tokens(text)):
            placed = list(placed_tokens(text))
            hits = [token for token in placed if token.token in met]
            start, end = _window(text, placed, _densest(hits))
            return _marked(text, start, end, hits)
    if not candidates:
        return ""
    beginning = list(placed_tokens(candidates[0][: LENGTH + 1]))[:-1]
    start, end = _window(candidates[0], beginning, 0)
    return _marked(candidates[0], start, end, [])


def _densest(hits: list[Placed]) -> int:
    """The start of the stretch that holds the most different met words; the earliest of equals."""
    best_start, best_variety = 0, 0
    for hit in hits:
        within = {other.token for other in hits if hit.start <= other.start and other.end <= hit.start + LENGTH - _LEAD}
        if len(within) > best_variety:
            best_start, best_variety = hit.start, len(within)
    return best_start


def _window(text: str, placed: list[Placed], focus: int) -> tuple[int, int]:
    """Whole words around the focus, about `LENGTH` characters."""
    if len(text) <= LENGTH:
        return 0, len(text)
    wanted = max(0, min(focus - _LEAD, len(text) - LENGTH))
    start = next((token.start for token in placed if token.start >= wanted), wanted) if wanted else 0
    fitting = [token.end for token in placed if start < token.end <= start + LENGTH]
    if len(text) - start <= LENGTH:
        return start, len(text)
    return start, fitting[-1] if fitting else start + LENGTH


def _marked(text: str, start: int, end: int, hits: list[Placed]) -> str:
    pieces = ["… " if start else ""]
    position = start
    for hit in hits:
        if hit.start < position or hit.end > end:
            continue
        pieces += [escape(text[position : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
        position = hit.end
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return "".join(pieces)
