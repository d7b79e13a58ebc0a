"""A feed imported again: nothing changes without a change, changes are kept field by field, what is gone is told and can come back."""

import copy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from directory.domain.errors import Refused
from directory.services.parts import Parts
from directory.store.tables import (
    Change,
    Contact,
    ImportRun,
    IndexPending,
    Location,
    Organization,
    Phone,
    ScheduleRow,
    Service,
    ServiceCategory,
    Source,
)
from tests.services.exchange.importing import (
    HOUSE,
    PANTRY,
    PLACE,
    SMALL,
    add_consumer,
    adds_up,
    all_of,
    bring_rows,
    everything,
    messages,
    one,
)

WAITING = ("service_id", "version")


def changed(path: str, value: Any) -> dict[str, list[dict[str, Any]]]:
    """The small feed with one value changed, named as in services.0.name."""
    rows: Any = copy.deepcopy(SMALL)
    *steps, last = path.split(".")
    for step in steps:
        rows = rows[int(step)] if isinstance(rows, list) else rows.setdefault(step, {})
    here = rows
    if isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value
    return _whole(path, here)


def _whole(path: str, here: Any) -> dict[str, list[dict[str, Any]]]:
    feed: Any = copy.deepcopy(SMALL)
    target = feed
    for step in path.split(".")[:-2]:
        target = target[int(step)] if isinstance(target, list) else target[step]
    last = path.split(".")[-2]
    target[int(last) if isinstance(target, list) else last] = here
    return feed  # type: ignore[no-any-return]


def clear_pending(parts: Parts) -> None:
    with parts.database.writing() as session:
        for row in all_of(session, IndexPending):
            session.delete(row)
        session.commit()


def history(parts: Parts, since: int = 0) -> list[tuple[str, str, str, str | None, str | None]]:
    """Row by row; what the form tells of the same is read elsewhere."""
    with parts.database.reading() as session:
        rows = session.scalars(select(Change).where(Change.id > since, Change.part != "form").order_by(Change.id))
        return [(row.object_kind, row.part, row.field, row.before, row.after) for row in rows]


def last_change(parts: Parts) -> int:
    with parts.database.reading() as session:
        return session.scalar(select(func.max(Change.id))) or 0


def pending(parts: Parts) -> set[str]:
    with parts.database.reading() as session:
        return set(session.scalars(select(IndexPending.service_id)))


def test_a_second_run_writes_nothing_and_says_so(parts: Parts, tmp_path: Path) -> None:
    add_consumer(parts)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    clear_pending(parts)
    with parts.database.reading() as session:
        before = everything(session)
    since = last_change(parts)
    report = bring_rows(parts, tmp_path / "feed", **SMALL)
    assert not report.changed
    assert adds_up(report)
    assert {kind: counts["unchanged"] for kind, counts in report.counts.items() if counts["read"]} == {
        "organization": 1, "location": 1, "service": 1, "service_at_location": 1, "address": 1, "phone": 1, "schedule": 1
    }  # fmt: skip
    with parts.database.reading() as session:
        assert everything(session) == before
    assert history(parts, since) == []
    assert pending(parts) == set()


def test_a_changed_field_is_kept_with_what_stood_there_before(parts: Parts, tmp_path: Path) -> None:
    add_consumer(parts)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    clear_pending(parts)
    since = last_change(parts)
    report = bring_rows(parts, tmp_path / "feed", asked={"actor": "ada@example.org"}, **changed("services.0.name", "Pantry at noon"))
    assert report.counts["service"]["updated"] == 1
    assert report.counts["organization"]["unchanged"] == 1
    assert history(parts, since) == [("service", "", "name", "Food pantry", "Pantry at noon")]
    with parts.database.reading() as session:
        service = one(session, Service)
        change = session.scalars(select(Change).where(Change.id > since, Change.field == "name")).one()
        assert service.name == "Pantry at noon"
        assert service.version > 1
        assert (change.actor, change.source_id, change.run_id) == ("ada@example.org", service.source_id, report.run)
        waiting = one(session, IndexPending)
        assert (waiting.service_id, waiting.version) == (service.id, service.version)


