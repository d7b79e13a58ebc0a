"""The demo and made-up services reach the directory through the importer, like any publisher's feed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from directory.domain.clock import FixedClock
from directory.services.exchange.report import ImportReport
from directory.services.listings.community import read_community
from directory.services.parts import Parts
from directory.store.tables import Area, Contact, Location, Service, Source, Translation
from seeds.areas import save_areas
from seeds.demo import SAMPLE_SOURCE, sample_request
from seeds.load import seed_scaled
from seeds.made_feed import import_made, write_feed
from seeds.sample import place
from seeds.sample.generate import sample_records
from seeds.sample.scaled import scaled_records
from tests.support.databases import MOSTLY_ONE


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC))


mostly_on_one = pytest.mark.parametrize("database_address", MOSTLY_ONE, indirect=True)


def load_sample(parts: Parts) -> ImportReport:
    save_areas(parts, place.area_rows())
    return import_made(parts, sample_request(), sample_records(1, parts.clock.now().date()))


def test_a_feed_has_a_file_for_each_kind_and_a_line_for_each_record(tmp_path: Path) -> None:
    records = list(scaled_records(20, 1, datetime(2026, 11, 23, tzinfo=UTC).date()))
    assert write_feed(records, tmp_path) == len(records)
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in tmp_path.iterdir()}
    assert lines["services.ndjson"] == 20
    assert sum(lines.values()) == len(records)


def test_areas_of_the_sample_are_kept_with_their_boundaries_and_once_only(parts: Parts) -> None:
    save_areas(parts, place.area_rows())
    save_areas(parts, place.area_rows())
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Area)) == len(place.area_rows())
        drawn = session.scalars(select(Area.id).where(Area.polygon.is_not(None))).all()
        assert place.CITY_AREA in drawn
        assert "ca" not in drawn


@mostly_on_one
def test_the_sample_loads_whole_and_a_second_time_changes_nothing(parts: Parts) -> None:
    first = load_sample(parts)
    assert first.problems == ()
    assert first.counts["service"]["created"] == first.counts["service"]["read"] > 1_100
    assert not load_sample(parts).changed


@mostly_on_one
def test_the_sample_is_marked_as_made_up_and_its_names_of_staff_stay_unpublished(parts: Parts) -> None:
    load_sample(parts)
    with parts.database.reading() as session:
        source = session.scalars(select(Source).where(Source.name == SAMPLE_SOURCE)).one()
        assert source.is_sample
        assert "Made-up" in source.attribution
        assert session.scalar(select(func.count()).select_from(Contact))
        assert not session.scalar(select(func.count()).select_from(Contact).where(Contact.published))
        assert session.scalar(select(func.count()).select_from(Location).where(Location.confidential)) == 5
        assert session.scalar(select(func.count()).select_from(Translation).where(Translation.language == "fr"))


def test_made_up_services_come_with_the_demo_community_where_there_is_none(parts: Parts) -> None:
    report = seed_scaled(parts, 60, seed=7)
    assert report.counts["service"]["created"] == 60
    assert read_community(parts).is_demo
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Service)) == 60


def test_nothing_is_left_in_the_data_folder_after_loading(parts: Parts) -> None:
    seed_scaled(parts, 10, seed=1)
    assert not [path for path in parts.settings.data_dir.iterdir() if path.name.startswith("made-")]
