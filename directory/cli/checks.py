"""What `doctor` looks at. Each check answers for itself: one that fails, in whatever way, never hides the others."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from directory.domain.community import CrisisNumber
from directory.domain.danger.kinds import DangerKind
from directory.services.health import DriftHealth, FallbackHealth, Health, PendingHealth, read_health
from directory.services.keeping.state import State, read_state
from directory.services.listings.community import is_set, read_community
from directory.services.messages.waiting import read_waiting
from directory.services.messages.ways import ways_of
from directory.services.parts import Parts
from directory.settings import SECRETS, Settings
from search_index.port import IndexHealth

LEAST_FREE_BYTES = 500_000_000
LONGEST_LAG_SECONDS = 300
EARLIEST_YEAR = 2026
OLDEST_POSTGRESQL = 15
OLDEST_BACKUP = timedelta(days=2)
LONGEST_SILENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """`found` is said when all is well, `wrong` and `remedy` when it is not; `warning` and `remedy` when it could be better."""

    name: str
    found: str = ""
    wrong: str = ""
    remedy: str = ""
    warning: str = ""

    @property
    def ok(self) -> bool:
        return not self.wrong

    def shape(self) -> dict[str, Any]:
        return {"name": self.name, "ok": self.ok, "found": self.found, "wrong": self.wrong, "warning": self.warning, "remedy": self.remedy}


def settings_shown(settings: Settings) -> dict[str, str]:
    """Every setting by its environment variable; of secrets only whether they are set, of addresses no password."""
    shown = {}
    for name in Settings.model_fields:
        value = str(getattr(settings, name))
        if name.upper() in SECRETS:
            value = "(set)" if value else "(kept in the data folder)" if name in ("secret_key", "sealing_keys") else ""
        elif name.startswith("database_") and name.endswith("url") and value:
            value = without_password(value)
        shown[name.upper()] = value
    return shown


def without_password(address: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "(not an address)"


def run_checks(settings: Settings) -> list[Check]:
    """Every check, in the order in which one rests on another."""
    found = [Check("settings", f"{len(Settings.model_fields)} read"), check_folder(settings), check_disk(settings), check_clock()]
    try:
        parts = _open(settings)
    except Exception as error:
        return [*found, _failed("parts", error, "Look at the settings above.")]
    with closing(parts.database), closing(parts.search):
        return [*found, *_checks_of(parts)]


def _open(settings: Settings) -> Parts:
    from directory.app import build_parts

    return build_parts(settings)


def _checks_of(parts: Parts) -> Iterator[Check]:
    from directory.cli.checks_of_ways_in import check_ways_in

    health = read_health(parts)
    yield check_database(health)
    yield _guarded("gazetteer", lambda: check_gazetteer(parts), "Delete gazetteer-*.sqlite in the data folder; it is made anew.")
    yield check_meaning(parts)
    if health.database.reachable and health.database.migrated:
        yield _guarded("community", lambda: check_community(parts), "directory init")
        yield _guarded("crisis numbers", lambda: check_crisis_numbers(parts), "directory init, or load the demo")
        yield check_index(health)
        yield check_pending(health.pending, is_away=health.degraded and health.has_reserve)
        yield check_drift(health.drift)
        if health.fallback is not None:
            yield check_fallback(health.fallback)
            yield check_pending(health.fallback.pending, "fallback pending")
            yield check_drift(health.fallback.drift, "fallback drift")
        state = read_state(parts)
        yield check_server(state)
        yield _guarded("backup", lambda: check_backup(state, parts.clock.now()), "directory backup FILE")
        yield check_jobs(state, parts.clock.now())
        yield _guarded("messages", lambda: check_messages(parts), "directory worker must run")
        yield _guarded("ways in", lambda: check_ways_in(parts), "Look at OIDC_ISSUER and MAIL_SERVER.")


def _guarded(name: str, check: Callable[[], Check], remedy: str) -> Check:
    try:
        return check()
    except Exception as error:
        return _failed(name, error, remedy)


def _failed(name: str, error: Exception, remedy: str) -> Check:
    from directory.cli.errors import sentence_of

    return Check(name, wrong=sentence_of(error) or f"{type(error).__name__}: {error}", remedy=remedy)


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


def check_meaning(parts: Parts) -> Check:
    meaning, wanted = parts.meaning, parts.settings.meaning
    if wanted == "lexicon":
        return Check("plain words", "understood by the lexicon")
    if meaning.embedder is None:
        return Check("plain words", wrong="Embeddings are asked for and not installed; the lexicon is used alone.", remedy="./run setup")
    if not meaning.is_prepared:
        return Check(
            "plain words",
            "understood by the lexicon so far",
            warning="The vectors of what people say are not made yet.",
            remedy="directory worker makes them in half a minute; so does directory serve.",
        )
    return Check("plain words", f"understood by the lexicon and by {meaning.embedder.name}")


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


def check_drift(drift: DriftHealth, name: str = "drift") -> Check:
    if drift.found is None or drift.checked_at is None:
        return Check(name, "index and database have not been held against one another yet")
    if drift.found:
        return Check(
            name,
            f"{drift.found} services differed",
            warning=f"{drift.found} services differed at the last check, {drift.checked_at:%Y-%m-%d %H:%M} UTC.",
            remedy="directory index check --repair",
        )
    return Check(name, f"none at the last check, {drift.checked_at:%Y-%m-%d %H:%M} UTC")


def check_gazetteer(parts: Parts) -> Check:
    if parts.geocoding.lookup("19104").place is None and parts.geocoding.lookup("Ottawa").place is None:
        return Check(
            "gazetteer", wrong="It knows neither 19104 nor Ottawa.", remedy="Delete gazetteer-*.sqlite in the data folder; it is made anew."
        )
    return Check("gazetteer", "knows its places")


def check_community(parts: Parts) -> Check:
    community = read_community(parts)
    if not is_set(community):
        return Check("community", wrong="No community has been set.", remedy="directory init, or directory serve for the demo")
    return Check("community", f"{community.name}{' (demo)' if community.is_demo else ''}, {community.zone}")


def check_crisis_numbers(parts: Parts) -> Check:
    lines = read_community(parts).crisis_lines
    if not lines:
        return Check(
            "crisis numbers",
            wrong="Pages cannot say whom to call in danger.",
            remedy="Give them to directory init: --crisis-number 911=Emergency",
        )
    found = ", ".join(line.number for line in lines)
    without = kinds_without_line(lines)
    if without:
        return Check(
            "crisis numbers",
            found,
            warning=f"No line of its own for {', '.join(without)}: only the emergency number is shown.",
            remedy="Give one to directory init: --crisis-number NUMBER=NAME=WHEN=KINDS",
        )
    return Check("crisis numbers", found)


def kinds_without_line(lines: tuple[CrisisNumber, ...]) -> list[str]:
    """The kinds of danger for which there is neither a line of their own nor one for any danger, beside the emergency number."""
    served = {kind for line in lines for kind in line.kinds}
    has_general = any(not line.kinds and not line.emergency for line in lines)
    return [] if has_general else [kind.value for kind in DangerKind if kind.value not in served]


def check_index(health: Health) -> Check:
    """An index that does not answer keeps nobody from finding while the fallback does."""
    if not health.index.ready:
        remedy = "directory index rebuild" if health.index.reachable else "Start the search server, or look at MEILI_URL and the keys."
        detail = health.index.detail or "It has not been built for this version."
        if health.has_reserve:
            return Check("index", "degraded", warning=f"Degraded: this host's own index answers in its place. {detail}", remedy=remedy)
        return Check("index", wrong=detail, remedy=remedy)
    return Check("index", _holds(health.index))


def check_fallback(fallback: FallbackHealth) -> Check:
    """This host's own index, in reserve."""
    if not fallback.index.ready:
        return Check("fallback", "none", warning=f"Nothing is in reserve. {fallback.index.detail}", remedy="directory worker on this host")
    return Check("fallback", f"{fallback.consumer}: {_holds(fallback.index)}")


