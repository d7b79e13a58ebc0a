"""What `doctor` says of the machine, the database and the work that nobody watches."""

import os
import shutil
from datetime import UTC, datetime, timedelta

from directory.cli.checks.check import Check
from directory.services.health import Health
from directory.services.keeping.state import State
from directory.settings import Settings

LEAST_FREE_BYTES = 500_000_000
EARLIEST_YEAR = 2026
OLDEST_POSTGRESQL = 15
OLDEST_BACKUP = timedelta(days=2)
LONGEST_SILENCE = timedelta(minutes=5)


def check_folder(settings: Settings) -> Check:
    folder = settings.data_dir.absolute()
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return Check(
            "data folder",
            wrong=f"{folder} cannot be written to.",
            remedy="Give the user that runs this the folder, or name another as DATA_DIR.",
        )
    return Check("data folder", f"{folder}{'' if folder.exists() else ' (will be made)'}")


def check_disk(settings: Settings) -> Check:
    folder = settings.data_dir.absolute()
    free = shutil.disk_usage(next(parent for parent in (folder, *folder.parents) if parent.exists())).free
    if free < LEAST_FREE_BYTES:
        return Check(
            "disk",
            wrong=f"Only {free // 1_000_000} MB are free at {folder}.",
            remedy="Make room: a rebuild of the index needs its size twice.",
        )
    return Check("disk", f"{free / 1e9:.1f} GB free")


def check_clock() -> Check:
    now = datetime.now(UTC)
    if now.year < EARLIEST_YEAR:
        return Check("clock", wrong=f"The machine says it is {now:%Y-%m-%d}.", remedy="Set the clock; what is open now depends on it.")
    return Check("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def check_database(health: Health) -> Check:
    database = health.database
    if not database.reachable:
        return Check("database", wrong=database.detail, remedy="Start the database, or look at DATABASE_URL.")
    if not database.migrated:
        return Check("database", wrong=database.detail, remedy="directory upgrade")
    return Check("database", "reached, tables of this version")


def check_server(state: State) -> Check:
    """Which version of which database."""
    kind, _, version = state.database_version.partition(" ")
    if kind == "postgresql" and int(version.partition(".")[0] or 0) < OLDEST_POSTGRESQL:
        return Check("database version", wrong=f"PostgreSQL {version} is too old.", remedy=f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer.")
    return Check("database version", state.database_version)


def check_backup(state: State, now: datetime) -> Check:
    remedy = "directory backup FILE every night, onto another machine (docs/one-server.md)"
    if state.backup_at is None:
        return Check("backup", "none yet", warning="No copy has been made yet.", remedy=remedy)
    age = now - state.backup_at
    found = f"the last one {age.total_seconds() / 3600:.0f} hours ago"
    if age > OLDEST_BACKUP:
        return Check("backup", found, warning="The last copy is old.", remedy=remedy)
    return Check("backup", found)


def check_jobs(state: State, now: datetime) -> Check:
    """Jobs whose last run failed, and a worker that has not been heard of."""
    failed = [f"{job.name} ({job.failure})" for job in state.jobs if job.failure]
    if failed:
        remedy = "Look at what the worker wrote (journalctl -u directory-worker)."
        return Check("jobs", "", warning=f"The last run failed of: {', '.join(failed)}.", remedy=remedy)
    heard = [job.succeeded_at for job in state.jobs if job.name == "worker" and job.succeeded_at]
    if not heard or now - max(heard) > LONGEST_SILENCE:
        return Check("jobs", "no worker", warning="No worker has been heard of in the last minutes.", remedy="directory worker must run")
    return Check("jobs", f"{len(state.jobs)} known, none failed")
