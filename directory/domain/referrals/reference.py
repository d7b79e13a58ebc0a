"""The short code of a need: what a person can carry, say and write down. By itself it reveals nothing, and opens nothing.

Eight signs of Crockford's base 32 (no I, L, O or U), of which the last checks the others, written in two groups: "K7Q2-M9XD". Seven signs
are 35 bits.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 35
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def reference_of(number: int) -> str:
    """The code of a random number of 35 bits."""
    signs = "".join(ALPHABET[number >> shift & 31] for shift in range(30, -5, -5))
    return f"{signs[:4]}-{signs[4:]}{_check(signs)}"


def read_reference(text: str) -> str:
    """The code as it is kept, however it was written: in small letters, without the dash, with O for 0. "" for what is none."""
    signs = re.sub(r"[\s\-–.]", "", text).upper().translate(_READ_AS)
    if len(signs) != 8 or any(sign not in ALPHABET for sign in signs) or _check(signs[:7]) != signs[7]:
        return ""
    return f"{signs[:4]}-{signs[4:]}"


def _check(signs: str) -> str:
    """A weighted sum modulo 31 (a prime, so that one wrong sign or two neighbours exchanged are always noticed, save 0 for Z)."""
    return ALPHABET[sum((place + 1) * ALPHABET.index(sign) for place, sign in enumerate(signs)) % 31]
