"""Ids of imported things: the feed's own where it is a UUID that nobody else holds, else one made from (source, kind, external id).

`derived_id` equals `uuid.uuid5` in the namespace below, spelled out because an import makes millions of them.
"""

import uuid
from hashlib import blake2b, sha1

from directory.domain.ids import usual_id

NAMESPACE = uuid.UUID("4bd9d0a0-9e0c-5d6c-9e0f-4a4b8d2c5a11")
"""Never change: every id of an imported thing rests on it."""

SEPARATOR = "\x1f"
MARK = "~"
"""Stands in external ids that the importer derived: `~…` for a row without an id, `id~…` for one of several unlike rows under one id."""

_NAMESPACE_BYTES = NAMESPACE.bytes
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


def derived_id(*names: str) -> str:
    """The id that a chain of names gives, always the same."""
    digits = sha1(_NAMESPACE_BYTES + SEPARATOR.join(names).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{_VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"


def own_id(external_id: str) -> str | None:
    """The external id in the usual spelling, if it is a UUID that stands for something."""
    found = usual_id(external_id)
    return None if found in _EMPTY else found


_EMPTY = frozenset({"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"})


def short_digest(*texts: str) -> str:
    return blake2b(SEPARATOR.join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def key_without_id(*likeness: str) -> str:
    """The external id of a row that came without one, from its name and address."""
    return f"{MARK}{short_digest(*likeness)}"


def key_among_unlike(external_id: str, *likeness: str) -> str:
    """The external id of one of several unlike rows under one id."""
    return f"{external_id}{MARK}{short_digest(*likeness)}"
