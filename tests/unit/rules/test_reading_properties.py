"""What must hold of suggestions for any text: their places, their repeatability, and that no text makes the reader run away."""

import dataclasses
import re
import re._constants as constants
import re._parser as parser
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.conditions import check_condition
from directory.rules.criteria import DOCUMENTS, REFERRERS
from directory.rules.facts import FACTS
from directory.rules.reading import LANGUAGES, Kind, suggest, text
from directory.rules.reading.languages.english import ENGLISH
from directory.rules.reading.languages.french import FRENCH

PIECES = [
    "adults 18+ ",
    " men and women ",
    " children 0-5 and their parents ",
    " under 12 ",
    " no ",
    " not ",
    " or ",
    " and ",
    " , ",
    " . ",
    " ; ",
    " ( ",
    " ) ",
    " serving Ottawa ",
    " residents of ",
    " Boston residents ",
    " zip code 44310 ",
    " within 5 miles ",
    " grades 6-8 ",
    " K-12 ",
    " income below $30,000 ",
    " 200% of poverty ",
    " per month ",
    " must be ",
    " people with diabetes or HIV ",
    " veterans and their families ",
    " priority to ",
    " referral from a school ",
    " self-referral ",
    " bring photo ID ",
    " no documents required ",
    " open to all ",
    " regardless of ",
    " does not serve ",
    " homeless ",
    " single mothers ",
    " Women Against Abuse Center ",
    " femmes enceintes ",
    " de 12 à 17 ans ",
    " moins de 18 ans ",
    " et plus ",
    " résidant à Gatineau ",
    " 32 000 $ ",
    " revenu ",
    " personnes ayant ",
    " un handicap ",
    " 7e à la 12e année ",
    " d'un ",
    " l'école ",
    " sur référence d'un médecin ",
    " pièce d'identité ",
    " ouvert à tous ",
    " é ",
    " ½ ",
    " 1/2 ",
    " 99999999999 ",
    " $ ",
    " \n",
]

any_text = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=20).map("".join),
)
languages = st.sampled_from(LANGUAGES)


@given(any_text, languages)
def test_every_suggestion_stands_in_the_text_apart_from_the_others(words: str, language: str) -> None:
    end = 0
    for found in suggest(words, language):
        assert end <= found.start < found.end <= len(words)
        assert words[found.start : found.end] == found.words
        end = found.end


@given(any_text, languages)
def test_every_suggestion_can_be_stored_as_it_is(words: str, language: str) -> None:
    for found in suggest(words, language):
        assert (found.when is not None) == (found.kind is Kind.CRITERION)
        if found.when is not None:
            check_condition(found.when, FACTS)
        assert found.kind is not Kind.DOCUMENT or found.code in DOCUMENTS
        assert set(found.sources) <= set(REFERRERS)
        assert found.reason.endswith(".")


@given(any_text, languages)
def test_the_same_text_is_read_the_same_way_twice(words: str, language: str) -> None:
    assert suggest(words, language) == suggest(words, language)


@given(st.text(alphabet=" \t\n\r\u00a0\u2003", max_size=30), languages)
def test_an_empty_text_suggests_nothing(words: str, language: str) -> None:
    assert suggest(words, language) == ()


def test_what_stands_behind_the_longest_text_that_is_read_is_left_out() -> None:
    assert suggest("x " * text.LONGEST + "adults 18+") == ()
    assert suggest(" " * (text.LONGEST - 2) + "18+") == ()


def patterns_of(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from patterns_of(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from patterns_of(getattr(value, field.name))


def unbounded(parsed: Any) -> bool:
    """Whether a parsed pattern repeats anything without a limit."""
    return any(_repeats(op, argument) for op, argument in parsed)


def _repeats(op: Any, argument: Any) -> bool:
    if op in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        return argument[1] is constants.MAXREPEAT or unbounded(argument[2])
    if op is constants.SUBPATTERN:
        return unbounded(argument[3])
    if op is constants.BRANCH:
        return any(map(unbounded, argument[1]))
    return op in (constants.ASSERT, constants.ASSERT_NOT) and unbounded(argument[1])


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_no_pattern_repeats_without_a_limit(language: Any) -> None:
    found = [*patterns_of(language), text._WORD]
    assert [each.pattern for each in found if unbounded(parser.parse(each.pattern))] == []
    assert len(found) > 50


HOSTILE = (
    "men ",
    "men or women or ",
    "18+ or 19+ or ",
    "parents of children 1+ or ",
    "children under 5 with children under 5 or ",
    "A ",
    "Aa and ",
    "serving A, B and ",
    "A, B and residents ",
    "must. ",
    "people with diabetes and ",
    "veterans and their families ",
    "bring id no id ",
    "referral from ",
    "1-2-",
    "d'",
    "(",
    "personnes ayant un enfant de moins de 2 ans ou ",
)


def calls_made(words: str, language: str) -> int:
    """Calls of Python functions and of built-in ones while a text is read."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        suggest(words, language)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_twice_as_long_takes_at_most_twice_the_steps(piece: str) -> None:
    language = "fr" if "personnes" in piece else "en"
    short, long = ((piece * (length // len(piece) + 1))[:length] for length in (1_000, 2_000))
    assert calls_made(long, language) <= 2.2 * calls_made(short, language) + 500
