"""Published income lines: figures as their publishers print them, and what must hold of a line that is only partly known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.areas import ancestors, with_ancestors
from directory.rules import line_tables as tables
from directory.rules.answers import DECLINED, Answer, Income, Span, at_home_in, exactly
from directory.rules.catalogue import Op
from directory.rules.conditions import Comparison
from directory.rules.evaluation import evaluate
from directory.rules.operands import Measure, Share
from directory.rules.outcome import Outcome
from directory.rules.thresholds import Line, line_of, sizes_of

YEARS = {
    Measure.US_FPL: (2024, 2025, 2026),
    Measure.AMI: (2025, 2026),
    Measure.CA_LICO: (2022, 2023, 2024),
    Measure.CA_LICO_AFTER_TAX: (2022, 2023, 2024),
    Measure.CA_MBM: (2022, 2023, 2024),
}
PITTSBURGH = ("us-pa-county-allegheny",)
TORONTO = ("ca-on-toronto",)
PERCENTS = (None, 30.0, 50.0, 60.0, 80.0, 120.0, 185.0)


def line(
    measure: Measure, people: Answer | None = None, areas: tuple[str, ...] = (), year: int | None = None, percent: float | None = None
) -> Line:
    found = line_of(measure, year, people, at_home_in(with_ancestors(*areas)) if areas else None, percent)
    assert found is not None
    return found


def dollars(measure: Measure, size: int, area: str, year: int | None = None) -> int:
    """The line of a household and home that are fully known, where it is one figure, to the dollar."""
    found = line(measure, exactly(size), (area,), year)
    assert found.lowest == found.highest
    return round(found.lowest)


@pytest.mark.parametrize(
    ("year", "area", "size", "printed"),
    [
        (2024, "us-pa", 1, 15_060),
        (2024, "us-dc", 8, 52_720),
        (2024, "us-ak", 2, 25_540),
        (2024, "us-hi", 1, 17_310),
        (2025, "us-pa", 4, 32_150),
        (2025, "us-tx", 8, 54_150),
        (2025, "us-ak", 1, 19_550),
        (2025, "us-hi", 3, 30_650),
        (2026, "us-pa-county-philadelphia", 1, 15_960),
        (2026, "us-ca-san-francisco", 4, 33_000),
        (2026, "us-al", 7, 50_040),
        (2026, "us-ak-county-anchorage", 1, 19_950),
        (2026, "us-hi-county-honolulu", 2, 24_890),
    ],
)
def test_poverty_guidelines_are_those_of_the_federal_register(year: int, area: str, size: int, printed: int) -> None:
    assert dollars(Measure.US_FPL, size, area, year) == printed


def test_a_guideline_goes_on_by_the_same_amount_beyond_eight_people() -> None:
    assert dollars(Measure.US_FPL, 11, "us-pa", 2026) == 15_960 + 10 * 5_680


@pytest.mark.parametrize(
    ("year", "county", "median", "very_low_for_four", "low"),
    [
        (2025, "us-al-county-autauga", 83_600, 41_800, (46_850, 53_550, 60_250, 66_900, 72_300, 77_650, 83_000, 88_350)),
        (2026, "us-pa-county-allegheny", 110_400, 55_200, (61_850, 70_650, 79_500, 88_300, 95_400, 102_450, 109_500, 116_600)),
        (2026, "us-ny-county-bronx", 104_300, 84_800, (95_000, 108_600, 122_150, 135_700, 146_600, 157_450, 168_300, 179_150)),
    ],
)
def test_limits_of_an_area_are_those_of_the_housing_department(
    year: int, county: str, median: int, very_low_for_four: int, low: tuple[int, ...]
) -> None:
    (area,) = tables.area_incomes(year)[county]
    assert (area.median, area.very_low[3], area.low) == (median, very_low_for_four, low)


def test_eighty_percent_of_an_area_s_median_lies_between_the_share_and_the_published_limit() -> None:
    found = line(Measure.AMI, exactly(4), ("us-ny-county-bronx",), 2026, percent=80)
    assert found.lowest * 0.8 == pytest.approx(0.8 * 104_300)
    assert found.highest * 0.8 == pytest.approx(135_700)


def test_thirty_percent_of_an_area_s_median_reaches_up_to_the_extremely_low_limit_which_the_poverty_guideline_lifts() -> None:
    printed = {1: 23_200, 4: 33_100, 5: 38_680, 8: 55_720}
    for size, limit in printed.items():
        assert line(Measure.AMI, exactly(size), PITTSBURGH, 2026, percent=30).highest * 0.3 == pytest.approx(limit, abs=50)


def test_a_family_of_another_size_has_its_part_of_the_median_for_four() -> None:
    parts = [line(Measure.AMI, exactly(size), PITTSBURGH, 2026, percent=60).lowest / 110_400 for size in range(1, 11)]
    assert parts == pytest.approx([0.7, 0.8, 0.9, 1, 1.08, 1.16, 1.24, 1.32, 1.4, 1.48], abs=0.001)


def test_a_county_that_the_housing_department_divides_by_towns_has_the_line_of_any_of_them() -> None:
    found = line(Measure.AMI, exactly(4), ("us-ma-county-middlesex",), 2025, percent=50)
    assert (found.lowest, found.highest) == (136_900, 165_400), "Lowell and Boston"


def test_where_the_newest_figures_of_towns_are_missing_the_line_covers_all_that_the_limits_may_have_become() -> None:
    before = line(Measure.AMI, exactly(4), ("us-ma-county-worcester",), 2025, percent=50)
    now = line(Measure.AMI, exactly(4), ("us-ma-county-worcester",), 2026, percent=50)
    assert now.lowest <= 0.95 * 2 * 62_050 + 100
    assert now.highest >= 1.1 * 2 * 80_500
    assert before.year == 2025
    assert now.year == 2026


@pytest.mark.parametrize(
    ("year", "printed"),
    [
        (2024, (31_264, 38_922, 47_851, 58_096, 65_892, 74_315, 82_739)),
        (2023, (30_526, 38_003, 46_720, 56_724, 64_336, 72_560, 80_785)),
    ],
)
def test_low_income_cut_offs_of_large_cities_are_those_that_towns_quote(year: int, printed: tuple[int, ...]) -> None:
    assert tuple(dollars(Measure.CA_LICO, size, "ca-ab-calgary", year) for size in range(1, 8)) == printed
    assert dollars(Measure.CA_LICO, 12, "ca-ab-calgary", year) == printed[-1], "seven or more"


def test_low_income_cut_offs_follow_the_size_of_the_community() -> None:
    sizes = {"ca-on-toronto": 58_096, "ca-ns-halifax": 50_032, "ca-pe-charlottetown": 49_724}
    assert {area: dollars(Measure.CA_LICO, 4, area, 2024) for area in sizes} == sizes
    london = line(Measure.CA_LICO, exactly(4), ("ca-on-london",), 2024)
    assert (london.lowest, london.highest) == (50_032, 58_096), "it counted as a large city from 2021 on"
    anywhere = line(Measure.CA_LICO, exactly(4), ("ca-on",), 2024)
    assert (anywhere.lowest, anywhere.highest) == (39_993, 58_096)


def test_cut_offs_after_tax_lie_below_those_before_tax() -> None:
    assert dollars(Measure.CA_LICO_AFTER_TAX, 4, "ca-on-toronto", 2024) == 48_986


@pytest.mark.parametrize(
    ("year", "area", "printed"),
    [
        (2024, "ca-qc-montreal", 49_244),
        (2023, "ca-qc-montreal", 48_657),
        (2022, "ca-qc-montreal", 46_472),
        (2024, "ca-on-toronto", 61_763),
        (2024, "ca-bc-district-metro-vancouver", 62_842),
        (2024, "ca-nu-iqaluit", 116_211),
    ],
)
def test_market_baskets_are_those_of_statistics_canada(year: int, area: str, printed: int) -> None:
    assert dollars(Measure.CA_MBM, 4, area, year) == printed


def test_market_baskets_of_other_families_go_by_the_square_root_of_their_size() -> None:
    assert dollars(Measure.CA_MBM, 1, "ca-qc-montreal", 2024) == 24_622
    assert dollars(Measure.CA_MBM, 9, "ca-qc-montreal", 2024) == 73_866


def test_a_town_in_a_region_of_several_has_its_own_basket() -> None:
    halton = line(Measure.CA_MBM, exactly(4), ("ca-on-district-halton",), 2024)
    burlington = line(Measure.CA_MBM, exactly(4), ("ca-on-district-halton", "ca-on-burlington"), 2024)
    assert (halton.lowest, halton.highest) == (58_396, 61_763)
    assert (burlington.lowest, burlington.highest) == (58_396, 58_396)


def test_a_province_has_the_basket_of_any_of_its_regions() -> None:
    found = line(Measure.CA_MBM, exactly(4), ("ca-mb",), 2024)
    assert (found.lowest, found.highest) == (50_489, 54_356)


@pytest.mark.parametrize(("measure", "years"), YEARS.items())
def test_the_newest_table_is_read_where_no_year_is_named_and_no_line_is_made_up_for_a_year_without_one(
    measure: Measure, years: tuple[int, ...]
) -> None:
    assert [found.year for year in years if (found := line_of(measure, year, None, None))] == list(years)
    assert line(measure).year == max(years)
    assert line_of(measure, min(years) - 1, None, None) is None
    assert line_of(measure, max(years) + 1, None, None) is None


@pytest.mark.parametrize(
    ("household", "sizes"),
    [
        (None, (1, 20)),
        (DECLINED, (1, 20)),
        ((), (1, 20)),
        (exactly(3), (3, 3)),
        ((Span(2, 5),), (2, 5)),
        ((Span(2, 5, high_open=True),), (2, 4)),
        ((Span(None, 4),), (1, 4)),
        ((Span(6, None),), (6, 20)),
        ((Span(0, 0),), (1, 1)),
        ((Span(30, 30),), (20, 20)),
    ],
)
def test_the_size_of_a_household_is_between_its_bounds_or_from_one_to_twenty(household: Answer | None, sizes: tuple[int, int]) -> None:
    assert sizes_of(household) == sizes


def test_a_home_elsewhere_says_nothing_so_that_no_answer_turns_into_its_opposite() -> None:
    for measure in Measure:
        elsewhere = ("ca-on-ottawa",) if measure in (Measure.US_FPL, Measure.AMI) else ("us-pa",)
        assert line(measure, exactly(2), elsewhere) == line(measure, exactly(2))
    assert line(Measure.US_FPL, exactly(2), ("us-pr",)) == line(Measure.US_FPL, exactly(2)), "it has no guideline of its own"


HOMES = st.sampled_from(
    (
        *(
            "us-pa-county-allegheny",
            "us-pa-philadelphia",
            "us-ak-county-anchorage",
            "us-hi",
            "us-ct-county-fairfield",
            "us-ma-county-bristol",
        ),
        *("us-ct-county-western-connecticut-planning-region", "us-pr", "us-pr-county-san-juan", "us-zip-19104", "us-il-county-lasalle"),
        *("us-ny-county-new-york", "us-as-county-eastern", "us-mo-county-crawford", "us-xx-nowhere"),
        *(
            "ca-on-ottawa",
            "ca-on-london",
            "ca-qc-gatineau",
            "ca-bc-district-metro-vancouver",
            "ca-fsa-k1a",
            "ca-nt-yellowknife",
            "ca-on-moosonee",
        ),
        *("ca-on-district-halton", "ca-on-burlington"),
    )
)
SIZES = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(sorted)


@given(st.sampled_from(list(Measure)), HOMES, SIZES, SIZES, st.integers(0, 3), st.sampled_from(PERCENTS))
def test_whatever_more_is_known_lies_within_what_was_known_before(
    measure: Measure, home: str, outer: list[int], inner: list[int], levels: int, percent: float | None
) -> None:
    low, high = max(outer[0], min(inner[0], outer[1])), min(outer[1], max(inner[1], outer[0]))
    known = (home, *ancestors(home))
    less = known[min(levels, len(known)) :]
    wide = line(measure, (Span(outer[0], outer[1]),), less, percent=percent)
    narrow = line(measure, (Span(min(low, high), high),), known, percent=percent)
    assert wide.lowest <= narrow.lowest <= narrow.highest <= wide.highest
    assert line(measure, percent=percent).lowest <= wide.lowest
    assert line(measure, percent=percent).highest >= wide.highest


@given(st.sampled_from(list(Measure)), HOMES, st.integers(1, 19), st.sampled_from(PERCENTS))
def test_a_larger_household_never_has_a_lower_line(measure: Measure, home: str, size: int, percent: float | None) -> None:
    first, second = (line(measure, exactly(each), (home,), percent=percent) for each in (size, size + 1))
    assert first.lowest <= second.lowest
    assert first.highest <= second.highest


@pytest.mark.parametrize("year", YEARS[Measure.AMI])
def test_every_area_of_the_housing_department_has_limits_that_grow_with_the_family(year: int) -> None:
    counties = {place: areas for place, areas in tables.area_incomes(year).items() if place.count("-") > 1}
    assert len(counties) > 3_220, "every county of the states, the District of Columbia and the territories"
    for areas in counties.values():
        for area in areas:
            assert len(area.very_low) == len(area.low) == tables.LARGEST_LISTED
            assert list(area.very_low) == sorted(area.very_low)
            assert list(area.low) == sorted(area.low)


def test_every_file_says_whose_figures_it_holds_and_since_when() -> None:
    for name in tables.file_names():
        told = tables.about(name)
        assert {"title", "publisher", "citation", "effective from", "retrieved", "licence"} <= set(told)
        assert {"year", "years"} & set(told)
    readme = Path(tables.__file__).parent / "data" / "lines" / "README.md"
    assert all(name in readme.read_text(encoding="utf-8") for name in tables.file_names())


def test_every_canadian_place_names_a_size_and_a_region_that_the_tables_have() -> None:
    communities = set(tables.low_income_cut_offs("before")[2024])
    for area, place in tables.canadian_places().items():
        assert place.communities <= communities
        assert place.regions <= set(tables.market_baskets()[2024]["-".join(area.split("-")[:2])])


def test_an_income_before_tax_above_a_line_after_tax_asks_and_one_below_it_fits() -> None:
    condition = Comparison("income", Op.LT, Share(100, Measure.CA_MBM))
    person = {"household_size": exactly(4), "area": at_home_in(with_ancestors(*TORONTO))}
    assert evaluate(condition, {**person, "income": Income(55_000, 55_000, "CAD")}) is Outcome.YES
    assert evaluate(condition, {**person, "income": Income(70_000, 70_000, "CAD")}) is Outcome.ASK


def test_an_income_is_held_against_the_line_of_the_household_and_the_county() -> None:
    condition = Comparison("income", Op.LTE, Share(80, Measure.AMI, 2026))
    person = {"household_size": exactly(4), "area": at_home_in(with_ancestors(*PITTSBURGH))}
    assert evaluate(condition, {**person, "income": Income(88_000, 88_000, "USD")}) is Outcome.YES
    assert evaluate(condition, {**person, "income": Income(89_000, 89_000, "USD")}) is Outcome.NO
    assert evaluate(condition, {"income": Income(89_000, 89_000, "USD")}) is Outcome.ASK
    assert evaluate(condition, {**person, "income": Income(89_000, 89_000, "CAD")}) is Outcome.ASK