def test_a_changed_part_is_kept_with_what_it_said_before(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    since = last_change(parts)
    report = bring_rows(parts, tmp_path / "feed", **changed("services.0.phones.0.number", "613-555-0199"))
    assert (report.counts["phone"]["updated"], report.counts["service"]["updated"]) == (1, 1)
    (entry,) = history(parts, since)
    assert entry[:3] == ("service", "phone", "changed")
    assert "613-555-0142" in str(entry[3])
    assert "613-555-0199" in str(entry[4])
    with parts.database.reading() as session:
        assert one(session, Phone).e164 == "+16135550199"


def test_parts_come_and_go(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    since = last_change(parts)
    other = [{"freq": "WEEKLY", "byday": "FR", "opens_at": "13:00", "closes_at": "15:00"}]
    report = bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, "schedules": other}], organizations=[HOUSE], locations=[PLACE])
    assert (report.counts["schedule"]["created"], report.counts["schedule"]["retired"]) == (1, 1)
    assert {entry[2] for entry in history(parts, since)} == {"added", "removed"}
    with parts.database.reading() as session:
        assert one(session, ScheduleRow).byday == "FR"


@pytest.mark.parametrize("path", ["organizations.0.name", "locations.0.description", "locations.0.addresses.0.city"])
def test_a_change_of_organization_or_place_reaches_the_indexes_through_its_services(parts: Parts, tmp_path: Path, path: str) -> None:
    add_consumer(parts)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    clear_pending(parts)
    with parts.database.reading() as session:
        version = one(session, Service).version
    report = bring_rows(parts, tmp_path / "feed", **changed(path, "Kanata"))
    assert report.counts["service"]["unchanged"] == 1
    with parts.database.reading() as session:
        service = one(session, Service)
        assert service.version == version + 1
        assert one(session, IndexPending).version == service.version


def test_a_new_place_of_a_known_service_reaches_the_indexes(parts: Parts, tmp_path: Path) -> None:
    add_consumer(parts)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    clear_pending(parts)
    second = {**PLACE, "id": "loc-2", "name": "Second"}
    report = bring_rows(
        parts, tmp_path / "feed", locations=[second], service_at_locations=[{"service_id": "svc-1", "location_id": "loc-2"}]
    )
    assert report.counts["service_at_location"]["created"] == 1
    assert len(pending(parts)) == 1


