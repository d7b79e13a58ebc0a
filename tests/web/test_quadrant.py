"""The picture of overlap and unmet need: points where their numbers say, words that never meet, and nothing that is hidden."""

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.planning.reading import MUCH_OVERLAP, MUCH_UNMET, Reading
from directory.web.figures.labels import Wanted, box_of, meet, place_labels
from directory.web.figures.quadrant import Dot, Quadrant, quadrant

CORNERS = ("A gap", "Same offer, and not what is needed", "Fine, or nobody looks", "Offered more than once")
FRAME = (0.0, 0.0, 400.0, 300.0)


def dot(number: int = 1, pairs: int = 0, share: float | None = 0.5, events: int = 50, reading: Reading = Reading.GAP) -> Dot:
    return Dot(number, f"Detox, Town {number}", f"#{number}", pairs, share, events, reading, is_sure=True)


def drawn(*dots: Dot, width: float = 720.0) -> Quadrant:
    found = quadrant(dots, CORNERS, width)
    assert found is not None
    return found


DOTS = st.lists(
    st.builds(
        Dot,
        number=st.integers(1, 99),
        name=st.text(st.characters(codec="latin-1", categories=["L"]), min_size=1, max_size=40),
        href=st.just("#"),
        pairs=st.integers(0, 60),
        share=st.none() | st.floats(0, 1),
        events=st.integers(5, 5_000),
        reading=st.sampled_from(Reading),
        is_sure=st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(DOTS, st.sampled_from([370.0, 1000.0]))
def test_each_point_lies_in_the_quarter_of_its_numbers_and_no_words_meet(dots: list[Dot], width: float):
    picture = drawn(*dots, width=width)
    for each, point in zip(dots, picture.points, strict=True):
        assert 0 <= point.x <= width
        assert (point.x > picture.cut[0]) == (each.pairs >= MUCH_OVERLAP)
        if each.share is None:
            assert picture.band is not None
            assert picture.band[1] < point.y < picture.band[1] + picture.band[3]
        else:
            assert picture.plot[1] <= point.y <= picture.plot[1] + picture.plot[3]
            if abs(each.share - MUCH_UNMET) > 0.2:
                assert (point.y < picture.cut[1]) == (each.share >= MUCH_UNMET)
    words = [box_of(point.label) for point in picture.points if point.label is not None]
    words += [box_of(line) for corner in picture.corners for line in corner.lines]
    assert not any(meet(one, other) for place, one in enumerate(words) for other in words[:place])
    assert all(box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= picture.height for box in words)


def test_of_two_points_the_first_has_its_name_and_one_without_room_its_number():
    alone, crowded = drawn(dot()), drawn(*(dot(number, share=0.5 + number / 1000) for number in range(1, 25)), width=370.0)
    assert alone.points[0].label is not None
    assert alone.points[0].label.text == "Detox, Town 1"
    assert any(point.label is None or point.label.text == str(point.number) for point in crowded.points)


def test_a_label_keeps_off_other_points_and_off_words_that_stand_already():
    one, other = Wanted(100, 100, 10, "here", "1"), Wanted(122, 100, 10, "there", "2")
    first, _second = place_labels([one, other], FRAME)
    assert first is not None
    assert not meet(box_of(first), (112, 90, 132, 110))
    assert place_labels([one], FRAME, [FRAME]) == (None,)


def test_points_of_one_spot_step_aside_and_larger_means_asked_for_more_often():
    few, many = drawn(dot(1, events=10), dot(2, events=200)).points
    assert few.x != many.x
    assert few.radius < many.radius
    assert few.y == many.y


def test_each_reading_has_a_shape_of_its_own_besides_its_colour():
    told = (Reading.GAP, Reading.ALIGN, Reading.CONVERSATION, Reading.SERVED)
    shapes = {"".join(filter(str.isalpha, drawn(dot(reading=reading)).points[0].path)) for reading in told}
    assert len(shapes) == 4


def test_without_anything_that_may_be_shown_there_is_no_picture():
    assert quadrant([], CORNERS) is None
    assert drawn(dot(share=None, reading=Reading.NOT_KNOWN)).band is not None
    assert drawn(dot()).band is None
