"""How well duplicates are found, beside other tools, and what it costs.

    python -m tests.bench.duplicates                      # quality, on the open labelled data
    python -m tests.bench.duplicates --without-peers      # ours and two simple rules
    python -m tests.bench.duplicates --generated 100000   # time and memory, on made-up listings

Weights, gates and bands were chosen on the `dev` half alone (docs/duplicates.md says what on what). Verdicts, and the labels of tools that
learn, come from the dev half; what is scored with them is the held-out half. Exit code 1 where a floor is missed.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import process_time

from directory.rules.matching.asking import worth_asking
from directory.rules.matching.matching import Matching, match_all
from directory.rules.matching.pairs import Band, Verdict, Verdicts
from tests.bench import duplicates_generated, duplicates_rules
from tests.bench.duplicates_data import Half, Labelled, chicago, restaurants
from tests.bench.duplicates_measures import Measured, b_cubed, of_counts, of_labelled_pairs, pairs_of_groups, pairwise
from tests.bench.duplicates_peers.running import PeerRun, run_peer

VERDICTS = (0, 25, 50, 100)
FLOOR, CERTAIN_FLOOR = 0.95, 0.98
Row = tuple[str, PeerRun]


def ours(data: Labelled, verdicts: Verdicts | None = None, trained_on: Labelled | None = None) -> tuple[Matching, PeerRun]:
    """With verdicts of other records, their weights alone are taken over; how common things are is counted anew."""
    started = process_time()
    found = match_all(data.records, data.level)
    if verdicts and trained_on:
        learnt = match_all(trained_on.records, data.level, verdicts).model
        found = match_all(data.records, data.level, model=type(learnt)(data.level, learnt.weights, found.model.statistics))
    return found, PeerRun(dict(found.groups.ids()), process_time() - started)


def asked_for(data: Labelled, count: int) -> Verdicts:
    """So many verdicts, five at a time, on the pairs that the finder itself would ask about; answered from the labels."""
    verdicts: dict[tuple[str, str], Verdict] = {}
    while len(verdicts) < count:
        matching = match_all(data.records, data.level, verdicts)
        known = [pair for pair in worth_asking(matching, len(matching.bands)) if _label(data, pair.left, pair.right) is not None]
        if not known:
            return verdicts
        for pair in known[: min(5, count - len(verdicts))]:
            same = _label(data, pair.left, pair.right)
            verdicts[pair.left, pair.right] = Verdict.SAME if same else Verdict.DIFFERENT
    return verdicts


def _label(data: Labelled, left: str, right: str) -> bool | None:
    return data.entities[left] == data.entities[right] if data.entities else data.pairs.get((left, right))


def measured(data: Labelled, groups: dict[str, str]) -> tuple[Measured, Measured | None]:
    if data.entities:
        return pairwise(groups, data.entities), b_cubed(groups, data.entities)
    return of_labelled_pairs(pairs_of_groups(groups), data.pairs), None


def certain_precision(data: Labelled, matching: Matching) -> tuple[Measured, int]:
    """Of the certain pairs whose label is known, how many are the same."""
    labels = [label for pair in matching.pairs(Band.CERTAIN) if (label := _label(data, pair.left, pair.right)) is not None]
    return of_counts(len(labels), sum(labels), sum(labels)), len(labels)


def show(data: Labelled, rows: Iterator[Row]) -> None:
    for name, run in rows:
        if run.why_not:
            print(f"  {name:<44} no answer: {run.why_not}")
            continue
        pair, cubed = measured(data, run.groups)
        more = f"   B-cubed F1 {cubed.f1:.3f}" if cubed else ""
        print(f"  {name:<44} P {pair.precision:.3f}  R {pair.recall:.3f}  F1 {pair.f1:.3f}{more}   {run.seconds:6.2f} s", flush=True)


def without_labels(data: Labelled, with_peers: bool) -> Iterator[Row]:
    yield "same name and address", duplicates_rules.exact(data.records)
    yield "rapidfuzz rules, untuned", duplicates_rules.likenesses(data.records)
    if with_peers:
        yield "recordlinkage 0.16, ECM", run_peer("recordlinkage", data.records)
        yield "splink 5.0.0, EM, components > 0.9", run_peer("splink", data.records)


def learning(dev: Labelled, held_out: Labelled, with_peers: bool) -> Iterator[Row]:
    for count in VERDICTS:
        verdicts = asked_for(dev, count)
        yield f"ours, {len(verdicts)} verdicts on the dev half", ours(held_out, verdicts, dev)[1]
    if with_peers and dev.entities:
        for count in VERDICTS[2:]:
            labels = list(dev.entities.items())
            yield f"dedupe 3.0.3, {count} labels of the dev half", run_peer("dedupe", held_out.records, dev.records, labels, count)


def floors(of: list[tuple[str, float, float]]) -> bool:
    for what, found, floor in of:
        print(f"  {what:<60} {found:.3f}  (floor {floor})  {'kept' if found >= floor else 'MISSED'}")
    return all(found >= floor for _, found, floor in of)


def _about(data: Labelled) -> str:
    if data.entities:
        return f"{len(set(data.entities.values()))} entities"
    return f"{len(data.pairs)} labelled pairs, {sum(data.pairs.values())} the same"


def quality(with_peers: bool) -> bool:
    kept: list[tuple[str, float, float]] = []
    for load, what in ((chicago, "site policy"), (restaurants, "organization policy")):
        make: Callable[..., Labelled] = load
        for half in (Half.DEV, Half.HELD_OUT, Half.ALL):
            data = make(half)
            print(f"\n{data.name}, {what}, {half.value}: {len(data.records)} records, {_about(data)}")
            matching, run = ours(data)
            show(data, iter([*without_labels(data, with_peers), ("ours, no verdicts", run)]))
            certain, pairs = certain_precision(data, matching)
            print(f"  certain band: {pairs} labelled pairs, precision {certain.precision:.3f}")
            kept.append((f"{data.name}, {half.value}: F1, no verdicts", measured(data, run.groups)[0].f1, FLOOR))
            if data.entities:
                kept.append((f"{data.name}, {half.value}: precision of the certain band", certain.precision, CERTAIN_FLOOR))
        print(f"\n{make(Half.HELD_OUT).name}, {what}, held out, with labels of the dev half")
        show(make(Half.HELD_OUT), learning(make(Half.DEV), make(Half.HELD_OUT), with_peers))
    print("\nFloors")
    return floors(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-peers", action="store_true", help="run nothing but ours and two simple rules")
    parser.add_argument("--generated", type=int, default=0, metavar="N", help="measure time and memory on so many made-up listings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", default="site", choices=("site", "organization", "program"), help="of --generated")
    asked = parser.parse_args()
    print(f"commit {_commit()}, Python {platform.python_version()}, {_machine()}, load {os.getloadavg()[0]:.1f}")
    good = duplicates_generated.report(asked.generated, asked.seed, asked.level) if asked.generated else quality(not asked.without_peers)
    sys.exit(0 if good else 1)


def _commit() -> str:
    found = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _machine() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores of {model}"


if __name__ == "__main__":
    main()