def test_what_is_gone_is_told_and_stays(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    report = bring_rows(parts, tmp_path / "feed", organizations=[HOUSE], locations=[PLACE])
    assert (report.counts["service"]["missing"], report.counts["service"]["retired"]) == (1, 0)
    with parts.database.reading() as session:
        assert one(session, Service).withdrawn_at is None


def test_what_is_gone_is_retired_when_asked_and_comes_back_by_itself(parts: Parts, tmp_path: Path) -> None:
    add_consumer(parts)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    clear_pending(parts)
    report = bring_rows(parts, tmp_path / "feed", asked={"retire_missing": True, "yes": True}, organizations=[HOUSE], locations=[PLACE])
    assert (report.counts["service"]["retired"], report.counts["service_at_location"]["retired"]) == (1, 1)
    assert len(pending(parts)) == 1
    with parts.database.reading() as session:
        assert one(session, Service).withdrawn_at == parts.clock.now()
    assert bring_rows(parts, tmp_path / "feed", organizations=[HOUSE], locations=[PLACE]).counts["service"]["missing"] == 0
    clear_pending(parts)
    again = bring_rows(parts, tmp_path / "feed", **SMALL)
    assert (again.counts["service"]["updated"], again.counts["service_at_location"]["updated"]) == (1, 1)
    assert len(pending(parts)) == 1
    with parts.database.reading() as session:
        assert one(session, Service).withdrawn_at is None


def test_more_than_a_fifth_missing_needs_a_word(parts: Parts, tmp_path: Path) -> None:
    rows = [{"id": f"svc-{number}", "name": f"Service {number}"} for number in range(10)]
    bring_rows(parts, tmp_path / "feed", services=rows)
    with pytest.raises(Refused, match="3 of 10 service records are missing"):
        bring_rows(parts, tmp_path / "feed", asked={"retire_missing": True}, services=[{**rows[0], "name": "Changed"}, *rows[1:7]])
    with parts.database.reading() as session:
        assert all(row.withdrawn_at is None for row in all_of(session, Service))
        assert one(session, Service, external_id="svc-0").name == "Service 0"
        assert [row.state for row in all_of(session, ImportRun)] == ["finished", "failed"]
    report = bring_rows(parts, tmp_path / "feed", asked={"retire_missing": True}, services=rows[:8])
    assert report.counts["service"]["retired"] == 2


def test_a_row_that_can_no_longer_be_read_is_not_missing(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    report = bring_rows(parts, tmp_path / "feed", asked={"retire_missing": True, "yes": True}, **changed("services.0.name", ""))
    assert (report.counts["service"]["rejected"], report.counts["service"]["missing"]) == (1, 0)
    with parts.database.reading() as session:
        assert one(session, Service).withdrawn_at is None


def test_what_a_person_withdrew_stays_withdrawn(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    with parts.database.writing() as session:
        session.execute(update(Service).values(withdrawn_at=parts.clock.now(), withdrawn_why="closed for good"))
        session.commit()
    bring_rows(parts, tmp_path / "feed", **changed("services.0.name", "Open again?"))
    with parts.database.reading() as session:
        service = one(session, Service)
        assert (service.name, service.withdrawn_why) == ("Open again?", "closed for good")


def test_a_record_merged_into_another_is_left_alone(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    with parts.database.writing() as session:
        session.execute(update(Service).values(merged_into="ac148810-d857-441c-9679-408f346de14b"))
        session.commit()
    report = bring_rows(parts, tmp_path / "feed", **changed("services.0.name", "Renamed"))
    assert report.counts["service"]["unchanged"] == 1
    assert any("merged into another" in message for message in messages(report, "noted"))
    with parts.database.reading() as session:
        assert one(session, Service).name == "Food pantry"


def test_what_people_here_added_stays_where_the_feed_is_silent(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL, asked={"attribution": "Thanks to the food bank"})
    with parts.database.writing() as session:
        session.execute(update(Organization).values(sector="food"))
        session.execute(update(Service).values(verified_at=parts.clock.now(), verified_how="call"))
        session.add(ServiceCategory(service_id=one(session, Service).id, category="meals", origin="planner"))
        session.commit()
    bring_rows(parts, tmp_path / "feed", **changed("services.0.assured_date", "2020-01-01"))
    bring_rows(parts, tmp_path / "feed", **changed("organizations.0.name", "Harbour Home"))
    with parts.database.reading() as session:
        assert one(session, Organization).sector == "food"
        assert one(session, Service).verified_at == parts.clock.now()
        assert "meals" in {row.category for row in all_of(session, ServiceCategory)}
        assert one(session, Source).attribution == "Thanks to the food bank"


def test_a_published_name_stays_published_when_the_feed_changes_it(parts: Parts, tmp_path: Path) -> None:
    contact = {"id": "c-1", "name": "Ann Persona", "title": "Manager", "published": True}
    bring_rows(parts, tmp_path / "feed", services=[{**PANTRY, "contacts": [contact]}], organizations=[HOUSE], locations=[PLACE])
    with parts.database.writing() as session:
        assert one(session, Contact).published is False
        session.execute(update(Contact).values(published=True))
        session.commit()
    bring_rows(
        parts,
        tmp_path / "feed",
        services=[{**PANTRY, "contacts": [{**contact, "title": "Director"}]}],
        organizations=[HOUSE],
        locations=[PLACE],
    )
    with parts.database.reading() as session:
        found = one(session, Contact)
        assert (found.title, found.published) == ("Director", True)


def test_history_tells_that_a_confidential_place_changed_not_what(parts: Parts, tmp_path: Path) -> None:
    shelter = {**PLACE, "confidential": True, "latitude": None, "longitude": None}
    bring_rows(parts, tmp_path / "feed", locations=[shelter])
    moved = [{"address_1": "90 Hidden Lane", "city": "Ottawa", "state_province": "ON", "country": "CA"}]
    bring_rows(parts, tmp_path / "feed", locations=[{**shelter, "name": "Moved", "addresses": moved}])
    told = str(history(parts))
    assert "Hidden Lane" not in told
    assert "12 Main Street" not in told
    assert "Moved" not in told
    assert "confidential" in told


def test_a_confidential_place_has_a_zone_and_an_area_and_no_point(parts: Parts, tmp_path: Path) -> None:
    hidden = {**PLACE, "id": "hidden", "confidential": True, "latitude": None, "longitude": None}
    open_place = {**PLACE, "id": "open", "name": "Open", "latitude": None, "longitude": None}
    bring_rows(parts, tmp_path / "feed", locations=[hidden, open_place])
    with parts.database.reading() as session:
        found = one(session, Location, external_id="hidden")
        assert (found.zone, found.area_id, found.latitude, found.point_kind) == ("America/Toronto", "ca-on-ottawa", None, None)
        shown = one(session, Location, external_id="open")
        assert (shown.zone, shown.area_id, shown.latitude, shown.point_kind) == ("America/Toronto", "ca-on-ottawa", 45.4215, "city")


def test_a_dry_run_writes_nothing_and_tells_what_a_run_would_do(parts: Parts, tmp_path: Path) -> None:
    dry = bring_rows(parts, tmp_path / "feed", asked={"dry_run": True}, **SMALL)
    with parts.database.reading() as session:
        assert all(not rows for rows in everything(session).values())
        assert all_of(session, ImportRun) == []
    real = bring_rows(parts, tmp_path / "feed", **SMALL)
    assert dry.counts == real.counts
    feed = changed("services.0.phones.0.number", "613-555-0199")
    assert (
        bring_rows(parts, tmp_path / "feed", asked={"dry_run": True}, **feed).counts == bring_rows(parts, tmp_path / "feed", **feed).counts
    )


def test_all_or_nothing_loads_nothing_when_one_row_is_bad(parts: Parts, tmp_path: Path) -> None:
    bad = {"id": "svc-2", "status": "active"}
    with pytest.raises(Refused, match=r"Nothing was loaded: 1 row .*services\.ndjson, line 2"):
        bring_rows(
            parts, tmp_path / "feed", asked={"all_or_nothing": True}, services=[PANTRY, bad], organizations=[HOUSE], locations=[PLACE]
        )
    with parts.database.reading() as session:
        assert all(not rows for rows in everything(session).values())
    report = bring_rows(parts, tmp_path / "feed", asked={"all_or_nothing": True}, **SMALL)
    assert report.counts["service"]["created"] == 1


def test_a_run_is_written_down_with_its_counts(parts: Parts, tmp_path: Path) -> None:
    report = bring_rows(parts, tmp_path / "feed", asked={"licence": "CC0-1.0"}, **SMALL)
    with parts.database.reading() as session:
        run, source = one(session, ImportRun), one(session, Source)
        assert (run.id, run.state, run.format, run.counts) == (report.run, "finished", "hsds-json", report.counts)
        assert (source.licence, source.retrieved_on) == ("CC0-1.0", parts.clock.now().date())


def test_terms_of_other_taxonomies_become_categories_wherever_they_are_told(parts: Parts, tmp_path: Path) -> None:
    term = {"id": "term-1", "code": "BD-1800.2000", "name": "Food pantries"}
    said = {"link_type": "taxonomy", "taxonomy_term": term}
    services = [
        {"id": "nested", "name": "A", "attributes": [said]},
        {"id": "named", "name": "B", "attributes": [{"taxonomy_term_id": "term-1"}]},
        {"id": "stated", "name": "C", "categories": ["food-pantry", "no such category"]},
        {"id": "silent", "name": "D"},
    ]
    bring_rows(parts, tmp_path / "feed", taxonomy_terms=[term], services=services)
    assert not bring_rows(parts, tmp_path / "feed", taxonomy_terms=[term], services=services).changed
    with parts.database.reading() as session:
        names = {row.id: row.external_id for row in all_of(session, Service)}
        found = {(names[row.service_id], row.category, row.origin) for row in all_of(session, ServiceCategory)}
    assert found == {("nested", "food-pantry", "mapped"), ("named", "food-pantry", "mapped"), ("stated", "food-pantry", "stated")}


def test_a_contact_that_names_nobody_is_a_telephone_of_the_record(parts: Parts, tmp_path: Path) -> None:
    report = bring_rows(parts, tmp_path / "feed", organizations=[{**HOUSE, "contacts": [{"phones": [{"number": "613-555-0142"}]}]}])
    with parts.database.reading() as session:
        assert one(session, Phone).organization_id == one(session, Organization).id
        assert all_of(session, Contact) == []
    assert any("only a telephone" in message for message in messages(report, "repaired"))
