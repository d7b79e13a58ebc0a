"""An installation of real processes that can be hurt: the worker, the search server and the database server, each killed and started
again, with what lies on their disks lost or put back."""

import json
import os
import random
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from directory.app import make_indexes
from directory.gateways.clock import SystemClock
from directory.services.indexing.editions import noted_edition
from directory.services.indexing.lock import waiting_for_index
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.session import Database
from directory.store.tables import Service
from search_index.meili.keys import key_id, make_keys
from search_index.port import CannotSearch
from tests.faults.verdict import pending_services, verdict
from tests.support import meilisearch, postgresql
from tests.support.listings import add_location, add_service
from tests.support.places import FewPlaces
from tests.support.tree import ROOT

LONGEST_HEALING_SECONDS = 120.0
_LOOK_EVERY_SECONDS = 0.05
_LAX = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=40", "shared_buffers=32MB", "lock_timeout=4s")
"""No power is cut here: what the server gave to the system is kept, and what it committed was given."""

WORKER = """
import directory.app
from tests.support.places import FewPlaces
directory.app.open_gazetteer = lambda *_given, **_named: FewPlaces()
from directory.cli.main import main
main(["worker"])
"""
"""The worker as it is, but for the gazetteer, which plays no part here and takes long to unpack."""


STOP_WHEN_GONE = """
while kill -0 "$1" 2>/dev/null; do sleep 1; done
for process in $(cat "$2/running"); do kill -9 "$process" 2>/dev/null; done
shift 2
"$@" >/dev/null 2>&1
"""
"""For a shell: wait until a process is gone, end what it left."""


class NotHealed(AssertionError):
    """Something was still wrong when all patience was used up."""


class PostgresServer:
    """A database server of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = postgresql.binaries()
        if found is None:
            raise postgresql.NoServer("PostgreSQL was not found")
        self._programs = found
        self._data = folder / "cluster"
        self.address = f"postgresql+psycopg://tests@/postgres?host={folder}"

    def start(self) -> None:
        if not self._data.exists():
            self.folder.mkdir(parents=True)
            if os.geteuid() == 0:
                shutil.chown(self.folder, "postgres", "postgres")
            make = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "tests", "-A", "trust", "-E", "UTF8", "-N"]
            postgresql.run_as_postgres(make, self.folder)
        options = " ".join(f"-c {setting}" for setting in (*_LAX, f"unix_socket_directories={self.folder}"))
        log = str(self.folder / "server.log")
        command = [str(self._programs / "pg_ctl"), "-D", str(self._data), "-l", log, "-w", "-t", "60", "-o", options, "start"]
        for attempt in range(20):
            try:
                return postgresql.run_as_postgres(command, self.folder)
            except postgresql.NoServer:  # children of the one that was killed have yet to go
                if attempt == 19:
                    raise
                time.sleep(0.25)
        raise AssertionError

    @property
    def process(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)

    def kill_a_child(self, database: Database, dice: random.Random) -> None:
        """One of those that serve a connection: the server then ends all others and recovers."""
        with database.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).scalars()
            children = list(found)
        if children:
            with suppress(ProcessLookupError):
                os.kill(dice.choice(children), signal.SIGKILL)

    @property
    def stopping(self) -> list[str]:
        """The command that stops it."""
        return [str(self._programs / "pg_ctl"), "-D", str(self._data), "-m", "immediate", "-w", "stop"]

    def stop(self) -> None:
        with suppress(postgresql.NoServer):
            postgresql.run_as_postgres(self.stopping, self.folder)


class SearchServer:
    """A search server of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / "note.json"
        if not note.exists():
            note.write_text(json.dumps({"port": meilisearch.free_port(), "master_key": secrets.token_urlsafe(24)}))
        found = json.loads(note.read_text())
        self._port, self.master_key = int(found["port"]), str(found["master_key"])
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        _, self._process = meilisearch.started(self.folder, self._port, self.master_key)
        with (self.folder.parent / "running").open("a") as note:
            note.write(f"{self._process.pid}\n")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return meilisearch.Server(self.url, self.master_key).ask(method, path, body)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def fill_disk(self, bytes_left: int) -> None:
        """No file of it may grow beyond so many bytes from now on."""
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (bytes_left, resource.RLIM_INFINITY))

    def free_disk(self) -> None:
        self.fill_disk(resource.RLIM_INFINITY)

    def cancel_tasks(self) -> None:
        self.ask("POST", "tasks/cancel?statuses=enqueued,processing")

    def lose_everything(self) -> None:
        shutil.rmtree(self.folder / "data")

    def keep_copy(self, where: Path) -> None:
        """While it does not run."""
        shutil.rmtree(where, ignore_errors=True)
        subprocess.run(["cp", "-a", "--sparse=always", str(self.folder / "data"), str(where)], check=True)

    def put_back(self, copy: Path) -> None:
        self.lose_everything()
        subprocess.run(["cp", "-a", "--sparse=always", str(copy), str(self.folder / "data")], check=True)

    def lose_keys(self) -> None:
        for name in ("search", "write"):
            self.ask("DELETE", f"keys/{key_id('services', name)}")

    def keys(self) -> dict[str, str]:
        """What `directory index keys` prints; the same after everything was lost."""
        made = make_keys(self.url, self.master_key, "services")
        return {"meili_search_key": made.search, "meili_write_key": made.write}


