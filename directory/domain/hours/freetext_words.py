"""The words of opening hours in English, French and Spanish, and how a text is cut into them.

Whatever is not in this vocabulary stays a WORD (or a NUMBER, when it has digits), and hours that rest on a text with such leftovers are
never taken for certain. So the vocabulary holds only words that cannot change what the hours mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from directory.domain.hours.recurrence import WEEKDAYS


class Kind(StrEnum):
    """What a word does in a text on hours. In the order in which they are tried."""

    HOLIDAYS = "holidays"  # closed on public holidays
    NONSTOP = "nonstop"  # 24/7: every day and all day
    ALL_DAY = "all_day"  # 24 hours
    EVERY_DAY = "every_day"
    WORKDAYS = "workdays"
    WEEKEND = "weekend"
    CLOSED = "closed"
    ORDINAL = "ordinal"
    TIME = "time"
    DAY = "day"
    EVERY = "every"
    OF_MONTH = "of_month"
    TO = "to"
    JOIN = "join"
    PURPOSE = "purpose"  # what is done at those hours: lunch, laundry, intake
    FILLER = "filler"
    BREAK = "break"
    MARK = "mark"
    NUMBER = "number"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text at [start, end), with what it does. `text` is in lower case."""

    kind: Kind
    text: str
    start: int
    end: int


DAY_NAMES = {
    "MO": "monday mondays mon lundi lundis lun lunes",
    "TU": "tuesday tuesdays tues tue mardi mardis martes",
    "WE": "wednesday wednesdays weds wed mercredi mercredis mer miércoles miercoles mié mie",
    "TH": "thursday thursdays thurs thur thu jeudi jeudis jeu jueves jue",
    "FR": "friday fridays fri vendredi vendredis vend ven viernes vie",
    "SA": "saturday saturdays sat samedi samedis sam sábado sábados sabado sabados sáb sab",
    "SU": "sunday sundays sun dimanche dimanches dim domingo domingos dom",
}
ORDINAL_NAMES = {
    1: "1st first 1er 1re premier première primer primero",
    2: "2nd second 2e deuxième segundo",
    3: "3rd third 3e troisième tercer tercero",
    4: "4th fourth 4e quatrième cuarto",
    5: "5th fifth 5e cinquième quinto",
    -1: "last dernier dernière último ultimo",
}
DAY_OF_WORD = {word: day for day in WEEKDAYS for word in DAY_NAMES[day].split()} | {"mar": "TU"}
ORDINAL_OF_WORD = {word: ordinal for ordinal, words in ORDINAL_NAMES.items() for word in words.split()}

