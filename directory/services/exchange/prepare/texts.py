"""Cleaning of texts: plain words in NFC, whatever a feed wrapped them in.

Most texts are plain and leave by the first test; only the odd ones pay for the whole wash.
"""

import html
import json
import re
import unicodedata
from typing import Any

import ftfy
import nh3

from directory.services.exchange.prepare.notes import Notes

_ODD = re.compile(r"[^\x20-\x25\x27-\x3b\x3d-\x7e]|^[\s=@]|\s$|  ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u200b\u2060\ufeff]")
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|a|h[1-6]|font|table|t[rdh]|tbody|img|script|style|hr|sup|sub|small|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_MOJIBAKE = re.compile("[ÂÃâðÐÎ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ï¿½|\ufffd")
_FORMULA = re.compile(r"^[=@+\-]\s*[A-Z][A-Z.]*\s*\(", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")

NOTHING = frozenset({"", "n/a", "na", "none", "null", "nil", "-", "--", "unknown", "not available", "tbd", "undefined", "nan", "."})
"""What people type where they have nothing to say; meant only for short fields such as telephone numbers."""


def plain(value: Any, notes: Notes, limit: int = 20_000) -> str | None:
    """A text without markup, control characters or broken letters, at most `limit` characters; None when nothing is left."""
    if value.__class__ is str:
        if not value:
            return None
        if len(value) <= limit and not _ODD.search(value):
            text: str = value
            return text
        return _wash(value, notes, limit)
    return _of_other(value, notes, limit)


def _of_other(value: Any, notes: Notes, limit: int) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, list):
        texts = [plain(item, notes, limit) for item in value if not isinstance(item, list)]
        found = "; ".join(text for text in texts if text)
        if found:
            notes.repaired("It held a list where one text belongs; the entries were joined.")
        return found[:limit] or None
    if isinstance(value, dict):
        for key in ("description", "value", "text", "name", "notes"):
            if isinstance(value.get(key), str):
                notes.repaired(f"It held an object where a text belongs; its {key} was taken.")
                return plain(value[key], notes, limit)
        if not any(value.values()):
            return None
        notes.repaired("It held an object where a text belongs; its fields were written out.")
        return plain(json.dumps(value, ensure_ascii=False), notes, limit)
    return plain(str(value), notes, limit)


def _wash(value: str, notes: Notes, limit: int) -> str | None:
    text = value
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
        notes.repaired("Characters that cannot be shown were taken out.")
    if _MOJIBAKE.search(text):
        text = _unbreak(text, notes)
    text = unicodedata.normalize("NFC", text)
    if "<" in text or "&" in text:
        text = _without_markup(text, notes)
    text = _EMPTY_LINES.sub("\n\n", _LINES.sub("\n", _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))).strip()
    if _FORMULA.match(text):
        notes.repaired("It held a formula, not a text; it was left out.")
        return None
    if len(text) > limit:
        notes.repaired(f"It is {len(text):,} characters long; the first {limit:,} were kept.")
        text = text[: limit - 1].rstrip() + "…"
    return text or None


def _unbreak(text: str, notes: Notes) -> str:
    mended = ftfy.fix_text(text, unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False)
    if mended != text:
        notes.repaired("Letters that were broken by a wrong encoding were mended.")
    if "\ufffd" in mended:
        notes.noted("Some letters were lost before the feed was written, shown as �; ask the publisher for the text.")
    return mended


def _without_markup(text: str, notes: Notes) -> str:
    before = text
    for _ in range(3):  # feeds escape their markup once, twice or three times
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if _TAG.search(text) or "<!--" in text:
        text = _ITEM.sub("\n- ", _BREAK.sub("\n", text))
        text = html.unescape(nh3.clean(text, tags=set()))
        notes.repaired("Markup was taken out of the text.")
    elif text != before:
        notes.repaired("Escaped characters such as &amp; were written out.")
    return text


def short(value: Any, notes: Notes, limit: int = 255) -> str | None:
    """A text of one line; words that only fill a blank ("n/a") count as nothing."""
    text = plain(value, notes, limit)
    if text is None or text.lower() in NOTHING:
        return None
    return text.replace("\n", " ") if "\n" in text else text
