"""How long pages take while the search server is well, frozen, and gone, and how soon it answers again afterwards.

    python -m tests.bench.server_away [--services 20000] [--seconds 20] [--people 4] [--data DIR] [--inside]

Takes the data folder of the other benches (or makes it), fills a throw-away Meilisearch and the host's own index, serves pages with
gunicorn in two processes, and has some people look for something else each time, without a pause: half of it found often, half seldom,
so that a page asks again what would find more. Prints milliseconds of whole pages; no page may fail. Exit code 1 when one did, or when
one took longer than it takes when all is well and a second more. `--inside`: one person and no pages around it, in this process;
milliseconds that a page waits for the index, all its questions together.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import requests

from directory.app import build_parts
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.indexing.rebuild_each import rebuild_each
from directory.services.parts import Parts
from directory.settings import read_settings
from search_index.meili.keys import make_keys
from search_index.patience import begin_page, end_page
from search_index.query import Facet
from tests.bench.findable import a_worker
from tests.bench.http_search import WORDS, furnish, served
from tests.support.meilisearch import free_port, started
from tests.support.two_indexes import Timed

SHOWN = (Facet.CATEGORY, Facet.LANGUAGE, Facet.COST, Facet.ACCESSIBILITY, Facet.REMOTE, Facet.SECTOR)
_MASTER_KEY = "a key for measuring only"
_RARE = ({"near": "19104", "within_km": "5"}, {"cost": "free", "when": "now"}, {"near": "19104", "category": "legal"})


def a_query(chance: random.Random) -> dict[str, str]:
    """What somebody looks for: two words, or five near a place or so, which nothing has."""
    if chance.random() < 0.5:
        return {"q": " ".join(chance.sample(WORDS, 2))}
    return {"q": " ".join(chance.sample(WORDS, 5)), **chance.choice(_RARE)}


@dataclass
class Phase:
    """What people saw in some seconds. `asked`: (moment of the answer, milliseconds, whether it said degraded)."""

    name: str
    asked: list[tuple[float, float, bool]] = field(default_factory=list)
    failed: int = 0

    def line(self) -> str:
        times = sorted(took for _, took, _ in self.asked)
        cuts = statistics.quantiles(times, n=100)
        share = sum(degraded for _, _, degraded in self.asked) / len(times)
        figures = f"p50 {cuts[49]:>6.0f}   p99 {cuts[98]:>6.0f}   most {times[-1]:>6.0f}"
        return f"{self.name:<26} {len(times):>6} pages   {figures}   degraded {share:>4.0%}   failed {self.failed}"

    @property
    def most(self) -> float:
        return max(took for _, took, _ in self.asked)


class People:
    """Some who look for something, one page after the other."""

    def __init__(self, address: str, count: int) -> None:
        self._address = address
        self._phase = Phase("before")
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._look, args=(number,), daemon=True) for number in range(count)]

    def __enter__(self) -> "People":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(10)

    def during(self, name: str, seconds: float) -> Phase:
        self._phase = phase = Phase(name)
        time.sleep(seconds)
        return phase

    def until_well(self, name: str, longest: float = 60.0) -> tuple[Phase, float, float]:
        """Seconds until a page was answered by the server again, and until all were for two seconds."""
        self._phase, began = Phase(name), time.monotonic()
        while time.monotonic() - began < longest:
            time.sleep(0.1)
            asked = list(self._phase.asked)
            well = [moment for moment, _, degraded in asked if not degraded]
            last = max((moment for moment, _, degraded in asked if degraded), default=began)
            if well and time.monotonic() - last > 2:
                return self._phase, min(well) - began, last - began
        raise SystemExit(f"The server does not answer again after {longest:.0f} seconds.")

    def _look(self, number: int) -> None:
        chance = random.Random(number)
        with requests.Session() as session:
            while not self._stopping.is_set():
                began, phase = time.monotonic(), self._phase
                answer = session.get(f"{self._address}/search?{urlencode(a_query(chance))}", timeout=30)
                if answer.status_code == 200:
                    phase.asked.append((time.monotonic(), 1000 * (time.monotonic() - began), 'class="reserve"' in answer.text))
                else:
                    phase.failed += 1


class Server:
    """A throw-away Meilisearch that can be frozen and killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        self.server, self.process = started(self.folder, self.port, _MASTER_KEY)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def installation(folder: Path) -> Iterator[Server]:
    """Settings in the environment, both indexes filled."""
    place = Path(tempfile.mkdtemp(prefix="server-away-"))
    server = Server(place)
    keys = make_keys(server.server.url, _MASTER_KEY, "services")
    os.environ |= {"DATA_DIR": str(folder), "LOG_LEVEL": "ERROR", "SEARCH_ENGINE": "meilisearch", "MEILI_URL": server.server.url}
    os.environ |= {"MEILI_SEARCH_KEY": keys.search, "MEILI_WRITE_KEY": keys.write}
    try:
        parts = build_parts(read_settings())
        print("Building both indexes …", file=sys.stderr)
        rebuild_each(parts, "bench")
        parts.search.close()
        parts.database.close()
        yield server
    finally:
        server.kill()
        shutil.rmtree(place, ignore_errors=True)


