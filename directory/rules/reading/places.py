"""Where people must live: the words of a place, or its id where somebody knows it."""

from collections.abc import Callable, Container, Iterator

from directory.rules.reading.found import Condition, Found, Subject, is_
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.people import mostly_capitals, names_of_organizations
from directory.rules.reading.text import Reading, Taken, Token

Areas = Callable[[str], str | None]
"""The words of a place -> its id; None where nobody knows it."""

_LONGEST = 40
"""Words of one place, or of a list of places."""
_SPLITTERS = (",", " and ", " & ", " or ", "/", " et ", " ou ")


def find_places(reading: Reading, language: Language, areas: Areas | None) -> Iterator[Found]:
    taken = Taken(len(reading.text))
    for start, own, end, words in _all(reading, language):
        if not taken.any(start, end):
            taken.take(start, end)
            yield Found(start, end, _condition(words, areas), Subject.PLACE, own)


def _all(reading: Reading, language: Language) -> Iterator[tuple[int, int, int, str]]:
    """Start with what leads to the place, start of the place, end, and the words of the place alone."""
    tokens, places = reading.tokens, language.places
    for match in places.distance.finditer(reading.text):
        yield match.start(), match.start(), match.end(), match[0]
    yield from _led_to(reading, language)
    people = {place for first, behind, short in language.people.find(tokens) if short for place in range(first, behind)}
    for place, token in enumerate(tokens):
        if token.folded in places.after and not token.is_mark:
            first = _back(reading, language, place, people)
            if first is not None:
                start = tokens[first].start
                yield start, start, token.end, reading.text[start : tokens[place - 1].end]
    for first, behind, _ in places.phrases.find(tokens):
        start, end = tokens[first].start, tokens[behind - 1].end
        yield start, start, end, reading.text[start:end]


def _led_to(reading: Reading, language: Language) -> Iterator[tuple[int, int, int, str]]:
    tokens, places = reading.tokens, language.places
    named = names_of_organizations(reading, language)
    if mostly_capitals(reading.text):
        return
    for place in range(len(tokens)):
        behind = _leads(tokens, language, place)
        if behind is None or (place in named and place - 1 in named):
            continue
        run = _forward(reading, language, behind, tokens[place].start)
        if run is not None:
            start, end = tokens[run[0]].start, tokens[run[1] - 1].end
            yield tokens[place].start, start, end, reading.text[start:end]
        elif (found := places.phrases.at(tokens, behind)) is not None:
            start, end = tokens[behind].start, tokens[found[0] - 1].end
            yield start, start, end, reading.text[start:end]


def _leads(tokens: tuple[Token, ...], language: Language, place: int) -> int | None:
    """The token behind words that lead to a place: `serving`, `residents of`, `community members in`."""
    places = language.places
    found = places.before.at(tokens, place)
    if found is not None:
        return found[0]
    if tokens[place].folded in places.inside and place and tokens[place - 1].folded in places.of_people:
        return place + 1
    return None


def _forward(reading: Reading, language: Language, place: int, start: int) -> tuple[int, int] | None:
    """First token and the token behind the last of the place that begins at the token `place`."""
    tokens, places = reading.tokens, language.places
    sentence = reading.sentence(start)
    while place < len(tokens) and tokens[place].folded in places.skipped and not tokens[place].capital:
        place += 1
    if place < len(tokens) and tokens[place].is_mark:
        return None
    behind, proper = place, False
    for at in range(place, min(place + _LONGEST, len(tokens))):
        token = tokens[at]
        if reading.sentence(token.start) != sentence and token.folded != ".":
            break
        if _is_name(token, language):
            proper, behind = True, at + 1
        elif token.folded in places.common or _is_numbered(tokens, at, language):
            behind = at + 1
        elif token.folded not in places.between or (at > place and at - behind >= 3):
            break
    while place < behind and tokens[place].folded in places.between:
        place += 1
    return (place, behind) if proper and place < behind else None


def _back(reading: Reading, language: Language, place: int, people: Container[int]) -> int | None:
    """The first token of the place that ends before the token `place`: `Summit County residents`; not `First Nations families`."""
    tokens, places = reading.tokens, language.places
    sentence = reading.sentence(tokens[place].start)
    first, proper = place, False
    for at in range(place - 1, max(place - _LONGEST, -1), -1):
        token = tokens[at]
        if reading.sentence(token.start) != sentence or at in people:
            break
        if _is_name(token, language):
            if not _starts_a_name(reading, at, place, language):
                break
            proper, first = True, at
        elif token.folded in places.common and not token.is_mark:
            first = at
        elif token.folded not in places.between or token.folded in {"the", "to", "."} or first - at >= 3:
            break
    return first if proper and first < place else None


def _starts_a_name(reading: Reading, at: int, place: int, language: Language) -> bool:
    """A capital at the start of a sentence is a name only next to another, or right before the word for residents."""
    tokens = reading.tokens
    if at and reading.sentence(tokens[at - 1].start) == reading.sentence(tokens[at].start):
        return True
    if at + 1 == place:
        return tokens[place].folded in language.places.residents
    return _is_name(tokens[at + 1], language) or tokens[at + 1].folded in language.places.common


def _is_numbered(tokens: tuple[Token, ...], at: int, language: Language) -> bool:
    """`Ward 3`."""
    return tokens[at].kind == "number" and at > 0 and tokens[at - 1].folded in language.places.numbered


def _is_name(token: Token, language: Language) -> bool:
    if token.kind == "postal":
        return True
    if token.kind == "number":
        return token.end - token.start == 5
    return token.capital and not token.is_mark and token.folded not in language.places.not_places


def _condition(words: str, areas: Areas | None) -> Condition:
    words = " ".join(words.split())
    known = _ids(words, areas) if areas is not None else None
    return is_("area", "in", known) if known else is_("area", "meets", words)


def _ids(words: str, areas: Areas) -> list[str] | None:
    """The ids of a place or of each place of a list; None where one of them is not known."""
    whole = areas(words)
    if whole is not None:
        return [whole]
    parts = [words]
    for splitter in _SPLITTERS:
        parts = [piece for part in parts for piece in part.split(splitter)]
    found = [areas(part.strip()) for part in parts if part.strip()]
    known = [each for each in found if each is not None]
    return list(dict.fromkeys(known)) if known and len(known) == len(found) else None
