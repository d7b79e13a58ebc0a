"""Where an export goes: everything is written beside its place and takes it in one step at the end, so that no half of one lies there."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from directory.domain.errors import InvalidInput, Refused

DESCRIPTION = "datapackage.json"


@contextmanager
def written_beside(path: Path) -> Iterator[TextIO]:
    """A text file that becomes `path` when the block ends well, and is gone when it does not."""
    _check_parent(path)
    if path.is_dir():
        raise InvalidInput("out", f"{path} is a folder; give the name of a file.")
    part = _beside(path)
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A folder that becomes `path`, or is packed into it when it is called `.zip`. A folder of an export before is replaced."""
    _check_parent(path)
    is_zip = path.suffix.lower() == ".zip"
    if not is_zip:
        _check_folder(path)
    part = _beside(path)
    part.mkdir()
    try:
        yield part
        if is_zip:
            _pack(part, path)
        else:
            _take_place(part, path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.parent / f".{path.name}.part-{os.getpid()}"


def _check_parent(path: Path) -> None:
    if not path.name or not path.parent.is_dir():
        raise InvalidInput("out", f"There is no folder {path.parent}; make it first.")


def _check_folder(path: Path) -> None:
    """Only an export that lies there already, or nothing, is replaced."""
    if path.is_file():
        raise InvalidInput("out", f"{path} is a file; give the name of a folder, or one that ends in .zip.")
    if path.is_dir() and any(path.iterdir()) and not (path / DESCRIPTION).is_file():
        raise Refused(f"{path} holds other files; give an empty folder, or a name that is not there yet.")


def _take_place(part: Path, path: Path) -> None:
    old = path.parent / f"{part.name}-old"
    if path.exists():
        path.rename(old)
    part.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _pack(folder: Path, path: Path) -> None:
    part = folder.with_name(f"{folder.name}.zip")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
                file.unlink()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
