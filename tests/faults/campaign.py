"""Hurt an installation of real processes, again and again, and see each time whether everything heals.

`python -m tests.faults.campaign --engine embedded|meilisearch --database sqlite|postgresql [--rounds 200] [--seed 1]`

Each round makes changes, breaks something at a random point of time, brings it back, waits until nothing waits, and holds database and
index against one another, document by document. It can be stopped at any time; the same command goes on where it was, with the same faults.
`--anew` begins again. The installation lies in a folder of its own (`--folder`), with what the worker said in `worker.log`.
"""

import argparse
import json
import math
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.faults.house import House, NotHealed
from tests.faults.kinds import Kind, kinds_for

SERVICES = 1_000


def main() -> int:
    options = read_options()
    folder: Path = options.folder or Path(tempfile.gettempdir()) / f"faults-{options.engine}-{options.database}-{options.seed}"
    if options.anew:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # a database server that another user runs lies in it
    told = folder / "rounds.jsonl"
    done = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    say(f"{options.engine} with {options.database}, {options.services} services, seed {options.seed}, in {folder}")
    house, began = House(folder, options.engine, options.database), time.monotonic()
    house.open(options.services)
    try:
        house.wait_until_healed(random.Random(0))
        for number in range(len(done) + 1, options.rounds + 1):
            done.append(one_round(house, number, options))
            with told.open("a") as file:
                file.write(json.dumps(done[-1]) + "\n")
            say(f"{number}/{options.rounds} {done[-1]['kind']}: healed in {done[-1]['healed']:.1f} s")
    except NotHealed as error:
        say(f"Round {len(done) + 1} of seed {options.seed} did not heal. {error}")
        return 1
    except KeyboardInterrupt:
        say("Stopped; the same command goes on from here.")
        return 130
    finally:
        house.close()
    print(report(done, time.monotonic() - began))
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=("embedded", "meilisearch"), required=True)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), required=True)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--services", type=int, default=SERVICES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="Only faults whose name begins so.", default="")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--anew", action="store_true")
    return parser.parse_args()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def one_round(house: House, number: int, options: argparse.Namespace) -> dict[str, Any]:
    """The round of this number: the same for the same seed, whatever went before."""
    dice = random.Random(f"{options.seed} {number}")
    kind = drawn(kinds_for(options.engine, options.database), dice, options.kind)
    kind.bring(house, dice)
    took, documents = house.wait_until_healed(dice)
    if any(house.parked()):
        raise NotHealed(f"Parked are {max(map(len, house.parked()))} services that nothing is wrong with.")
    return {"kind": kind.name, "healed": took, "documents": documents}


def drawn(kinds: list[Kind], dice: random.Random, beginning: str) -> Kind:
    chosen = [kind for kind in kinds if kind.name.startswith(beginning)]
    return dice.choices(chosen, [kind.weight for kind in chosen])[0]


def report(rounds: list[dict[str, Any]], seconds: float) -> str:
    """How long each kind took to heal, in seconds after everything that was killed ran again."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for each in rounds:
        by_kind[each["kind"]].append(each["healed"])
        by_kind["all"].append(each["healed"])
    lines = ["| fault | rounds | healed after, p50 s | p95 | longest |", "|---|---|---|---|---|"]
    for name in [*sorted(by_kind.keys() - {"all"}), "all"]:
        took = sorted(by_kind[name])
        lines.append(f"| {name} | {len(took)} | {share(took, 0.5):.1f} | {share(took, 0.95):.1f} | {took[-1]:.1f} |")
    compared = sum(each["documents"] for each in rounds)
    lines.append(f"{len(rounds)} rounds, {compared} documents compared: 0 divergent, 0 lost, 0 doubled. The last run took {seconds:.0f} s.")
    return "\n".join(lines)


def share(ordered: list[float], part: float) -> float:
    """The value below or at which that part of them lies."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


if __name__ == "__main__":
    sys.exit(main())
