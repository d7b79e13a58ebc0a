"""The texts of a listing in the reader's language where it has them, else in its own, which is then named for screen readers.

Texts come from many hands: paragraphs are kept, runs of spaces are not, and nothing in them is ever taken for markup.
"""

import re
from dataclasses import dataclass

from directory.domain.listing import Listing
from directory.web.languages import language

_PARAGRAPHS = re.compile(r"\n\s*\n|\r\n\s*\r\n")
_ITEM = re.compile(r"^\s*(?:[-•*·–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line) or a list (its items)."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """`lang` is set when the text is not in the language of the page."""

    blocks: tuple[Block, ...]
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.blocks)


def listing_text(listing: Listing, field: str) -> Text:
    """One text field of a listing ("description", "eligibility", …), empty when it has none."""
    reader = language()
    translated = listing.texts.get(reader, {}).get(field, "")
    own = str(getattr(listing, field, "") or "")
    if translated:
        return Text(blocks_of(translated))
    foreign = listing.text_language if listing.text_language and not listing.text_language.startswith(reader) else ""
    return Text(blocks_of(own), foreign)


def listing_name(listing: Listing) -> str:
    """The name in the reader's language where there is one."""
    return listing.texts.get(language(), {}).get("name", "") or listing.name


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs and lists of a plain text."""
    blocks: list[Block] = []
    for paragraph in _PARAGRAPHS.split(text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        items = [_ITEM.sub("", line) for line in lines]
        if len(lines) > 1 and all(_ITEM.match(line) for line in lines):
            blocks.append(Block(tuple(items), is_list=True))
        elif lines:
            blocks.append(Block(tuple(lines)))
    return tuple(blocks)
