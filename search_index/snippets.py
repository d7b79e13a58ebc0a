"""Snippets: the stretch of a listing's text that shows best why it was found, safe to put into a page.

Everything is HTML-escaped; only <mark> around the words that were met is markup.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from search_index.words import Placed, find_tokens

LENGTH = 220
"""About how many characters a snippet has."""

_LEAD = 40  # characters kept before the first word that was met
_SPACE = re.compile(r"\s")


def snippet(texts: Iterable[str], met: frozenset[str]) -> str:
    """Of the texts (most wanted first) the first that holds a met token, around it; without any, the beginning of the first text."""
    return _snippet(tuple(texts), met)


@lru_cache(maxsize=8_192)
def _snippet(texts: tuple[str, ...], met: frozenset[str]) -> str:
    candidates = [text for text in texts if text.strip()]
    for text in candidates if met else ():
        hits = find_tokens(text, met)
        if hits:
            return _marked(text, _window(text, _densest(hits)), hits)
    return _marked(candidates[0], _window(candidates[0], 0), []) if candidates else ""


def _densest(hits: list[Placed]) -> int:
    """The start of the stretch that holds the most different met words; the earliest of equals."""
    best_start, best_variety = 0, 0
    for hit in hits:
        within = {other.token for other in hits if hit.start <= other.start and other.end <= hit.start + LENGTH - _LEAD}
        if len(within) > best_variety:
            best_start, best_variety = hit.start, len(within)
    return best_start


def _window(text: str, focus: int) -> tuple[int, int]:
    """About `LENGTH` characters around the focus, cut at spaces where there are any near enough."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, min(focus - _LEAD, len(text) - LENGTH))
    if start:
        space = _SPACE.search(text, start, min(start + _LEAD, focus))
        start = space.end() if space else start
    end = min(start + LENGTH, len(text))
    if end < len(text):
        spaces = [space.start() for space in _SPACE.finditer(text, end - _LEAD, end + 1)]
        end = spaces[-1] if spaces else end
    return start, end


def _marked(text: str, window: tuple[int, int], hits: list[Placed]) -> str:
    start, end = window
    pieces = ["… " if start else ""]
    position = start
    for hit in hits:
        if hit.start < position or hit.end > end:
            continue
        pieces += [escape(text[position : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
        position = hit.end
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return "".join(pieces)
