"""The file of a copy: a zip with one member for each table, a line for each row, and a manifest that says what is in it.

It is written beside its place and put there in one step when it is whole: whatever stands under the name of a copy is a copy.
"""

import json
import os
import secrets
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BufferedWriter
from pathlib import Path
from typing import Any, BinaryIO, cast

from directory.domain.errors import InvalidInput
from directory.store.copies.rows import Row, Tally, line_of, row_of
from directory.store.copies.sealing import SealingWriter, is_sealed, unseal
from directory.store.copies.shapes import Kind, TableShape

FORMAT = 1
MANIFEST = "manifest.json"
_NOT_A_COPY = "This is not a copy of a directory, or it is damaged; a copy is made with directory backup FILE."


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table in a copy: its columns, how many rows, and the digest of them all (see `rows.Tally`)."""

    shape: TableShape
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a copy. `revision` is that of its tables, `product` the version of the program, `database` what it was taken from,
    `made_at` an ISO moment, `keys` whether keys are in it, `members` the SHA-256 of each other member."""

    product: str
    revision: str
    database: str
    made_at: str
    community: str
    keys: bool
    tables: tuple[CopiedTable, ...]
    members: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


class CopyWriter:
    """Members of a copy being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self.tables: list[CopiedTable] = []
        self.members: dict[str, str] = {}

    def add_table(self, shape: TableShape, rows: Iterable[Row]) -> None:
        tally, digest = Tally(), sha256()
        name = f"rows/{shape.name}.ndjson"
        with self._zip.open(name, "w", force_zip64=True) as member:
            for row in rows:
                line = line_of(row)
                tally.add(line)
                digest.update(line + b"\n")
                member.write(line + b"\n")
        self.members[name] = digest.hexdigest()
        self.tables.append(CopiedTable(shape, tally.rows, tally.digest))

    def add_file(self, name: str, content: bytes) -> None:
        self._zip.writestr(name, content)
        self.members[name] = sha256(content).hexdigest()

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(MANIFEST, json.dumps(_shape(manifest), ensure_ascii=False, indent=1))


class CopyReader:
    """A copy that is there, with its manifest read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self.manifest = _manifest(json.loads(archive.read(MANIFEST)))

    def rows(self, shape: TableShape) -> Iterator[list[Any]]:
        with self._zip.open(f"rows/{shape.name}.ndjson") as member:
            for line in member:
                yield row_of(line)

    def file(self, name: str) -> bytes | None:
        return self._zip.read(name) if name in self._zip.namelist() else None

    def check(self) -> None:
        """Read every member and hold it against the manifest. Raise `InvalidInput` for what is not as it was written."""
        there = set(self._zip.namelist()) - {MANIFEST}
        if there != set(self.manifest.members):
            raise InvalidInput("FILE", _NOT_A_COPY)
        for name, wanted in self.manifest.members.items():
            digest = sha256()
            with self._zip.open(name) as member:
                while piece := member.read(1 << 20):
                    digest.update(piece)
            if digest.hexdigest() != wanted:
                raise InvalidInput("FILE", f"This copy is damaged: {name} is not what was written.")


@contextmanager
def new_copy(path: Path, keys: Sequence[str] = ()) -> Iterator[CopyWriter]:
    """Write a copy under a name beside its own; it gets its own when all went well, in one step that outlives a power cut."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            sealing = SealingWriter(file, keys) if keys else None
            target: BinaryIO = cast("BinaryIO", BufferedWriter(sealing, 1 << 20)) if sealing else file
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                yield CopyWriter(archive)
            if sealing:
                target.close()
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _make_names_durable(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def _make_names_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened_copy(path: Path, keys: Sequence[str] = ()) -> Iterator[CopyReader]:
    """Read a copy, sealed or not. Raise `InvalidInput` for what is none."""
    with path.open("rb") as file, tempfile.TemporaryFile() as opened:
        source: BinaryIO = file
        if is_sealed(file):
            unseal(file, keys, cast("BinaryIO", opened))
            source = cast("BinaryIO", opened)
        try:
            with zipfile.ZipFile(source) as archive:
                yield CopyReader(archive)
        except (zipfile.BadZipFile, KeyError, TypeError, EOFError):
            raise InvalidInput("FILE", _NOT_A_COPY) from None


def _shape(manifest: Manifest) -> dict[str, Any]:
    tables = {
        table.shape.name: {"columns": [list(column) for column in table.shape.columns], "rows": table.rows, "digest": table.digest}
        for table in manifest.tables
    }
    said = ("product", "revision", "database", "made_at", "community", "keys")
    return {"format": FORMAT, **{name: getattr(manifest, name) for name in said}, "tables": tables, "members": dict(manifest.members)}


def _manifest(found: dict[str, Any]) -> Manifest:
    if found.get("format") != FORMAT:
        raise InvalidInput("FILE", f"This copy is of the form {found.get('format')}; this version reads form {FORMAT}.")
    tables = tuple(
        CopiedTable(
            TableShape(name, tuple((column, Kind(kind)) for column, kind in table["columns"])), int(table["rows"]), str(table["digest"])
        )
        for name, table in found["tables"].items()
    )
    said = {name: found[name] for name in ("product", "revision", "database", "made_at", "community", "keys")}
    return Manifest(**said, tables=tables, members=found["members"])
