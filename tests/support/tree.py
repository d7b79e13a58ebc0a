"""The files of the project: those that git tracks, or all but what is made, where there is no git."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {".venv", "var", ".git", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", "dist"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Paths from the root of the project, in order."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        found = (Path(name) for name in listed.stdout.split("\0") if name)
    else:
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and not MADE & set(path.parts))
    return tuple(sorted(path for path in found if (ROOT / path).is_file()))


def written_python_files() -> list[Path]:
    """Python that people write: migrations are made by a program from the tables."""
    found = [path for path in tracked_files() if path.suffix == ".py" or str(path) == "run"]
    return [path for path in found if "versions" not in path.parts]
