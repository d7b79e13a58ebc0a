"""Words for people, and what they live with.

Words for people count where they stand (*veterans*, *homeless women*). What people live with counts after a word that links it to people
(*adults with diabetes*), so that *diabetes education* does not. Names of organizations and brackets are left out.
"""

from collections.abc import Container, Iterator

from directory.rules.reading.found import Found, Subject, spelled
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.text import Reading, Token

_FURTHEST_LINK = 14
"""Words between a link and what it leads to."""
_FURTHEST_HEAD = 8
"""Words between people and the link."""
_OF_A_LIST = ("insurance", "benefits")
_FAMILIES = "household=children"


def find_people(reading: Reading, language: Language) -> Iterator[Found]:
    hidden = names_of_organizations(reading, language) | _in_brackets(reading)
    people: list[tuple[int, int]] = []
    for first, behind, short in language.people.find(reading.tokens):
        people.append((first, behind))
        if short and behind - 1 not in hidden and not _counted(reading, first, short, language.ages.numbers):
            yield _found(reading, first, first, behind, short)
    named = {place for first, behind in people for place in range(first, behind)}
    for first, behind, short in language.conditions.find(reading.tokens):
        if first in named or behind - 1 in hidden:
            continue
        head = _head(reading, language, first, behind)
        if head is None and short.startswith(_OF_A_LIST) and _follows_people(reading, language, first, named):
            head = first
        if head is not None and short:
            yield _found(reading, head, first, behind, short)


def _follows_people(reading: Reading, language: Language, first: int, named: set[int]) -> bool:
    """`Uninsured or Medicaid`: it stands in a list behind words for people."""
    place = first - 1
    while place >= 0 and place not in named and reading.tokens[place].folded in language.joining:
        place -= 1
    return place in named and place < first - 1


def _found(reading: Reading, from_head: int, first: int, behind: int, short: str) -> Found:
    tokens = reading.tokens
    words = reading.text[tokens[first].start : tokens[behind - 1].end]
    start = min(tokens[from_head].start, tokens[first].start)
    when, refused_only = spelled(short.removeprefix("!"), words), short.startswith("!")
    return Found(start, tokens[behind - 1].end, when, Subject.PEOPLE, tokens[first].start, refused_only=refused_only)


def _counted(reading: Reading, first: int, short: str, numbers: Container[str]) -> bool:
    """`Two families per car` is a number, not whom it is for."""
    return (
        (short == _FAMILIES or short.startswith("age~"))
        and first > 0
        and (reading.tokens[first - 1].kind == "number" or reading.tokens[first - 1].folded in numbers)
    )


def _head(reading: Reading, language: Language, first: int, behind: int) -> int | None:
    """The token with which the words begin that link a condition to people; None where nothing links it."""
    tokens = reading.tokens
    start, end = reading.sentence(tokens[first].start)
    for place in range(first - 1, max(first - 1 - _FURTHEST_LINK, -1), -1):
        token = tokens[place]
        if token.start < start:
            break
        if token.folded in language.links and (head := _linked(reading, language, place, start)) is not None:
            return head
        if token.folded not in language.between and not _is_condition(language, tokens, place):
            break
    return _followed_by_people(reading, language, behind, first, end)


def _linked(reading: Reading, language: Language, link: int, start: int) -> int | None:
    tokens = reading.tokens
    for place in range(link, max(link - _FURTHEST_HEAD, -1), -1):
        if tokens[place].start < start:
            break
        if place < link and tokens[place].folded in language.heads:
            return place
    for place in range(max(link - 2, 0), link + 1):
        strong = language.strong_links.at(tokens, place)
        if strong is not None and strong[0] > link and tokens[place].start >= start:
            return place
    return None


def _followed_by_people(reading: Reading, language: Language, behind: int, first: int, end: int) -> int | None:
    """`Ontario Works and ODSP recipients`."""
    tokens = reading.tokens
    for place in range(behind, min(behind + _FURTHEST_HEAD, len(tokens))):
        token = tokens[place]
        if token.start >= end:
            break
        if token.folded in language.recipients:
            return first
        if token.folded not in language.between and not _is_condition(language, tokens, place):
            break
    return None


def _is_condition(language: Language, tokens: tuple[Token, ...], place: int) -> bool:
    """The word is part of another condition: of a list of them."""
    return any(
        (found := language.conditions.at(tokens, begin)) is not None and found[0] > place for begin in range(max(place - 3, 0), place + 1)
    )


def _in_brackets(reading: Reading) -> frozenset[int]:
    """Tokens inside of brackets: mostly the name of an agency. Ages are found in brackets all the same."""
    inside: set[int] = set()
    open_at: int | None = None
    for place, token in enumerate(reading.tokens):
        if token.folded in "([":
            open_at = place
        elif token.folded in ")]" and open_at is not None:
            inside.update(range(open_at, place))
            open_at = None
    return frozenset(inside)


def mostly_capitals(text: str) -> bool:
    """Where all is written in capitals they say nothing of names."""
    letters = sum(letter.isalpha() for letter in text)
    return sum(letter.isupper() for letter in text) * 2 > letters


def names_of_organizations(reading: Reading, language: Language) -> frozenset[int]:
    """Tokens of a run of capitals that holds a word for an organization: `Aids Center of Queens County`."""
    tokens = reading.tokens
    if mostly_capitals(reading.text):
        return frozenset()
    named: set[int] = set()
    place = 0
    while place < len(tokens):
        behind = _run_of_capitals(reading, language, place)
        run = range(place, behind)
        if len(run) > 1 and any(tokens[each].folded in language.organization for each in run):
            named.update(run)
        place = max(behind, place + 1)
    return frozenset(named)


def _run_of_capitals(reading: Reading, language: Language, place: int) -> int:
    """The token behind a run of capitals that begins at `place`, small words inside of it included."""
    tokens, behind = reading.tokens, place
    for at in range(place, len(tokens)):
        token = tokens[at]
        if token.capital and not token.is_mark:
            if at > place and reading.sentence(token.start) != reading.sentence(tokens[place].start):
                break
            behind = at + 1
        elif at == place or at - behind >= 2 or token.folded not in language.inside_names:
            break
    return behind