def _is_still(index: Parts) -> bool:
    with index.database.reading() as session:
        noted = noted_edition(session, index.consumer)
    return not pending_services(index)[0] and noted == index.search.edition()


class House:
    """The installation in a folder. `workers` are the processes of its worker that run; `indexes` what those keep in step, each with the
    parts that write to it: the search server's, where there is one, and the host's own."""

    def __init__(self, folder: Path, engine: str, database: str) -> None:
        self.folder = folder
        self.database_server = PostgresServer(folder / "postgresql") if database == "postgresql" else None
        self.search_server = SearchServer(folder / "meilisearch") if engine == "meilisearch" else None
        self.workers: list[subprocess.Popen[bytes]] = []
        self._watcher: subprocess.Popen[bytes] | None = None

    def open(self, services: int) -> None:
        """Start the servers, fill the database where it is empty, start the worker, wait until the index holds everything."""
        self._watch()
        options: dict[str, Any] = {"data_dir": self.folder / "data"}
        if self.database_server:
            self.database_server.start()
            options["database_url"] = self.database_server.address
        if self.search_server:
            self.search_server.start()
            options |= {"search_engine": "meilisearch", "meili_url": self.search_server.url, **self.search_server.keys()}
        self.settings = Settings(**options)
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(self.settings.database_address)
        self.indexes = tuple(
            Parts(self.settings, database, kept.engine, FewPlaces(), SystemClock(), consumer=kept.consumer)
            for kept in make_indexes(self.settings, database)
        )
        self.parts = self.indexes[0]
        upgrade(self.parts.database)
        self._fill(services)
        self.start_worker()

    def _fill(self, services: int) -> None:
        with self.parts.database.writing() as session:
            for number in range(services - (session.scalar(select(func.count()).select_from(Service)) or 0)):
                place = add_location(session, latitude=40 + number % 100 / 100, longitude=-75.0)
                add_service(session, name=f"Programme {number}", at=place)
            session.commit()

    def _watch(self) -> None:
        """Should this process be killed, somebody ends what it started."""
        (self.folder / "running").write_text("")
        stop = postgresql.as_postgres(self.database_server.stopping) if self.database_server else ["true"]
        command = ["sh", "-c", STOP_WHEN_GONE, "watcher", str(os.getpid()), str(self.folder), *stop]
        self._watcher = subprocess.Popen(command, cwd="/", start_new_session=True, stdin=subprocess.DEVNULL)

    def close(self) -> None:
        if self._watcher is not None:
            self._watcher.kill()
            self._watcher.wait()
        self.kill_workers()
        for index in self.indexes:
            index.search.close()
        self.parts.database.close()
        if self.search_server:
            self.search_server.kill()
        if self.database_server:
            self.database_server.stop()

    def start_worker(self, host: str = "data") -> None:
        """Its words go into a file beside. Another `host` has a folder of its own."""
        environment = {name: value for name, value in os.environ.items() if name.upper() not in map(str.upper, Settings.model_fields)}
        for name in ("database_url", "search_engine", "meili_url", "meili_search_key", "meili_write_key"):
            environment[name.upper()] = str(getattr(self.settings, name))
        environment |= {"DATA_DIR": str(self.folder / host), "PYTHONPATH": str(ROOT)}
        with (self.folder / "worker.log").open("ab") as log:
            command = [sys.executable, "-c", WORKER]
            self.workers.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT))
        with (self.folder / "running").open("a") as note:
            note.write(f"{self.workers[-1].pid}\n")

    def kill_worker(self, number: int = -1) -> None:
        """The one started last, or another."""
        process = self.workers.pop(number)
        process.kill()
        process.wait()

    def kill_workers(self) -> None:
        while self.workers:
            self.kill_worker()

    def keep_index(self, where: Path) -> None:
        """A copy of the folder of the embedded index, between two batches."""
        shutil.rmtree(where, ignore_errors=True)
        with waiting_for_index(self.indexes[-1]):
            shutil.copytree(self.settings.index_dir, where)

    def put_index_back(self, copy: Path) -> None:
        self.lose_index()
        shutil.copytree(copy, self.settings.index_dir)

    def lose_index(self) -> None:
        while self.settings.index_dir.exists():
            shutil.rmtree(self.settings.index_dir, ignore_errors=True)  # a worker may write into it meanwhile

    def is_still(self) -> bool:
        """Nothing waits, and every index is as it was left."""
        return all(_is_still(index) for index in self.indexes)

    def parked(self) -> list[set[str]]:
        """Of each index."""
        return [pending_services(index)[1] for index in self.indexes]

    def wait_until_healed(self, dice: random.Random) -> tuple[float, int]:
        """Seconds until nothing waits and nothing differs, and how many documents that holds for. Raise `NotHealed`."""
        began, last = time.monotonic(), "nothing could be seen"
        while time.monotonic() - began < LONGEST_HEALING_SECONDS:
            with suppress(CannotSearch, DBAPIError):
                last = "something waits"
                if self.is_still():
                    took, found = time.monotonic() - began, [verdict(index, dice) for index in self.indexes]
                    if not any(each.divergent for each in found):
                        return took, sum(each.documents for each in found)
                    last = str(found)
            time.sleep(_LOOK_EVERY_SECONDS)
        raise NotHealed(f"Not healed after {LONGEST_HEALING_SECONDS:.0f} s: {last}")
