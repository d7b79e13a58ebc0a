"""The next question is the one that settles most; what is known, declined or hopeless is not asked, what is sensitive comes last."""

from random import Random

from directory.rules.assess import outcome_of
from directory.rules.next_question import next_question, rank_questions
from directory.rules.person import NOBODY
from directory.rules.whole_directory import WholeDirectory
from tests.support.criteria import person_of, some_criteria, told_of
from tests.unit.rules.test_assess import adults, criterion, of

VETERANS = of(criterion({"field": "veteran", "op": "has_any", "value": ["veteran"]}))
SURVIVORS = of(criterion({"field": "violence", "op": "has_any", "value": ["domestic"]}))
ADULTS = of(adults())


def test_what_settles_most_programs_is_asked_first() -> None:
    assert next_question([VETERANS, ADULTS, ADULTS], NOBODY).fact == "age"  # type: ignore[union-attr]
    assert next_question([VETERANS, VETERANS, ADULTS], NOBODY).fact == "veteran"  # type: ignore[union-attr]


def test_sensitive_questions_come_last_however_much_they_settle() -> None:
    assert [each.fact for each in rank_questions([SURVIVORS] * 50 + [ADULTS], NOBODY)] == ["age", "violence"]


def test_what_is_known_or_declined_is_not_asked_again() -> None:
    assert next_question([ADULTS], person_of({"age": "declined"})) is None
    assert next_question([ADULTS], person_of({"age": 40})) is None


def test_a_program_that_asks_in_any_case_may_still_be_settled_by_a_no() -> None:
    also_asks = of(adults(), questions=[{"id": "q", "text": "Comes weekly", "question": "Can you come weekly?"}])
    assert next_question([also_asks], NOBODY).fact == "age"  # type: ignore[union-attr]


def test_nothing_is_asked_that_cannot_settle_anything() -> None:
    may_not_refuse = of(adults(confirmed=False), questions=[{"id": "q", "text": "Comes weekly", "question": "Can you come weekly?"}])
    assert next_question([may_not_refuse], NOBODY) is None
    assert next_question([], NOBODY) is None


def test_the_whole_directory_at_once_says_what_each_program_says() -> None:
    random = Random(11)
    programs = [some_criteria(random) for _program in range(400)]
    whole = WholeDirectory(programs)
    for facts in (0, 3, 9, 14):
        person = person_of(told_of(random, facts))
        assert list(whole.outcomes(person.answers)) == [outcome_of(each, person.answers) for each in programs]


def test_who_is_at_school_is_not_asked_for_their_children_first() -> None:
    families = of(criterion({"field": "child.age", "op": "range", "value": {"lt": 6}}))
    students = of(criterion({"field": "student", "op": "is", "value": True}))
    assert next_question([families, families, students], person_of({"age": 34})).fact == "child.age"  # type: ignore[union-attr]
    either = {"any": [{"field": "child.age", "op": "range", "value": {"lt": 6}}, {"field": "student", "op": "is", "value": True}]}
    in_either = of(criterion(either))
    assert next_question([in_either, in_either, students], person_of({"age": 15})).fact == "student"  # type: ignore[union-attr]
