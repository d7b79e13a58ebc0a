"""Verified is not edited: who looked and when is written down, what the listing says stays as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.errors import NotFound
from directory.domain.upkeep.found import Found, How
from directory.domain.upkeep.reports import Answer, Report
from directory.domain.upkeep.today import Today
from directory.services.editing.history import read_history
from directory.services.parts import Parts
from directory.services.upkeep.own import Owner, answer_report, read_own, say_right, say_today, unsay_right
from directory.services.upkeep.reports import report_listing, reports_of, take_report_back
from directory.services.upkeep.unlisted import put_back, read_unlisted
from directory.services.upkeep.verify import Look, note_found
from directory.store.tables import IndexPending, Organization, ServiceAtLocation, Verification
from tests.services.upkeep.conftest import PLANNER, House, service_row


def owner(house: House) -> Owner:
    return Owner(house.organization, f"organization:{house.organization}", "00000000-0000-4000-8000-000000000001")


def test_still_right_verifies_and_changes_nothing_else(parts: Parts, house: House):
    before = service_row(parts, house.pantry)
    say_right(parts, owner(house), house.pantry)
    after = service_row(parts, house.pantry)
    assert (after.verified_at, after.verified_how, after.modified_at) == (parts.clock.now(), "owner", before.modified_at)
    assert after.version == before.version + 1
    with parts.database.reading() as session:
        (event,) = session.scalars(select(Verification))
        assert (event.how, event.found, event.by) == (How.LINK, Found.RIGHT, f"organization:{house.organization}")
        assert {"hours", "intake"} <= set(event.fields)
        assert session.scalar(select(IndexPending.service_id)) == house.pantry


def test_the_places_and_the_organization_that_were_shown_are_verified_too(parts: Parts, house: House):
    say_right(parts, owner(house), house.pantry)
    with parts.database.reading() as session:
        site = session.scalar(select(ServiceAtLocation).where(ServiceAtLocation.service_id == house.pantry))
        assert site is not None
        assert site.verified_at == parts.clock.now()
        assert session.get_one(Organization, house.organization).verified_at == parts.clock.now()
    assert service_row(parts, house.shelter).verified_at != parts.clock.now()


def test_history_says_who_verified_and_how(parts: Parts, house: House):
    say_right(parts, owner(house), house.pantry)
    parts.clock.set(parts.clock.now() + timedelta(minutes=1))  # type: ignore[attr-defined]
    say_today(parts, owner(house), house.pantry, Today.CLOSED)
    told, verified = read_history(parts, "service", house.pantry)[:2]
    assert (verified.how, verified.actor, verified.organization) == ("verified", f"organization:{house.organization}", "Harbour House")
    assert (told.how, told.organization, told.changes) == ("closed today", "Harbour House", ())


def test_a_second_tap_says_nothing_new(parts: Parts, house: House):
    for _ in range(3):
        say_right(parts, owner(house), house.pantry)
    with parts.database.reading() as session:
        assert len(session.scalars(select(Verification)).all()) == 1
    assert service_row(parts, house.pantry).version == 2


def test_a_tap_by_mistake_is_taken_back_within_an_hour_and_leaves_everything_as_verified_as_before(parts: Parts, house: House):
    before = service_row(parts, house.shelter)
    say_right(parts, owner(house), house.shelter)
    assert (
        next(one for one in read_own(parts, house.organization, by=owner(house).by).listings if one.was_just_verified).due.id
        == house.shelter
    )
    unsay_right(parts, owner(house), house.shelter)
    after = service_row(parts, house.shelter)
    assert (after.verified_at, after.verified_how, after.version) == (before.verified_at, before.verified_how, before.version + 2)
    with parts.database.reading() as session:
        assert session.get_one(Organization, house.organization).verified_at is None
    unsay_right(parts, owner(house), house.shelter)
    assert service_row(parts, house.shelter).version == before.version + 2
    say_right(parts, owner(house), house.shelter)
    assert service_row(parts, house.shelter).verified_at == parts.clock.now()
    parts.clock.set(parts.clock.now() + timedelta(hours=2))  # type: ignore[attr-defined]
    unsay_right(parts, owner(house), house.shelter)
    assert service_row(parts, house.shelter).verified_at is not None


def test_taking_back_one_tap_leaves_what_another_verified_since(parts: Parts, house: House):
    say_right(parts, owner(house), house.pantry)
    parts.clock.set(parts.clock.now() + timedelta(minutes=5))  # type: ignore[attr-defined]
    with parts.database.writing() as session:
        note_found(session, house.pantry, Look(How.CALL, "person:1"), Found.RIGHT, parts.clock)
        session.commit()
    unsay_right(parts, owner(house), house.pantry)
    assert service_row(parts, house.pantry).verified_how == "call"


def test_nobody_speaks_for_the_listings_of_others(parts: Parts, house: House):
    with pytest.raises(NotFound):
        say_right(parts, owner(house), house.clinic)
    assert service_row(parts, house.clinic).verified_at is None


def test_what_is_due_first_stands_first_among_ones_own(parts: Parts, house: House):
    own = read_own(parts, house.organization)
    assert [one.listing.name for one in own.listings] == ["Food pantry", "Women's shelter", "English class"]
    say_right(parts, owner(house), house.pantry)
    assert read_own(parts, house.organization).listings[0].listing.name == "Women's shelter"


@pytest.mark.parametrize("found", [Found.CLOSED, Found.DO_NOT_LIST, Found.CANNOT_BE_VERIFIED])
def test_what_is_not_to_be_listed_is_kept_unpublished_until_somebody_lists_it_again(parts: Parts, house: House, found: Found):
    with parts.database.writing() as session:
        note_found(session, house.pantry, Look(How.CALL, "person:1"), found, parts.clock)
        session.commit()
    assert service_row(parts, house.pantry).withdrawn_at is not None
    assert [(one.id, one.state) for one in read_unlisted(parts, PLANNER)] == [(house.pantry, found)]
    put_back(parts, house.pantry, PLANNER)
    assert service_row(parts, house.pantry).withdrawn_at is None
    assert read_unlisted(parts, PLANNER) == []
    with pytest.raises(NotFound):
        put_back(parts, house.pantry, PLANNER)


def test_a_report_is_shown_for_a_day_and_counted(parts: Parts, house: House):
    report_listing(parts, house.pantry, Report.NO_ANSWER, "person:1")
    report_listing(parts, house.pantry, Report.NO_ANSWER, "person:1")
    report_listing(parts, house.pantry, Report.NO_ANSWER, "person:2")
    (shown,) = reports_of(parts, house.pantry)
    assert (shown.kind, shown.told_at, shown.times) == (Report.NO_ANSWER, parts.clock.now(), 2)
    parts.clock.set(parts.clock.now() + timedelta(hours=24))  # type: ignore[attr-defined]
    assert reports_of(parts, house.pantry) == ()


@pytest.mark.parametrize("answer", list(Answer))
def test_the_answer_of_the_organization_ends_it(parts: Parts, house: House, answer: Answer):
    report_listing(parts, house.pantry, Report.WRONG_NUMBER, "person:1")
    assert read_own(parts, house.organization).listings[0].reports
    answer_report(parts, owner(house), house.pantry, answer)
    assert reports_of(parts, house.pantry) == ()
    assert (service_row(parts, house.pantry).verified_at is not None) == (answer is Answer.RIGHT_NOW)


def test_a_report_told_by_mistake_is_taken_back(parts: Parts, house: House):
    report_listing(parts, house.pantry, Report.MOVED, "person:1")
    take_report_back(parts, house.pantry, "person:2")
    assert reports_of(parts, house.pantry)
    take_report_back(parts, house.pantry, "person:1")
    assert reports_of(parts, house.pantry) == ()
