"""Come back from a copy: made ready beside what is in use, brought to this version, held to what was erased since, put in place at once.

Whatever goes wrong before the last step leaves what is in use as it is.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from directory.domain.errors import InvalidInput, Refused
from directory.services.indexing.lock import waiting_for_index
from directory.services.indexing.rebuild_each import rebuild_each
from directory.services.keeping.backup import KEY_FILES, back_up
from directory.services.keeping.replay import Present, read_present, replay
from directory.services.parts import Parts
from directory.services.referrals.taken_back import TakenBack, read_taken_back, take_back_again
from directory.store.copies.archive import CopyReader, Manifest, opened_copy
from directory.store.copies.incoming import incoming, keep_file, take_place
from directory.store.copies.load import Progress, load
from directory.store.copies.rows import count_rows
from directory.store.copies.shapes import shapes_in
from directory.store.migrate import known_revisions, upgrade
from directory.store.sealing import Sealed, UnreadableSeal
from directory.store.session import Database
from directory.store.tables import Base


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """`kept` is a copy of what was there; `migrated` when the copy was of older tables; `erased_again` counts rows of the copy that had
    been deleted for good since it was made; `can_open` is False where what is personal was sealed with keys that are not here. `not_built`
    are indexes that could not be built anew just now, with the reason: their worker does it."""

    manifest: Manifest
    kept: Path | None
    migrated: bool
    erased_again: int
    can_open: bool
    keys_written: tuple[str, ...] = ()
    not_built: tuple[tuple[str, str], ...] = ()


def restore(
    parts: Parts, path: Path, *, yes: bool = False, with_keys: bool = False, actor: str = "operator", progress: Progress | None = None
) -> RestoreReport:
    """Put a copy in place. Raise `Refused` over a database that holds something without `yes`, and for a copy of a newer version."""
    with opened_copy(path.expanduser(), parts.settings.backup_key_list) as copy:
        manifest = copy.manifest
        if manifest.revision not in known_revisions():
            raise Refused(f"This copy is of a newer version ({manifest.product}, tables {manifest.revision}); install that one first.")
        copy.check()
        holds_something = _holds_something(parts, yes=yes)
        if holds_something and not yes:
            raise Refused("There is a directory here already; give --yes to put the copy in its place. What is there will be kept beside.")
        keys = _write_keys(parts, copy) if with_keys else ()
        with incoming(parts.database) as made:
            upgrade(made, to=manifest.revision)
            load(made, copy, progress or _unwatched)
            migrated = upgrade(made)
            present, taken = _present(parts.database) if holds_something else (Present(), TakenBack())
            with made.writing() as session:
                again = replay(session, present, parts.clock, actor) + take_back_again(session, taken, parts.clock.now())
                session.commit()
            can_open = _can_open(made)
            kept = _keep(parts) if holds_something else None
            take_place(made, parts.database)
    return RestoreReport(manifest, kept, migrated, again, can_open, keys)


def restore_and_rebuild(
    parts: Parts, path: Path, *, yes: bool = False, with_keys: bool = False, actor: str = "operator", progress: Progress | None = None
) -> RestoreReport:
    """Restore while nobody writes the indexes that this host keeps, then build them anew; every other host's worker is asked to do so."""
    with ExitStack() as held:
        for each in parts.each_index():
            held.enter_context(waiting_for_index(each))
        report = restore(parts, path, yes=yes, with_keys=with_keys, actor=actor, progress=progress)
    rebuilt = rebuild_each(parts, actor)
    return replace(report, not_built=tuple((index.consumer, index.why_not) for index in rebuilt if index.why_not))


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def _holds_something(parts: Parts, *, yes: bool) -> bool:
    """Whether any table has a row. A file that cannot be read is not taken for an empty one: it is put aside, when that was agreed to."""
    database = parts.database
    try:
        with database.engine.connect() as connection:
            return any(count_rows(connection, shape) for shape in shapes_in(connection))
    except DatabaseError as error:
        if not database.is_sqlite or isinstance(error, OperationalError):
            raise
        if not yes:
            raise Refused(f"What is here cannot be read ({error.orig}); give --yes to put it aside and the copy in its place.") from None
    database.engine.dispose()
    file = Path(database.engine.url.database or "")
    aside = _kept_name(parts, "broken.sqlite")
    for ending in ("", "-wal", "-shm"):
        if (part := Path(f"{file}{ending}")).exists():
            part.rename(f"{aside}{ending}")
    return False


def _kept_name(parts: Parts, ending: str) -> Path:
    return parts.settings.data_dir.absolute() / f"directory-until-{parts.clock.now():%Y%m%d-%H%M%S}.{ending}"


def _present(database: Database) -> tuple[Present, TakenBack]:
    try:
        with database.engine.connect() as connection:
            return read_present(connection), read_taken_back(connection)
    except SQLAlchemyError:  # tables of a version so old or so damaged that they say nothing
        return Present(), TakenBack()


def _keep(parts: Parts) -> Path:
    """What was in use: the file itself on SQLite, a copy of it where it is on a server."""
    if parts.database.is_sqlite:
        path = _kept_name(parts, "sqlite")
        keep_file(parts.database, path)
        return path
    return back_up(parts, _kept_name(parts, "copy"), over=True).path


def _write_keys(parts: Parts, copy: CopyReader) -> tuple[str, ...]:
    """The keys of the copy into the data folder, where none are. Raise `Refused` where there are others."""
    found = {name: content for name in KEY_FILES if (content := copy.file(f"keys/{name}")) is not None}
    if not found:
        raise InvalidInput("--with-keys", "This copy holds no keys; it was made without --with-keys.")
    for name, content in found.items():
        path = parts.settings.data_dir / name
        if path.exists() and path.read_bytes().strip() != content.strip():
            raise Refused(f"{path} holds another key already; put it aside first, or leave --with-keys out.")
    for name, content in found.items():
        path = parts.settings.data_dir / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    return tuple(found)


def _can_open(made: Database) -> bool:
    """Whether a sealed text of each table opens with the keys that are here."""
    with made.engine.connect() as connection:
        return all(_opens(connection, table) for table in Base.metadata.sorted_tables)


def _opens(connection: Connection, table: Table) -> bool:
    sealed = [column for column in table.columns if isinstance(column.type, Sealed)]
    if not sealed:
        return True
    try:
        connection.execute(select(*sealed).where(sealed[0].is_not(None)).limit(1)).all()
    except UnreadableSeal:
        return False
    return True
