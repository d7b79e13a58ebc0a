"""Figures of overlapping offerings: `python -m tests.bench.overlaps [--generated 100000] [--seed 7]`, on one core.

Prints how long it takes to hold so many made-up offerings against each other, to read the pairs by the rules that ship, and to do both for
one that changed; how many pairs were looked at and kept, and what was left out because too many lie close together.
"""

import argparse
import os
import resource
import subprocess
import time
from collections import Counter
from statistics import median, quantiles

from directory.rules.overlap.find import find, one
from directory.rules.overlap.reading import Usual, columns_of, read_pairs
from directory.rules.overlap.table import Table
from directory.rules.sets.kinds import SetKind
from directory.rules.shipped import shipped_set
from tests.support.offerings import information_of, made_up

FLOORS = {10_000: 1.0, 100_000: 10.0}
CHANGED = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generated", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    print(f"commit {commit or 'unknown'}, load {os.getloadavg()[0]:.2f}, one core")
    offerings, rules = made_up(options.generated, options.seed), shipped_set(SetKind.FLAG)
    began, used = time.perf_counter(), time.process_time()
    table = Table(offerings, information_of(offerings))
    made = time.perf_counter()
    found = find(table)
    paired = time.perf_counter()
    readings = read_pairs(rules, columns_of(table, found.pairs, Usual()))
    done = time.perf_counter()
    floor = f" (at most {FLOORS[options.generated]:g})" if options.generated in FLOORS else ""
    print(
        f"{options.generated:,} offerings: {done - began:.2f} s{floor}, {time.process_time() - used:.2f} s of the processor; columns "
        f"{made - began:.2f}, pairs {paired - made:.2f}, readings {done - paired:.2f} s"
    )
    print(
        f"{found.candidates:,} pairs looked at, {len(found.pairs):,} kept; {found.nowhere:,} offerings that serve nobody knows where; most "
        f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    print("read as", ", ".join(f"{reading.value} {count:,}" for reading, count in Counter(each.reading for each in readings).most_common()))
    worst = sorted(found.crowded, key=lambda each: -each.crowded)[:3]
    print("crowded:", "; ".join(f"{each.category} {each.crowded:,} of {each.listings:,}" for each in worst) or "nowhere")
    _changes(table)


def _changes(table: Table) -> None:
    taken = []
    for row in range(0, len(table), max(1, len(table) // CHANGED)):
        began = time.perf_counter()
        one(table, [table.offerings[row].id])
        taken.append((time.perf_counter() - began) * 1000)
    print(f"one that changed, the others at hand: median {median(taken):.0f} ms, p95 {quantiles(taken, n=20)[-1]:.0f} ms")


if __name__ == "__main__":
    main()
