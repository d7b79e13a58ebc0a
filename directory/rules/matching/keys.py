"""Keys: two records are compared where they share one. A key is a number of 64 bits that is the same on every machine, so that it can be
kept in a table and looked up when one record changes."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.columns import Columns, of_table
from directory.rules.matching.hashing import Hashes, mixed
from directory.rules.matching.statistics import Statistics


class KeyKind(IntEnum):
    """What two records share that have a key of this kind. The numbers are kept: do not renumber."""

    PHONE = 1
    LOCAL_PHONE = 2
    STREET = 3
    POSTAL_CODE = 4
    LINK = 5
    NAME = 6
    WORD = 7
    WORD_IN_TOWN = 8
    LETTERS = 9
    LETTERS_AGAIN = 10


SAID = {
    KeyKind.PHONE: "telephone",
    KeyKind.LOCAL_PHONE: "telephone without area code",
    KeyKind.STREET: "house number and street",
    KeyKind.POSTAL_CODE: "house number and postal code",
    KeyKind.LINK: "web or mail host",
    KeyKind.NAME: "name",
    KeyKind.WORD: "rare word of the name",
    KeyKind.WORD_IN_TOWN: "word of the name in one town",
    KeyKind.LETTERS: "letters of the name",
    KeyKind.LETTERS_AGAIN: "letters of the name, drawn again",
}

WEAK = {KeyKind.NAME: 8, KeyKind.WORD: 4, KeyKind.LETTERS: 4, KeyKind.LETTERS_AGAIN: 4, KeyKind.WORD_IN_TOWN: 4}
"""Kinds of key that say little, and by what a key's greatest number of records is divided for them."""

_KIND_BITS = np.uint64(15)
_RAREST = 3
_LETTERS = 3
_DRAWS = 4
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_NAMES_AT_ONCE = 50_000
_LARGEST = np.uint64(0xFFFFFFFFFFFFFFFF)


def _keys(kind: KeyKind, *parts: Hashes) -> Hashes:
    """Keys that say of which kind they are in their lowest bits."""
    found = mixed(kind, *parts)
    return np.where(found != 0, found & ~_KIND_BITS | np.uint64(kind), np.uint64(0))


def kind_of(key: int) -> KeyKind:
    """Of which kind a key is."""
    return KeyKind(key & int(_KIND_BITS))


def most_of(kind: KeyKind, most: int) -> int:
    """How many records may have one key of this kind, where `most` may have one of a strong kind."""
    return max(most // WEAK.get(kind, 1), 2)


def keys_of(columns: Columns, statistics: Statistics) -> dict[KeyKind, Hashes]:
    """Kind -> (N, any number) keys of each record, 0 for none."""
    house = columns.numbers.astype(np.uint64)[:, None]
    beginning = of_table(columns.street_table.beginnings, columns.streets)[:, None]
    local = np.where(columns.local_phones >= 0, columns.local_phones, 0).astype(np.uint64)
    town = of_table(columns.city_table.hashes, columns.cities)
    town = np.where(columns.areas != 0, columns.areas, town)
    words = _rarest_words(columns, statistics)
    letters = _letters(columns)
    return {
        KeyKind.PHONE: _keys(KeyKind.PHONE, columns.phones),
        KeyKind.LOCAL_PHONE: _keys(KeyKind.LOCAL_PHONE, local),
        KeyKind.STREET: _keys(KeyKind.STREET, house, beginning),
        KeyKind.POSTAL_CODE: _keys(KeyKind.POSTAL_CODE, house, columns.postal_codes[:, None]),
        KeyKind.LINK: _keys(KeyKind.LINK, columns.links),
        KeyKind.NAME: _keys(KeyKind.NAME, of_table(columns.name_table.hashes, columns.names)),
        KeyKind.WORD: _keys(KeyKind.WORD, words),
        KeyKind.WORD_IN_TOWN: _keys(KeyKind.WORD_IN_TOWN, words, np.broadcast_to(town[:, None], words.shape)),
        KeyKind.LETTERS: _keys(KeyKind.LETTERS, letters[:, :, 0]),
        KeyKind.LETTERS_AGAIN: _keys(KeyKind.LETTERS_AGAIN, letters[:, :, 1]),
    }


def _rarest_words(columns: Columns, statistics: Statistics) -> Hashes:
    """(N, names x 3): the words of each name that tell most."""
    table = columns.name_table
    rarest = np.zeros((len(table.texts), _RAREST), dtype=np.uint64)
    if len(table.texts):
        telling = statistics.telling(table.words)
        name = np.repeat(np.arange(len(table.texts), dtype=np.int64), np.diff(table.starts))
        order = np.lexsort((table.words, -telling, name))
        within = np.arange(len(order)) - table.starts[name[order]]
        kept = within < _RAREST
        rarest[name[order][kept], within[kept]] = table.words[order][kept]
    names = columns.names
    if not len(rarest):
        return np.zeros((len(names), names.shape[1] * _RAREST), dtype=np.uint64)
    return np.concatenate([np.where(names[:, [k]] >= 0, rarest[names[:, k]], np.uint64(0)) for k in range(names.shape[1])], axis=1)


def _letters(columns: Columns) -> NDArray[np.uint64]:
    """(N, names, 2): two keys of each name, drawn from its runs of three letters, so that names with a slip in them meet all the same."""
    texts = columns.name_table.texts
    drawn = np.zeros((len(texts), 2), dtype=np.uint64)
    for start in range(0, len(texts), _NAMES_AT_ONCE):
        least = _least_of_runs(texts[start : start + _NAMES_AT_ONCE])
        drawn[start : start + _NAMES_AT_ONCE, 0] = mixed(91, least[0] | np.uint64(1), least[1] | np.uint64(1))
        drawn[start : start + _NAMES_AT_ONCE, 1] = mixed(92, least[2] | np.uint64(1), least[3] | np.uint64(1))
    names = columns.names
    if not len(texts):
        return np.zeros((*names.shape, 2), dtype=np.uint64)
    return np.where((names >= 0)[:, :, None], drawn[names], np.uint64(0))


def _least_of_runs(texts: list[str]) -> list[Hashes]:
    """For each of four ways of numbering runs of three letters, the least number among the runs of each text (minhash)."""
    padded = [f" {text} " for text in texts]
    lengths = np.array([len(text) for text in padded], dtype=np.int64)
    points = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    points = np.concatenate([points, np.zeros(_LETTERS - 1, dtype=np.uint64)])
    runs = points[:-2] | (points[1:-1] << np.uint64(21)) | (points[2:] << np.uint64(42))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    ends = np.cumsum(lengths)
    crossing = np.concatenate([ends - 1, ends - 2])
    least = []
    for factor in _FACTORS:
        drawn = (runs + factor) * factor
        drawn ^= drawn >> np.uint64(31)
        drawn *= _FACTORS[0]
        drawn ^= drawn >> np.uint64(29)
        drawn[crossing] = _LARGEST
        least.append(np.minimum.reduceat(drawn, starts))
    return least
