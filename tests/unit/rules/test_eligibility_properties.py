"""What must always hold of eligibility, on programs and people of every kind."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.rules.assess import assess, outcome_of
from directory.rules.criteria import check_criteria, written_criteria
from directory.rules.outcome import Outcome
from directory.rules.person import read_person
from directory.rules.projection import asked_of, may_fit, project
from tests.support.criteria import HOMES, person_of, raw_criteria, some_criteria, told_of

seeds = st.integers(0, 2**32)


def hidden(programs: int, people: int, seed: int) -> tuple[int, int]:
    """How many programs whose outcome is yes or ask an index would have left out, and how many it leaves out in all."""
    random = Random(seed)
    directory = [some_criteria(random) for _program in range(programs)]
    projected = [project(each) for each in directory]
    wrongly = left_out = 0
    for _person in range(people):
        person = person_of(told_of(random, random.randint(1, 14)))
        asked = asked_of(person.answers)
        for criteria, projection in zip(directory, projected, strict=True):
            if not may_fit(projection, asked):
                left_out += 1
                wrongly += outcome_of(criteria, person.answers) is not Outcome.NO
    return wrongly, left_out


@given(seeds)
@example(4_956)  # an income of at least 60,000 and at most none at all, and somebody who has at most 1,080,000
def test_the_index_hides_no_program_that_is_or_may_be_for_the_person(seed: int) -> None:
    wrongly, _left_out = hidden(10, 10, seed)
    assert wrongly == 0


@pytest.mark.slow
def test_the_index_hides_none_in_a_million_pairs() -> None:
    wrongly, left_out = hidden(1_000, 1_000, 20_261_126)
    assert wrongly == 0
    assert left_out > 10_000


@given(seeds)
def test_one_more_answer_never_turns_yes_into_no_or_no_into_yes(seed: int) -> None:
    random = Random(seed)
    directory = [some_criteria(random) for _program in range(8)]
    told = list(told_of(random, 12).items())
    before = [Outcome.ASK] * len(directory)
    for number in range(len(told) + 1):
        person = person_of(dict(told[:number]))
        now = [outcome_of(criteria, person.answers) for criteria in directory]
        for earlier, later in zip(before, now, strict=True):
            assert earlier is Outcome.ASK or later is earlier
        before = now


@given(seeds)
def test_what_is_vague_agrees_with_what_it_may_turn_out_to_be(seed: int) -> None:
    """An age between two bounds says yes or no only where every age between them does."""
    random = Random(seed)
    criteria = some_criteria(random)
    others = {name: raw for name, raw in told_of(random, 8).items() if name != "age"}
    low = random.randint(0, 90)
    vague = outcome_of(criteria, person_of({**others, "age": {"min": low, "max": low + 9}}).answers)
    exact = {outcome_of(criteria, person_of({**others, "age": age}).answers) for age in range(low, low + 10)}
    assert vague is Outcome.ASK or exact == {vague}


@given(seeds)
def test_criteria_are_written_and_read_back_the_same(seed: int) -> None:
    raw = raw_criteria(Random(seed))
    found = check_criteria(raw)
    assert check_criteria(written_criteria(found)) == found
    assert written_criteria(check_criteria(written_criteria(found))) == written_criteria(found)


@given(seeds)
def test_facts_are_read_back_from_what_is_kept_of_them(seed: int) -> None:
    person = person_of(told_of(Random(seed), 10))
    assert read_person(person.told, areas=lambda name: HOMES.get(name, ())) == person


@given(seeds)
def test_the_reasons_agree_with_the_outcome(seed: int) -> None:
    random = Random(seed)
    criteria, person = some_criteria(random), person_of(told_of(random, 8))
    assessment = assess(criteria, person)
    assert assessment.outcome is outcome_of(criteria, person.answers)
    says_no = [each for each in assessment.reasons if each.outcome is Outcome.NO and each.criterion.may_refuse]
    assert bool(says_no) is (assessment.outcome is Outcome.NO)
    assert not set(assessment.settles) & set(person.answers), "what is known or declined is not asked again"
