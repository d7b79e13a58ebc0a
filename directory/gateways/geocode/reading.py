"""What a person typed, taken apart: coordinates, a postal code, or a name with its region and country. No data, only form."""

import re
import unicodedata
from dataclasses import dataclass

from directory.gateways.geocode.names import name_key

LONGEST = 200
LONGEST_REGION = 4  # words: `Newfoundland and Labrador` and its like
# The last sign of a Canadian sector and the letters used: Canada Post leaves out D F I O Q U, and W Z at the start.
_FSA = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]"
_PATTERNS = (
    ("US", re.compile(r"(?P<code>\d{5})(?:[- ]\d{4})?"), True),
    ("CA", re.compile(rf"(?P<code>{_FSA})[ -]?\d[ABCEGHJ-NPRSTV-Z]\d"), True),
    ("GB", re.compile(r"(?P<code>[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}"), True),
    ("CA", re.compile(rf"(?P<code>{_FSA})"), False),
    ("GB", re.compile(r"(?P<code>[A-Z]{1,2}\d[A-Z\d]?)"), False),
)
_COORDINATES = re.compile(r"\(?\s*(-?\d{1,2}\.\d{2,})°?\s*[,;\s]\s*(-?\d{1,3}\.\d{2,})°?\s*\)?")
_COUNTRY_AT_END = re.compile(
    r"[\s,]+(canada|usa|u\.s\.a\.|united states|us|uk|u\.k\.|united kingdom|great britain|england)\.?$", re.IGNORECASE
)

_VAGUE_START = re.compile(
    r"^((the|near|in|around|by|close to|outside|city of|town of|village of|ville de|greater|downtown|central|inner|outer|"
    r"north|south|east|west|northeast|northwest|southeast|southwest|ne|nw|se|sw|n|s|e|w)\.?\s+)+",
    re.IGNORECASE,
)
_VAGUE_END = re.compile(r"(\s+(area|region|and area|city limits|downtown|proper))+$", re.IGNORECASE)

# Region codes that are also common words count as codes only in capitals, or after a comma.
_CODE_WORDS = "al as co ct de hi id in la ma mb me mi mo ne nt oh ok on or pa sa va vi"
WORDS_THAT_ARE_CODES = frozenset(_CODE_WORDS.split())


@dataclass(frozen=True, slots=True)
class PostalReading:
    """A postal code read from the text; `rest` is what else it says. `certain`: a whole code that stands at the end."""

    country: str
    code: str
    rest: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Where:
    """A region or country that a name is qualified with; `region` is '' for a whole country."""

    country: str
    region: str = ""

    def holds(self, country: str, region: str) -> bool:
        return self.country == country and self.region in ("", region)


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name key, and where it was said to be: any of `where` (empty: not said).

    `inner`: what was said before it, perhaps a neighbourhood. `guessed`: the end of a street line, to be taken only as an exact name.
    """

    key: str
    where: frozenset[Where] = frozenset()
    inner: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names and codes of regions and countries: key -> what it may mean. Codes are as written: `AB`, `PA`."""

    names: dict[str, frozenset[Where]]
    codes: dict[str, frozenset[Where]]

    def meaning(self, text: str, *, after_comma: bool) -> frozenset[Where]:
        """What a qualifier means; empty when it is none."""
        word = text.strip(" .").replace(".", "")
        known = self.names.get(name_key(text), frozenset())
        if word.upper() in self.codes and (word.isupper() or after_comma or word.lower() not in WORDS_THAT_ARE_CODES):
            known |= self.codes[word.upper()]
        return known


def without_vague_words(text: str) -> str:
    """A text without words that only blur a name: `city of Ottawa`, `SE Calgary`, `near Red Deer`, `the Calgary area`; itself if none."""
    return _VAGUE_END.sub("", _VAGUE_START.sub("", text)) or text


def tidy(text: str) -> str:
    """NFC, one space between words, nothing hanging at the ends, at most 200 signs."""
    plain = unicodedata.normalize("NFC", text.replace("\n", ", ").replace(";", ","))
    return " ".join(plain.split())[:LONGEST].strip(' ,.;:"“”')


def read_coordinates(text: str) -> tuple[float, float] | None:
    """`51.0447, -114.0719` as latitude and longitude; None for anything else or off the earth."""
    found = _COORDINATES.fullmatch(text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def read_postal(text: str) -> list[PostalReading]:
    """The postal codes that a text may end or begin with, likeliest first: whole codes before halves, the end before the beginning."""
    words = _COUNTRY_AT_END.sub("", text) or text
    upper = words.upper()
    found = []
    for country, pattern, whole in _PATTERNS:
        for place, match in (("end", _at_end(pattern, upper)), ("start", pattern.match(upper))):
            if match is None or not _stands_alone(upper, match.start(), match.end()):
                continue
            rest = (words[: match.start()] + " " + words[match.end() :]).strip(" ,")
            if rest and place == "start" and match.end() == len(upper):
                continue
            found.append(PostalReading(country, match["code"], rest, certain=not rest or (whole and place == "end")))
    return list(dict.fromkeys(found))


def _at_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return re.compile(rf"{pattern.pattern}$").search(text)


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] in " ,") and (end == len(text) or text[end] in " ,")


def read_name(text: str, gazetteer: Gazetteer) -> list[NameReading]:
    """The ways to read a name, likeliest first: the whole text, then with its last words as region or country.

    >>> read_name("Red Deer AB", gazetteer)
    [NameReading('red deer ab'), NameReading('red deer', where={Where('CA', 'AB')})]
    """
    segments = [segment.strip() for segment in text.split(",") if segment.strip()]
    where: frozenset[Where] = frozenset()
    while len(segments) > 1 and (meaning := gazetteer.meaning(segments[-1], after_comma=True)):
        where = narrowed(meaning, where)
        segments.pop()
    return list(dict.fromkeys(reading for reading in _segments(segments, where, gazetteer) if reading.key))


def _segments(segments: list[str], where: frozenset[Where], gazetteer: Gazetteer) -> list[NameReading]:
    *before, last = segments or [""]
    inner = name_key(before[-1]) if before and not before[-1][0].isdigit() else ""
    splits = _splits(last.split(), where, gazetteer)
    readings = [NameReading(name_key(" ".join(words)), meant, inner) for words, meant in splits]
    street = [(words, meant) for words, meant in splits if meant and words[0][0].isdigit()]
    ends = [
        NameReading(name_key(" ".join(words[start:])), meant, guessed=True) for words, meant in street for start in range(1, len(words))
    ]
    return [*readings, *ends]


def _splits(words: list[str], where: frozenset[Where], gazetteer: Gazetteer) -> list[tuple[list[str], frozenset[Where]]]:
    """The words whole, and without the region, the country, or both, that they may end in."""
    splits = [(words, where)]
    for count in range(1, min(LONGEST_REGION + 1, len(words))):
        meaning = gazetteer.meaning(" ".join(words[-count:]), after_comma=False)
        if meaning and (together := narrowed(meaning, where)):
            splits.extend(_splits(words[:-count], together, gazetteer))
    return splits


def narrowed(inner: frozenset[Where], outer: frozenset[Where]) -> frozenset[Where]:
    """What two qualifiers mean together: `AB` in `Canada`; empty when they exclude each other."""
    if not outer:
        return inner
    both = set()
    for one in inner:
        for other in outer:
            if one.country == other.country and (not one.region or not other.region or one.region == other.region):
                both.add(Where(one.country, one.region or other.region))
    return frozenset(both)
