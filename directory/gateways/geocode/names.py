"""Names of places as keys: two spellings that mean one place give one key."""

import re

from directory.domain.areas import fold

_FULL = {"st": "saint", "ste": "sainte", "sts": "saint", "ft": "fort", "mt": "mount", "mtn": "mountain", "and": "&", "et": "&"}
_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west", "no": "north", "so": "south"}
_WORD = re.compile(r"&|\w+")


def name_key(name: str) -> str:
    """The key of a name: no accents, case, dots or hyphens; `St`, `Ft`, `Mt` and a leading compass letter in full.

    >>> name_key("Ft. Worth"), name_key("Montréal"), name_key("N. Vancouver"), name_key("St. John's")
    ('fort worth', 'montreal', 'north vancouver', 'saint johns')
    """
    words = [_FULL.get(word, word) for word in _WORD.findall(fold(name))]
    if len(words) > 1 and words[0] in _COMPASS:
        words[0] = _COMPASS[words[0]]
    return " ".join(words)
