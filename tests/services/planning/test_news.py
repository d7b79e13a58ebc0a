"""What changed since a planner looked last: counted and listed alike, theirs and not others', and nothing of people."""

from datetime import date, datetime, timedelta

import pytest

from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.gaps import Gap
from directory.domain.people import Actor, Grant, Role
from directory.domain.planning.news import FIRST_LOOK, What, read_since, written_since
from directory.domain.planning.reading import Reading
from directory.services.accounts.leave import end_person
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.undo import undo_merge
from directory.services.parts import Parts
from directory.services.planning.news import count_news, list_news
from directory.services.planning.seen import say_seen, seen_until, since_when
from directory.store.tables import Change, DuplicatePair, DuplicateVerdict, OverlapPair, Service, ServiceArea, ServiceCategory
from tests.support.listings import THEN, add, add_location, add_organization, add_service
from tests.support.people import at, somebody

OTTAWA, KINGSTON = "ca-on-ottawa", "ca-on-kingston"


def planner_of(area: str = "") -> Actor:
    return Actor(f"p{area}", "p@example.org", grants=frozenset({Grant(Role.PLANNER, area_id=area)}))


@pytest.fixture
def two(parts: Parts) -> tuple[str, str]:
    """Two programs of two organizations, in two towns."""
    ids = []
    with parts.database.writing() as session:
        for name, area in (("Northside beds", OTTAWA), ("Lakeside beds", KINGSTON)):
            organization = add_organization(session, name=f"{name} society", created_at=THEN)
            place = add_location(session, name=name, organization_id=organization.id, area_id=area)
            row = add_service(session, at=place, organization=organization, name=name)
            row.created_at = THEN
            add(session, ServiceArea(service_id=row.id, area_id=area, name=area))
            ids.append(row.id)
        session.commit()
    return ids[0], ids[1]


def pair_of(left: str, right: str, now: datetime) -> DuplicatePair:
    return DuplicatePair(
        level="program", left_id=left, right_id=right, score=9.0, probability=0.99, band="certain", reasons=[], fingerprint="x",
        found_at=now, run=1,
    )  # fmt: skip


def verdict_on(left: str, right: str, now: datetime) -> DuplicateVerdict:
    return DuplicateVerdict(
        level="program", left_id=left, right_id=right, verdict="different", because="x", area="", fingerprint="x", at=now, by="person:q"
    )


def told(parts: Parts, actor: Actor, what: What, ago: timedelta = timedelta(days=1)) -> list[tuple[str, str]]:
    """The names in the list, which has as many lines as the number says."""
    since = parts.clock.now() - ago
    lines = list_news(parts, actor, since, what)
    assert count_news(parts, actor, since)[what] == len(lines)
    return [(line.first, line.second) for line in lines]


def test_new_pairs_and_verdicts_of_others_are_told_to_those_whose_records_they_are(parts: Parts, two: tuple[str, str]) -> None:
    left, right = sorted(two)
    now = parts.clock.now()
    with parts.database.writing() as session:
        add(session, pair_of(left, right, now))
        session.commit()
    assert len(told(parts, planner_of(), What.PAIRS)) == len(told(parts, planner_of(OTTAWA), What.PAIRS)) == 1
    assert told(parts, planner_of("ca-bc"), What.PAIRS) == []
    assert told(parts, planner_of(), What.PAIRS, timedelta(0)) != []
    at(parts, timedelta(days=2))
    assert told(parts, planner_of(), What.PAIRS) == []
    with parts.database.writing() as session:
        add(session, verdict_on(left, right, parts.clock.now()))
        session.commit()
    assert len(told(parts, planner_of(OTTAWA), What.VERDICTS)) == 1
    assert told(parts, Actor("q", "q@example.org", grants=planner_of().grants), What.VERDICTS) == [], "one's own is no news"


def test_listings_that_came_went_or_changed_much(parts: Parts, two: tuple[str, str]) -> None:
    assert told(parts, planner_of(), What.ADDED) == []
    with parts.database.writing() as session:
        new = add_service(session, name="New beds")
        new.created_at = parts.clock.now()
        add(session, ServiceArea(service_id=new.id, area_id=OTTAWA, name="Ottawa"))
        session.get_one(Service, two[1]).withdrawn_at = parts.clock.now()
        session.commit()
    assert [first for first, _ in told(parts, planner_of(OTTAWA), What.ADDED)] == ["New beds"]
    assert [first for first, _ in told(parts, planner_of(), What.CLOSED)] == ["Lakeside beds"]
    assert told(parts, planner_of(OTTAWA), What.CLOSED) == []