def _holds(index: IndexHealth) -> str:
    found = f"{index.services} services at {index.documents} places, generation {index.generation}"
    return f"{found}. {index.detail}".removesuffix(". ")


def check_pending(pending: PendingHealth, name: str = "pending", *, is_away: bool = False) -> Check:
    """What waits for an index, and what it refused. For one that is away it waits rightly."""
    wrong = []
    if pending.lag_seconds > LONGEST_LAG_SECONDS and not is_away:
        wrong.append(f"{pending.waiting} services wait for the index, the oldest for {pending.lag_seconds / 60:.0f} minutes")
    if pending.parked:
        first = pending.refused[0]
        wrong.append(f"{pending.parked} were refused by the index and are parked, among them {first.service_id} ({first.why.rstrip('.')})")
    if wrong:
        remedy = (
            "directory worker must run; directory index parked tells which were refused, directory index requeue --all tries them again"
        )
        return Check(name, wrong="; ".join(wrong) + ".", remedy=remedy)
    return Check(name, f"{pending.waiting} waiting, none parked")


def check_messages(parts: Parts) -> Check:
    """Whether what settings name can be used, and whether messages wait for long."""
    settings = parts.settings
    if (settings.mail_server or settings.text_webhook_url) and not settings.public_address:
        return Check("messages", wrong="Nothing is sent: links in messages need an address.", remedy="Set PUBLIC_ADDRESS.")
    if settings.mail_server and not settings.mail_from:
        return Check("messages", wrong="No mail is sent: nobody would be its sender.", remedy="Set MAIL_FROM.")
    waiting, oldest = read_waiting(parts)
    if oldest > LONGEST_LAG_SECONDS:
        wrong = f"{waiting} messages wait, the oldest for {oldest / 60:.0f} minutes."
        return Check("messages", wrong=wrong, remedy="directory worker must run; look at MAIL_SERVER and TEXT_WEBHOOK_URL.")
    ways = ways_of(settings, is_demo=read_community(parts).is_demo)
    sent = ", ".join(ways.open) or "none; people send from their own device"
    return Check("messages", f"{sent}{f' (written into {ways.folder})' if ways.folder else ''}; {waiting} waiting")
