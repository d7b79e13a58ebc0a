"""Checkers of single values: each gives the value in its one form, or raises `Wrong` with what would be right.

A checker never guesses what somebody meant: what it cannot read it gives back with a sentence.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from directory.domain.accounts import LONGEST_EMAIL
from directory.domain.editing.wrong import Wrong

Check = Callable[[Any], Any]

LONGEST_NAME = 400
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
LONGEST_DOCUMENT = 100_000
OLDEST = 150
MOST_ITEMS = 60

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_URL = re.compile(r"https?://(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#][^\s\"<>\\^`{|}]*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+'&/=?^`{|}~!#$*\-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def plain(value: Any) -> str:
    """A text in its one form: NFC, without control characters, lines without trailing blanks."""
    text = unicodedata.normalize("NFC", _CONTROL.sub("", str(value or "")).replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def text(longest: int = LONGEST_TEXT) -> Check:
    """Words of several lines."""

    def check(value: Any) -> str:
        found = plain(value)
        if len(found) > longest:
            raise Wrong("Write at most %(longest)s letters; these are %(count)s.", longest=longest, count=len(found))
        return found

    return check


def line(longest: int = LONGEST_LINE) -> Check:
    """Words of one line."""
    of_length = text(longest)

    def check(value: Any) -> str:
        return of_length(" ".join(plain(value).split()))  # type: ignore[no-any-return]

    return check


def needed(check: Check, sentence: str) -> Check:
    """A value that may not be empty."""

    def checked(value: Any) -> Any:
        found = check(value)
        if not found:
            raise Wrong(sentence)
        return found

    return checked


def web_address(value: Any) -> str:
    """An address that a browser can open safely."""
    found = "".join(plain(value).split())
    if found and "://" not in found:
        found = f"https://{found}"
    if found and (len(found) > 2_000 or not _URL.fullmatch(found)):
        raise Wrong("Write a web address such as https://example.org.")
    return found


def mail_address(value: Any) -> str:
    """One mail address."""
    found = plain(value)
    if found and (len(found) > LONGEST_EMAIL or ".." in found or not _EMAIL.fullmatch(found)):
        raise Wrong("Write one mail address such as name@example.org.")
    return found


def one_of(words: Collection[str]) -> Check:
    """One word of a few, or none."""

    def check(value: Any) -> str:
        found = str(value or "")
        if found and found not in words:
            raise Wrong("Choose one of: %(words)s.", words=", ".join(words))
        return found

    return check


def some_of(words: Collection[str]) -> Check:
    """Any of a few words, in their own order."""

    def check(value: Any) -> list[str]:
        wanted = _items(value)
        strangers = [item for item in wanted if item not in words]
        if strangers:
            raise Wrong("Choose among: %(words)s.", words=", ".join(words))
        return [word for word in words if word in wanted]

    return check


def texts(longest: int = LONGEST_LINE, *, most: int = MOST_ITEMS) -> Check:
    """Short texts without doubles, in the order of their letters."""
    of_length = line(longest)

    def check(value: Any) -> list[str]:
        found = sorted({of_length(item) for item in _items(value)} - {""})
        if len(found) > most:
            raise Wrong("Write at most %(most)s of them.", most=most)
        return found

    return check


def languages(value: Any) -> list[str]:
    """Codes of languages (BCP 47); a name stands where a language has no code that is known."""
    found = sorted({" ".join(plain(item).split())[:80] for item in _items(value)} - {""})
    if len(found) > MOST_ITEMS:
        raise Wrong("Write at most %(most)s of them.", most=MOST_ITEMS)
    return found


def language(value: Any) -> str:
    """The code of one language, or none."""
    found = plain(value)
    if found and not _CODE.fullmatch(found):
        raise Wrong("Choose the language by its code, such as en, fr or es.")
    return found


def yes(value: Any) -> bool:
    """Yes or no, where nothing said is no."""
    return value is True or str(value).lower() in ("true", "yes", "1", "on")


def yes_no_unknown(value: Any) -> bool | None:
    """Yes, no, or not known."""
    return None if value in (None, "") else yes(value)


def ages(value: Any) -> dict[str, float | None]:
    """From which and to which age, in years; either may be open."""
    given = value if isinstance(value, Mapping) else {}
    found = {end: _age(given.get(end)) for end in ("from", "to")}
    low, high = found["from"], found["to"]
    if low is not None and high is not None and low > high:
        raise Wrong("The youngest age, %(low)s, must not be above the oldest, %(high)s.", low=f"{low:g}", high=f"{high:g}")
    return found


def _age(value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        found = float(str(value).replace(",", "."))
    except ValueError:
        found = -1
    if not 0 <= found <= OLDEST:
        raise Wrong("An age is a number of years from 0 to %(oldest)s.", oldest=OLDEST)
    return int(found) if found.is_integer() else found


def entries(value: Any) -> dict[str, Any]:
    """A document of entries by name. What the entries say is checked by whoever knows them (`services.editing.whom`)."""
    found = dict(value) if isinstance(value, Mapping) else {}
    if len(json.dumps(found, default=str)) > LONGEST_DOCUMENT:
        raise Wrong("This says too much at once. Leave out what is not needed.")
    return found


def moment(value: Any) -> str:
    """A moment with its offset, as ISO 8601 writes it in UTC, or none."""
    if not value:
        return ""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Wrong("Write a date and a time, such as 2026-11-30 17:00.")
    return found.astimezone(UTC).isoformat()


def _items(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    if isinstance(value, str | bytes | Mapping):
        return [value]
    return list(value)
