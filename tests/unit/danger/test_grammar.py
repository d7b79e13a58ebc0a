"""The grammar that the phrase lists are written in."""

import pytest

from directory.domain.danger.grammar import GrammarError, parse_phrase, words_of
from directory.domain.danger.matching import places_of
from directory.domain.danger.said import forms_of, said_words

SETS = {"someone": frozenset({"he", "she"})}
SMALL = frozenset({"just", "so"})


def is_met(phrase: str, text: str) -> bool:
    return next(places_of(parse_phrase(phrase, SETS), said_words(text), SMALL), None) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("wants to die", "my son wants to die"),
        ("wants to die", "WANTS to die"),
        ("wants to die", "wants just so to die"),
        ("(he|she) hits", "she hits"),
        ("(kill himself|end his life) today", "end his life today"),
        ("wake [him] up", "wake up"),
        ("wake [him] up", "wake him up"),
        ("<someone> fell", "he fell"),
        ("took .. pills", "took a whole lot pills"),
        ("took .. pills", "took pills"),
        ("lips + blue", "blue around the lips"),
        ("lips + blue", "lips, they turned blue"),
        ("cant breathe", "can't breathe"),
        ("cant breathe", "can’t breathe"),
        ("ete la", "Été là"),
        ("enfant pleure", "l'enfant pleure"),
    ],
)
def test_a_phrase_is_met(phrase: str, text: str) -> None:
    assert is_met(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("wants to die", "to die wants"),
        ("wants to die", "wants, to die"),
        ("wants to die", "wants really very much to die"),
        ("took .. pills", "took one two three four pills"),
        ("took .. pills", "took it, pills"),
        ("lips + blue", "lips and then a very long way and so on and on until blue"),
        ("wake [him] up", "wake her up"),
        ("<someone> fell", "they fell"),
    ],
)
def test_a_phrase_is_not_met(phrase: str, text: str) -> None:
    assert not is_met(phrase, text)


@pytest.mark.parametrize("wrong", ["(he|she hits", "he) hits", "()", "[up]", "..", "", "<nobody> hits", "hits!", "(|a)"])
def test_a_phrase_that_cannot_be_read_is_named(wrong: str) -> None:
    with pytest.raises(GrammarError, match="phrase"):
        parse_phrase(wrong, SETS)


def test_a_phrase_knows_the_words_it_cannot_do_without() -> None:
    pattern = parse_phrase("(he|she) [just] (hits|beats) .. children", SETS)
    assert pattern.needed[0] == {"children"}
    assert {"hits", "beats"} in pattern.needed
    assert "just" in set(words_of(pattern))


def test_an_apostrophe_leaves_its_forms_open() -> None:
    assert forms_of("L’Été") == {"lete", "l", "ete"}


def test_a_comma_ends_a_clause_and_a_hyphen_joins_nothing() -> None:
    assert [word.clause for word in said_words("he fell, help - now")] == [0, 0, 1, 2]
    assert [word.clause for word in said_words("self-harm")] == [0, 0]
