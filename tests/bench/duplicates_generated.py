"""Made-up listings in any number, a fifth of them another's second record, for measuring what the duplicate finder costs.

They are easy to tell apart, so they say nothing of how well it finds: only of time and memory. Towns grow with the number, so that a
million listings are a thousand towns and not one crowded one. The same seed gives the same listings.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from directory.rules.matching.facts import Facts, IdentityLevel

TWICE, SHARED_HOUSE = 0.2, 0.2
LISTINGS_A_TOWN = 1_000
_FIRST = "bar bel cal dor el fen gar hal in jar kel lor mar nor os per quen ros sal tor ul ver wes yar zan".split()  # noqa: SIM905
_LAST = "ham ton ford bury dale wick mont ville burg field gate mere port stead worth by".split()  # noqa: SIM905
_KINDS = (
    *("Food Pantry", "Community Centre", "Legal Clinic", "Family Services", "Youth Centre", "Health Clinic", "Shelter", "Housing Help"),
    *("Settlement Services", "Public Library", "Seniors Club", "Counselling Centre", "Employment Office", "Elementary School", "Drop-in"),
)
_STREETS = ("Street", "Avenue", "Road", "Drive", "Lane", "Boulevard")
_SHORT = {"Street": "St", "Avenue": "Ave.", "Road": "Rd", "Drive": "Dr", "Lane": "Ln", "Boulevard": "Blvd"}
LIMITS = {10_000: 2.0, 100_000: 10.0, 1_000_000: 60.0}
"""Listings -> seconds that they may take of one core (the time of the process, since others may share the machine)."""

ONE_CHANGE_MS = 20.0


def generated(count: int, seed: int) -> Iterator[Facts]:
    """So many listings, second records right after the first."""
    random = Random(seed)
    words = [f"{first}{middle}{last}".capitalize() for first in _FIRST for middle in ("", *_FIRST[:12]) for last in _LAST]
    towns = max(1, count // LISTINGS_A_TOWN)
    made = 0
    before: Facts | None = None
    while made < count:
        if before and random.random() < TWICE:
            yield _again(before, made, random)
            before = None
        else:
            before = _listing(made, random, words, towns, before)
            yield before
        made += 1


def _listing(number: int, random: Random, words: list[str], towns: int, before: Facts | None) -> Facts:
    town = random.randrange(towns)
    name = f"{words[int(random.random() ** 2 * len(words))]} {random.choice(_KINDS)}"
    shares = before is not None and random.random() < SHARED_HOUSE
    street = f"{random.randrange(1, 4_000)} {words[random.randrange(600) * 7_919 % len(words)]} {random.choice(_STREETS)}"
    return Facts(
        id=f"g{number}",
        name=name,
        owner=name,
        street=before.street if before and shares else street,
        city=before.city if before and shares else f"{words[town % len(words)]} {town // len(words) or ''}".strip(),
        postal_code=before.postal_code if before and shares else f"{10_000 + town * 7 % 89_000}",
        phones=(f"{200 + town % 790}-{random.randrange(200, 999)}-{random.randrange(10_000):04}",),
        links=(f"https://www.{name.replace(' ', '-').lower()}-{town}.example",) if random.random() < 0.6 else (),
        latitude=40 + town % 100 * 0.1 + random.random() * 0.05,
        longitude=-120 + town // 100 * 0.1 + random.random() * 0.05,
    )


def _again(found: Facts, number: int, random: Random) -> Facts:
    """The listing as another list has it."""
    house, *rest, kind = found.street.split(" ")
    name = found.name
    if random.random() < 0.3:
        place = random.randrange(1, len(name) - 2)
        name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return replace(
        found,
        id=f"g{number}",
        name=name.upper() if random.random() < 0.3 else name,
        street=" ".join([house, *rest, _SHORT.get(kind, kind)]),
        phones=found.phones if random.random() < 0.7 else (),
        links=(),
        latitude=None,
        longitude=None,
    )


def measure(count: int, seed: int, level: IdentityLevel) -> dict[str, float]:
    """One run in this process. The making of the listings is timed apart and taken off."""
    from directory.rules.matching.matching import match_all
    from directory.rules.matching.pairs import Band

    made_in = 0.0

    def timed() -> Iterator[Facts]:
        nonlocal made_in
        source = generated(count, seed)
        while True:
            started = time.process_time()
            found = next(source, None)
            made_in += time.process_time() - started
            if found is None:
                return
            yield found

    started, wall = time.process_time(), time.perf_counter()
    steps: dict[str, float] = {}
    matching = match_all(timed(), level, told=lambda what, _count: steps.setdefault(what, time.process_time()))
    spent, elapsed = time.process_time() - started - made_in, time.perf_counter() - wall
    named = sorted(steps.items(), key=lambda step: step[1])
    ends = [moment for _, moment in named[1:]] + [time.process_time()]
    parts = {what: round(end - begin, 2) for (what, begin), end in zip(named, ends, strict=True)}
    sizes = {int(key): int(value) for key, value in zip(*_counted(matching.bands), strict=True)}
    return {
        "listings": count,
        "seconds": round(spent, 2),
        "wall": round(elapsed, 2),
        "making": round(made_in, 2),
        "pairs": len(matching.bands),
        "certain": sizes.get(2, 0),
        "review": sizes.get(1, 0),
        "groups": sum(1 for _ in matching.groups.several()) if count <= 100_000 else -1,
        "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "first": float(next(matching.pairs(Band.CERTAIN)).score),
        **parts,
    }


def _counted(values: object) -> tuple[object, object]:
    import numpy as np

    return np.unique(values, return_counts=True)


def changed_ones(count: int, seed: int, level: IdentityLevel, changes: int = 400) -> dict[str, float]:
    """Milliseconds, on the clock and of the core, for one changed listing among `count`: keys, candidates by key, comparison, reasons."""
    from directory.rules.matching.matching import match_all
    from directory.rules.matching.one_record import Index

    records = list(generated(count, seed))
    index = Index(records, match_all(records, level).model)
    random = Random(seed + 1)
    wall, core = [], []
    for record in random.sample(records, changes):
        changed = replace(record, name=f"{record.name} Annex", phones=())
        began, started = time.perf_counter(), time.process_time()
        index.put(changed)
        index.find(changed)
        core.append((time.process_time() - started) * 1_000)
        wall.append((time.perf_counter() - began) * 1_000)
    return {
        "p50": _of_sorted(wall, 0.5),
        "p95": _of_sorted(wall, 0.95),
        "core_p50": _of_sorted(core, 0.5),
        "core_p95": _of_sorted(core, 0.95),
    }


def _of_sorted(values: list[float], share: float) -> float:
    return round(sorted(values)[int(len(values) * share)], 2)


def in_a_process_of_its_own(*arguments: str) -> dict[str, float]:
    """On one thread, so that its memory and time are its own."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "tests.bench.duplicates_generated", *arguments]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | one).stdout
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def report(count: int, seed: int, level: str) -> bool:
    """Print what so many listings cost; whether that is within the limits."""
    found = in_a_process_of_its_own("--listings", str(count), "--seed", str(seed), "--level", level)
    print(f"{count:,} made-up listings (seed {seed}), level {level}, one core, load {os.getloadavg()[0]:.1f}")
    print("  " + ", ".join(f"{name} {value:,}" for name, value in found.items()))
    good = found["seconds"] <= LIMITS.get(count, float("inf")) and found["mb"] <= 2_048
    if count >= 100_000:
        smaller = in_a_process_of_its_own("--listings", str(count // 10), "--seed", str(seed), "--level", level)
        times = found["seconds"] / smaller["seconds"]
        print(f"  {count // 10:,} take {smaller['seconds']} s: ten times the listings take {times:.1f} times as long")
        good = good and times <= 12
    if count <= 100_000:
        one = in_a_process_of_its_own("--listings", str(count), "--seed", str(seed), "--level", level, "--changed")
        print("  one changed listing, ms: " + ", ".join(f"{name} {value}" for name, value in one.items()))
        good = good and one["core_p95"] <= ONE_CHANGE_MS
    print("  within the limits" if good else "  OVER THE LIMITS")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", default="site", choices=[level.value for level in IdentityLevel])
    parser.add_argument("--changed", action="store_true")
    asked = parser.parse_args()
    run = changed_ones if asked.changed else measure
    print(json.dumps(run(asked.listings, asked.seed, IdentityLevel(asked.level))))


if __name__ == "__main__":
    main()
