"""How many searches a second two processors answer over HTTP, with six facets and without, and how long one takes.

`python -m tests.bench.http_search [--services 100000] [--seconds 20] [--data DIR]` makes a directory of made-up services (or takes the one
that is there), starts gunicorn with two processes, and drives it with wrk on the same two processors, so that the figure holds for a small
machine. Floors: 150 requests a second with six facets, 300 without. Exit code 1 below a floor.

`--database postgresql` and `--engine meilisearch` (one, or both as a region has them) put throw-away servers under it, on the same two
processors, filled from a copy of the directory; floors are for the embedded default and not asked of these.

Two mixes are driven: ten searches that people make again and again, which are answered from memory while nothing changes, and searches that
are all different (the same filters, other words), which the index must answer each time; for those no floor is set.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.bench.circumstances import circumstances
from tests.bench.memory import memory_of
from tests.bench.servers import MASTER_KEY, meilisearch, postgresql
from tests.support.meilisearch import free_port

ROOT = Path(__file__).resolve().parents[2]
QUERIES = (
    {"q": "food"},
    {"q": "food pantry", "open_at": "now"},
    {"q": "shelter women children"},
    {"q": "legal aid eviction"},
    {"q": "can't pay rent", "cost": "free"},
    {"q": "counselling", "language": "fr"},
    {"q": "mental health", "category": "mental-health"},
    {"q": "kid won't go to school"},
    {"category": "food", "open_at": "now"},
    {"q": "detox", "known_only": "true", "open_at": "now"},
)
WORDS = (
    *("food", "pantry", "meals", "groceries", "shelter", "bed", "night", "women", "children", "youth", "seniors", "family", "housing"),
    *("rent", "eviction", "legal", "clinic", "lawyer", "tenant", "counselling", "therapy", "detox", "recovery", "addiction", "health"),
    *("dental", "medical", "nurse", "income", "benefits", "tax", "job", "training", "school", "tutoring", "language", "newcomer"),
    *("refugee", "settlement", "disability", "transport", "ride", "clothing", "furniture", "crisis", "violence", "safety", "parenting"),
)
FACETS = "category,language,cost,accessibility,remote,sector"
SCENARIOS = (
    ("API, six facets", "/api/v1/search", {"facets": FACETS}, 150.0, False),
    ("API, no facets", "/api/v1/search", {"facets": "none"}, 300.0, False),
    ("page of results", "/search", {}, 0.0, False),
    ("API, six facets, all different", "/api/v1/search", {"facets": FACETS}, 0.0, True),
    ("API, no facets, all different", "/api/v1/search", {"facets": "none"}, 0.0, True),
)
Settings = dict[str, str]
"""Environment variables of the product."""

Processes = dict[str, int]
"""Name -> the process that the others of it were started by."""

PERCENTILES = ("50%", "90%", "99%")


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    per_second: float
    latencies: dict[str, str]
    failed: int
    floor: float


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--data", type=Path, help="data folder to make or take; default: one named by the number of services")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--engine", choices=("embedded", "meilisearch"), default="embedded")
    parser.add_argument("--indexing-memory", default="256MiB", help="what Meilisearch may use for indexing")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON document")
    return parser.parse_args()


def furnish(folder: Path, services: int) -> None:
    """Make the data folder where it is not there; bring its tables up to this version, and build its index again where that needs it."""
    if not (folder / "index").exists():
        run(folder, {}, "seed", "--services", str(services), "--seed", "1")
    run(folder, {}, "migrate")
    build_index(folder, {})


def run(folder: Path, settings: Settings, *command: str) -> str:
    """A command of the product; what it printed."""
    environment = {**os.environ, **settings}
    whole = [str(ROOT / "run"), "--data", str(folder), *command]
    return subprocess.run(whole, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def build_index(folder: Path, settings: Settings) -> None:
    if not json.loads(run(folder, settings, "index", "status", "--json"))["index"]["ready"]:
        run(folder, settings, "index", "rebuild")


@contextmanager
def settings_for(options: argparse.Namespace, folder: Path) -> Iterator[tuple[Settings, Processes]]:
    """Settings under which the directory is served by what was asked for: servers are started, and filled from a copy of the folder."""
    settings: Settings = {}
    processes: Processes = {}
    with ExitStack() as servers:
        if options.database == "postgresql":
            address, processes["postgresql"] = servers.enter_context(postgresql())
            settings["DATABASE_URL"] = address
        if options.engine == "meilisearch":
            below = Path(servers.enter_context(tempfile.TemporaryDirectory(prefix="http-search-")))
            server, processes["meilisearch"] = servers.enter_context(meilisearch(below, options.indexing_memory))
            settings |= {"SEARCH_ENGINE": "meilisearch", "MEILI_URL": server.url}
            settings |= dict.fromkeys(("MEILI_SEARCH_KEY", "MEILI_WRITE_KEY"), MASTER_KEY)
        if options.database == "postgresql":
            copy = folder / "for-measuring.copy"
            run(folder, {}, "backup", str(copy), "--over")
            run(folder, settings, "restore", str(copy))  # builds the index, too
            copy.unlink()
        else:
            build_index(folder, settings)
        yield settings, processes


@contextmanager
def served(folder: Path, processors: str, settings: Settings) -> Iterator[tuple[str, int]]:
    """gunicorn with two processes over the folder, on those processors; yields its address and its own process."""
    port = free_port()
    command = ["taskset", "-c", processors, sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    environment = {**os.environ, **settings, "DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} did not answer.")


def paths(path: str, more: dict[str, str], *, different: bool) -> list[str]:
    queries = different_queries() if different else QUERIES
    return [f"{path}?{urlencode({**query, **more})}" for query in queries]


def different_queries() -> list[dict[str, str]]:
    """Every pair of words once, each with the filters of one of the ten."""
    pairs = [f"{first} {second}" for first in WORDS for second in WORDS if first != second]
    random.Random(1).shuffle(pairs)
    return [{**QUERIES[number % len(QUERIES)], "q": pair} for number, pair in enumerate(pairs)]


def script(addresses: list[str]) -> str:
    """wrk asks each address in turn, and counts what is not answered with 200. Each request has a connection of its own, as it comes from a
    proxy: kept connections stay with the process that took them, and by chance that is one process for nearly all."""
    listed = ",\n".join(json.dumps(address) for address in addresses)
    return f"""
