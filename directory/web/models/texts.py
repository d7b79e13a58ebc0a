"""The texts of a listing in the reader's language where it has them, else in its own, which is then named for screen readers.

Texts come from many hands: paragraphs are kept, runs of spaces are not, and nothing in them is ever taken for markup.
"""

import re
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from directory.domain.said import Said, Translated, language_of, primary, said
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
    """`lang` is set when the text is not in the language of the page; `by_machine` when no person translated it."""

    blocks: tuple[Block, ...]
    lang: str = ""
    by_machine: bool = False

    @property
    def dir(self) -> str:
        return written_direction(self.lang) if self.lang else ""

    def __bool__(self) -> bool:
        return bool(self.blocks)


@dataclass(frozen=True, slots=True)
class Line:
    """A short text of a listing. In a template it brings its language along; `text` is for attributes. Empty lines are false."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        if not self.lang:
            return Markup.escape(self.text)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(self.lang, written_direction(self.lang), self.text)


def listing_text(record: Translated, field: str) -> Text:
    """One text field of a listing, an organization or a place ("description", "eligibility", …), empty when it has none."""
    found = said(record, field, language())
    return Text(blocks_of(found.text), found.foreign_to(language()), found.by_machine)


def listing_line(record: Translated, field: str) -> Line:
    """The same for what is short enough for one line."""
    found = said(record, field, language())
    return Line(found.text, found.foreign_to(language()))


def own_line(record: Translated, text: str) -> Line:
    """Words that belong to a record but have no translation of their own, in the record's language."""
    return Line(text, Said(text, record.text_language or language_of(text)).foreign_to(language()))


def foreign(code: str) -> str:
    """The language to mark words with that are in a language; "" when it is the page's own."""
    return Said(language=code).foreign_to(language())


def listing_name(record: Translated) -> str:
    """The name in the reader's language where there is one."""
    return said(record, "name", language()).text


def written_direction(code: str) -> str:
    """What `dir` says of words in a language: ltr or rtl; auto where the language is not known."""
    try:
        return "rtl" if Locale.parse(primary(code)).character_order == "right-to-left" else "ltr"
    except (ValueError, UnknownLocaleError):
        return "auto"


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
