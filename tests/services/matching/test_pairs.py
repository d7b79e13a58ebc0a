"""Pairs of records that may be one: found, judged, kept in step."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from directory.domain.editing.authors import Author
from directory.domain.errors import Forbidden, InvalidInput, Refused
from directory.domain.people import Actor, Role
from directory.services.editing.apply import apply_to_organization
from directory.services.indexing.enqueue import enqueue
from directory.services.matching.changes import AT_ONCE, SETTLES, compare_what_changed
from directory.services.matching.directory_facts import facts_of
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.merge_reviewed import merge_pair
from directory.services.matching.queue import PairRead, read_merged, read_queue
from directory.services.matching.run import run_all
from directory.services.matching.undo import undo_merge
from directory.services.matching.verdicts import give_verdict, take_verdict_back, verdicts_for
from directory.services.parts import Parts
from directory.store.tables import Address, Area, DuplicatePair, Phone
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_location, add_organization, add_service
from tests.support.pantries import add_listed_at
from tests.support.people import at, somebody

ORGANIZATION = Level.ORGANIZATION


@pytest.fixture
def planner(parts: Parts) -> Actor:
    return somebody(parts, Role.PLANNER, "plan@example.org")


@pytest.fixture
def two(parts: Parts) -> tuple[str, str]:
    """One food bank, listed twice; and another that only sounds like it."""
    with parts.database.writing() as session:
        ids = []
        for name, number, street in (
            ("Harbour Food Bank", "+16135550101", "12 Elm Street"),
            ("Harbour Food Bank", "+16135550101", "12 Elm St"),
            ("Northgate Legal Clinic", "+16135550177", "900 King Road"),
        ):
            ids.append(add_listed_at(session, name, number, street))
        session.commit()
    first, second = sorted(ids[:2])
    return first, second


def waiting(parts: Parts, actor: Actor) -> tuple[PairRead, ...]:
    return read_queue(parts, actor, ORGANIZATION).pairs


def test_what_is_listed_twice_waits_with_its_reasons_and_what_is_not_does_not(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    report = run_all(parts, ORGANIZATION)
    assert (report.records, report.certain + report.review) == (3, 1)
    (pair,) = waiting(parts, planner)
    assert (pair.left_id, pair.right_id) == two
    assert {(reason.field, reason.level) for reason in pair.reasons} >= {("name", "same"), ("phone", "same")}
    assert sum(reason.size for reason in pair.reasons) == pytest.approx(pair.score)


def test_a_verdict_survives_a_run_until_a_fact_changes_on_which_it_rests(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    give_verdict(parts, planner, pair.id, "different", "Two bodies that share a line.")
    assert waiting(parts, planner) == ()
    run_all(parts, ORGANIZATION)
    assert waiting(parts, planner) == ()
    with parts.database.writing() as session:
        apply_to_organization(session, two[0], {"name": "Harbour Food Bank of Ottawa"}, Author("person:x"), parts.clock)
        session.commit()
    run_all(parts, ORGANIZATION)
    (again,) = waiting(parts, planner)
    assert again.reopened
    assert again.given is not None
    assert again.given.because == "Two bodies that share a line."


def test_what_changed_is_compared_without_a_run_and_gives_what_a_run_gives(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    at(parts, timedelta(minutes=5))
    with parts.database.writing() as session:
        apply_to_organization(session, two[0], {"name": "Rosemary Choir", "phones": []}, Author("person:x"), parts.clock)
        session.commit()
    assert compare_what_changed(parts) == 0, "not before whoever writes at the same time has ended"
    at(parts, SETTLES)
    assert compare_what_changed(parts) == 2, "the organization and its listing"
    assert compare_what_changed(parts) == 0
    with parts.database.reading() as session:
        now = {(row.left_id, row.right_id, row.band) for row in session.scalars(select(DuplicatePair))}
    run_all(parts, ORGANIZATION)
    with parts.database.reading() as session:
        assert {
            (row.left_id, row.right_id, row.band)
            for row in session.scalars(select(DuplicatePair).where(DuplicatePair.level == "organization"))
        } == {row for row in now if row[0] in two}


@ONE_IS_ENOUGH
def test_what_changed_at_one_moment_is_compared_piece_by_piece_and_none_is_left_out(parts: Parts, planner: Actor) -> None:
    with parts.database.writing() as session:
        rows = [add_organization(session, name=f"House of Cedars {number}") for number in range(AT_ONCE + 5)]
        services = [add_service(session, organization=row, name=f"Help {number}") for number, row in enumerate(rows)]
        session.commit()
        ids = [service.id for service in services]
    run_all(parts, ORGANIZATION)
    at(parts, timedelta(minutes=5))
    with parts.database.writing() as session:
        enqueue(session, ids, parts.clock)
        session.commit()
    at(parts, SETTLES)
    assert [compare_what_changed(parts) for _ in range(3)] == [AT_ONCE, 5, 0]


@ONE_IS_ENOUGH
def test_pairs_that_were_judged_leave_room_for_those_that_wait(parts: Parts, planner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.database.writing() as session:
        for number in range(3):
            for name in (f"Quartz Point {number} Kitchen", f"Quartz Point {number} Kitchen Inc."):
                row = add_organization(session, name=name)
                phone = f"+1613555020{number}"
                session.add(Phone(organization_id=row.id, number=phone, e164=phone))
        session.commit()
    run_all(parts, ORGANIZATION)
    monkeypatch.setattr("directory.services.matching.queue.LOOKED_AT", 1)
    seen = set()
    for left in (3, 2, 1):
        queue = read_queue(parts, planner, ORGANIZATION)
        assert queue.waiting[ORGANIZATION] == left
        (pair,) = queue.pairs
        seen.add(pair.id)
        give_verdict(parts, planner, pair.id, "same_organization", "")
    assert len(seen) == 3
    assert read_queue(parts, planner, ORGANIZATION).pairs == ()


def test_merged_records_are_pairs_no_more_and_come_back_when_it_is_taken_back(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    event = merge(parts, "tests", ORGANIZATION, *two)
    run_all(parts, ORGANIZATION)
    assert waiting(parts, planner) == ()
    undo_merge(parts, "tests", event)
    run_all(parts, ORGANIZATION)
    assert [(pair.left_id, pair.right_id) for pair in waiting(parts, planner)] == [two]


def test_a_team_s_word_counts_for_it_alone_and_the_community_s_for_all(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="ca-on-ottawa", name="Ottawa", kind="city", zone="America/Toronto"))
        session.commit()
    of_area = somebody(parts, Role.PLANNER, "area@example.org", area_id="ca-on-ottawa")
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, of_area)
    give_verdict(parts, of_area, pair.id, "same_site", "")
    assert (waiting(parts, of_area), len(waiting(parts, planner))) == ((), 1)
    take_verdict_back(parts, of_area, pair.id)
    give_verdict(parts, planner, pair.id, "part_of", "")
    assert (waiting(parts, of_area), waiting(parts, planner)) == ((), ())


def test_unsure_keeps_it_waiting_and_different_needs_a_reason(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    give_verdict(parts, planner, pair.id, "unsure", "")
    assert len(waiting(parts, planner)) == 1
    with pytest.raises(InvalidInput, match="why they are different"):
        give_verdict(parts, planner, pair.id, "different", " ")
    with pytest.raises(InvalidInput, match="Choose"):
        give_verdict(parts, planner, pair.id, "perhaps", "")
    with pytest.raises(Forbidden):
        give_verdict(parts, somebody(parts, Role.ADMINISTRATOR), pair.id, "same", "")


def test_secret_places_are_never_compared(parts: Parts) -> None:
    with parts.database.writing() as session:
        for _ in range(2):
            place = add_location(session, name="House of Rest", confidential=True)
            session.add(Address(location_id=place.id, address_1="7 Hidden Lane", city="Ottawa", country="CA"))
        session.commit()
    assert run_all(parts, Level.SITE).records == 0


def test_a_merge_taken_back_at_a_terminal_leaves_the_pair_to_be_looked_at_again(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    event = merge_pair(parts, planner, pair.id, two[0], {}, "")
    undo_merge(parts, "terminal", event)
    run_all(parts, ORGANIZATION)
    assert [(each.left_id, each.right_id, each.given) for each in waiting(parts, planner)] == [(*two, None)]


def test_a_verdict_on_what_was_not_shown_is_not_written_down(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    with parts.database.writing() as session:
        apply_to_organization(session, two[0], {"name": "Harbour Food Bank of Ottawa"}, Author("person:x"), parts.clock)
        session.commit()
    run_all(parts, ORGANIZATION)
    with pytest.raises(Refused, match="was changed while you looked"):
        give_verdict(parts, planner, pair.id, "same_site", "", seen=pair.facts)
    (again,) = waiting(parts, planner)
    give_verdict(parts, planner, again.id, "same_site", "", seen=again.facts)
    assert waiting(parts, planner) == ()


def test_what_a_changed_fact_opened_again_is_read_first_however_little_speaks_for_it(
    parts: Parts, planner: Actor, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    give_verdict(parts, planner, pair.id, "same_site", "")
    with parts.database.writing() as session:
        for name in ("Quartz Point Kitchen", "Quartz Point Kitchen"):
            row = add_organization(session, name=name)
            session.add(Phone(organization_id=row.id, number="+16135550209", e164="+16135550209"))
        session.execute(update(DuplicatePair).where(DuplicatePair.id == pair.id).values(score=-1.5))
        apply_to_organization(session, two[0], {"name": "Harbour Pantry", "phones": []}, Author("person:x"), parts.clock)
        session.commit()
    run_all(parts, ORGANIZATION)
    monkeypatch.setattr("directory.services.matching.queue.LOOKED_AT", 1)
    assert [each.id for each in waiting(parts, planner)] == [pair.id]


def test_telephones_written_anew_are_the_same_facts(parts: Parts, planner: Actor, two: tuple[str, str]) -> None:
    """A merge taken back, or an import, brings rows with other ids: what was found of the pair still holds."""
    numbers = [f"+1613555010{number}" for number in range(2, 9)]
    write_phones(parts, two[0], numbers)
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)
    give_verdict(parts, planner, pair.id, "same_site", "")
    write_phones(parts, two[0], numbers[::-1])
    run_all(parts, ORGANIZATION)
    assert waiting(parts, planner) == ()


def write_phones(parts: Parts, organization_id: str, numbers: list[str]) -> None:
    with parts.database.writing() as session:
        session.execute(delete(Phone).where(Phone.organization_id == organization_id, Phone.number != "+16135550101"))
        session.add_all(Phone(organization_id=organization_id, number=number, e164=number) for number in numbers)
        session.commit()


def test_only_a_sure_word_of_the_whole_community_s_planners_teaches_the_comparing(
    parts: Parts, planner: Actor, two: tuple[str, str]
) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="ca-on-ottawa", name="Ottawa", kind="city", zone="America/Toronto"))
        session.commit()
    of_area = somebody(parts, Role.PLANNER, "area@example.org", area_id="ca-on-ottawa")
    run_all(parts, ORGANIZATION)
    (pair,) = waiting(parts, planner)

    def taught() -> int:
        with parts.database.reading() as session:
            return len(verdicts_for(session, ORGANIZATION, {each.id: each for each in facts_of(session, ORGANIZATION, two)}))

    give_verdict(parts, of_area, pair.id, "same_site", "")
    give_verdict(parts, planner, pair.id, "unsure", "")
    assert taught() == 0
    give_verdict(parts, planner, pair.id, "same_site", "")
    assert taught() == 1


def test_a_secret_place_has_no_name_among_the_merges(parts: Parts) -> None:
    with parts.database.writing() as session:
        ids = [add_location(session, name="House of Rest", confidential=True).id for _ in range(2)]
        session.commit()
    merge(parts, "tests", Level.SITE, *ids)
    (done,) = read_merged(parts)
    assert (done.kept_name, done.retired_name) == ("", "")
