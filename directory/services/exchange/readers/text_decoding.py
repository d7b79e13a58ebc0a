"""Turns the bytes of a text file into lines, whatever program wrote them, and says in the report what had to be mended.

Spreadsheets export UTF-8 with and without a byte order mark, UTF-16, and the Windows code page; files put together from several of them
hold more than one in the same file. UTF-8 is read first; each byte that is not UTF-8 is read as Windows-1252, which gives the right letters
both for a file wholly in that code page and for a line pasted from one. Nothing is guessed from the frequency of letters.
"""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path

from directory.services.exchange.records import FeedFile, Problem, Severity, Where

MAX_PIECE = 1 << 20
"""A line longer than this many characters comes in pieces, so that a file without line breaks cannot fill the memory."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_HEAD = 4096


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a file speak for: by its byte order mark, else by where zero bytes stand, else UTF-8."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    pairs = len(head) // 2
    if pairs >= 2:
        if head[1::2].count(0) > 0.4 * pairs and head[0::2].count(0) < 0.1 * pairs:
            return "utf-16-le"
        if head[0::2].count(0) > 0.4 * pairs and head[1::2].count(0) < 0.1 * pairs:
            return "utf-16-be"
    return "utf-8"


def _windows_letter(escaped: re.Match[str]) -> str:
    """The Windows-1252 letter of a byte; the five bytes that stand for nothing there become the replacement character."""
    return bytes([ord(escaped.group()) - 0xDC00]).decode("windows-1252", errors="replace")


class TextLines:
    """The lines of one file, with their line ends, and after reading them `problems()`: what had to be mended, one note for each kind."""

    def __init__(self, file: FeedFile) -> None:
        self._file = file
        self._mended_bytes = 0
        self._first_mended = 0
        self._null_bytes = 0
        self._first_null = 0
        self._unreadable_from = 0

    def __iter__(self) -> Iterator[str]:
        """Lines up to `MAX_PIECE` characters; longer ones come in pieces."""
        with Path(self._file.path).open("rb") as raw:
            encoding = encoding_of(raw.read(_HEAD))
            raw.seek(0)
            errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
            with io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="") as text:
                yield from self._tidy_lines(text)

    def _tidy_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 1
        while line := text.readline(MAX_PIECE):
            yield self._tidy(line, number)
            number += line.endswith(("\n", "\r"))

    def _tidy(self, line: str, number: int) -> str:
        if "\x00" in line:
            self._first_null = self._first_null or number
            self._null_bytes += line.count("\x00")
            line = line.replace("\x00", "")
        if not line.isascii() and _ESCAPED_BYTE.search(line):
            self._first_mended = self._first_mended or number
            line, count = _ESCAPED_BYTE.subn(_windows_letter, line)
            self._mended_bytes += count
        if "\ufffd" in line:
            self._unreadable_from = self._unreadable_from or number
        return line

    def problems(self) -> Iterator[Problem]:
        """What had to be mended in the lines read so far."""
        if self._mended_bytes:
            yield self._mended(
                self._first_mended, f"{self._mended_bytes} letters were not UTF-8 and were read as Windows-1252; save the file as UTF-8."
            )
        if self._null_bytes:
            yield self._mended(self._first_null, f"{self._null_bytes} zero bytes stood between the letters and were taken out.")
        if self._unreadable_from:
            yield self._mended(self._unreadable_from, "Some letters cannot be read and show as \ufffd; save the file as UTF-8.")

    def _mended(self, line: int, message: str) -> Problem:
        return Problem("file", Where(self._file.name, line), "", message, Severity.REPAIRED)
