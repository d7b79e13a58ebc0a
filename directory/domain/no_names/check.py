"""Find what looks like a name, a telephone number, a mail address, a birth date, an address, a school."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from directory.domain.errors import InvalidInput
from directory.domain.no_names.names import GIVEN, NO_NAMES
from directory.domain.sentences import say


class Kind(StrEnum):
    """What was found. `MAYBE`: written like a name, and perhaps none."""

    MAIL = "mail"
    PHONE = "phone"
    BORN = "born"
    STREET = "street"
    SCHOOL = "school"
    NUMBER = "number"
    NAME = "name"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Found:
    """`words`: as they stand in the text."""

    kind: Kind
    words: str


_BIG = "[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_BIG}[\w'’-]+"
_MONTHS = (
    "jan(?:uary|vier)?|feb(?:ruary)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|apr(?:il)?|avr(?:il)?|may|mai|mayo|june?|juin|junio|july?|juillet|julio|"
    "aug(?:ust)?|ao[uû]t|agosto|sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|d[ée]c(?:ember|embre)?|"
    "diciembre|enero|febrero|abril"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])\b",
        rf"\b(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.]{_YEAR}\b",
        rf"\b(?:{_MONTHS})\.?\s+(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b(?:0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th)?\s+(?:de\s+)?(?:{_MONTHS})\.?,?\s+(?:de\s+)?{_YEAR}\b",
    )
)
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|birth\s?date|date of birth|née?|date de naissance|nacid[oa]|naci[óo]|fecha de nacimiento)\b"
    r"[^.,\n]{0,15}?(?:(?:19|20)\d\d|\d{1,2}[-/.]\d{1,2})",
    re.IGNORECASE,
)
_TYPES = "street|avenue|road|boulevard|blvd|crescent|terrace|parkway|highway|ave|cres"
_ALSO = "Drive|Lane|Court|Place|Square|Way|Rd|St|Dr|Ct"  # ordinary words or short ones, so a number and a capital must come before
_STREETS = (
    re.compile(rf"\b\d+[a-z]?\s+(?:[\w'’.-]+\s+){{1,3}}(?:{_TYPES})\b\.?", re.IGNORECASE),
    re.compile(rf"\b\d+[a-z]?\s+(?:{_NAME}\s+){{1,3}}(?:{_ALSO})\b\.?"),
    re.compile(rf"\b{_NAME}(?:\s+{_NAME})?\s+(?i:street|avenue|road|boulevard|blvd|crescent|terrace|parkway|St\.|Ave\.?|Rd\.?)(?!\w)"),
    re.compile(rf"\b(?i:rue|avenue|boulevard|chemin|all[ée]e|impasse)\s+(?:(?:de|du|des|de la|de l['’]|la|le|les|l['’])\s*)?{_NAME}"),
    re.compile(rf"\b(?i:calle|avenida|carrera|callej[óo]n|paseo|calzada)\s+(?:(?:de|del|de la|de los|la|las|los)\s+)?(?:{_NAME}|\d+)"),
    re.compile(r"\b\d+,?\s+(?:rue|avenue|boulevard|chemin|calle|avenida)\b[^.,;\n]{0,30}", re.IGNORECASE),
    re.compile(r"\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b", re.IGNORECASE),  # a Canadian postal code is one side of one street
)
_IS_SCHOOL = r"(?i:[ée]cole|coll[èe]ge|lyc[ée]e|c[ée]gep|escuela|colegio|instituto|liceo)"
_SCHOOL_KINDS = r"(?i:primaire|secondaire|[ée]l[ée]mentaire|primaria|secundaria|de|du|des|del|de la)"
_SCHOOLS = (
    re.compile(
        rf"\b(?:{_NAME}\s+){{1,4}}(?:Elementary|Middle|High|Secondary|Primary|Public|Catholic|Junior|Senior)?\s*"
        r"(?:School|Academy|Collegiate|High|Elementary)\b"
    ),
    re.compile(rf"\b{_IS_SCHOOL}\s+(?:{_SCHOOL_KINDS}\s+)*{_NAME}"),
    re.compile(r"\b(?:P\.?S\.?|I\.?S\.?)\s?#?\s?\d{1,3}\b"),
)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_PHONE = re.compile(
    r"(?<![\w$€£])(?:\+\d[\d\s().-]{7,18}\d|\(?\d{2,4}\)?[ .-]{1,2}\d{3}[ .-]?\d{2}[ .-]?\d{2}|\d{2}(?:[ .-]\d{2}){4}"
    r"|\d{3}[ .-]\d{4}|\d{10,14})(?!\w)"
)
_NUMBER = re.compile(r"(?<![\w$€£+])\d{6,9}(?!\w)|(?<!\w)[A-Z]{1,3}-?\d{5,}(?!\w)")
_TITLED = re.compile(rf"\b(?:Mrs?\.?|Ms\.?|Miss|Mx\.?|Dr\.?|M\.|Mme|Mlle|Sra?\.|Srta\.?|Monsieur|Madame|Señora?)\s+{_NAME}")
_CALLED = re.compile(
    r"\b(?i:named|called|(?:first |last )?name is|goes by|s['’]appelle|nomm[ée]e?s?|pr[ée]nomm[ée]e?|se llama|llamad[oa]|nombre es)"
    rf"\s+{_NAME}"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.\s?){2,3}(?!\w)")
_STARTS = frozenset('.!?:;¿¡\n•–—"“«(/-')
"""After these, a capital is no sign of a name."""


def names_in(text: str, *, known: Collection[str] = (), year: int) -> tuple[Found, ...]:
    """What looks like it names somebody, in the order of kinds. `known`: words with a capital that name nobody here, in small letters
    without accents (see `plain`); `year`: the present one, since dates to come are no birth dates."""
    found = [Found(kind, " ".join(words.split())) for kind, words in _certain(text, year)]
    if found:
        return tuple(dict.fromkeys(found))
    return tuple(dict.fromkeys(Found(Kind.MAYBE, words) for words in _perhaps(text, frozenset(known))))


def plain(word: str) -> str:
    """A word in small letters, without accents and without what hangs on it ("Maria's")."""
    bare = re.sub(r"['’]s$|['’]$", "", word.casefold())
    return "".join(letter for letter in unicodedata.normalize("NFD", bare) if not unicodedata.combining(letter))


def _certain(text: str, year: int) -> Iterator[tuple[Kind, str]]:
    yield from ((Kind.MAIL, match[0]) for match in _MAIL.finditer(text))
    for pattern in _DATES:
        yield from ((Kind.BORN, match[0]) for match in pattern.finditer(text) if int(match["year"]) < year)
    yield from ((Kind.BORN, match[0]) for match in _BORN.finditer(text))
    without_dates = text
    for pattern in _DATES:
        without_dates = pattern.sub(" ", without_dates)
    yield from ((Kind.PHONE, match[0]) for match in _PHONE.finditer(without_dates))
    yield from ((Kind.NUMBER, match[0]) for match in _NUMBER.finditer(_PHONE.sub(" ", without_dates)))
    for pattern in _STREETS:
        yield from ((Kind.STREET, match[0]) for match in pattern.finditer(text))
    for pattern in _SCHOOLS:
        yield from ((Kind.SCHOOL, match[0]) for match in pattern.finditer(text))
    yield from ((Kind.NAME, match[0]) for pattern in (_TITLED, _CALLED) for match in pattern.finditer(text))
    words = list(_WORD.finditer(text))
    for first, second in pairwise(words):
        together = text[first.end() : second.start()] == " "
        if together and first[0][0].isupper() and second[0][0].isupper() and plain(first[0]) in GIVEN and plain(second[0]) not in NO_NAMES:
            yield Kind.NAME, f"{first[0]} {second[0]}"


def _perhaps(text: str, known: frozenset[str]) -> Iterator[str]:
    """Words that are common names, and words with a capital in the middle of a sentence that nobody knows."""
    yield from (match[0].strip() for match in _INITIALS.finditer(text))
    for match in _WORD.finditer(text):
        word, bare = match[0], plain(match[0])
        if bare in known or bare in NO_NAMES or len(bare) < 2:
            continue
        is_short_form = word.isupper() and len(word) <= 6
        before = text[: match.start()].rstrip(" \t\r")
        starts = not before or before[-1] in _STARTS
        if (bare in GIVEN and not is_short_form) or (word[0].isupper() and not is_short_form and not starts):
            yield word


class MayBeNames(InvalidInput):
    """Words that may be names: whoever wrote them takes them out, or says that they are none. `words`: those, as they stand in the text."""

    def __init__(self, field: str, message: str, words: tuple[str, ...]) -> None:
        super().__init__(field, message)
        self.words = words


ABOUT_WORK = frozenset({Kind.PHONE, Kind.MAIL, Kind.STREET})
"""What an organization tells of itself when it says how to get its help."""


def refuse_names(
    field: str,
    text: str,
    *,
    known: Collection[str] = (),
    year: int,
    said_no_name: Collection[str] = (),
    tells_of_work: bool = False,
) -> None:
    """Raise `InvalidInput` at the field where the text looks like it names somebody; `MayBeNames` where it may, and the writer has not said
    of each such word that it is no name (`said_no_name`). `tells_of_work`: it may say whom to call at work, and where."""
    found = names_in(text, known=known, year=year)
    if tells_of_work:
        found = tuple(each for each in found if each.kind not in ABOUT_WORK)
    if not found:
        return
    first = found[0]
    if first.kind is not Kind.MAYBE:
        raise InvalidInput(field, _sentence(first))
    left = tuple(each.words for each in found if each.words not in said_no_name)
    if left:
        words = tuple(each.words for each in found)
        told = "”, “".join(words)
        raise MayBeNames(
            field, say("“%(words)s”: take out what names a person, a school or a street, or tick that it names none.", words=told), words
        )


def _sentence(found: Found) -> str:
    words = {"words": found.words[:60]}
    match found.kind:
        case Kind.MAIL:
            return say("“%(words)s” looks like a mail address. Take it out: these words must name nobody.", **words)
        case Kind.PHONE:
            return say("“%(words)s” looks like a telephone number. Take it out: these words must name nobody.", **words)
        case Kind.BORN:
            return say("“%(words)s” looks like a birth date. Write an age or nothing: these words must name nobody.", **words)
        case Kind.STREET:
            return say("“%(words)s” looks like an address. Write the part of town or nothing: these words must name nobody.", **words)
        case Kind.SCHOOL:
            return say("“%(words)s” looks like the name of a school. Write “a school”: these words must name nobody.", **words)
        case Kind.NUMBER:
            return say("“%(words)s” looks like the number of a file or a card. Take it out: these words must name nobody.", **words)
    return say("“%(words)s” looks like the name of a person. Take it out: these words must name nobody.", **words)
