"""How many searches a second two processors answer over HTTP, with six facets and without, and how long one takes.

`python -m tests.bench.http_search [--services 100000] [--seconds 20] [--data DIR]` makes a directory of made-up services (or takes the one
that is there), starts gunicorn with two processes, and drives it with wrk on the same two processors, so that the figure holds for a small
machine. Floors: 150 requests a second with six facets, 300 without. Exit code 1 below a floor.

Two mixes are driven: ten searches that people make again and again, which are answered from memory while nothing changes, and searches that
are all different (the same filters, other words), which the index must answer each time; for those no floor is set.
"""

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

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
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON document")
    return parser.parse_args()


def furnish(folder: Path, services: int) -> None:
    """Make the data folder where it is not there; bring its tables up to this version, and build its index again where that needs it."""
    run = [str(ROOT / "run"), "--data", str(folder)]
    if not (folder / "index").exists():
        subprocess.run([*run, "seed", "--services", str(services), "--seed", "1"], check=True, stdout=sys.stderr)
    subprocess.run([*run, "migrate"], check=True, stdout=sys.stderr)
    status = subprocess.run([*run, "index", "status", "--json"], check=True, stdout=subprocess.PIPE)
    if not json.loads(status.stdout)["index"]["ready"]:
        subprocess.run([*run, "index", "rebuild"], check=True, stdout=sys.stderr)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, processors: str) -> Iterator[str]:
    """gunicorn with two processes over the folder, on those processors; yields its address."""
    port = free_port()
    command = ["taskset", "-c", processors, sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    environment = {**os.environ, "DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}"
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
    """wrk asks each address in turn, and counts what is not answered with 200."""
    listed = ",\n".join(json.dumps(address) for address in addresses)
    return f"""
local paths = {{ {listed} }}
local turn = 0
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function init() failed = 0 end
function request()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
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


def tell(figures: list[Figure], services: int) -> None:
    print(f"{services} services asked for, two processes, two processors shared with wrk; the mix (or its filters with other words):")
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
    furnish(folder, options.services)
    processors = ",".join(str(number) for number in sorted(os.sched_getaffinity(0))[:2])
    with served(folder, processors) as address:
        figures = [
            drive(address, name, paths(path, more, different=different), floor, options, processors)
            for name, path, more, floor, different in SCENARIOS
        ]
    if options.json:
        print(
            json.dumps(
                [{"name": each.name, "per_second": each.per_second, **each.latencies, "failed": each.failed} for each in figures], indent=2
            )
        )
    else:
        tell(figures, options.services)
    return int(any(figure.per_second < figure.floor or figure.failed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
