"""Make a copy of the whole directory in one file, as it is at one moment, while others write; and try a copy.

The keys that what is personal is sealed with are not in it: a copy that is lost must not open what it holds. Who wants them in it says
so.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from directory.domain.errors import InvalidInput, Refused
from directory.services.keeping.jobs import note_job
from directory.services.parts import Parts
from directory.store.copies.archive import Manifest, new_copy, opened_copy
from directory.store.copies.incoming import throw_away
from directory.store.copies.load import Progress, load, tally_of
from directory.store.copies.rows import count_rows, read_rows
from directory.store.copies.shapes import TableShape, shapes_in
from directory.store.copies.snapshot import snapshot
from directory.store.migrate import current_revision, upgrade
from directory.store.session import Database

PRODUCT = "shared-directory"
KEY_FILES = ("sealing-keys", "secret-key")
LEAST_LEFT_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class BackupReport:
    """`path` is the copy, `size` its bytes; `tried` when it was loaded into a throw-away database and found the same."""

    path: Path
    size: int
    manifest: Manifest
    tried: bool = False


def back_up(
    parts: Parts, path: Path, *, with_keys: bool = False, over: bool = False, try_it: bool = False, progress: Progress | None = None
) -> BackupReport:
    """Write a copy. Raise `Refused` where there is a file already or nothing to copy, `InvalidInput` where a folder is missing."""
    path = path.expanduser().absolute()
    _check_place(path, over=over)
    keys = parts.settings.backup_key_list
    revision = current_revision(parts.database)
    if revision is None:
        raise Refused("There is nothing to copy yet: the database has no tables.")
    manifest = _write(parts, path, revision, keys_of(parts) if with_keys else {}, progress or _unwatched)
    with opened_copy(path, keys) as copy:
        copy.check()
    if try_it:
        try_copy(parts, path, progress=progress)
    _note(parts)
    return BackupReport(path, path.stat().st_size, manifest, tried=try_it)


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def _check_place(path: Path, *, over: bool) -> None:
    if not path.parent.is_dir():
        raise InvalidInput("FILE", f"There is no folder {path.parent} to put the copy into.")
    if path.exists() and not over:
        raise Refused(f"{path} is there already; give another name, or --over to replace it.")
    if path.is_dir():
        raise InvalidInput("FILE", f"{path} is a folder; name a file, as in {path / 'directory.copy'}.")
    if shutil.disk_usage(path.parent).free < LEAST_LEFT_BYTES:
        raise Refused(f"Less than {LEAST_LEFT_BYTES // 1_000_000} MB are free at {path.parent}.")


def keys_of(parts: Parts) -> dict[str, bytes]:
    """The keys of this installation by the name of their file: from the settings, else from the data folder."""
    settings = parts.settings
    given = {"sealing-keys": "\n".join(settings.sealing_key_list), "secret-key": settings.secret_key}
    found = {}
    for name in KEY_FILES:
        file = settings.data_dir / name
        if given[name]:
            found[name] = given[name].encode()
        elif file.exists():
            found[name] = file.read_bytes()
    return found


def _write(parts: Parts, path: Path, revision: str, keys: Mapping[str, bytes], progress: Progress) -> Manifest:
    with new_copy(path, parts.settings.backup_key_list) as copy, snapshot(parts.database) as connection:
        shapes = shapes_in(connection)
        total = sum(count_rows(connection, shape) for shape in shapes)
        done = 0
        for shape in shapes:
            copy.add_table(shape, read_rows(connection, shape))
            done += copy.tables[-1].rows
            progress(done, total)
        for name, content in keys.items():
            copy.add_file(f"keys/{name}", content)
        manifest = Manifest(
            product=version(PRODUCT),
            revision=revision,
            database=_name_of(parts.database, connection),
            made_at=parts.clock.now().isoformat(timespec="seconds"),
            community=_community(connection, shapes),
            keys=bool(keys),
            tables=tuple(copy.tables),
            members=copy.members,
        )
        copy.finish(manifest)
    return manifest


def _name_of(database: Database, connection: Connection) -> str:
    said = connection.scalar(text("SELECT sqlite_version()" if database.is_sqlite else "SELECT current_setting('server_version')"))
    return f"{database.engine.dialect.name} {said}"


def _community(connection: Connection, shapes: tuple[TableShape, ...]) -> str:
    if not any(shape.name == "community" for shape in shapes):
        return ""
    written = connection.scalar(text("SELECT CAST(value AS TEXT) FROM community WHERE key = 'name'"))
    return str(json.loads(written)) if written else ""


def try_copy(parts: Parts, path: Path, *, progress: Progress | None = None) -> Manifest:
    """Load a copy into a throw-away SQLite database and hold every table against the manifest. Raise `InvalidInput` where one differs."""
    with opened_copy(path, parts.settings.backup_key_list) as copy, throw_away(parts.database, path.absolute().parent) as database:
        copy.check()
        upgrade(database, to=copy.manifest.revision)
        load(database, copy, progress or _unwatched)
        with snapshot(database) as connection:
            for table in copy.manifest.tables:
                found = tally_of(connection, table.shape)
                if (found.rows, found.digest) != (table.rows, table.digest):
                    raise InvalidInput("FILE", f"This copy does not come back as it was: {table.shape.name} differs.")
        return copy.manifest


def _note(parts: Parts) -> None:
    """So that `doctor` and `/health` know how old the last copy is. Tables of an older version have no place for it."""
    try:
        note_job(parts, "backup", "")
    except SQLAlchemyError:
        return
