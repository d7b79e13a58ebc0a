"""Go on to this version of the program: a copy first, then the tables, then the index where its form changed; told step by step.

It can be cut off at any point and run again: the copy is named by what it is of, each migration is a transaction of its own, and the
index in use answers until the new one is whole. The way back is the copy and the program of before.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from directory.domain.errors import InvalidInput, Refused, Unavailable
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.keeping.backup import back_up
from directory.services.parts import Parts
from directory.store.copies.archive import opened_copy
from directory.store.migrate import current_revision, known_revisions, newest_revision, upgrade
from search_index.port import IndexUnavailable

FOLDER = "copies"
KEPT = 3

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """`before` and `after` are revisions of the tables; `copy` is of what was before, None where nothing was to be migrated; `steps` what
    was done, or would be."""

    before: str | None
    after: str | None
    copy: Path | None
    rebuilt: bool
    differing: int
    steps: tuple[str, ...] = field(default=())


def plan(parts: Parts) -> tuple[list[str], str | None]:
    """The revisions that are missing, oldest first, and the present one. Raise `Refused` where the tables are of a newer version."""
    before = current_revision(parts.database)
    known = known_revisions()
    if before is not None and before not in known:
        raise Refused(f"The tables are of a newer version ({before}). Install that version, or restore an older copy.")
    return known[known.index(before) + 1 :] if before else known, before


def needs_rebuild(parts: Parts) -> bool:
    """Whether an index was written by another version in another form. One that gives no answer says nothing of it."""
    return any(_to_be_built(parts))


def _to_be_built(parts: Parts) -> list[Parts]:
    health = [(each, each.search.health()) for each in parts.each_index()]
    return [each for each, found in health if found.reachable and not found.ready]


def upgrade_all(parts: Parts, *, copy: Path | None = None, dry_run: bool = False, tell: Tell) -> UpgradeReport:
    """Do whatever is missing. Raise `Unavailable` while another upgrade runs."""
    missing, before = plan(parts)
    if dry_run:
        return UpgradeReport(before, newest_revision(), None, needs_rebuild(parts), 0, tuple(_would(parts, missing, before)))
    steps: list[str] = []

    def said(sentence: str) -> None:
        steps.append(sentence)
        tell(sentence)

    with _alone(parts):
        kept = _copy(parts, before, copy, said) if missing and before else None
        if missing:
            upgrade(parts.database)
            said(f"The tables are now of revision {newest_revision()} ({len(missing)} steps).")
        to_be_built = _to_be_built(parts)
        for each in to_be_built:
            said(f"{_named(parts, each)} is built anew: {rebuild_index(each).services} services.")
        differing = sum(_differing(parts, each, said) for each in parts.each_index())
    return UpgradeReport(before, current_revision(parts.database), kept, bool(to_be_built), differing, tuple(steps))


def _named(parts: Parts, index: Parts) -> str:
    return f"The index {index.consumer}" if parts.indexes else "The index"


def _would(parts: Parts, missing: list[str], before: str | None) -> list[str]:
    steps = []
    if missing and before:
        steps.append(f"Copy the directory to {_name_of_copy(parts, before)}.")
    steps += [f"Bring the tables to revision {revision}." for revision in missing]
    if needs_rebuild(parts):
        steps.append("Build the index anew.")
    return steps or ["Nothing: tables and index are of this version."]


@contextmanager
def _alone(parts: Parts) -> Iterator[None]:
    """One upgrade of a data folder at a time; the system frees the lock however the process ends."""
    with (parts.settings.data_dir / "upgrade.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable("Another upgrade of this data folder is running.") from None
        yield


def _name_of_copy(parts: Parts, before: str) -> Path:
    return parts.settings.data_dir.absolute() / FOLDER / f"before-{newest_revision()}-of-{before}.copy"


def _copy(parts: Parts, before: str, given: Path | None, said: Tell) -> Path:
    """A copy of what is to be changed. An upgrade that was cut off between two migrations has the copy of before them already: it is kept,
    and this one stands beside it."""
    path = given or _name_of_copy(parts, before)
    path.parent.mkdir(parents=True, exist_ok=True)
    report = back_up(parts, path, over=given is None, try_it=True)
    said(f"Copied to {report.path}: {report.manifest.rows} rows, loaded and compared.")
    said(f"To go back: start the program of before, and: ./run restore {report.path} --yes")
    if given is None:
        _forget_old(parts, path.parent)
    return report.path


def _forget_old(parts: Parts, folder: Path) -> None:
    """Keep the newest few: copies hold what is personal."""
    whole = []
    for path in folder.glob("before-*-of-*.copy"):
        try:
            with opened_copy(path, parts.settings.backup_key_list) as copy:
                whole.append((copy.manifest.made_at, path))
        except InvalidInput:
            continue
    for _, path in sorted(whole, reverse=True)[KEPT:]:
        path.unlink()


def _differing(parts: Parts, index: Parts, said: Tell) -> int:
    """In how many services an index differs from the directory."""
    name = _named(parts, index)
    try:
        report = check_index(index, repair=True)
    except IndexUnavailable as error:
        said(f"{name} does not answer and was not looked at; its worker goes on when it does. {error}")
        return 0
    differing = report.missing + report.extra + report.stale
    if differing:
        said(f"{name} differs in {differing} services; the worker sends them again.")
    else:
        said(f"{name} and the directory agree." if parts.indexes else "Index and directory agree.")
    return differing
