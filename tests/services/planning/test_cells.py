"""Gaps and unmet need: what was asked for and how it ended, what is offered, how well people reach it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from directory.domain.errors import InvalidInput
from directory.domain.gaps import Gap
from directory.domain.people import Actor, Grant, Role
from directory.domain.planning.effect import Measure
from directory.domain.planning.quarter import Quarter, quarter_of, read_quarter
from directory.domain.planning.reading import Ended, Reading
from directory.domain.referrals.codes import Code
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.planning.cells import read_cells
from directory.services.planning.measures import Measuring, Watch
from directory.services.planning.population import load_population
from directory.store.tables import Area, AreaPopulation, Need, OverlapPair, ServiceArea, ServiceCapacity, ServiceCategory
from tests.support.listings import THEN, add, add_service
from tests.support.referrals import Town, receiver_does, sent_to_shelter, town

__all__ = ["town"]

OTTAWA, KINGSTON = "ca-on-ottawa", "ca-on-kingston"
DAY = date(2026, 11, 20)
QUARTER = Quarter(2026, 4)


def asked(parts: Parts, area: str, found: int, short: int, need: str = "emergency-shelter") -> None:
    for number in range(found + short):
        parts.gaps.count(DAY, (need,), area)
        if number < short:
            parts.gaps.add(Gap(DAY, (need,), area, (), 0, "en"))
    parts.gaps.flush(parts.database)


def test_searches_are_counted_and_held_against_those_that_found_too_little(parts: Parts, town: Town) -> None:
    asked(parts, OTTAWA, found=20, short=10)
    (cell,) = read_cells(parts, QUARTER).cells
    assert (cell.need, cell.area, dict(cell.ended)) == ("emergency-shelter", OTTAWA, {Ended.FOUND: 20, Ended.NOTHING: 10})
    assert cell.unmet_share == pytest.approx(1 / 3)
    assert cell.reading is Reading.GAP
    assert read_cells(parts, QUARTER.before).cells == ()


def test_one_need_is_told_with_what_lies_under_it(parts: Parts, town: Town) -> None:
    for need in ("emergency-shelter", "food"):
        asked(parts, OTTAWA, found=20, short=0, need=need)
    assert {cell.need for cell in read_cells(parts, QUARTER, need="housing").cells} == {"emergency-shelter"}
    assert {cell.need for cell in read_cells(parts, QUARTER, need="food").cells} == {"food"}


def test_few_are_hidden_and_read_not_known(parts: Parts, town: Town) -> None:
    asked(parts, OTTAWA, found=4, short=2)
    (cell,) = read_cells(parts, QUARTER).cells
    assert (dict(cell.ended), cell.is_partly_hidden, cell.reading) == ({}, True, Reading.NOT_KNOWN)


def test_declines_count_by_what_they_lacked_each_need_once(parts: Parts, town: Town) -> None:
    for _ in range(6):
        _need, attempt = sent_to_shelter(parts, town, with_consent=False)
        receiver_does(parts, town, attempt, Kind.DECLINED, code=Code.NO_CAPACITY.value)
    (cell,) = read_cells(parts, quarter_of(parts.clock.now().date())).cells
    assert dict(cell.ended) == {Ended.CAPACITY: 6}


def test_what_is_full_or_serves_elsewhere_is_offered_and_not_usable(parts: Parts, town: Town) -> None:
    asked(parts, OTTAWA, found=20, short=0)
    with parts.database.writing() as session:
        add(session, ServiceArea(service_id=town.shelter, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    assert (read_cells(parts, QUARTER).cells[0].offered, read_cells(parts, QUARTER).cells[0].usable) == (1, 1)
    with parts.database.writing() as session:
        add(session, ServiceCapacity(service_id=town.shelter, status="no-capacity", updated=THEN))
        session.commit()
    (cell,) = read_cells(parts, QUARTER).cells
    assert (cell.offered, cell.usable, cell.reading) == (1, 0, Reading.GAP)


def test_pairs_that_are_worth_a_conversation_turn_a_gap_into_a_wrong_offer(parts: Parts, town: Town) -> None:
    asked(parts, OTTAWA, found=20, short=20)
    with parts.database.writing() as session:
        for service in (town.shelter, town.clinic):
            add(session, ServiceArea(service_id=service, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    assert (read_cells(parts, QUARTER).cells[0].overlaps, read_cells(parts, QUARTER).cells[0].reading) == (0, Reading.GAP)
    with parts.database.writing() as session:
        add(session, ServiceCategory(service_id=town.clinic, category="emergency-shelter"))
        others = [add_service(session, name=f"Beds {number}") for number in range(2)]
        for other in others:
            add(session, ServiceCategory(service_id=other.id, category="emergency-shelter"))
            add(session, ServiceArea(service_id=other.id, area_id=OTTAWA, name="Ottawa"))
        for one, two in ((town.shelter, town.clinic), (others[0].id, others[1].id)):
            first, second = sorted((one, two))
            add(
                session,
                OverlapPair(
                    service_a_id=first, service_b_id=second, category="emergency-shelter", low=0.8, high=0.9, parts={}, signals={},
                    reading="worth_a_conversation", severity="medium", rule="same-offer-same-people", asks=[], rule_version="flag-pairs 0",
                    fingerprint="x", made_at=THEN, changed_at=THEN,
                ),
            )  # fmt: skip
        session.commit()
    (cell,) = read_cells(parts, QUARTER).cells
    assert (cell.overlaps, cell.reading) == (2, Reading.ALIGN)


def test_a_planner_of_an_area_sees_what_lies_in_it(parts: Parts, town: Town) -> None:
    for area in (OTTAWA, KINGSTON):
        asked(parts, area, found=20, short=0)
    planner = Actor("p", "p@example.org", grants=frozenset({Grant(Role.PLANNER, area_id=KINGSTON)}))
    assert {cell.area for cell in read_cells(parts, QUARTER, actor=planner).cells} == {KINGSTON}
    assert {cell.area for cell in read_cells(parts, QUARTER, area="ca-on").cells} == {OTTAWA, KINGSTON}
    assert {cell.area for cell in read_cells(parts, QUARTER, area=OTTAWA).cells} == {OTTAWA}


def test_people_of_towns_whose_names_begin_alike_are_all_counted_and_those_of_a_part_once(parts: Parts, town: Town) -> None:
    part = f"{OTTAWA}-vanier"
    with parts.database.writing() as session:
        for area, parent in ((OTTAWA, None), (part, OTTAWA), (f"{KINGSTON}-mills", None), (KINGSTON, None)):
            session.add(Area(id=area, name=area, kind="city", latitude=45.4, longitude=-75.7, parent_id=parent))
            session.flush()
        session.commit()
    people = {OTTAWA: 1_000_000, part: 20_000, KINGSTON: 130_000, f"{KINGSTON}-mills": 3_000}
    load_population(
        parts, "\n".join(("area,people,year,source", *(f"{area},{number},2021,census" for area, number in people.items()))).encode()
    )
    asked(parts, OTTAWA, found=20, short=0)
    (reached,) = read_cells(parts, QUARTER).reached
    assert reached.people == 20_000 + 130_000 + 3_000
    (reached,) = read_cells(parts, QUARTER, area=KINGSTON).reached
    assert reached.people == 130_000


def test_with_people_by_area_reach_is_told_with_its_denominator(parts: Parts, town: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id=OTTAWA, name="Ottawa", kind="city", latitude=45.4, longitude=-75.7))
        session.add(Area(id=KINGSTON, name="Kingston", kind="city", latitude=44.2, longitude=-76.5))
        add(session, ServiceArea(service_id=town.shelter, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    rows = (
        "area,people,year,source",
        f"{OTTAWA},1000000,2021,census",
        f"{KINGSTON},130000,2021,census",
        "Ottawa!,5,2021,x",
        "ca-on-x,many,2021,x",
    )
    loaded = load_population(parts, "\n".join(rows).encode())
    assert (loaded.kept, [bad.line for bad in loaded.bad], loaded.unplaced) == (2, [4, 5], ())
    asked(parts, OTTAWA, found=20, short=0)
    (reached,) = read_cells(parts, QUARTER).reached
    assert (reached.served, reached.people, reached.worst[0]) == (1_000_000, 1_130_000, KINGSTON)
    assert reached.people_per_place == {OTTAWA: pytest.approx(1_000_000), KINGSTON: None}


def test_a_table_that_is_none_is_refused_and_keeps_nothing(parts: Parts) -> None:
    for content in (b"name,people\nx,3\n", b"\xff\xfe"):
        with pytest.raises(InvalidInput):
            load_population(parts, content)


def test_quarters_are_read_and_follow_each_other() -> None:
    assert (str(QUARTER), QUARTER.after, Quarter(2026, 1).before) == ("2026-Q4", Quarter(2027, 1), Quarter(2025, 4))
    assert read_quarter("2026-q1").first == date(2026, 1, 1)
    with pytest.raises(InvalidInput):
        read_quarter("2026-5")


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("ca-on-ottawa," + "9" * 5_000 + ",2021,Census,", "people"),
        ("ca-on-ottawa,10," + "2" * 5_000 + ",Census,", "year"),
        ("ca-on-ottawa,10,2021,,", "source"),
        ("ca-on-ottawa,10,2021," + "s" * 201 + ",", "source"),
        ("ca-on-ottawa,10,2021,Census," + "g" * 61, "group"),
        ("ca-on-ottawa,10,2021,Cen\x00sus,", "source"),
        ("ca-on-ottawa,10,2021,Census,a\x00b", "group"),
        ("ca-on-ottawa,10,2021,Census,,more", "more"),
        ("ca-on-kingston,11,2021,Census,", "line 2"),
    ],
)
def test_a_bad_row_of_people_is_told_with_its_line_and_the_others_are_kept(parts: Parts, town: Town, row: str, names: str) -> None:
    rows = ["area,people,year,source,group", "ca-on-kingston,130000,2021,Census,", row, "ca-on-perth,6000,2021,Census,"]
    loaded = load_population(parts, "\n".join(rows).encode())
    assert [bad.line for bad in loaded.bad] == [3]
    assert names in str(loaded.bad[0].sentence)
    assert loaded.kept == 2


def test_a_field_without_end_is_no_table_and_nothing_of_it_is_kept(parts: Parts, town: Town) -> None:
    rows = ["area,people,year,source", "ca-on-kingston,130000,2021,Census", "ca-on-perth,6000,2021," + "s" * 200_000]
    with pytest.raises(InvalidInput) as error:
        load_population(parts, "\n".join(rows).encode())
    assert "line 3" in str(error.value.message)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AreaPopulation)) == 0


def test_people_of_a_region_are_not_counted_again_with_those_of_its_towns(parts: Parts, town: Town) -> None:
    asked(parts, OTTAWA, found=20, short=10)
    with parts.database.writing() as session:
        for area, at in (("ca-on", (46.0, -80.0)), (OTTAWA, (45.42, -75.70)), (KINGSTON, (44.23, -76.48))):
            session.add(Area(id=area, name=area, kind="city", zone="America/Toronto", latitude=at[0], longitude=at[1]))
        add(session, ServiceArea(service_id=town.shelter, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    rows = ["area,people,year,source", "ca-on,1500,2021,Census", f"{OTTAWA},1000,2021,Census", f"{KINGSTON},200,2021,Census"]
    load_population(parts, "\n".join(rows).encode())
    (reached,) = read_cells(parts, QUARTER).reached
    assert (reached.served, reached.people) == (1000, 1200)
    assert read_cells(parts, QUARTER, area="ca-on").reached[0].people == 1200
    with parts.database.reading() as session:
        measuring = Measuring(session, parts.clock.now())
        here = measuring.take(Watch("emergency-shelter", "ca-on", Measure.REACHED), QUARTER).here
        elsewhere = measuring.take(Watch("emergency-shelter", KINGSTON, Measure.REACHED), QUARTER).elsewhere
    assert (here and here.of, elsewhere and elsewhere.of) == (1200, 1000)


def test_referrals_of_a_quarter_of_a_town_are_counted_in_the_town(parts: Parts, town: Town) -> None:
    with parts.database.writing() as session:
        session.add(Area(id=OTTAWA, name="Ottawa", kind="city", zone="America/Toronto"))
        session.add(Area(id="ca-on-ottawa-vanier", name="Vanier", kind="neighbourhood", parent_id=OTTAWA, zone="America/Toronto"))
        session.commit()
    for number in range(6):
        need, _attempt = sent_to_shelter(parts, town, with_consent=False)
        with parts.database.writing() as session:
            session.get_one(Need, need).area_id = "ca-on-ottawa-vanier" if number else "ca-fsa-k1l"
            session.commit()
    now = quarter_of(parts.clock.now().date())
    (cell,) = read_cells(parts, now).cells
    assert (cell.area, dict(cell.ended), cell.is_partly_hidden) == (OTTAWA, {Ended.REFERRED: 5}, False)
