"""Makes the pinned environment of a peer where it is missing, outside of the project, and runs the peer in it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.rules.matching.contacts import read_number
from directory.rules.matching.facts import Facts
from directory.rules.matching.names import words_of_names
from directory.rules.matching.streets import read_streets

PINNED = {
    "recordlinkage": ("recordlinkage==0.16",),
    "splink": ("splink==5.0.0",),
    "splink_spark": ("splink==5.0.0", "pyspark==3.5.6"),
    "dedupe": ("dedupe==3.0.3", "BTrees==6.4"),
}
"""Peer -> what its environment holds. (dedupe 3.0.3 does not run with BTrees 6.5.)"""

LONGEST_S = 600


@dataclass(frozen=True, slots=True)
class PeerRun:
    """`groups`: record -> group. `why_not`: one line where the peer gave no answer."""

    groups: dict[str, str]
    seconds: float
    why_not: str = ""


def folder() -> Path:
    """Where the environments are: `PEERS_DIR`, or the cache of whoever runs this."""
    return Path(os.environ.get("PEERS_DIR", "") or Path.home() / ".cache" / "shared-directory" / "duplicate-peers")


def environment(peer: str) -> Path:
    """The Python of a peer's environment, made where it is missing."""
    place = folder() / peer
    python, made = place / "bin" / "python", place / "made.txt"
    wanted = "\n".join(PINNED[peer])
    if not made.is_file() or made.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINNED[peer]], check=True)
        made.write_text(wanted)
    return python


def plain(records: list[Facts]) -> list[dict[str, str]]:
    """The records as every tool gets them."""
    streets = read_streets([record.street for record in records])
    names = words_of_names([record.name for record in records])
    numbers = [next((number for text in record.phones if (number := read_number(text, record.country))), None) for record in records]
    return [
        {
            "id": record.id,
            "name": " ".join(words),
            "number": str(street.number or ""),
            "street": street.core,
            "city": record.city.lower(),
            "postal": record.postal_code or street.postal_code,
            "phone": f"{number.local:07}" if number else "",
        }
        for record, street, words, number in zip(records, streets, names, numbers, strict=True)
    ]


def run_peer(peer: str, records: list[Facts], train: list[Facts] = (), labels: Any = (), wanted: int = 0) -> PeerRun:  # type: ignore[assignment]
    """`train`, `labels` (left, right, same): records with known answers for tools that learn; `wanted`: how many they may ask for."""
    asked = {"records": plain(records), "train": plain(list(train)), "labels": list(labels), "wanted": wanted}
    script = Path(__file__).with_name(f"{peer}_peer.py")
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            [str(environment(peer)), "-W", "ignore", str(script)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            env=os.environ | one,
            check=False,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return PeerRun({}, LONGEST_S, str(error).splitlines()[0][:120])
    if done.returncode:
        return PeerRun({}, 0.0, (done.stderr.strip().splitlines() or ["no word why"])[-1][:160])
    answer = json.loads(done.stdout.splitlines()[-1])
    return PeerRun(answer["groups"], answer["seconds"])
