"""How a database server is talked to: UTC, names, limits, pools; and a replica that is asked only while it is good."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from directory.store import replica
from directory.store.server import ServerOptions, engine_options
from directory.store.session import Database
from directory.store.tables import CommunityFact
from tests.support.databases import fresh_address
from tests.support.moments import MONDAY_MORNING


@pytest.fixture
def server(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path):
    """The address of a fresh PostgreSQL database."""
    with fresh_address(request, "postgresql", sqlite_template, tmp_path) as address:
        yield address


@pytest.mark.postgresql
def test_a_session_is_in_utc_has_a_name_and_a_limit(server: str) -> None:
    database = Database(server, server=ServerOptions(statement_seconds=7, name="directory web"))
    with database.reading() as session:
        assert session.scalar(text("SHOW timezone")) == "UTC"
        assert session.scalar(text("SHOW statement_timeout")) == "7s"
        assert session.scalar(text("SHOW application_name")) == "directory web"
    database.close()


@pytest.mark.postgresql
def test_a_statement_past_its_limit_is_stopped(server: str) -> None:
    address = make_url(server).update_query_dict({"options": "-c statement_timeout=50"}).render_as_string(hide_password=False)
    database = Database(address, server=ServerOptions(statement_seconds=7))
    with database.reading() as session, pytest.raises(OperationalError, match="statement timeout"):
        session.execute(text("SELECT pg_sleep(2)"))
    database.close()


@pytest.mark.postgresql
def test_the_pool_is_as_large_as_it_was_told(server: str) -> None:
    database = Database(server, server=ServerOptions(size=1, overflow=1, wait_seconds=0.05))
    from sqlalchemy.exc import TimeoutError as NoConnection

    with database.engine.connect(), database.engine.connect(), pytest.raises(NoConnection):
        database.engine.connect()
    database.close()


@pytest.mark.postgresql
def test_a_connection_that_the_server_ended_is_made_anew(server: str) -> None:
    database, other = Database(server), Database(server)
    with database.reading() as session:
        process = session.scalar(text("SELECT pg_backend_pid()"))
    with other.reading() as session:
        assert session.scalar(text("SELECT pg_terminate_backend(:process, 2000)"), {"process": process})
    with database.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.close()
    other.close()


def test_what_the_address_says_of_tls_and_time_holds() -> None:
    url = make_url("postgresql+psycopg://a@b/c?sslmode=verify-full&sslrootcert=ca.pem&connect_timeout=9&application_name=mine")
    arguments = engine_options(url, ServerOptions())["connect_args"]
    assert set(arguments) == {"options"}
    assert engine_options(make_url("sqlite://"), ServerOptions()) == {}


class Ticks:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def put(database: Database, name: str) -> None:
    with database.writing() as session:
        session.merge(CommunityFact(key="name", value=name, modified_at=MONDAY_MORNING))
        session.commit()


def name_of(database: Database) -> object:
    with database.reading(may_lag=True) as session:
        return session.get_one(CommunityFact, "name").value


@pytest.fixture
def pair(request: pytest.FixtureRequest, database_address: str, sqlite_template: Path, tmp_path: Path):
    """A primary, and beside it a second database that stands for its replica, told apart by what they hold."""
    kind = "sqlite" if database_address.startswith("sqlite") else "postgresql"
    with fresh_address(request, kind, sqlite_template, tmp_path / "second") as second:
        copy = Database(second)
        put(copy, "replica")
        copy.close()
        primary = Database(database_address, read_address=second)
        put(primary, "primary")
        assert primary.replica is not None
        primary.replica._tick = Ticks()
        replica.begin()
        yield primary
        primary.close()


def test_what_may_lag_is_read_from_the_replica_and_nothing_else(pair: Database) -> None:
    assert name_of(pair) == "replica"
    with pair.reading() as session:
        assert session.get_one(CommunityFact, "name").value == "primary"


def test_what_was_written_in_a_request_is_read_back_from_the_primary(pair: Database) -> None:
    put(pair, "primary, changed")
    assert name_of(pair) == "primary, changed"
    replica.begin()
    assert name_of(pair) == "replica"
    replica.begin(primary_only=True)
    assert name_of(pair) == "primary, changed"


def test_a_replica_that_does_not_answer_is_left_alone_for_a_while(pair: Database) -> None:
    assert pair.replica is not None
    ticks = pair.replica._tick
    assert isinstance(ticks, Ticks)
    assert name_of(pair) == "replica"
    pair.replica.distrust()
    assert name_of(pair) == "primary"
    ticks.now = replica.LEAVE_ALONE_SECONDS - 1
    assert name_of(pair) == "primary"
    ticks.now = replica.LEAVE_ALONE_SECONDS
    assert name_of(pair) == "replica"


def test_without_a_replica_that_can_be_reached_the_primary_answers(database_address: str) -> None:
    database = Database(database_address, read_address="postgresql+psycopg://nobody@/none?host=/no/such/folder")
    put(database, "primary")
    replica.begin()
    assert name_of(database) == "primary"
    assert database.replica is not None
    assert database.replica.lag_seconds is None
    database.close()
