"""What is told of how something went: never more than may be told, and no difference where there might be none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.effect import (
    Measure,
    Taken,
    Value,
    Went,
    effect_of,
    median,
    quarters_after,
    quarters_before,
    reaches,
    share_of,
    went,
)
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import FEWEST_EVENTS, UNMET, Ended
from directory.domain.planning.suppression import release

Q3, Q4, Q1 = Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1)
WAYS = st.dictionaries(st.sampled_from(list(Ended)), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30), max_size=4), max_size=5)


def exact(number: float) -> Value:
    return Value(number, number, 40)


def taken(quarter: Quarter, here: float | None, elsewhere: float | None = 0.3, on: date = date(2027, 4, 2)) -> Taken:
    return Taken(quarter, on, None if here is None else exact(here), None if elsewhere is None else exact(elsewhere))


@given(WAYS, st.sets(st.sampled_from("abcd"), min_size=1))
def test_the_true_share_lies_between_what_is_told(counts: dict[Ended, dict[str, int]], inside: set[str]) -> None:
    released = {ended: release(by) for ended, by in counts.items()}
    shown = {ended: sum(n for place, n in each.shown.items() if place in inside) for ended, each in released.items()}
    found = share_of(shown, {ended: len(each.hidden & inside) for ended, each in released.items()})
    true = {ended: sum(n for place, n in by.items() if place in inside) for ended, by in counts.items()}
    if sum(shown.values()) < FEWEST_EVENTS:
        assert found is None
        return
    assert found is not None
    share = sum(true.get(each, 0) for each in UNMET) / sum(true.values())
    assert found.low - 1e-9 <= share <= found.high + 1e-9


def test_hidden_counts_move_the_two_ends_apart() -> None:
    assert share_of({Ended.FOUND: 20}, {Ended.NOTHING: 1}) == Value(1 / 21, 4 / 24, 20)
    assert share_of({Ended.FOUND: 15, Ended.CAPACITY: 5}, {Ended.FOUND: 2}) == Value(5 / 28, 5 / 22, 20)
    assert share_of({Ended.FOUND: 9}, {Ended.NOTHING: 3}) is None


@given(WAYS, st.data())
def test_what_is_told_does_not_change_with_what_is_hidden(counts: dict[Ended, dict[str, int]], data: st.DataObject) -> None:
    """Two towns that differ in hidden counts alone are told alike: nobody gets one back from a share or from a difference of two."""
    other = {ended: dict(by) for ended, by in counts.items()}
    for ended, by in other.items():
        for place in release(counts[ended]).hidden:
            by[place] = data.draw(st.integers(1, 4))

    def told(of: dict[Ended, dict[str, int]]) -> Value | None:
        found = {ended: release(by) for ended, by in of.items()}
        return share_of(
            {ended: sum(each.shown.values()) for ended, each in found.items()}, {ended: len(each.hidden) for ended, each in found.items()}
        )

    same = all(
        release(counts[each]).hidden == release(other[each]).hidden and release(counts[each]).shown == release(other[each]).shown
        for each in counts
    )
    assert not same or told(counts) == told(other)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_difference_is_told_only_where_there_must_be_one(a: float, b: float, c: float, d: float) -> None:
    before, after = Value(min(a, b), max(a, b)), Value(min(c, d), max(c, d))
    told = went(Measure.UNMET_SHARE, before, after)
    if told is Went.BETTER:
        assert after.high < before.low
    elif told is Went.WORSE:
        assert after.low > before.high
    else:
        assert before.low <= after.high
        assert after.low <= before.high


def test_less_unmet_and_more_programs_are_better() -> None:
    assert went(Measure.UNMET_SHARE, exact(0.4), exact(0.3)) is Went.BETTER
    assert went(Measure.USABLE, exact(3), exact(2)) is Went.WORSE
    assert went(Measure.REACHED, exact(0.5), exact(0.5)) is Went.ALIKE
    assert went(Measure.MEDIAN_DAYS, None, exact(2)) is Went.TOO_FEW


def test_the_whole_quarter_before_is_held_against_the_first_whole_one_after() -> None:
    done = date(2026, 11, 3)
    assert quarters_before(Measure.UNMET_SHARE, done) == (Q3,)
    assert quarters_after(Measure.UNMET_SHARE, done, date(2027, 3, 31)) == ()
    assert quarters_after(Measure.UNMET_SHARE, done, date(2027, 4, 1)) == (Q1,)
    assert len(quarters_after(Measure.UNMET_SHARE, done, date(2030, 1, 1))) == 4
    found = effect_of(Measure.UNMET_SHARE, done, date(2027, 4, 2), {Q3: taken(Q3, 0.5), Q4: taken(Q4, 0.1), Q1: taken(Q1, 0.4, 0.2)})
    assert (found.before, found.after) == (taken(Q3, 0.5), (taken(Q1, 0.4, 0.2),))
    assert (found.went, found.went_elsewhere) == (Went.BETTER, Went.BETTER)


def test_until_a_whole_quarter_went_by_it_is_too_early_and_what_may_not_be_told_is_too_few() -> None:
    done = date(2026, 11, 3)
    assert effect_of(Measure.UNMET_SHARE, done, date(2026, 12, 1), {Q3: taken(Q3, 0.5)}).went is Went.TOO_EARLY
    assert effect_of(Measure.UNMET_SHARE, done, date(2027, 4, 2), {Q1: taken(Q1, 0.5)}).went is Went.TOO_FEW
    assert effect_of(Measure.UNMET_SHARE, done, date(2027, 4, 2), {Q3: taken(Q3, 0.5), Q1: taken(Q1, None)}).went is Went.TOO_FEW


def test_what_is_told_of_a_day_counts_as_before_only_where_it_was_taken_before() -> None:
    done, today = date(2026, 11, 3), date(2027, 1, 2)
    after = {Q1: taken(Q1, 4, on=today)}
    early = effect_of(Measure.USABLE, done, today, {Q4: taken(Q4, 2, on=date(2026, 10, 5)), **after})
    assert early.went is Went.BETTER
    late = effect_of(Measure.USABLE, done, today, {Q4: taken(Q4, 4, on=date(2026, 11, 9)), Q3: taken(Q3, 2, on=date(2026, 7, 1)), **after})
    assert late.before is not None
    assert late.before.quarter == Q3


def test_a_target_is_reached_where_both_ends_are_good_enough() -> None:
    assert reaches(Measure.UNMET_SHARE, Value(0.1, 0.2), 0.2) is True
    assert reaches(Measure.UNMET_SHARE, Value(0.1, 0.3), 0.2) is None
    assert reaches(Measure.USABLE, exact(1), 2) is False
    assert reaches(Measure.USABLE, None, 2) is None


@pytest.mark.parametrize(
    ("waits", "middle"), [([], None), ([1.0, 2.0, 9.0], 2.0), ([1.0, None], 1.0), ([1.0, None, None], None), ([3.0, 1.0], 1.0)]
)
def test_who_waits_still_has_waited_longer_than_whoever_has_an_answer(waits: list[float | None], middle: float | None) -> None:
    assert median(waits) == middle
