"""One changed listing in an installation: `python -m tests.bench.duplicates_stored [--services 100000] [--changes 300] [--folder DIR]`.

Makes an installation on SQLite with so many made-up listings over real cities and compares all of them once (both kept in the folder, for
another time); then changes one after the other (its name, by a word that many others have), compares it and stores what was found, as the
worker does, and prints how long the comparing and storing takes at each level: on the clock, and of the processor.
"""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from sqlalchemy import select, update

from directory.app import build_parts
from directory.services.matching.directory_facts import record_ids
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.one_change import compare_changed
from directory.services.matching.run import last_run_at, run_all
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import Service
from seeds.load import seed_scaled

WARM_UP = 10


def installation(folder: Path, services: int) -> Parts:
    parts = build_parts(Settings(data_dir=folder, secret_key="a key for figures only, of good length"))
    upgrade(parts.database)
    with parts.database.reading() as session:
        is_there = session.scalar(select(Service.id).limit(1)) is not None
    if not is_there:
        seed_scaled(parts, services)
    if last_run_at(parts) is None:
        for level in Level:
            print(run_all(parts, level), flush=True)
    return parts


def measure(parts: Parts, level: Level, changes: int) -> str:
    with parts.database.reading() as session:
        ids = Random(1).sample(list(record_ids(session, level)), WARM_UP + changes)
    took, worked = [], []
    for record_id in ids:
        _rename(parts, level, record_id)
        clock, processor = time.perf_counter(), time.process_time()
        compare_changed(parts, level, record_id)
        took.append(1000 * (time.perf_counter() - clock))
        worked.append(1000 * (time.process_time() - processor))
    return f"{level.value:<14} on the clock {_shares(took[WARM_UP:])}   of the processor {_shares(worked[WARM_UP:])}"


def _rename(parts: Parts, level: Level, record_id: str) -> None:
    table = TABLES[level]
    with parts.database.writing() as session:
        name = session.scalars(select(table.name).where(table.id == record_id)).one() or ""
        said = name.removesuffix(" Community") if name.endswith(" Community") else f"{name} Community"
        session.execute(update(table).where(table.id == record_id).values(name=said))
        session.commit()


def _shares(milliseconds: list[float]) -> str:
    found = sorted(milliseconds)
    return f"p50 {found[len(found) // 2]:.1f}, p95 {found[int(0.95 * len(found))]:.1f}, most {found[-1]:.1f} ms"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--services", type=int, default=100_000)
    options.add_argument("--changes", type=int, default=300)
    options.add_argument("--folder", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="directory-bench-") as folder:
        parts = installation(chosen.folder or Path(folder), chosen.services)
        for level in Level:
            print(measure(parts, level, chosen.changes), flush=True)


if __name__ == "__main__":
    main()
