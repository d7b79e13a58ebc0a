"""A picture of a measure by quarter: in order, inside its frame, labels apart, and nothing drawn through what may not be told."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from directory.web.figures.course import BOTTOM, HIGH, LABELS_APART, LEFT, LETTER, RIGHT, WIDE, Series, Told, course

VALUES = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=3, max_size=3)


def told(values: list[float | None]) -> tuple[Told | None, ...]:
    return tuple(None if each is None else Told(each, each, f"{each:.0%}") for each in values)


@given(VALUES, VALUES, st.floats(0, 1))
def test_everything_lies_in_the_picture_and_higher_is_higher(
    here: list[float | None], elsewhere: list[float | None], wanted: float
) -> None:
    found = course(
        ("a", "b", "c"), (Series("here", "Here", told(here)), Series("elsewhere", "elsewhere", told(elsewhere))), str, wanted=(wanted, "w"),
        most=1.0,
    )  # fmt: skip
    if all(each is None for each in (*here, *elsewhere)):
        assert found is None
        return
    assert found is not None
    for line in found.lines:
        values = [each for each in (here if line.kind == "here" else elsewhere) if each is not None]
        assert [dot.y for dot in line.dots] == sorted((dot.y for dot in line.dots), key=lambda y: -y) or values != sorted(values)
        assert all(LEFT < dot.x < WIDE - RIGHT and 0 < dot.y <= HIGH - BOTTOM for dot in line.dots)
        assert 0 < line.label_y < HIGH - BOTTOM
    labels = [line.label_y for line in found.lines]
    assert len(labels) < 2 or abs(labels[0] - labels[1]) >= LABELS_APART - 0.1


def test_nothing_is_drawn_through_what_may_not_be_told() -> None:
    found = course(("a", "b", "c"), (Series("here", "Here", told([0.5, None, 0.4])),), str)
    assert found is not None
    (line,) = found.lines
    assert (len(line.dots), line.paths) == (2, ())


def test_a_part_that_is_hidden_is_drawn_as_two_ends() -> None:
    found = course(("a",), (Series("here", "A place with a name that is long", (Told(2, 6, "2–6"),)),), str, done=(0, "done"))
    assert found is not None
    (dot,) = found.lines[0].dots
    assert dot.top < dot.y < dot.bottom
    assert found.lines[0].name.endswith("…")
    assert [words for _y, words in found.rows] == ["0.0", "2.0", "4.0", "6.0"]
    assert found.done_x == LEFT


def test_names_of_quarters_stand_in_two_lines_and_never_touch() -> None:
    names = [f"juil.–sept. {year}" for year in range(2020, 2032)]
    for many in range(1, len(names) + 1):
        found = course(names[:many], (Series("here", "Here", told([0.5] * many)),), str)
        assert found is not None
        places = [place for place, _lines in found.columns]
        assert all(after - before >= LETTER * len("juil.–sept.") for before, after in pairwise(places))
        assert found.columns[-1][1] == ("juil.–sept.", names[many - 1][-4:]), "the last is always told"
