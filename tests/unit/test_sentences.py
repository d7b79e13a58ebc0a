"""Sentences that can be said again in another language."""

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.sentences import retold, say

IN_FRENCH = {"At most %(most)s letters.": "Au plus %(most)s lettres.", "Too far.": "Trop loin."}


def in_french(template: str) -> str:
    return IN_FRENCH.get(template, template)


def test_a_sentence_is_plain_english_to_whoever_does_not_translate():
    assert say("At most %(most)s letters.", most=4) == "At most 4 letters."


def test_a_sentence_with_values_is_retold_with_the_same_values():
    assert retold(say("At most %(most)s letters.", most=4), in_french) == "Au plus 4 lettres."
    assert retold("Too far.", in_french) == "Trop loin."


def test_a_sentence_without_translation_stays_as_it_is():
    assert retold(say("Between %(low)s and %(high)s.", low=1, high=2), in_french) == "Between 1 and 2."


def test_validators_that_fill_in_their_own_values_leave_a_sentence_whole():
    assert retold(say("At most %(most)s letters.", most=4).format(input="x"), in_french) == "Au plus 4 lettres."


@given(st.text())
def test_whatever_a_value_holds_comes_through_unchanged(value: str):
    assert retold(say("It is “%(text)s”.", text=value), in_french) == f"It is “{value}”."


def test_sentences_within_a_sentence_are_retold_too():
    told = say("%(what)s: %(number)s.", what=say("drafts"), number=2)
    assert retold(told, lambda text: {"drafts": "brouillons"}.get(text, text)) == "brouillons: 2."
    asked = say("%(how)s", how=say("At most %(most)s letters.", most=4))
    assert retold(asked, in_french) == "Au plus 4 lettres."
