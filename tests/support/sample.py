"""The sample community with its people, searches, conversations and plans, as `./run` leaves it, but for listings that others gave away."""

from pathlib import Path

from sqlalchemy import text

from directory.services.listings.community import save_community
from directory.services.parts import Parts
from seeds.areas import save_areas
from seeds.conversations import begin_with_conversations
from seeds.demo import ACTOR, demo_community, sample_request
from seeds.made_feed import import_made
from seeds.people import make_demo_people
from seeds.plans import begin_with_plans
from seeds.sample import place
from seeds.sample.generate import SEED, sample_records
from seeds.searches import begin_with_searches
from tests.support.round_trip import empty_parts


def load_listings(parts: Parts) -> None:
    save_community(parts, ACTOR, demo_community())
    save_areas(parts, place.area_rows())
    assert import_made(parts, sample_request(), sample_records(SEED, parts.clock.now().date())).problems == ()


def talk_and_plan(parts: Parts) -> None:
    make_demo_people(parts)
    begin_with_searches(parts)
    begin_with_conversations(parts)
    begin_with_plans(parts)


def sample_file(template: Path, folder: Path) -> Path:
    """The listings alone in a file of SQLite, to be copied: nobody has an account, searched, talked or planned there yet."""
    with empty_parts(template, folder) as parts:
        load_listings(parts)
        with parts.database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return folder / "directory.sqlite"
