"""A throw-away Meilisearch server for tests: one for the whole run, started by the first test that asks, stopped at the end.

`TEST_MEILISEARCH_URL` names a server to use instead, with its master key in `TEST_MEILISEARCH_KEY`; indexes made there are removed again.
Else the program `meilisearch` of the system is used: data in a temporary folder, a free port of this machine, a master key made for the
run. Processes of one run (pytest-xdist) share the server through a folder that the first process makes.
"""

import fcntl
import itertools
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from search_index.meili import MeiliEngine
from tests.support.postgresql import STOP_WHEN_GONE
from tests.support.tools import meilisearch

STARTS_WITHIN_SECONDS = 30
PATIENCE_SECONDS = 20.0
"""How long a search may take in tests, which run on busy machines; what happens when it takes too long is tested by itself."""

QUICK = ("--no-analytics", "--max-indexing-threads", "1", "--log-level", "WARN")
FRUGAL = ("--max-indexing-memory", "128MiB")
"""The server clears as much memory for each batch."""

_KEY = pytest.StashKey["SharedMeilisearch"]()
_numbers = itertools.count(1)
_current: "list[SharedMeilisearch]" = []


class NoServer(Exception):
    """There is no server to run on; the text says why in one sentence."""


class Server:
    """A running server: where it is and the key that may do everything."""

    def __init__(self, url: str, master_key: str) -> None:
        self.url = url
        self.master_key = master_key

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.master_key}"}
        answer = requests.request(method, f"{self.url}/{path}", json=body, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def version(self) -> str:
        return str(self.ask("GET", "version")["pkgVersion"])

    def new_name(self) -> str:
        """A name for an index that nobody else uses."""
        return f"test{os.getpid()}x{next(_numbers)}"

    def remove(self, name: str) -> None:
        """Remove what was made under a name, without waiting."""
        for index in self.ask("GET", "indexes?limit=10000")["results"]:
            if index["uid"].split("_")[0] == name:
                self.ask("DELETE", f"indexes/{index['uid']}")

    def lose(self, name: str) -> None:
        """Remove it, and wait until the server has done so: whoever looks next finds nothing."""
        self.remove(name)
        while self.ask("GET", f"tasks?limit=1&types=indexDeletion&indexUids={name}&statuses=enqueued,processing")["results"]:
            pass

    def engine(self, **options: Any) -> MeiliEngine:
        """An engine in an index of its own, which goes when it is closed."""
        return _Passing(self, **options)


class _Passing(MeiliEngine):
    def __init__(self, server: Server, **options: Any) -> None:
        self._server, self.name = server, server.new_name()
        super().__init__(
            server.url, search_key=server.master_key, write_key=server.master_key, index=self.name, patience=PATIENCE_SECONDS, **options
        )

    def close(self) -> None:
        super().close()
        self._server.remove(self.name)


def command(program: str, folder: Path, port: int, *options: str) -> list[str]:
    """Start a server with its data below the folder; the master key comes by the environment."""
    places = {"--db-path": folder / "data", "--dump-dir": folder / "dumps", "--snapshot-dir": folder / "snapshots"}
    return [
        *(program, "--http-addr", f"127.0.0.1:{port}", *(str(part) for pair in places.items() for part in pair)),
        *(*QUICK, *(options or FRUGAL)),
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(folder: Path, port: int, master_key: str, *options: str) -> tuple[Server, subprocess.Popen[bytes]]:
    """A server that answers, and its process. Raise `NoServer`."""
    program = shutil.which("meilisearch")
    if program is None:
        raise NoServer("Meilisearch was not found: install it, or set TEST_MEILISEARCH_URL and TEST_MEILISEARCH_KEY")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command(program, folder, port, *options),
            cwd=folder,
            env={**os.environ, "MEILI_MASTER_KEY": master_key},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            restore_signals=False,  # where a file may not grow, as on a full disk, it is told so and not ended
        )
    server, end = Server(f"http://127.0.0.1:{port}", master_key), time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            server.ask("GET", "health")
        except requests.RequestException:
            time.sleep(0.05)
        else:
            return server, process
    process.kill()
    process.wait()
    raise NoServer("Meilisearch did not start")


class SharedMeilisearch:
    """The server of this run as each of its processes sees it. What is known of it stands in `server.json` of the shared folder."""

    def __init__(self, folder: Path, owner: int) -> None:
        self.folder = folder
        self._owner = owner
        self._note = folder / "server.json"
        self._process: subprocess.Popen[bytes] | None = None

    def note(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._note.read_text()) if self._note.exists() else {}
        return found

    def ready(self) -> Server:
        """The server, started. Raise `NoServer`."""
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            note = self.note()
            if not note:
                note = self._prepare()
                self._note.write_text(json.dumps(note))
        if "why_not" in note:
            raise NoServer(note["why_not"])
        return Server(note["url"], note["master_key"])

    def _prepare(self) -> dict[str, Any]:
        given = os.environ.get("TEST_MEILISEARCH_URL", "")
        try:
            if given:
                server = Server(given.rstrip("/"), os.environ.get("TEST_MEILISEARCH_KEY", ""))
                return {"url": server.url, "master_key": server.master_key, "version": server.version(), "process": 0}
            server, self._process = started(self.folder, free_port(), secrets.token_urlsafe(24))
        except (NoServer, requests.RequestException) as error:
            return {"why_not": str(error).splitlines()[0]}
        watcher = ["setsid", "--fork", "sh", "-c", STOP_WHEN_GONE, "watcher", str(self._owner), str(self.folder)]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*watcher, "kill", "-9", str(self._process.pid)], cwd="/", check=False, **quiet)
        return {"url": server.url, "master_key": server.master_key, "version": server.version(), "process": self._process.pid}

    def description(self) -> str:
        note = self.note()
        if note:
            return str(note.get("why_not") or f"{note['version']} ({'a throw-away server' if note['process'] else note['url']})")
        return f"{meilisearch()}, not started" if meilisearch() else "not found"

    def stop(self) -> None:
        """Leave nothing behind: called once, by the process that began the run."""
        process = self.note().get("process", 0)
        if process:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def shared_meilisearch_of(config: pytest.Config) -> SharedMeilisearch:
    return config.stash[_KEY]


def server_of_this_run() -> Server:
    """The server; skips the test where there is none."""
    try:
        return _current[-1].ready()
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def meilisearch_server() -> Server:
    """A real server, empty but for what other tests of the run are at. Tests that ask for it are marked `meilisearch`."""
    return server_of_this_run()


def pytest_configure(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", None)
    folder, owner = worker["meilisearch"] if worker else (tempfile.mkdtemp(prefix="directory-meilisearch-"), os.getpid())
    config.stash[_KEY] = SharedMeilisearch(Path(folder), owner)
    _current.append(config.stash[_KEY])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["meilisearch"] = (str(shared_meilisearch_of(node.config).folder), os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and _KEY in config.stash:
        shared_meilisearch_of(config).stop()
