"""The same model on splink's Spark backend, beside our own run of the same made-up listings.

    python -m tests.bench.duplicates_spark [--listings 100000] [--level site] [--seed 1]

Makes the pinned environment where it is missing (`duplicates_peers.running`; Java 17 has to be there), runs Spark in local mode on one
core, and prints what both took and how far they agree. What Spark writes meanwhile goes under `SPARK_FOLDER`, where that is set. Exit code
1 where fewer than `FLOOR` of either's certain pairs are in the other's.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from directory.rules.matching.columns_builder import columns_of
from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.matching import match_all, shipped_model
from directory.rules.matching.policies import CERTAIN_AT, REVIEW_AT
from directory.rules.matching.statistics import statistics_of
from directory.services.matching.export_splink import write_for_splink
from tests.bench.duplicates_generated import generated
from tests.bench.duplicates_peers.running import PINNED, environment, folder

PEER = "splink_spark"
FLOOR = 0.99
LONGEST_S = 7_200
Scores = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`certain_here`, `certain_there`: how many pairs; `both`: in both; `apart`: the median and the largest difference of scores."""

    certain_here: int
    certain_there: int
    both: int
    review_here: int
    review_there: int
    review_both: int
    apart: tuple[float, float]

    @property
    def least(self) -> float:
        return self.both / max(1, self.certain_here, self.certain_there)


def why_not() -> str:
    """Why Spark cannot run here now, without making anything; "" where it can."""
    if shutil.which("java") is None:
        return "there is no Java on this machine"
    made = folder() / PEER / "made.txt"
    if not made.is_file() or made.read_text() != "\n".join(PINNED[PEER]):
        return "the environment of `python -m tests.bench.duplicates_spark` is not made"
    return ""


def run_spark(place: Path, memory: str = "4g") -> tuple[dict[str, Any], Scores]:
    """What it took, and the pairs to review and certain ones with their scores. Raise `RuntimeError` with the last words where it fails."""
    script, into = Path(__file__).parent / "duplicates_peers" / "splink_spark_peer.py", place / "pairs.csv"
    command = [str(environment(PEER)), "-W", "ignore", str(script), str(place), str(into), "1", memory]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    if done.returncode:
        raise RuntimeError("\n".join(done.stderr.strip().splitlines()[-3:]))
    with into.open(newline="") as stream:
        scores = {(row["left"], row["right"]): float(row["score"]) for row in csv.DictReader(stream)}
    return json.loads(done.stdout.splitlines()[-1]), scores


def here(records: list[Facts], level: IdentityLevel) -> tuple[float, int, Scores]:
    """(seconds of the processor, pairs compared, scores from the review band up), with the weights that ship, before groups are made."""
    started = process_time()
    model = shipped_model(level, statistics_of(columns_of(records, level), level))
    found = match_all(records, level, model=model)
    seconds = process_time() - started
    ids, pairs, scores = found.compared.columns.ids, found.compared.pairs, found.compared.weighed.scores
    places = (scores >= REVIEW_AT).nonzero()[0].tolist()
    return seconds, len(scores), {(ids[pairs.left[place]], ids[pairs.right[place]]): float(scores[place]) for place in places}


def agreement(ours: Scores, theirs: Scores) -> Agreement:
    certain, others = ({key for key, score in scores.items() if score >= CERTAIN_AT} for scores in (ours, theirs))
    shared = sorted(abs(ours[key] - theirs[key]) for key in ours.keys() & theirs.keys()) or [0.0]
    return Agreement(
        len(certain), len(others), len(certain & others), len(ours), len(theirs), len(ours.keys() & theirs.keys()),
        (shared[len(shared) // 2], shared[-1]),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", type=IdentityLevel, choices=list(IdentityLevel), default=IdentityLevel.SITE)
    parser.add_argument("--memory", default="4g", help="of the Java process")
    asked = parser.parse_args()
    if shutil.which("java") is None:
        print("not run: there is no Java on this machine")
        return
    print(f"{asked.listings:,} made-up listings (seed {asked.seed}), level {asked.level.value}, load {os.getloadavg()[0]:.1f}")
    records = list(generated(asked.listings, asked.seed))
    seconds, compared, ours = here(records, asked.level)
    print(f"  here: {seconds:.1f} s of the processor, {compared:,} pairs compared, {len(ours):,} from the review band up", flush=True)
    with tempfile.TemporaryDirectory(dir=os.environ.get("SPARK_FOLDER")) as place:
        started = process_time()
        write_for_splink(records, asked.level, Path(place), lambda _what, _count: None)
        size = sum(path.stat().st_size for path in Path(place).iterdir()) / 1e6
        print(f"  writing: {process_time() - started:.1f} s of the processor, {size:.0f} MB", flush=True)
        took, theirs = run_spark(Path(place), asked.memory)
    print("  there: " + ", ".join(f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}" for name, value in took.items()))
    found = agreement(ours, theirs)
    print(
        f"  certain: {found.certain_here:,} here, {found.certain_there:,} there, {found.both:,} in both; from the review band up: "
        f"{found.review_here:,}, {found.review_there:,}, {found.review_both:,}; scores apart: median {found.apart[0]:.3f}, most "
        f"{found.apart[1]:.2f}"
    )
    sys.exit(0 if found.least >= FLOOR else 1)


if __name__ == "__main__":
    main()