_PURPOSES = (
    "breakfast lunch brunch dinner supper meal meals mail laundry shower showers intake registration clinic nurse snacks "
    "drop-in walk-in dropin walkin market giveaway déjeuner dîner souper comida"
)
_FILLERS = (
    "open opens opened hours hour are is was from on at the office offices business operating operation regular weekly pantry food "
    "distribution distributions service services program location available and/or ouvert ouverte ouverts heures heure "
    "horaire horaires bureau bureaux d'ouverture de du des le les la los las el abierto abierta horario horarios oficina week "
    "by appointment only appt sur rendez-vous con cita previa provided offered choice community assistance offering providing provides "
    "served drive-thru drive-through"
)
_HOLIDAY = r"(?:(?:stat(?:utory)?|public|federal|legal|national|bank|all|major)\s+)*holidays?"
_WORD_END = r"(?![^\W\d_])"


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_NO_DIGIT_BEFORE = r"(?<![\d.:/$#])"
_CLOCK = rf"{_NO_DIGIT_BEFORE}\d{{1,2}}(?:[:.]\d{{2}}(?::00)?)?"
_PATTERNS: dict[Kind, tuple[str, ...]] = {
    Kind.HOLIDAYS: (
        rf"(?:closed|except|excluding|not\s+open)\s+(?:on\s+|for\s+)?{_HOLIDAY}\b",
        r"(?:fermée?s?|sauf)\s+(?:les\s+)?(?:jours\s+)?fériés\b",
        r"cerrado\s+(?:en\s+)?(?:los\s+)?(?:días\s+)?(?:festivos|feriados)\b",
    ),
    Kind.NONSTOP: (
        r"24\s*/\s*7\b",
        r"24\s*h(?:\s*/\s*24|\s+sur\s+24)\s*,?\s*(?:et\s+)?7\s*j(?:ours)?\s*(?:/|sur)\s*7\b",
        r"around\s+the\s+clock\b",
    ),
    Kind.ALL_DAY: (
        r"(?<![\d:])24[\s-]*(?:hours?|hrs?|heures|horas)\b(?:\s*(?:a|per|each|par|al)\s+(?:day|jour|día|dia)\b|\s+sur\s+24\b)?",
        r"(?<![\d:])24\s*h(?:\s*/\s*24|\s+sur\s+24)\b",
    ),
    Kind.EVERY_DAY: (
        r"(?:7|seven)\s+days\b(?:\s+(?:a|per|each)\s+week\b)?",
        r"daily\b|every\s*day\b|tous\s+les\s+jours\b|todos\s+los\s+d[ií]as\b|quotidien(?:nement)?\b|diario\b",
        r"7\s*j(?:ours)?\s*(?:/|sur)\s*7\b",
    ),
    Kind.WORKDAYS: (r"weekdays?\b|m\s?[-–]\s?f\b|en\s+semaine\b|entre\s+semana\b",),
    Kind.WEEKEND: (r"weekends?\b|fins?\s+de\s+semaine\b|fin(?:es)?\s+de\s+semana\b",),
    Kind.CLOSED: (r"closed\b|fermée?s?\b|cerrad[oa]s?\b",),
    Kind.ORDINAL: (rf"(?:{_any_of(' '.join(ORDINAL_NAMES.values()))}){_WORD_END}(?!\d)",),
    Kind.TIME: (
        r"(?:12\s*)?(?:noon|midnight)\b|midi\b|minuit\b|mediod[ií]a\b|medianoche\b",
        rf"{_CLOCK}\s*(?:[ap]m\b|[ap]\.\s?m\b\.?)",
        rf"{_CLOCK}[ap]\b",
        rf"{_NO_DIGIT_BEFORE}\d{{1,2}}\s?h(?:rs?\b|\s?\d{{2}}(?!\d)|\b)",
        rf"{_NO_DIGIT_BEFORE}\d{{1,2}}[:.]\d{{2}}(?::00)?(?![\d:/%]|\.\d)",
        rf"{_NO_DIGIT_BEFORE}\d{{1,2}}(?![\d:/%]|\.\d|[^\W\d_])",
    ),
    Kind.DAY: (rf"(?<![^\W\d_])(?:{_any_of(' '.join(DAY_NAMES.values()))}){_WORD_END}\.?",),
    Kind.EVERY: (r"(?:every|each|chaque|cada|todos)\b",),
    Kind.OF_MONTH: (r"(?:of\s+(?:the|each|every)\s+month|(?:du|de\s+chaque)\s+mois|(?:del|de\s+cada)\s+mes|monthly)\b",),
    Kind.TO: (r"[-–—‒−~]+|(?:to|thru|through|until|till|à|au|aux|a|al|hasta|jusqu['’]à|jusqu['’]au)\b",),
    Kind.JOIN: (r"[,&+/]|(?:and|et|y)\b",),
    Kind.PURPOSE: (rf"(?:{_any_of(_PURPOSES)})\b",),
    Kind.FILLER: (rf"(?:{_any_of(_FILLERS)})\b",),
    Kind.BREAK: (r"[;.|]+",),
    Kind.MARK: (r"[:()\[\]*•·]+",),
    Kind.NUMBER: (r"[^\s;,()|]*\d[^\s;,()|]*",),
    Kind.WORD: (r"[^\W\d_][\w'’-]*|\S",),
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{'|'.join(ways)})" for kind, ways in _PATTERNS.items()), re.IGNORECASE)
_TUESDAY_OR_MARCH = "mar"
_ROMANCE_DAY = re.compile(r"(?:lun|mer|mié|mie|jeu|jue|ven|vie|sam|sáb|sab|dim|dom)")


def tokens_of(text: str) -> list[Token]:
    """The text cut into tokens; white space and line breaks between them are dropped.

    "mar" is Tuesday in French and Spanish, and March in all three: it is Tuesday beside other French or Spanish days, else a mere word.
    """
    tokens = list(_tokens(text))
    if any(token.kind is Kind.DAY and _ROMANCE_DAY.match(token.text) for token in tokens):
        return [replace(token, kind=Kind.DAY) if token.text == _TUESDAY_OR_MARCH else token for token in tokens]
    return tokens


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = Kind(match.lastgroup or Kind.WORD)
        yield Token(kind, match[0].lower(), match.start(), match.end())
