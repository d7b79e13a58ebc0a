"""Installations to copy from and to come back into, on each kind of database, side by side."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory.domain.clock import FixedClock
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.sealing import Keyring
from directory.store.session import Database
from directory.store.tables import Change, CommunityFact, KeptList, Metadata, OutgoingMessage, SharedList, Source
from search_index.embedded import TantivyEngine
from tests.support.databases import fresh_address
from tests.support.moments import MONDAY_MORNING
from tests.support.neighbourhood import furnish
from tests.support.places import FewPlaces

KEY = "z6xLLt0OPl0Kr7RZ0cVZ4mWm1r1Vt2q2m6o7b1o0a9E="
LATER = datetime(2031, 3, 9, 6, 59, 59, 123456, tzinfo=UTC)
Make = Callable[..., Parts]


@pytest.fixture
def make(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Make]:
    """Make an installation on "sqlite" or "postgresql" with all tables and nothing in them; more settings by name."""
    numbers = itertools.count(1)
    with ExitStack() as open_things:

        def made(kind: str, **more: object) -> Parts:
            folder = tmp_path / f"{kind}-{next(numbers)}"
            address = open_things.enter_context(fresh_address(request, kind, sqlite_template, folder))
            folder.mkdir(exist_ok=True)
            settings = Settings(data_dir=folder, database_url=address, secret_key="a key for tests only, of good length", **more)  # type: ignore[arg-type]
            database = Database(address, keyring=Keyring([KEY]))
            search = TantivyEngine(settings.index_dir)
            open_things.callback(database.close)
            open_things.callback(search.close)
            return Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))

        yield made


def furnish_fully(parts: Parts) -> None:
    """The neighbourhood, and what is hard to carry over: odd texts, all kinds of JSON, moments to the microsecond, sealed texts."""
    furnish(parts)
    now = parts.clock.now()
    with parts.database.writing() as session:
        said = {"empty": [], "none": None, "nested": {"é": [1, 2.5, -3e-7, True, "\n\u0303"]}, "large": 2**53}
        session.add(CommunityFact(key="odd", value=said, modified_at=LATER))
        for key, value in {"null": None, "whole": 25.0, "long": 0.1 + 0.2, "text": "25.0", "yes": True}.items():
            session.add(CommunityFact(key=key, value=value, modified_at=now))
        session.add(
            Metadata(
                resource_type="service",
                resource_id="00000000-0000-4000-8000-00000000000a",
                last_action_date="",
                last_action_type="tab\tline\nquote\"'\\N , 漢字 \u2028 ",
                field_name=None,
                updated_by="",
            )
        )
        source = Source(
            name="odd", publisher="", licence="", attribution="", url="", language="en", retrieved_on=LATER.date(), created_at=now
        )
        session.add(source)
        session.flush()
        for number in range(5):
            session.add(Change(object_kind="service", object_id=source_id(number), field="x", at=LATER, actor="me", source_id=source.id))
        session.add(shared(1, now))
        session.add(kept("a", now))
        session.add(OutgoingMessage(way="mail", recipient="a@example.org", subject="s", body="b", made_at=now, try_at=now))
        session.commit()


def source_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def shared(number: int, now: datetime) -> SharedList:
    return SharedList(
        id=source_id(number),
        code_hash=f"code {number}",
        end_hash=f"end {number}",
        language="en",
        note="Ask for Zoë",
        created_at=now,
        expires_at=now + timedelta(days=30),
    )


def kept(letter: str, now: datetime) -> KeptList:
    return KeptList(
        id=source_id(500),
        keep_hash=f"keep {letter}",
        read_hash=f"read {letter}",
        keep_token=f"k{letter}",
        read_token=f"r{letter}",
        name="Friday round",
        language="en",
        made_at=now,
        modified_at=now,
        seen_at=now,
    )
