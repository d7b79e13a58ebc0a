"""What a reviewer finds of two records that may be one. "Different, because …" is as easy as "the same", and is kept as well: it holds
until a fact changes on which it rests."""

from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

LONGEST_BECAUSE = 300


class Found(StrEnum):
    """The six things that two records can be to each other, as far as somebody can tell."""

    SAME = "same"
    SAME_SITE = "same_site"  # at one place, and different programs
    SAME_ORGANIZATION = "same_organization"  # of one organization, at different places
    PART_OF = "part_of"  # one is a service of the other
    DIFFERENT = "different"
    UNSURE = "unsure"


APART = frozenset({Found.SAME_SITE, Found.SAME_ORGANIZATION, Found.PART_OF, Found.DIFFERENT})
"""After these the two are not shown as one again, unless a fact changes."""


def checked_verdict(verdict: str, because: str) -> tuple[Found, str]:
    """As somebody chose and wrote. Raise `InvalidInput`."""
    if verdict not in {each.value for each in Found}:
        raise InvalidInput("verdict", say("Choose what the two are to each other."))
    because = " ".join(because.split())
    if len(because) > LONGEST_BECAUSE:
        raise InvalidInput("because", say("Write at most %(most)s letters.", most=LONGEST_BECAUSE))
    if verdict == Found.DIFFERENT.value and not because:
        raise InvalidInput("because", say("Write why they are different, in a few words; whoever looks next reads it."))
    return Found(verdict), because
