"""How old listings are: each stands in one bar and one class, and the line stands where the rules say."""

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.freshness import BAR_DAYS, BARS, Age, Aged, distribution, group_of, grouped
from directory.domain.upkeep.due import Risk
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import usual_days
from directory.rules.shipped import shipped_set

aged = st.builds(
    Aged,
    risk=st.sampled_from(Risk),
    days=st.none() | st.integers(0, 2_000),
    is_due=st.booleans(),
    sector=st.sampled_from(("food", "housing", "")),
)


@given(st.lists(aged, max_size=40))
def test_each_listing_stands_in_one_bar_and_one_class(listings: list[Aged]) -> None:
    found, group = distribution(listings, 90), group_of("all", listings)
    assert sum(found.bars) + found.older + found.never == sum(group.by_age.values()) == group.listings == len(listings)
    assert len(found.bars) == BARS
    assert found.never == group.never
    by_sector = grouped(listings, lambda each: [each.sector])
    assert sum(each.listings for each in by_sector) == len(listings)
    assert sum(each.due for each in by_sector) == group.due


def test_classes_and_bars_end_where_they_say() -> None:
    def of(days: int | None) -> Age:
        return Aged(Risk.OTHER, days, is_due=False).age

    assert [of(days) for days in (0, 90, 91, 180, 181, 365, 366, 730, 731, None)] == [
        Age.QUARTER, Age.QUARTER, Age.HALF, Age.HALF, Age.YEAR, Age.YEAR, Age.TWO_YEARS, Age.TWO_YEARS, Age.OLDER, Age.NEVER,
    ]  # fmt: skip
    bars = distribution([Aged(Risk.OTHER, days, is_due=False) for days in (0, BAR_DAYS - 1, BAR_DAYS, BAR_DAYS * BARS)], None)
    assert (bars.bars[0], bars.bars[1], bars.older) == (2, 1, 1)


def test_the_median_is_of_what_somebody_looked_at() -> None:
    listings = [Aged(Risk.OTHER, days, is_due=False) for days in (10, 20, 600, None, None)]
    assert group_of("", listings).median_days == 20
    assert group_of("", listings[3:]).median_days is None


def test_the_line_stands_where_the_rules_that_ship_say() -> None:
    rules = shipped_set(SetKind.QUALITY)
    assert [usual_days(rules, {"listing.risk": risk.value}) for risk in Risk] == [90, 180, 365]
