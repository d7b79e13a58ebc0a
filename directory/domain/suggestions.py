"""What anybody may suggest to change in a listing, and what looks like spam among it. Pure: whoever suggests needs no account."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 2_000
LONGEST_LINE = 300
KEPT_WAYS = frozenset({"website"})
"""Fields in which an address of the web is to be expected."""


@dataclass(frozen=True, slots=True)
class Suggestable:
    """`key` is the field of the listing's form (`domain.editing`) into which it goes when it is accepted; "" where a person puts it in by
    hand, since words alone do not say it exactly. `lines`: it may have several."""

    name: str
    key: str = ""
    lines: bool = False

    @property
    def longest(self) -> int:
        return LONGEST if self.lines else LONGEST_LINE


NOTE = "note"
GONE = "gone"

FIELDS: tuple[Suggestable, ...] = (
    Suggestable("phone", "phones"),
    Suggestable("hours", lines=True),
    Suggestable("address", lines=True),
    Suggestable("name", "name"),
    Suggestable("description", "description", lines=True),
    Suggestable("eligibility", "eligibility_description", lines=True),
    Suggestable("application_process", "application_process", lines=True),
    Suggestable("fees", "fees_description", lines=True),
    Suggestable("documents", "documents", lines=True),
    Suggestable("website", "url"),
    Suggestable("email", "email"),
    Suggestable(GONE, "listed"),
    Suggestable(NOTE, lines=True),
)
"""In the order in which the form asks: what is wrong most often comes first."""

BY_NAME: Mapping[str, Suggestable] = {field.name: field for field in FIELDS}

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*a\b|\[\s*(?:url|link)\b|href\s*=", re.IGNORECASE)
_MOST_LINKS = 1


def tidy(text: str, field: Suggestable) -> str:
    """A text in its one form, cut to what fits."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    joined = ("\n" if field.lines else " ").join(lines).strip()
    return joined[: field.longest]


def looks_like_spam(changes: Mapping[str, str], *, trap: str, earlier: int) -> str:
    """Why it is held back until a person has looked, "" where it is not: "trap" (a field that people do not see was filled in), "markup",
    "links", "often". `earlier`: suggestions of the same sender within the hour. Nothing is ever thrown away by it."""
    if trap.strip():
        return "trap"
    texts = [text for name, text in changes.items() if name not in KEPT_WAYS]
    if any(_MARKUP.search(text) for text in changes.values()):
        return "markup"
    if sum(len(_LINK.findall(text)) for text in texts) > _MOST_LINKS:
        return "links"
    return "often" if earlier >= 3 else ""
