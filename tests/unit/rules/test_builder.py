"""Criteria row by row: rows that nobody touched leave every condition exactly as it was, and what is deeper is kept."""

from random import Random
from typing import Any

import pytest

from directory.rules.builder import Block, blank_row, blocks_of, entries_from_blocks
from directory.rules.entries import criteria_in, entries_of_criteria
from directory.rules.plain_writing import WrongAnswer
from directory.rules.row_answers import EMPTY_ROW, Row, answers_of, comparison_of
from tests.support.criteria import some_criteria


@pytest.mark.parametrize("seed", range(4))
def test_blocks_write_the_criteria_that_they_were_read_from(seed: int) -> None:
    random = Random(seed)
    for _number in range(150):
        entries = entries_of_criteria(some_criteria(random))
        assert entries_from_blocks(blocks_of(entries), entries) == entries


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_are_written_anew_read_as_the_same_answers(seed: int) -> None:
    random = Random(seed)
    for _number in range(150):
        for block in blocks_of(entries_of_criteria(some_criteria(random))):
            for row in block.rows:
                assert answers_of(comparison_of(Row(row.fact, None, row.answers))) == row.answers


def test_none_of_several_rows_is_the_opposite_of_any() -> None:
    rows = tuple(Row(fact, None, {**EMPTY_ROW, "op": "yes"}) for fact in ("pregnant", "student"))
    found = entries_from_blocks((Block("", rows, "none"),), {"open_to_all": True})
    pregnant, student = ({"field": name, "op": "is", "value": True} for name in ("pregnant", "student"))
    assert [each["when"] for each in found["criteria"].values()] == [{"not": {"any": [pregnant, student]}}]
    assert "open_to_all" not in found
    criteria_in(found)


@pytest.mark.parametrize(
    ("fact", "answers", "sentence"),
    [
        ("age", {"op": "range", "from": "old"}, "Age: write a number, such as 18."),
        ("age", {"op": "range"}, "Age: write from where or up to where."),
        ("grade", {"op": "range", "from": "9", "to": "3"}, "School grade: put the smaller number first."),
        (
            "area",
            {"op": "in", "typed": "Atlantis"},
            "Where they live: “Atlantis” is not known here. Write a city, a county or a postal code.",
        ),
        ("veteran", {"op": "has_any"}, "Military service: choose at least one."),
        ("income", {"op": "lte", "percent": "200"}, "Income: choose of what the percentage is."),
        ("income", {"op": "meets"}, "Income: write what counts, in a few words."),
        ("gender", {"op": "in", "values": ("nobody",)}, "Gender: this does not fit. Look at what you chose."),
        ("student", {"op": "range"}, "A student: choose how it is compared."),
    ],
)
def test_a_row_that_is_wrong_names_its_fact_and_where_it_stands(fact: str, answers: dict[str, Any], sentence: str) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        entries_from_blocks((Block("", (Row(fact, None, answers),)),), {})
    assert (wrong.value.part, str(wrong.value.sentence)) == ("0.0", sentence)


def test_there_is_no_row_on_what_is_no_fact() -> None:
    with pytest.raises(WrongAnswer):
        blank_row("shoe_size")