def test_pairs_that_offer_alike_are_new_or_read_otherwise(parts: Parts, two: tuple[str, str]) -> None:
    first, second = sorted(two)
    now = parts.clock.now()
    with parts.database.writing() as session:
        pair = OverlapPair(
            service_a_id=first, service_b_id=second, category="meals", low=0.8, high=0.9, parts={}, signals={}, reading="choice",
            severity="medium",
            rule="r", asks=[], rule_version="flag-pairs 0", fingerprint="x", made_at=now, changed_at=now, read_at=now,
        )  # fmt: skip
        add(session, pair)
        session.commit()
    assert (len(told(parts, planner_of(), What.ALIKE)), told(parts, planner_of(), What.READ_OTHERWISE)) == (1, [])
    assert told(parts, planner_of("ca-bc"), What.ALIKE) == []
    at(parts, timedelta(days=3))
    with parts.database.writing() as session:
        session.get_one(OverlapPair, pair.id).read_at = parts.clock.now()
        session.commit()
    assert (told(parts, planner_of(), What.ALIKE), len(told(parts, planner_of(KINGSTON), What.READ_OTHERWISE))) == ([], 1)


def test_merges_and_merges_taken_back_are_told_apart(parts: Parts, two: tuple[str, str]) -> None:
    with parts.database.writing() as session:
        session.get_one(Service, two[1]).organization_id = session.get_one(Service, two[0]).organization_id
        session.commit()
    event = merge(parts, "server", Level.PROGRAM, two[0], two[1])
    assert told(parts, planner_of(OTTAWA), What.MERGED) == [("Northside beds", "Lakeside beds")]
    assert (told(parts, planner_of("ca-bc"), What.MERGED), told(parts, planner_of(), What.CLOSED)) == ([], [])
    undo_merge(parts, "server", event)
    assert told(parts, planner_of(), What.MERGED) == []
    assert told(parts, planner_of(), What.TAKEN_BACK) == [("Northside beds", "Lakeside beds")]


def test_a_listing_of_which_four_things_changed_is_told_and_one_of_three_is_not(parts: Parts, two: tuple[str, str]) -> None:
    now = parts.clock.now()
    with parts.database.writing() as session:
        for service_id, fields in ((two[0], ("name", "email", "url", "fees")), (two[1], ("name", "email", "url"))):
            for field in (*fields, fields[0]):
                session.add(
                    Change(object_kind="service", object_id=service_id, part="", field=field, before="a", after="b", at=now, actor="x")
                )
            session.add(
                Change(object_kind="service", object_id=service_id, part="form", field="x", before="a", after="b", at=now, actor="x")
            )
        session.commit()
    assert [first for first, _ in told(parts, planner_of(), What.CHANGED)] == ["Northside beds"]
    assert told(parts, planner_of(KINGSTON), What.CHANGED) == []


def test_an_organization_came_in_with_its_first_person_alone(parts: Parts, two: tuple[str, str]) -> None:
    with parts.database.reading() as session:
        organization = session.get_one(Service, two[0]).organization_id
    somebody(parts, Role.LEAD, "one@north.example", organization_id=str(organization))
    assert [first for first, _ in told(parts, planner_of(OTTAWA), What.JOINED)] == ["Northside beds society"]
    assert told(parts, planner_of(KINGSTON), What.JOINED) == []
    at(parts, timedelta(days=40))
    somebody(parts, Role.EDITOR, "two@north.example", organization_id=str(organization))
    assert told(parts, planner_of(OTTAWA), What.JOINED) == []


def test_a_need_that_reads_otherwise_than_the_quarter_before_is_told_and_few_asked_are_not(parts: Parts, two: tuple[str, str]) -> None:
    for day, short in ((date(2026, 5, 5), 2), (date(2026, 8, 8), 18)):
        for need, number in (("counselling", 20), ("detox", 6)):
            for each in range(number):
                parts.gaps.count(day, (need,), OTTAWA)
                if each < short:
                    parts.gaps.add(Gap(day, (need,), OTTAWA, (), 0, "en"))
    parts.gaps.flush(parts.database)
    with parts.database.writing() as session:
        add(session, ServiceCategory(service_id=two[0], category="counselling"))
        session.commit()
    (line,) = list_news(parts, planner_of(), parts.clock.now(), What.NEEDS)
    assert line.turned is not None
    assert (line.first, line.second, line.turned.before, line.turned.now.reading) == ("counselling", OTTAWA, Reading.SERVED, Reading.GAP)
    assert list_news(parts, planner_of(KINGSTON), parts.clock.now(), What.NEEDS) == ()


def test_who_has_not_looked_yet_looks_back_a_month_and_the_mark_goes_with_the_account(parts: Parts) -> None:
    planner = somebody(parts, Role.PLANNER)
    assert since_when(parts, planner) == parts.clock.now() - FIRST_LOOK
    say_seen(parts, planner, parts.clock.now() + timedelta(days=9))
    assert seen_until(parts, planner) == parts.clock.now(), "nobody has seen what is still to come"
    with pytest.raises(Forbidden):
        say_seen(parts, somebody(parts, Role.ADMINISTRATOR), parts.clock.now())
    end_person(parts, planner.email)
    assert seen_until(parts, planner) is None


def test_a_moment_in_an_address_is_read_as_it_was_written(parts: Parts) -> None:
    now = parts.clock.now().replace(second=0, microsecond=0)
    assert read_since(written_since(now)) == now
    assert read_since("2026-11-01").isoformat() == "2026-11-01T00:00:00+00:00"
    for wrong in ("yesterday", "2026-13-01", "", "2026-11-01T99:00"):
        with pytest.raises(InvalidInput):
            read_since(wrong)