def measured(server: Server, people: People, seconds: float) -> Iterator[Phase]:
    people.during("warming up", 5)
    yield people.during("well", seconds)
    server.freeze()
    yield people.during("frozen (SIGSTOP)", seconds)
    server.thaw()
    _, first, last = people.until_well("after SIGCONT")
    print(f"after SIGCONT: the first page from the server {first:.1f} s later, the last from the reserve {last:.1f} s later")
    server.kill()
    yield people.during("gone (kill -9)", seconds)
    server.start()
    phase, first, last = people.until_well("after its start")
    print(f"after it answers again: the first page from the server {first:.1f} s later, the last from the reserve {last:.1f} s later")
    yield phase


def waits(server: Server, seconds: float) -> None:
    """What each page waits for the index, in this process."""
    parts = build_parts(read_settings())
    search = Timed(*(kept.engine for kept in parts.indexes), names=tuple(kept.consumer for kept in parts.indexes))
    parts = replace(parts, search=search)
    for name, harm in (("well", None), ("frozen (SIGSTOP)", server.freeze), ("gone (kill -9)", server.kill)):
        if harm is not None:
            harm()
        print(asked_inside(parts, search, name, seconds).line(), flush=True)
        if harm == server.freeze:
            server.thaw()
            asked_inside(parts, search, "again", 10)
    parts.search.close()
    parts.database.close()


def asked_inside(parts: Parts, search: Timed, name: str, seconds: float) -> Phase:
    phase, chance, end = Phase(name), random.Random(1), time.monotonic() + seconds
    while time.monotonic() < end:
        query = a_query(chance)
        request = FindRequest(text=query["q"], near=query.get("near", ""), facets=frozenset(SHOWN))
        search.waited = 0.0
        begin_page()
        found = find_services(parts, request)
        end_page()
        phase.asked.append((time.monotonic(), 1000 * search.waited, found.degraded))
    return phase


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--inside", action="store_true", help="what pages wait for the index alone, in this process")
    parser.add_argument("--data", type=Path, help="data folder to make or take; default: one named by the number of services")
    options = parser.parse_args()
    folder = options.data or Path(tempfile.gettempdir()) / f"directory-bench-{options.services}"
    furnish(folder, options.services)
    processors = ",".join(map(str, sorted(os.sched_getaffinity(0))))
    with installation(folder) as server:
        if options.inside:
            waits(server, options.seconds)
            return
        outside(server, folder, processors, options)


def outside(server: "Server", folder: Path, processors: str, options: argparse.Namespace) -> None:
    with served(folder, processors, {}) as (address, _), a_worker(), People(address, options.people) as people:
        phases = []
        for phase in measured(server, people, options.seconds):
            print(phase.line(), flush=True)
            phases.append(phase)
    well, *others = phases
    if any(phase.failed for phase in phases) or any(phase.most > well.most + 1000 for phase in others):
        raise SystemExit("A page failed, or took more than a second longer than when all is well.")


if __name__ == "__main__":
    main()