local paths = {{ {listed} }}
local turn = 0
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function init() failed = 0 end
function request()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn], {{ ["Connection"] = "close" }})
end
function response(status) if status ~= 200 then failed = failed + 1 end end
function done(summary)
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("failed") end
  io.write("Failed: " .. all .. "\\n")
end
"""


def drive(address: str, name: str, addresses: list[str], floor: float, options: argparse.Namespace, processors: str) -> Figure:
    """Warm up for a while, then measure."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script(addresses))
        lua.flush()
        command = ["taskset", "-c", processors, "wrk", "-t2", f"-c{options.connections}", "--latency", "--timeout", "10s", "-s", lua.name]
        subprocess.run([*command, f"-d{max(3, options.seconds // 4)}s", address], check=True, capture_output=True)
        output = subprocess.run([*command, f"-d{options.seconds}s", address], check=True, capture_output=True, text=True).stdout
    latencies = {share: words for share in PERCENTILES for words in re.findall(rf"{share}\s+(\S+)", output)}
    errors = sum(int(count) for count in re.findall(r"(?:connect|read|write|timeout) (\d+)", output))
    failed = int(re.findall(r"Failed: (\d+)", output)[0]) + errors
    return Figure(name, float(re.findall(r"Requests/sec:\s+([\d.]+)", output)[0]), latencies, failed, floor)


def apart(folder: Path, settings: Settings) -> str:
    """What engine and hydration take of a search, as a process of its own tells it."""
    environment = {**os.environ, **settings, "DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "tests.bench.find_parts"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def tell(figures: list[Figure], options: argparse.Namespace) -> None:
    print(f"{options.services} services asked for, {options.database}, {options.engine}, two processes, two processors shared with wrk;")
    print("the mix (or its filters with other words):")
    for query in QUERIES:
        print(f"  {urlencode(query)}")
    for figure in figures:
        floor = f"  floor {figure.floor:.0f}: {'held' if figure.per_second >= figure.floor else 'MISSED'}" if figure.floor else ""
        latencies = "  ".join(f"{share} {figure.latencies.get(share, '?')}" for share in PERCENTILES)
        print(f"{figure.name:<31}{figure.per_second:>8.1f} requests/s  {latencies}  failed {figure.failed}{floor}")


def main() -> int:
    options = arguments()
    for program in ("wrk", "taskset"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} was not found; install it first.")
    folder = options.data or Path(tempfile.gettempdir()) / f"directory-bench-{options.services}"
    usual = (options.database, options.engine) == ("sqlite", "embedded")
    processors = sorted(os.sched_getaffinity(0))[:2]
    listed = ",".join(map(str, processors))
    print(circumstances(), flush=True)
    furnish(folder, options.services)
    os.sched_setaffinity(0, processors)
    with settings_for(options, folder) as (settings, processes):
        with served(folder, listed, settings) as (address, processes["gunicorn"]):
            figures = [
                drive(address, name, paths(path, more, different=different), floor if usual else 0.0, options, listed)
                for name, path, more, floor, different in SCENARIOS
            ]
            memory = {name: memory_of(process) for name, process in processes.items()}
        parts = "" if options.json else apart(folder, settings)
    if options.json:
        print(
            json.dumps(
                [{"name": each.name, "per_second": each.per_second, **each.latencies, "failed": each.failed} for each in figures], indent=2
            )
        )
    else:
        tell(figures, options)
        for name, held in memory.items():
            print(f"{name} with all its processes: {held.all:.0f} MB, {held.own:.0f} of them not of files")
        print(f"\n{parts}", end="")
    return int(any(figure.per_second < figure.floor or figure.failed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
