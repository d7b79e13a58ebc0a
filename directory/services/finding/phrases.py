"""Phrases of time and place in what people type, in English, French and Spanish: which words, and what they say.

Texts are compared folded (no accents, lower case); positions stay those of the words as typed, so that a chip can show the person's own.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, folded, with where it stands."""

    typed: str
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(sign))


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(found.group(), fold(found.group()).strip(",;.!?’'\""), found.start(), found.end()) for found in re.finditer(r"\S+", text)
    )


PARTS_OF_DAY: dict[str, tuple[time, time | None]] = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
    "night": (time(18), None),
}
"""When each part of a day begins and ends on the wall clock; None: midnight. Ours, fixed by what opening hours in directories look like."""

PART_WORDS = {
    "morning": "morning", "matin": "morning", "matinee": "morning", "manana": "morning", "am": "morning",
    "afternoon": "afternoon", "apres-midi": "afternoon", "tarde": "afternoon", "pm": "afternoon",
    "evening": "evening", "soir": "evening", "soiree": "evening",
    "night": "night", "nuit": "night", "noche": "night", "tonight": "night",
}  # fmt: skip

WEEKDAY_WORDS = {
    word: number
    for number, forms in enumerate(
        (
            "monday mondays lundi lunes", "tuesday tue tues tuesdays mardi martes", "wednesday wed weds wednesdays mercredi miercoles",
            "thursday thu thur thurs thursdays jeudi jueves", "friday fri fridays vendredi viernes", "saturday saturdays samedi sabado",
            "sunday sundays dimanche domingo",
        )
    )
    for word in forms.split()
}  # fmt: skip

SINCE_OR_UNTIL = frozenset(
    {
        "since",
        "until",
        "till",
        "til",
        "last",
        "depuis",
        "avant",
        "jusqu'a",
        "jusqu’a",
        "jusqua",
        "desde",
        "hasta",
        "antes",
        "pasado",
        "dernier",
    }
)
"""Before a day, they tell what happened or how long something must last, not when a place should be open."""

NOW_PHRASES = (
    "open right now", "open now", "right now", "now", "ouvert maintenant", "ouverte maintenant", "ouverts maintenant", "maintenant",
    "en ce moment", "abierto ahora", "abierta ahora", "ahora mismo", "ahora",
)  # fmt: skip
TODAY_PHRASES = ("open today", "today", "aujourd'hui", "aujourd’hui", "hoy", "abierto hoy")
TOMORROW_PHRASES = ("open tomorrow", "tomorrow", "demain", "manana")
TONIGHT_PHRASES = ("open tonight", "tonight", "ce soir", "cette nuit", "esta noche")
THIS_PART_PHRASES = {
    "this morning": "morning", "ce matin": "morning", "esta manana": "morning", "this afternoon": "afternoon",
    "cet apres-midi": "afternoon", "esta tarde": "afternoon", "this evening": "evening",
}  # fmt: skip

NEAR_WORDS = (
    "close to", "near to", "nearest to", "near", "around", "nearby", "next to", "pres de", "proche de", "autour de", "aux alentours de",
    "cerca de", "alrededor de",
)  # fmt: skip
IN_WORDS = ("in", "at", "a", "à", "dans", "en")
HERE_PHRASES = ("near me", "close to me", "around me", "around here", "pres de moi", "pres d'ici", "cerca de mi", "nearby")

_POSTAL = re.compile(
    r"(?<![\w-])(?:\d{5}(?:-\d{4})?|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z](?:[ -]?\d[ABCEGHJ-NPRSTV-Z]\d)?"
    r"|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})(?![\w-])",
    re.IGNORECASE,
)


def postal_code_in(text: str) -> re.Match[str] | None:
    """The first thing that looks like a ZIP, a Canadian postal code (whole or its first three signs) or a British postcode."""
    return _POSTAL.search(text)
