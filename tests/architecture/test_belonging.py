"""The project stands on its own feet: no file names a machine, a package registry or a way to one."""

import re
from pathlib import Path

import pytest

from tests.support.tree import ROOT, tracked_files

HOSTS = re.compile(
    "|".join(
        (
            "pypi\\." + "org",
            "python" + "hosted",
            "registry\\." + "npmjs",
            "hub\\.docker|docker" + "\\.io",
            "ghcr\\." + "io",
            "proxy\\.golang",
        )
    )
)
MACHINE = re.compile(r"(?<![\w.~/-])/(?:work|root|home/\w+|Users/\w+)/\w")
PICTURES = {".png", ".jpg", ".xz", ".zip", ".gz"}
SIGNATURES = (b"\x89PNG", b"\xfd7zXZ", b"\xff\xd8\xff", b"\x1f\x8b", b"PK\x03\x04")


def text_of(path: Path) -> str:
    """The text of a file; nothing of a picture or a packed one."""
    content = (ROOT / path).read_bytes()
    return "" if content.startswith(SIGNATURES) else content.decode("utf-8", errors="replace")


def found_in_files(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    matches = {str(path): pattern.findall(text_of(path)) for path in tracked_files() if path.suffix not in PICTURES}
    return {path: found for path, found in matches.items() if found}


def test_no_file_names_a_package_registry() -> None:
    assert found_in_files(HOSTS) == {}


def test_no_file_names_a_place_on_a_machine() -> None:
    assert found_in_files(MACHINE) == {}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock
    requirements = [line for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]
    assert requirements
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", lock)) >= len(requirements)


def test_no_file_is_huge() -> None:
    huge = [str(path) for path in tracked_files() if (ROOT / path).stat().st_size > 6_000_000]
    assert huge == []
