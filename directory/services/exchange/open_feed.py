"""Opening what a publisher sent - a file, a zip, a folder - as a list of plain files, without trusting any of it.

A compressed feed is unpacked into a temporary folder under names of our own, counting real bytes as they come out: what a header claims
about sizes is not believed. Nothing is written outside that folder, and it is gone when the import ends.
"""

import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from directory.domain.errors import InvalidInput
from directory.services.exchange.records import FeedFile
from directory.services.exchange.workbooks import SUFFIX, as_tables

READABLE = frozenset({".json", ".ndjson", ".jsonl", ".csv", ".tsv", ".xml", ".xlsx", ".geojson"})
PACKED = frozenset({".gz"})
CHUNK = 1 << 20
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import takes on. Sizes in bytes; `ratio` is unpacked over packed size and counts past the first `ratio_from` bytes."""

    files: int = 5_000
    one_file: int = 8 << 30
    unpacked: int = 16 << 30
    ratio: int = 200
    ratio_from: int = 10 * MEGABYTE


DEFAULT_LIMITS = Limits()


@contextmanager
def open_feed(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[list[FeedFile]]:
    """Give the files of a feed, sorted by name. Raise `InvalidInput` with one sentence when it cannot or should not be opened."""
    if not path.exists():
        raise InvalidInput("path", f"There is nothing at {path}. Give the path of a file, a zip or a folder.")
    with tempfile.TemporaryDirectory(prefix="feed-") as folder:
        try:
            files = list(_readable(_files(path, Path(folder), limits), Path(folder)))
        except PermissionError as error:
            raise InvalidInput("path", f"{Path(error.filename or path).name} may not be read by this program.") from None
        if not files:
            raise InvalidInput("path", f"{path.name} holds no file that can be read: .json, .ndjson, .csv, .xlsx, .xml, or a .zip of them.")
        yield sorted(files, key=lambda file: file.name)


def _files(path: Path, folder: Path, limits: Limits) -> list[FeedFile]:
    if path.is_dir():
        return _of_folder(path, folder, limits)
    if zipfile.is_zipfile(path) and path.suffix.lower() != SUFFIX:
        return _Unpacking(folder, limits).unzip(path)
    if path.suffix.lower() == ".zip":
        raise InvalidInput("path", f"{path.name} is damaged or no zip that can be opened; pack it again.")
    return [_one(path, _shown(path.name), folder, limits)]


def _readable(files: list[FeedFile], folder: Path) -> Iterator[FeedFile]:
    """The files, with the sheets of each workbook as tables in its place."""
    for file in files:
        if file.path.lower().endswith(SUFFIX):
            yield from as_tables(file, folder)
        else:
            yield file


def _of_folder(path: Path, folder: Path, limits: Limits) -> list[FeedFile]:
    root = path.resolve()
    files: list[FeedFile] = []
    for found in sorted(path.rglob("*")):
        name = _shown(found.relative_to(path).as_posix())
        if not found.is_file() or _is_hidden(name) or not _is_readable(name):
            continue
        if not found.resolve().is_relative_to(root):
            raise InvalidInput("path", f"{name} is a link that leads out of the folder; put the file itself there.")
        if len(files) >= limits.files:
            raise InvalidInput("path", f"The folder holds more than {limits.files} files; a feed has fewer.")
        files.append(_one(found, name, folder, limits))
    return files


def _one(path: Path, name: str, folder: Path, limits: Limits) -> FeedFile:
    if path.suffix.lower() in PACKED:
        return _Unpacking(folder, limits).gunzip(path, name)
    if not path.is_file():
        raise InvalidInput("path", f"{name} is not a file.")
    size = path.stat().st_size
    if size > limits.one_file:
        raise InvalidInput("path", f"{name} is larger than {limits.one_file >> 30} GB; split it into several files.")
    return FeedFile(name=name, path=str(path), size=size)


def _shown(name: str) -> str:
    """A name of the file system that can be written into a report."""
    return name.encode("utf-8", "replace").decode()


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) for part in PurePosixPath(name).parts)


def _is_readable(name: str) -> bool:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes[-2:]]
    return bool(suffixes) and (suffixes[-1] in READABLE or (suffixes[-1] in PACKED and suffixes[0] in READABLE))


class _Unpacking:
    """Copies compressed files out, stopping at the first sign of a trap."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self.written = 0
        self.packed = 0
        self.number = 0

    def unzip(self, path: Path) -> list[FeedFile]:
        self.packed = path.stat().st_size
        try:
            with zipfile.ZipFile(path) as archive:
                entries = [entry for entry in archive.infolist() if self._is_wanted(entry)]
                if len(entries) > self.limits.files:
                    raise InvalidInput("path", f"The zip holds {len(entries)} files; a feed has at most {self.limits.files}.")
                return [self._entry(archive, entry) for entry in entries]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise InvalidInput("path", f"{path.name} is damaged or no zip that can be opened; pack it again.") from None

    def gunzip(self, path: Path, name: str) -> FeedFile:
        self.packed = path.stat().st_size
        try:
            with gzip.open(path) as stream:
                return self._write(stream, str(PurePosixPath(name).with_suffix("")))
        except (gzip.BadGzipFile, zlib.error, EOFError):
            raise InvalidInput("path", f"{name} is damaged or no gzip file; pack it again.") from None

    def _is_wanted(self, entry: zipfile.ZipInfo) -> bool:
        name = entry.filename
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":"):
            raise InvalidInput("path", f"The zip names a file outside of itself ({name[:80]!r}); it is not opened.")
        if entry.is_dir() or _is_hidden(name):
            return False
        if entry.flag_bits & 0x1:
            raise InvalidInput("path", f"{name} in the zip asks for a password; pack it without one.")
        return _is_readable(name)

    def _entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> FeedFile:
        name = entry.filename.replace("\\", "/")
        with archive.open(entry) as stream:
            if PurePosixPath(name).suffix.lower() not in PACKED:
                return self._write(stream, name)
            with gzip.open(stream) as inner:
                return self._write(inner, str(PurePosixPath(name).with_suffix("")))

    def _write(self, stream: IO[bytes] | gzip.GzipFile, name: str) -> FeedFile:
        self.number += 1
        target = self.folder / f"{self.number:05d}{PurePosixPath(name).suffix.lower()}"
        size = 0
        with target.open("wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                self.written += len(chunk)
                self._check(name, size)
                out.write(chunk)
        return FeedFile(name=name, path=str(target), size=size)

    def _check(self, name: str, size: int) -> None:
        limits = self.limits
        if size > limits.one_file or self.written > limits.unpacked:
            raise InvalidInput("path", f"{name} unpacks to more than {limits.one_file >> 30} GB; it is not opened.")
        if self.written > limits.ratio_from and self.written > self.packed * limits.ratio:
            raise InvalidInput(
                "path", f"{name} unpacks to more than {limits.ratio} times its packed size, as a trap would; it is not opened."
            )
        if shutil.disk_usage(self.folder).free < 4 * CHUNK:
            raise InvalidInput("path", "There is no room left on the disk to unpack the feed.")
