"""Pairs of offerings, found, kept in step with the listings, and read by the rules that hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.people import Role
from directory.rules.overlap.bounds import Bounds
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.indexing.enqueue import enqueue
from directory.services.overlaps.keep import Written
from directory.services.overlaps.read import OverlapLine, Wanted, read_all, read_overlap, read_overlaps, read_overlaps_of
from directory.services.overlaps.run import find_among, refresh, run_overlaps
from directory.services.parts import Parts, Stopped
from directory.services.rules.activate import activate
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import dry_run
from directory.services.rules.try_out import try_out
from directory.store.tables import Area, OverlapPair, Service, ServiceCategory
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.pantries import OTTAWA, add_offering, only
from tests.support.people import at, somebody


@pytest.fixture
def town(parts: Parts) -> dict[str, str]:
    """Names -> ids: two pantries alike, one in the evening, one for women, one for men, one that is Indigenous-led, one elsewhere, and one
    of which nobody knows for whom it is."""
    with parts.database.writing() as session:
        made = {
            "Alder": add_offering(session, "Alder"),
            "Birch": add_offering(session, "Birch"),
            "Cedar": add_offering(session, "Cedar", days="FR", opens="18:00", closes="21:00"),
            "Daisy": add_offering(session, "Daisy", criteria=only("gender", "female")),
            "Elm": add_offering(session, "Elm", criteria=only("gender", "male")),
            "Fireweed": add_offering(session, "Fireweed", sector="indigenous"),
            "Grove": add_offering(session, "Grove", area="ca-on-toronto"),
            "Hazel": add_offering(session, "Hazel", criteria={"schema": 1}),
        }
        session.commit()
        return {name: service.id for name, service in made.items()}


def readings(parts: Parts) -> dict[tuple[str, str], str]:
    """Names of two organizations -> how their pair is read."""
    return {(*sorted((line.first.organization, line.second.organization)),): line.reading for line in lines(parts).values()}  # type: ignore[misc]


def lines(parts: Parts) -> dict[tuple[str, str], OverlapLine]:
    found = read_all(parts, Wanted()).lines
    return {(*sorted((line.first.organization, line.second.organization)),): line for line in found}  # type: ignore[misc]


def change(parts: Parts, service_id: str, what: Callable[[Service], None]) -> None:
    """Change a listing a minute later, as whoever edits it does."""
    at(parts, timedelta(minutes=1))
    with parts.database.writing() as session:
        service = session.get_one(Service, service_id)
        what(service)
        session.flush()
        enqueue(session, [service_id], parts.clock)
        session.commit()


def test_the_rules_read_each_pair_and_what_is_elsewhere_is_in_none(parts: Parts, town: dict[str, str]) -> None:
    report = run_overlaps(parts)
    found = readings(parts)
    assert found["Alder", "Birch"] == "worth_a_conversation"
    assert found["Alder", "Cedar"] == "complementary_hours"
    assert found["Daisy", "Elm"] == "complementary_people"
    assert found["Alder", "Fireweed"] == "choice"
    assert found["Alder", "Hazel"] == "not_decided"
    assert not [names for names in found if "Grove" in names]
    assert (report.pairs, report.written.new, report.rule_version) == (len(found), len(found), "flag-pairs 0")


def test_every_part_is_kept_and_what_is_not_known_lies_between_two_ends(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    pair = lines(parts)["Alder", "Hazel"]
    assert pair.parts.people == Bounds(0, 1)
    assert (pair.value.low, pair.value.high) == (0, 1)
    assert pair.asks[0] == "same-offer-same-people"
    alike = lines(parts)["Alder", "Birch"]
    assert (alike.value, alike.category, alike.metres) == (Bounds(1, 1), "food-pantry", 0)


def test_a_second_run_writes_nothing_and_one_that_was_stopped_is_gone_on_with(parts: Parts, town: dict[str, str]) -> None:
    asked = 0

    def stop() -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Stopped

    with pytest.raises(Stopped):
        run_overlaps(replace(parts, stop_if_asked=stop))
    first = run_overlaps(parts).written
    again = run_overlaps(parts).written
    assert (again.new, again.changed, again.gone, again.same) == (0, 0, 0, first.new)


def test_a_listing_that_changed_is_compared_anew_and_its_pairs_come_to_what_a_whole_run_says(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    made = lines(parts)["Alder", "Birch"]

    def for_women(service: Service) -> None:
        service.criteria = only("gender", "female")

    change(parts, town["Birch"], for_women)
    done = refresh(parts)
    assert done is not None
    assert done.changed > 0
    now = lines(parts)["Alder", "Birch"]
    assert (now.parts.people, now.id, now.made_at) == (Bounds(0.48, 0.48), made.id, made.made_at)
    assert now.changed_at > made.changed_at
    assert run_overlaps(parts).written.changed == 0
    again = refresh(parts)
    assert again is not None
    assert again.changed == 0


def test_pairs_of_a_few_listings_are_found_before_all_are_and_the_run_over_all_leaves_them_as_they_are(
    parts: Parts, town: dict[str, str]
) -> None:
    assert find_among(parts, [town["Alder"], town["Birch"], town["Cedar"]]).new == 3
    before = lines(parts)
    assert set(before) == {("Alder", "Birch"), ("Alder", "Cedar"), ("Birch", "Cedar")}
    written = run_overlaps(parts).written
    assert (written.same, written.changed, written.gone) == (3, 0, 0)
    after = lines(parts)
    assert {names: after[names] for names in before} == before
    assert find_among(parts, [town["Daisy"], town["Grove"]]).gone == 0, "what others make up together is left alone"
    assert lines(parts) == after


def test_pairs_of_a_listing_that_is_no_more_go(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)

    def withdraw(service: Service) -> None:
        service.withdrawn_at = parts.clock.now()

    change(parts, town["Birch"], withdraw)
    assert not [names for names in readings(parts) if "Birch" in names], "not shown, even before the worker comes"
    done = refresh(parts)
    assert done is not None
    assert done.gone > 0
    with parts.database.reading() as session:
        assert town["Birch"] not in set(session.scalars(select(OverlapPair.service_a_id))) | set(
            session.scalars(select(OverlapPair.service_b_id))
        )


def test_many_places_of_one_organization_count_once(parts: Parts) -> None:
    with parts.database.writing() as session:
        first = add_offering(session, "Alder")
        for number in range(3):
            add_offering(session, "Alder", name=f"Food pantry {number}", organization_id=first.organization_id)
        add_offering(session, "Birch")
        session.commit()
    assert run_overlaps(parts).pairs == 1


@ONE_IS_ENOUGH
def test_a_confidential_place_neither_places_a_listing_nor_is_found_by_its_area(parts: Parts) -> None:
    with parts.database.writing() as session:
        add_offering(session, "Alder")
        add_offering(session, "Birch", area="ca-on", confidential=True)
        add_offering(session, "Cedar", area="", confidential=True)
        session.commit()
    assert run_overlaps(parts).nowhere == 1
    pair = lines(parts)["Alder", "Birch"]
    assert pair.metres is None
    assert read_all(parts, Wanted(area=OTTAWA)).total == 1, "the other serves it"
    assert read_all(parts, Wanted(area="ca-on-ottawa-vanier")).total == 0


def test_a_planner_of_an_area_sees_what_lies_in_it(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    everywhere = somebody(parts, Role.PLANNER, "anna@example.org")
    with parts.database.writing() as session:
        session.add_all(Area(id=area, name=area, kind="city") for area in (OTTAWA, "ca-bc"))
        session.commit()
    here = somebody(parts, Role.PLANNER, "ben@example.org", area_id=OTTAWA)
    elsewhere = somebody(parts, Role.PLANNER, "cleo@example.org", area_id="ca-bc")
    total = read_overlaps(parts, everywhere, Wanted()).total
    assert total == read_overlaps(parts, here, Wanted()).total > 0
    assert read_overlaps(parts, elsewhere, Wanted()).total == 0
    pair = lines(parts)["Alder", "Birch"]
    assert read_overlap(parts, here, pair.id).id == pair.id
    for wrong in (pair.id[:-1] + ("0" if pair.id[-1] != "0" else "1"), "nothing"):
        with pytest.raises(NotFound):
            read_overlap(parts, everywhere, wrong)
    with pytest.raises(NotFound):
        read_overlap(parts, elsewhere, pair.id)


@ONE_IS_ENOUGH
def test_pairs_are_narrowed_by_area_kind_of_help_reading_sector_and_organization(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    everything = read_all(parts, Wanted())
    assert read_all(parts, Wanted(area="ca-on")).total == everything.total
    assert read_all(parts, Wanted(area="ca-qc")).total == 0
    assert read_all(parts, Wanted(category="food")).total == everything.total
    assert read_all(parts, Wanted(category="meals")).total == 0
    choice = read_all(parts, Wanted(reading="choice"))
    assert choice.total == everything.readings["choice"] == len(choice.lines)
    assert choice.readings == everything.readings
    assert {line.reading for line in read_all(parts, Wanted(sector="indigenous")).lines} == {"choice"}
    owner = lines(parts)["Alder", "Birch"].first.organization_id
    mine = read_overlaps_of(parts, owner)
    assert {owner} <= {side.organization_id for line in mine.lines for side in (line.first, line.second)}
    assert {line.reading for line in mine.lines} == {"worth_a_conversation", "complementary_hours", "choice"}
    assert mine.total == len(mine.lines)
    for wrong in (Wanted(category="fud"), Wanted(reading="waste"), Wanted(organization_id="x")):
        with pytest.raises(InvalidInput):
            read_all(parts, wrong)


def test_other_rules_are_dry_run_over_the_pairs_and_read_them_once_they_hold(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    before = readings(parts)
    document = write_rule_set(shipped_set(SetKind.FLAG))
    for rule in document["rules"]:
        if rule["id"] == "same-offer-same-people":
            rule["on"] = False
    set_name, version = import_draft(parts, "tests", document)
    try_out(parts, set_name, version)
    found = dry_run(parts, set_name, version, parts.clock.now() - timedelta(days=1))
    assert found.cases == len(before)
    assert found.changed > 0
    assert ("Alder", 1, 0) in {(row.name, row.before, row.after) for row in found.by_organization}
    assert [row.id for row in found.by_sector] == ["food"]
    assert readings(parts) == before
    activate(parts, somebody(parts, Role.PLANNER, "anna@example.org"), set_name, version)
    activate(parts, somebody(parts, Role.PLANNER, "ben@example.org"), set_name, version)
    refresh(parts)
    assert lines(parts)["Alder", "Birch"].reading == "not_comparable"
    assert lines(parts)["Alder", "Birch"].rule_version == f"{set_name} {version}"
    assert readings(parts)["Alder", "Fireweed"] == "choice"


@ONE_IS_ENOUGH
def test_a_change_that_was_begun_before_the_last_look_and_ended_after_is_looked_at(parts: Parts, town: dict[str, str]) -> None:
    run_overlaps(parts)
    change(parts, town["Cedar"], lambda service: None)
    begun = parts.clock.now() - timedelta(seconds=2)
    refresh(parts)
    with parts.database.writing() as session:  # another host's, which began a moment earlier
        session.execute(delete(ServiceCategory).where(ServiceCategory.service_id == town["Alder"]))
        session.execute(update(Service).where(Service.id == town["Alder"]).values(changed_at=begun))
        session.commit()
    refresh(parts)
    assert not [pair for pair in readings(parts) if "Alder" in pair]
    at(parts, timedelta(minutes=1))
    refresh(parts)
    at(parts, timedelta(minutes=1))
    assert refresh(parts) == Written(), "each change is looked at twice at most"
