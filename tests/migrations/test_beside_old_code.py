"""A migration runs while the version before it serves: it only adds, and waits for nobody long. The rules stand in docs/decisions."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from directory.domain.errors import Unavailable
from directory.store.migrate import LOCK_WAIT_MS, SCRIPTS, TRIES, current_revision, is_current, upgrade
from directory.store.session import Database
from tests.support.databases import fresh_address
from tests.support.tree import ROOT

FIRST_UNDER_THE_RULES = "0007"
TAKING = {"drop_table", "drop_column", "rename_table", "alter_column", "drop_constraint"}
TYING = {"create_unique_constraint", "create_foreign_key", "create_check_constraint", "create_primary_key"}


def literal(node: ast.expr | None) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def option(call: ast.Call, name: str) -> Any:
    return next((literal(keyword.value) for keyword in call.keywords if keyword.arg == name), None)


def _is_made_beside_writers(call: ast.Call) -> bool:
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "postgresql_concurrently"), None)
    return isinstance(given, ast.Name) and given.id == "concurrently"


def faults(source: str) -> list[str]:
    """What of a migration would hurt the version that still runs."""
    tree = ast.parse(source)
    forward = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")
    calls = [node for node in ast.walk(forward) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    new = {literal(call.args[0]) for call in calls if call.func.attr == "create_table"}  # type: ignore[attr-defined]
    found = []
    for call in calls:
        does = call.func.attr  # type: ignore[attr-defined]
        tables = {literal(argument) for argument in call.args}
        if does in TAKING:
            found.append(f"{does}: the version before still reads it")
        if does in TYING and not tables & new:
            found.append(f"{does}: what the version before writes may break it")
        if does == "create_index" and not tables & new and not _is_made_beside_writers(call):
            found.append("create_index: holds up writers; postgresql_concurrently as beside_writers says")
        if does == "add_column":
            column = call.args[1]
            assert isinstance(column, ast.Call)
            if option(column, "nullable") is False and not any(keyword.arg == "server_default" for keyword in column.keywords):
                found.append("add_column: the version before leaves it empty; nullable=True or a server_default")
    return found


MIGRATIONS = sorted(path for path in (SCRIPTS / "versions").glob("*.py") if path.name[:4] >= FIRST_UNDER_THE_RULES)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_only_adds(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('op.drop_column("service", "fees")', "drop_column"),
        ('op.alter_column("service", "fees", nullable=False)', "alter_column"),
        ('op.add_column("service", sa.Column("room", sa.Integer(), nullable=False))', "add_column"),
        ('op.create_index("ix_a", "service", ["name"])', "create_index"),
        ('op.create_unique_constraint("uq_a", "service", ["name"])', "create_unique_constraint"),
    ],
)
def test_what_would_hurt_the_version_before_is_found(line: str, named: str) -> None:
    (found,) = faults(f"def upgrade():\n    {line}\n")
    assert found.startswith(named)


@pytest.mark.parametrize(
    "line",
    [
        'op.add_column("service", sa.Column("room", sa.Integer(), nullable=False, server_default="0"))',
        'op.add_column("service", sa.Column("room", sa.Integer(), nullable=True))',
        'op.create_index("ix_a", "service", ["name"], postgresql_concurrently=concurrently)',
        'op.create_table("new", sa.Column("id", sa.Integer(), nullable=False)); op.create_index("ix_new", "new", ["id"])',
    ],
)
def test_what_only_adds_is_let_through(line: str) -> None:
    assert faults(f"def upgrade():\n    {line}\n") == []


@pytest.fixture
def emptied(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Any:
    """A PostgreSQL database that has been taken back to its first revision."""
    from alembic import command

    from directory.store.migrate import configuration

    with fresh_address(request, "postgresql", sqlite_template, tmp_path) as address:
        database = Database(address)
        command.downgrade(configuration(database), "0006")
        yield database
        database.close()


@pytest.mark.postgresql
def test_every_statement_of_a_migration_waits_four_seconds_for_a_lock_at_most(emptied: Database) -> None:
    waits: set[str] = set()

    @event.listens_for(emptied.engine, "before_cursor_execute")
    def look(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("ALTER", "CREATE", "DROP")):
            waits.add(str(connection.connection.cursor().execute("SHOW lock_timeout").fetchone()[0]))

    assert upgrade(emptied) is True
    assert waits == {"4s"}
    assert LOCK_WAIT_MS == 4_000
    with emptied.reading() as session:
        assert session.scalar(text("SHOW lock_timeout")) == "0", "others of the pool keep their own limits"


@pytest.mark.postgresql
def test_a_table_that_stays_in_use_stops_the_migration_and_nobody_else(emptied: Database) -> None:
    pauses: list[float] = []
    with emptied.reading() as session:
        session.execute(text("SELECT count(*) FROM index_consumer"))
        with pytest.raises(Unavailable, match="stays in use"):
            upgrade(emptied, lock_wait_ms=50, pause=pauses.append)
    assert len(pauses) == TRIES - 1
    assert current_revision(emptied) == "0006"
    assert upgrade(emptied) is True
    assert is_current(emptied)


MIGRATE = """
import sys
from directory.store.migrate import upgrade
from directory.store.session import Database
upgrade(Database(sys.argv[1]))
"""


@pytest.mark.postgresql
def test_hosts_that_start_together_migrate_one_after_the_other(emptied: Database) -> None:
    address = emptied.engine.url.render_as_string(hide_password=False)
    hosts = [subprocess.Popen([sys.executable, "-c", MIGRATE, address], cwd=ROOT) for _ in range(2)]
    assert [host.wait(timeout=60) for host in hosts] == [0, 0]
    assert is_current(emptied)
