"""A record made ready: cleaned fields, parts in a flat list, references to other records still by the feed's own ids."""

import json
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from directory.domain.areas import fold
from directory.services.exchange.records import Where

encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""One value, one text: keys in order, no spaces."""

_NOT_WORD = re.compile(r"[\W_]+")


class Ref(NamedTuple):
    """Another record: its id in the feed, and its token where it stood nested inside this one ("" otherwise)."""

    kind: str
    ext: str
    token: str = ""


class Part(NamedTuple):
    """A part of a record. `parent` is the index of the part that it hangs on in the same list, -1 for the record itself."""

    kind: str
    parent: int
    ext: str
    fields: dict[str, Any]
    ref: Ref | None = None


@dataclass(slots=True)
class Thing:
    """A root record of a feed, ready to be staged. `ext` is the feed's id ("" when it gave none); `bundle` the publisher's document that it
    came in, where a feed says so; `nested` told inside another record. `token` tells this telling from every other."""

    kind: str
    ext: str
    bundle: str
    nested: bool
    where: Where
    token: str
    fields: dict[str, Any] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    refs: dict[str, Ref] = field(default_factory=dict)
    categories: list[tuple[str, str]] = field(default_factory=list)
    aside: dict[str, Any] = field(default_factory=dict)
    name_key: str = ""
    place_key: str = ""

    @property
    def weight(self) -> int:
        """How much is told: of two tellings of one thing the fuller counts."""
        return len(self.fields) + len(self.parts)

    def content(self) -> str:
        return encode([self.fields, self.parts, self.categories, self.aside])


def key_of(*texts: str | None) -> str:
    """A name or address as a key: letters and digits only, no accents, no case."""
    return "|".join(_NOT_WORD.sub("", text.lower() if text.isascii() else fold(text)) for text in texts if text)


def token_of(kind: str, ext: str, bundle: str, nested: bool, said: str) -> str:
    """The token of one telling of one record, from all that was said, encoded."""
    return blake2b(f"{kind}\x1f{ext}\x1f{bundle}\x1f{nested:d}\x1f{said}".encode(), digest_size=16).hexdigest()
