"""A throw-away PostgreSQL server for tests: one for the whole run, started by the first test that asks, stopped at the end.

`TEST_DATABASE_URL` names a server to use instead (its role must be allowed to create databases). Else the binaries of the system are
used: a new cluster in a temporary folder, reachable through a unix socket there and no network. PostgreSQL refuses to run as root, so root
starts it as the user `postgres`. Processes of one run (pytest-xdist) share the server through a folder that the first process makes.
"""

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from directory.store.migrate import upgrade
from directory.store.session import Database

TEMPLATE = "directory_template"
QUICK = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60", "shared_buffers=64MB",
    "autovacuum=off", "jit=off",
)  # fmt: skip
_KEY = pytest.StashKey["SharedServer"]()


class NoServer(Exception):
    """There is no server to run on; the text says why in one sentence."""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: on the path, or where Debian keeps them (newest version first)."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    return installed[0].parent if installed else None


def as_postgres(command: list[str]) -> list[str]:
    """The command as a user that PostgreSQL accepts."""
    if os.geteuid() != 0:
        return command
    if shutil.which("setpriv"):
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    return ["su", "postgres", "-s", "/bin/sh", "-c", 'exec "$0" "$@"', "--", *command]


def run_as_postgres(command: list[str], folder: Path) -> None:
    result = subprocess.run(
        as_postgres(command), cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if result.returncode:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:] or ["no words"]
        raise NoServer(f"it did not start ({Path(command[0]).name}: {last[0]})")


STOP_WHEN_GONE = 'while kill -0 "$1" 2>/dev/null; do sleep 2; done; folder="$2"; shift 2; "$@" >/dev/null 2>&1; rm -rf "$folder"'
"""For a shell: wait until a process is gone, stop the server, tidy up."""


class SharedServer:
    """The server of this run as each of its processes sees it. What is known of it stands in `server.json` of the shared folder.

    `owner` is the process that began the run and stops the server at its end; a watcher stops it where the owner was killed.
    """

    def __init__(self, folder: Path, owner: int, settings: Sequence[str] = QUICK) -> None:
        self.folder = folder
        self._owner = owner
        self._settings = settings
        self._note = folder / "server.json"
        self._data = folder / "cluster"
        self._known: dict[str, Any] = {}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def note(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._note.read_text()) if self._note.exists() else {}
        return found

    def ready(self) -> dict[str, Any]:
        """What is known of the server, started and with its migrated template. Raise `NoServer`."""
        if not self._known:
            with self._alone():
                self._known = self.note()
                if not self._known:
                    self._known = self._prepare()
                    self._note.write_text(json.dumps(self._known))
        if "why_not" in self._known:
            raise NoServer(self._known["why_not"])
        return self._known

    def _prepare(self) -> dict[str, Any]:
        given = os.environ.get("TEST_DATABASE_URL", "")
        try:
            address = given or self._start()
            template = f"{TEMPLATE}_{os.getpid()}"
            version = self._make_template(address, template)
        except (NoServer, DBAPIError, KeyError) as error:
            return {"why_not": f"PostgreSQL cannot be used: {str(error).splitlines()[0]}"}
        return {"address": address, "template": template, "version": version, "given": bool(given)}

    def _start(self) -> str:
        programs = binaries()
        if programs is None:
            raise NoServer("it was not found; install postgresql, or set TEST_DATABASE_URL")
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        run_as_postgres([str(programs / "initdb"), "-D", str(self._data), "-U", "tests", "-A", "trust", "-E", "UTF8", "-N"], self.folder)
        options = " ".join(f"-c {setting}" for setting in (*self._settings, f"unix_socket_directories={self.folder}"))
        log = self.folder / "server.log"
        run_as_postgres([str(programs / "pg_ctl"), "-D", str(self._data), "-l", str(log), "-w", "-o", options, "start"], self.folder)
        watcher = ["setsid", "--fork", "sh", "-c", STOP_WHEN_GONE, "watcher", str(self._owner), str(self.folder)]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*watcher, *self._stop_command(programs)], cwd="/", check=False, **quiet)
        return f"postgresql+psycopg://tests@/postgres?host={self.folder}"

    def _stop_command(self, programs: Path) -> list[str]:
        return as_postgres([str(programs / "pg_ctl"), "-D", str(self._data), "-m", "immediate", "-w", "stop"])

    def _make_template(self, address: str, template: str) -> str:
        with _maintenance(address) as connection:
            connection.execute(text(f'CREATE DATABASE "{template}"'))
            version = str(connection.execute(text("SHOW server_version")).scalar_one()).split()[0]
        database = Database(_address_of(address, template))
        upgrade(database)
        database.close()
        return version

    def process(self) -> int:
        """The id of a throw-away server."""
        return int((self._data / "postmaster.pid").read_text().splitlines()[0])

    @contextmanager
    def clone(self, name: str) -> Iterator[str]:
        """The address of a new database of that name with all tables, dropped afterwards. Raise `NoServer`."""
        note = self.ready()
        with _maintenance(note["address"]) as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{note["template"]}"{_by_files(note)}'))
        try:
            yield _address_of(note["address"], name)
        finally:
            with _maintenance(note["address"]) as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))

    def description(self) -> str:
        note = self.note()
        if "why_not" in note:
            return str(note["why_not"])
        if not note:
            return "not started"
        return f"{note['version']} ({'the server of TEST_DATABASE_URL' if note['given'] else 'a throw-away server'})"

    def stop(self) -> None:
        """Leave nothing behind: called once, by the process that began the run."""
        note = self.note()
        if note.get("given"):
            with _maintenance(note["address"]) as connection:
                connection.execute(text(f'DROP DATABASE IF EXISTS "{note["template"]}" WITH (FORCE)'))
        programs = binaries()
        if programs is not None and (self._data / "postmaster.pid").exists():
            subprocess.run(self._stop_command(programs), cwd=self.folder, capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def _maintenance(address: str) -> Iterator[Any]:
    """A connection outside of any transaction, as creating and dropping databases needs; the same one for all tests of a process."""
    with _maintenance_engine(address).connect() as connection:
        yield connection


@cache
def _maintenance_engine(address: str) -> Engine:
    return create_engine(address, isolation_level="AUTOCOMMIT", pool_pre_ping=True)


def _by_files(note: dict[str, Any]) -> str:
    """How to copy a template in half the time: as its files, not page by page through the log as newer servers do unasked. A server that
    waits for its disk would be slower so."""
    return " STRATEGY FILE_COPY" if not note["given"] and int(note["version"].split(".")[0]) >= 15 else ""


def _address_of(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def shared_server_of(config: pytest.Config) -> SharedServer:
    return config.stash[_KEY]


def pytest_configure(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", None)
    folder, owner = worker["postgresql"] if worker else (tempfile.mkdtemp(prefix="directory-tests-"), os.getpid())
    config.stash[_KEY] = SharedServer(Path(folder), owner)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["postgresql"] = (str(shared_server_of(node.config).folder), os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    note = shared_server_of(config).note() if _KEY in config.stash else {}
    if "address" in note:
        _maintenance_engine(note["address"]).dispose()
    if not hasattr(config, "workerinput") and _KEY in config.stash:
        shared_server_of(config).stop()
