"""Concepts of a search: which are used, on which words they rest, how they are taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.categories.tree import CATEGORIES
from directory.services.finding.concepts import MOST, find_concepts, meant_by


def categories(text: str, locale: str = "en", taken_back: tuple[str, ...] = ()) -> list[str]:
    return [need.category for need in find_concepts(text, locale, taken_back)]


def test_a_need_keeps_the_persons_own_words():
    need = find_concepts("Hello, we CAN'T pay the Rent anymore", "en")[0]
    assert (need.category, need.words) == ("rent-help", "CAN'T pay the Rent")
    assert need.weight == pytest.approx(need.sure)
    assert need.sure > 0.7


def test_words_that_stand_far_apart_are_shown_one_by_one():
    need = find_concepts("Rent is what my brother and I and everybody else here just can't pay", "en")[0]
    assert need.words == "Rent … can't … pay"


@pytest.mark.parametrize("text", ["", "Rideau", "xyzzy plugh", "I am looking for someone"])
def test_what_says_nothing_of_a_need_gives_none(text):
    assert find_concepts(text, "en") == ()


def test_a_need_that_is_taken_back_brings_up_no_other():
    all_of_them = categories("can't pay rent")
    assert categories("can't pay rent", taken_back=("concept:rent-help",)) == all_of_them[1:]
    assert categories("can't pay rent", taken_back=tuple(f"concept:{slug}" for slug in all_of_them)) == []


@given(st.text(max_size=100))
def test_needs_are_few_each_weighed_between_nothing_and_one(text):
    needs = find_concepts(text, "fr")
    assert len(needs) <= MOST
    assert all(0 < meant.weight <= 1 and meant.category in CATEGORIES for meant in meant_by(needs))
    assert all(need.words.strip() for need in needs)
