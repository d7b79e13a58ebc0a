"""Two records become one, and come apart again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from directory.domain.editing.authors import Author
from directory.domain.errors import Moved, NotFound, Refused
from directory.domain.people import Role
from directory.services.editing.apply import apply_changes, write_record
from directory.services.editing.forms import record_form
from directory.services.editing.listing import load_listing
from directory.services.editing.records import load_records
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.deletions import deletions_stream
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.merge import merge, preview
from directory.services.matching.references import ELSEWHERE, accounted
from directory.services.matching.undo import undo_merge
from directory.services.parts import Parts
from directory.services.suggesting.conflicts import declare, declared_by
from directory.store.base import new_id
from directory.store.tables import Address, Base, Draft, NotWith, Organization, Phone, RoleGrant, Service, ServiceAtLocation
from tests.support.listings import THEN, add, add_location, add_organization, add_service
from tests.support.people import at, somebody

TARGETS = {"organization", "location", "service", "service_at_location"}
LOOSE = {"attribute.link_id", "draft.object_id", "organization.parent_organization_id", "suggestion.organization_id"}


def state(parts: Parts) -> dict[str, Any]:
    """All that the directory says and refers to: forms without the ids of lines, and every reference."""
    found: dict[str, Any] = {}
    with parts.database.reading() as session:
        for level in Level:
            ids = list(session.scalars(select(TABLES[level].id)))
            for key, record in load_records(session, TABLES[level].__tablename__, ids, parts.clock.now()).items():
                found[f"{level}:{key}"] = _plain(record_form(record)) | {"into": record.root["merged_into"]}
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if any(each.column.table.name in TARGETS for each in column.foreign_keys) and table.name not in ("schedule", "phone"):
                    rows = session.execute(select(*table.primary_key.columns, column)).all()
                    found[f"{table.name}.{column.name}"] = sorted(map(str, rows))
        found["local"] = sorted(map(str, session.execute(select(Base.metadata.tables["local_field"].c.object_id)).all()))
    return found


def _plain(form: dict[str, Any]) -> dict[str, Any]:
    def without(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(map(str, (without(each) for each in value)))
        return {key: each for key, each in value.items() if key != "id"} if isinstance(value, dict) else value

    return {key: without(value) for key, value in form.items() if value not in ("", None, [], {})}


@pytest.fixture
def two(parts: Parts) -> tuple[str, str]:
    """Two records of one food bank, each with its place, phone and listings."""
    with parts.database.writing() as session:
        kept = add_organization(session, name="Harbour Food Bank", email="info@harbour.example", sector="food")
        retired = add_organization(session, name="Harbour Foodbank Inc.", website="https://harbour.example", description="Food for all.")
        for organization, number in ((kept, "613-555-0101"), (retired, "613-555-0102")):
            session.add(Phone(organization_id=organization.id, number=number))
            place = add_location(session, name=f"At {number}", organization_id=organization.id)
            add_service(session, at=place, organization=organization, name="Food hampers")
        session.commit()
        return kept.id, retired.id


def sites(parts: Parts) -> set[tuple[str, str, str | None]]:
    with parts.database.reading() as session:
        rows = session.execute(select(ServiceAtLocation.service_id, ServiceAtLocation.location_id, ServiceAtLocation.merged_into))
        return {(row[0], row[1], row[2]) for row in rows}


def test_everything_of_the_one_that_goes_comes_along_and_its_address_leads_to_the_other(parts: Parts, two: tuple[str, str]) -> None:
    kept, retired = two
    merge(parts, "tests", Level.ORGANIZATION, kept, retired)
    with parts.database.reading() as session:
        assert {row.organization_id for row in session.scalars(select(Service))} == {kept}
        form = load_listing(session, kept, parts.clock.now(), kind="organization").form()
        with pytest.raises(Moved) as moved:
            load_listing(session, retired, parts.clock.now(), kind="organization")
    assert moved.value.target_id == kept
    assert (form["name"], form["website"], form["description"]) == ("Harbour Food Bank", "https://harbour.example", "Food for all.")
    assert {phone["number"] for phone in form["phones"]} == {"613-555-0101", "613-555-0102"}


def test_a_merge_taken_back_leaves_exactly_what_was(parts: Parts, two: tuple[str, str]) -> None:
    before = state(parts)
    event = merge(parts, "tests", Level.ORGANIZATION, *two)
    assert state(parts) != before
    done = undo_merge(parts, "tests", event)
    assert done.is_exact
    assert state(parts) == before
    with pytest.raises(Refused, match="already"):
        undo_merge(parts, "tests", event)


def test_programs_become_one_at_the_places_of_both_and_referrals_come_along(parts: Parts) -> None:
    with parts.database.writing() as session:
        organization = add_organization(session)
        shared, other = add_location(session, name="Shared"), add_location(session, name="Other")
        kept = add_service(session, at=shared, organization=organization, name="Food pantry")
        retired = add_service(session, at=shared, organization=organization, name="Pantry")
        add(session, ServiceAtLocation(service_id=retired.id, location_id=other.id))
        session.commit()
        ids = kept.id, retired.id, shared.id, other.id
    before = state(parts)
    event = merge(parts, "tests", Level.PROGRAM, ids[0], ids[1])
    alive = {(service, place) for service, place, into in sites(parts) if into is None}
    assert alive == {(ids[0], ids[2]), (ids[0], ids[3])}
    undo_merge(parts, "tests", event)
    assert state(parts) == before


def test_places_become_one_for_the_listings_of_both(parts: Parts) -> None:
    with parts.database.writing() as session:
        organization = add_organization(session)
        first = add_location(session, name="100 Main Street", organization_id=organization.id)
        second = add_location(session, name="100 Main St", organization_id=organization.id, transportation="Bus 7")
        pantry = add_service(session, at=first, organization=organization, name="Pantry")
        add(session, ServiceAtLocation(service_id=pantry.id, location_id=second.id))
        clinic = add_service(session, at=second, organization=organization, name="Clinic")
        session.commit()
        ids = first.id, second.id, pantry.id, clinic.id
    before = state(parts)
    event = merge(parts, "tests", Level.SITE, ids[0], ids[1])
    assert {(service, place) for service, place, into in sites(parts) if into is None} == {(ids[2], ids[0]), (ids[3], ids[0])}
    undo_merge(parts, "tests", event)
    assert state(parts) == before


def test_what_somebody_changed_since_stays_and_is_named(parts: Parts) -> None:
    with parts.database.writing() as session:
        organization = add_organization(session)
        kept = add_service(session, organization=organization, name="Pantry")
        retired = add_service(session, organization=organization, name="Pantry", description="Hampers on Fridays.", url="https://p.example")
        session.commit()
        ids = kept.id, retired.id
    event = merge(parts, "tests", Level.PROGRAM, *ids)
    with parts.database.writing() as session:
        apply_changes(session, ids[0], {"description": "Hampers on Mondays."}, Author("person:x"), parts.clock)
        session.commit()
    done = undo_merge(parts, "tests", event)
    assert (done.fields, done.moved) == (("description",), ())
    with parts.database.reading() as session:
        form = load_listing(session, ids[0], parts.clock.now()).form()
    assert (form["description"], form["url"]) == ("Hampers on Mondays.", "")


def test_whoever_merges_may_choose_and_sees_beforehand_what_would_come_of_it(parts: Parts, two: tuple[str, str]) -> None:
    kept, retired = two
    plan = preview(parts, Level.ORGANIZATION, kept, retired, {"name": "retired"})
    assert {(each.field, each.why.value) for each in plan.survivors} >= {("name", "chosen"), ("website", "only"), ("phones", "joined")}
    assert {(each.words, each.number) for each in plan.moves} == {("listings", 1), ("places", 1)}
    merge(parts, "tests", Level.ORGANIZATION, kept, retired, take={"name": "retired"})
    with parts.database.reading() as session:
        assert session.get_one(Organization, kept).name == "Harbour Foodbank Inc."


def test_what_would_be_left_behind_stops_it(parts: Parts, two: tuple[str, str]) -> None:
    kept, retired = two
    editor = somebody(parts, Role.EDITOR, organization_id=retired)
    with parts.database.writing() as session:
        of = {"person_id": editor.person_id, "object_kind": "organization", "object_id": retired}
        session.add(Draft(**of, base="{}", form="{}", modified_at=THEN))
        session.commit()
    plan = preview(parts, Level.ORGANIZATION, kept, retired)
    assert [(each.words, each.number) for each in plan.blocks] == [("drafts", 1)]
    before = state(parts)
    with pytest.raises(Refused, match="left behind"):
        merge(parts, "tests", Level.ORGANIZATION, kept, retired)
    assert state(parts) == before


def test_what_cannot_be_one_is_refused(parts: Parts, two: tuple[str, str]) -> None:
    kept, retired = two
    with parts.database.reading() as session:
        services = sorted(session.scalars(select(Service.id)))
    with pytest.raises(Refused, match="itself"):
        merge(parts, "tests", Level.ORGANIZATION, kept, kept)
    with pytest.raises(NotFound):
        merge(parts, "tests", Level.ORGANIZATION, kept, services[0])
    with pytest.raises(Refused, match="different organizations"):
        merge(parts, "tests", Level.PROGRAM, *services)
    first = merge(parts, "tests", Level.ORGANIZATION, kept, retired)
    with pytest.raises(Refused, match="already"):
        merge(parts, "tests", Level.ORGANIZATION, kept, retired)
    with parts.database.writing() as session:
        third = add_organization(session, name="Third").id
        session.commit()
    second = merge(parts, "tests", Level.ORGANIZATION, third, kept)
    with pytest.raises(Refused, match=f"merge {second}"):
        undo_merge(parts, "tests", first)
    assert undo_merge(parts, "tests", second).is_exact
    assert undo_merge(parts, "tests", first).is_exact


def test_a_secret_place_stays_secret_and_is_shown_to_nobody_who_merges(parts: Parts) -> None:
    with parts.database.writing() as session:
        first = add_location(session, name="Shelter")
        second = add_location(session, name="House at 12 Elm", confidential=True)
        session.commit()
        ids = first.id, second.id
    plan = preview(parts, Level.SITE, *ids)
    assert plan.is_secret
    assert (plan.survivors, plan.retired_name) == ((), "")
    merge(parts, "tests", Level.SITE, *ids)
    with parts.database.reading() as session:
        assert load_records(session, "location", [ids[0]], parts.clock.now())[ids[0]].is_confidential


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_reference_to_a_record_that_can_be_merged_has_its_place(target: str) -> None:
    refers = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for each in column.foreign_keys
        if each.column.table.name == target
    }
    known = accounted(target)
    of_sites = {"service_at_location.location_id", "service_at_location.service_id"}
    assert refers - known - of_sites == set()
    assert known - refers <= LOOSE, "what is named here and refers to nothing"
    assert set(ELSEWHERE[target]) <= known


def test_the_indexes_hear_of_both(parts: Parts, two: tuple[str, str]) -> None:
    with parts.database.reading() as session:
        before = dict(session.execute(select(Service.id, Service.version)).all())
    merge(parts, "tests", Level.ORGANIZATION, *two)
    with parts.database.reading() as session:
        after = dict(session.execute(select(Service.id, Service.version)).all())
    assert all(after[key] > before[key] for key in before)


def test_what_a_later_merge_was_laid_onto_is_not_taken_from_under_it(parts: Parts) -> None:
    """The place of the second came along, and that of the third became one with it: taken back first, it would leave the third nowhere."""
    with parts.database.writing() as session:
        organization = add_organization(session)
        hall = add_location(session, name="Hall", organization_id=organization.id)
        first = add_service(session, organization=organization, name="Pantry")
        second, third = (add_service(session, at=hall, organization=organization, name="Pantry") for _ in range(2))
        session.commit()
        ids = first.id, second.id, third.id
    before = state(parts)
    earlier = merge(parts, "tests", Level.PROGRAM, ids[0], ids[1])
    later = merge(parts, "tests", Level.PROGRAM, ids[0], ids[2])
    with pytest.raises(Refused, match=f"merge {later}"):
        undo_merge(parts, "tests", earlier)
    assert undo_merge(parts, "tests", later).is_exact
    assert undo_merge(parts, "tests", earlier).is_exact
    assert state(parts) == before


def test_who_has_a_role_in_two_that_became_parts_of_one_keeps_it_when_one_of_them_leaves(parts: Parts) -> None:
    with parts.database.writing() as session:
        ids = [add_organization(session, name=name).id for name in ("First", "Second", "Third")]
        session.commit()
    for organization_id in ids[1:]:
        person = somebody(parts, Role.LEAD, "both@example.org", organization_id=organization_id)
    earlier = merge(parts, "tests", Level.ORGANIZATION, ids[0], ids[1], anyway="Said so.")
    later = merge(parts, "tests", Level.ORGANIZATION, ids[0], ids[2], anyway="Said so.")
    with pytest.raises(Refused, match=f"merge {later}"):
        undo_merge(parts, "tests", earlier)
    undo_merge(parts, "tests", later)
    undo_merge(parts, "tests", earlier)
    with parts.database.reading() as session:
        held = session.scalars(select(RoleGrant.organization_id).where(RoleGrant.person_id == person.person_id)).all()
    assert sorted(map(str, held)) == sorted(ids[1:])


def test_merges_into_one_that_have_nothing_to_do_with_each_other_are_taken_back_in_any_order(parts: Parts, two: tuple[str, str]) -> None:
    with parts.database.writing() as session:
        third = add_organization(session, name="Quarry Choir").id
        session.commit()
    before = state(parts)
    earlier = merge(parts, "tests", Level.ORGANIZATION, *two)
    later = merge(parts, "tests", Level.ORGANIZATION, two[0], third)
    assert undo_merge(parts, "tests", earlier).is_exact
    assert undo_merge(parts, "tests", later).is_exact
    assert state(parts) == before


def test_organizations_that_did_not_work_together_leave_that_behind_and_nobody_reads_why(parts: Parts, two: tuple[str, str]) -> None:
    leads = [somebody(parts, Role.LEAD, f"lead{number}@example.org", organization_id=key) for number, key in enumerate(two)]
    for actor, own, other in ((leads[0], two[0], two[1]), (leads[1], two[1], two[0])):
        declare(parts, actor, own, other, refers=False, takes=True, words="They lost two of our referrals.")
    before = state(parts)
    event = merge(parts, "tests", Level.ORGANIZATION, *two, anyway="Said so.")
    assert declared_by(parts, somebody(parts, Role.LEAD, "lead1@example.org", organization_id=two[0]), two[0]) == ()
    with parts.database.reading() as session:
        assert session.scalars(select(NotWith).where(NotWith.organization_id == NotWith.other_id)).all() == []
    assert undo_merge(parts, "tests", event).is_exact
    assert state(parts) == before
    assert [each.other_id for each in declared_by(parts, leads[0], two[0])] == [two[1]]


def test_an_organization_is_not_said_to_belong_to_itself(parts: Parts, two: tuple[str, str]) -> None:
    kept, retired = two
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == kept).values(parent_organization_id=retired))
        session.commit()
    before = state(parts)
    event = merge(parts, "tests", Level.ORGANIZATION, kept, retired)

    def parent() -> str | None:
        with parts.database.reading() as session:
            return session.get_one(Organization, kept).parent_organization_id

    assert parent() is None
    assert undo_merge(parts, "tests", event).is_exact
    assert parent() == retired
    assert state(parts) == before


@pytest.mark.parametrize("level", [Level.ORGANIZATION, Level.SITE])
def test_whoever_keeps_a_copy_hears_of_it_and_of_its_undoing(parts: Parts, two: tuple[str, str], level: Level) -> None:
    if level is Level.ORGANIZATION:
        ids = two
    else:
        with parts.database.writing() as session:
            ids = (add_location(session, name="Hall").id, add_location(session, name="The Hall").id)
            session.commit()
    at(parts, timedelta(days=30))
    since = HsdsQuery(modified_after=parts.clock.now())
    event = merge(parts, "tests", level, *ids)
    assert [(entry["id"], entry.get("replaced_by")) for entry in deletions_stream(parts, since)] == [(ids[1], ids[0])]
    at(parts, timedelta(days=1))
    undo_merge(parts, "tests", event)
    with parts.database.reading() as session:
        assert session.scalars(select(TABLES[level].modified_at).where(TABLES[level].id.in_(ids))).all() == [parts.clock.now()] * 2


@pytest.mark.parametrize("is_changed", [True, False], ids=["written anew since", "as it was"])
def test_an_address_that_was_written_while_the_place_was_secret_does_not_become_public_by_taking_back(
    parts: Parts, is_changed: bool
) -> None:
    with parts.database.writing() as session:
        first = add_location(session, name="Shelter")
        second = add_location(session, name="House at 12 Elm", confidential=True)
        session.add(Address(location_id=second.id, address_1="12 Elm", city="Ottawa", country="CA"))
        beds = add_service(session, at=first, name="Beds")
        add(session, ServiceAtLocation(service_id=beds.id, location_id=second.id, description="By night."))
        session.commit()
        ids = first.id, second.id
    event = merge(parts, "tests", Level.SITE, *ids)
    if is_changed:
        with parts.database.writing() as session:
            record = load_records(session, "location", [ids[0]], parts.clock.now())[ids[0]]
            write_record(session, record, {"description": "Behind 12 Elm Street."}, Author("person:x"), parts.clock, new_id())
            session.commit()
    done = undo_merge(parts, "tests", event)
    with parts.database.reading() as session:
        kept = load_records(session, "location", [ids[0]], parts.clock.now())[ids[0]]
        assert kept.is_confidential is is_changed
        assert record_form(kept)["address"] == {}
        assert load_records(session, "location", [ids[1]], parts.clock.now())[ids[1]].is_confidential
    assert done.fields == (("confidential",) if is_changed else ())
