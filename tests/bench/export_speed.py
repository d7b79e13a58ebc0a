"""How fast the directory is exported: `python -m tests.bench.export_speed --services 10000 100000`.

Fills an empty directory with made-up services, then writes each format, and prints services a second, the size of what was written and
the highest memory. Each export runs in a process of its own, so that its memory is its own; what is flat shows by the same figure at ten
times the size. Linux only.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from directory.services.exchange.export.request import FORMATS


def main() -> None:
    arguments = _arguments()
    if arguments.run:
        _run(Path(arguments.run), arguments.format[0])
        return
    for services in arguments.services:
        with tempfile.TemporaryDirectory(prefix="export-speed-") as name:
            _fill(Path(name), services)
            print(f"{services:,} services", flush=True)
            for form in arguments.format:
                command = [sys.executable, "-m", "tests.bench.export_speed", "--run", name, "--format", form]
                result = subprocess.run(command, check=True, capture_output=True, text=True)
                print(f"  {form:<10} {result.stdout.strip()}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--format", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--run", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _fill(folder: Path, services: int) -> None:
    from directory.app import build_parts
    from directory.settings import Settings
    from directory.store.migrate import upgrade
    from seeds.load import seed_scaled

    parts = build_parts(Settings(data_dir=folder / "data"))
    upgrade(parts.database)
    seed_scaled(parts, services, seed=1)
    parts.database.close()


def _run(folder: Path, form: str) -> None:
    from directory.app import build_parts
    from directory.services.exchange.export.request import ExportRequest
    from directory.services.exchange.export.run import export_directory
    from directory.settings import Settings

    parts = build_parts(Settings(data_dir=folder / "data"))
    before = _highest_memory()
    out = folder / f"out-{form}"
    started = time.perf_counter()
    report = export_directory(parts, ExportRequest(form, out))
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in out.rglob("*")) if out.is_dir() else out.stat().st_size
    services = report.counts.get("service") or report.counts.get("row") or report.counts.get("feature", 0)
    print(
        f"{services / seconds:>7,.0f} a second, {seconds:>6.1f} s, {size / 1e6:>5.0f} MB written, "
        f"highest memory {_highest_memory():.0f} MB ({before:.0f} MB before)"
    )


def _highest_memory() -> float:
    """In MB, of this process alone: what the operating system counts for a process at its end holds its parent's too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
