"""Versions of rule sets as they are stored, and which of them holds now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind, Status
from directory.rules.sets.rule import RuleSet
from directory.rules.shipped import shipped_names, shipped_set
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import RuleSetVersion

SHIPPED_BY = "shipped"
SHIPPED_VERSION = 0
"""What holds where a community has no active version of its own: the set that comes with the program."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rule set that holds, and under which version. `version` 0: the one that ships with the program."""

    rules: RuleSet
    version: int

    @property
    def name(self) -> str:
        return self.rules.name

    @property
    def label(self) -> str:
        """As decisions and answers name it: "suggest-partners 3"."""
        return f"{self.rules.name} {self.version}"


@dataclass(frozen=True, slots=True)
class VersionRead:
    """A version with its life. `made_by`, `asked_by`, `active_by`, `retired_by` are labels of actors."""

    id: str
    rules: RuleSet
    version: int
    status: Status
    shipped: bool
    made_at: datetime
    made_by: str
    modified_at: datetime
    tested_at: datetime | None
    dry_run: Mapping[str, Any] | None
    dry_run_at: datetime | None
    asked_at: datetime | None
    asked_by: str
    active_at: datetime | None
    active_by: str
    retired_at: datetime | None

    @property
    def kind(self) -> SetKind:
        return self.rules.kind

    @property
    def may_change(self) -> bool:
        """Only what was never active may."""
        return self.status in (Status.DRAFT, Status.TESTED)


def held_in(session: Session, kind: SetKind, day: date) -> Held:
    """The rules of a kind that hold on a day: the active version, while its dates let it; else the set that ships with the program."""
    asked = select(RuleSetVersion.id, RuleSetVersion.modified_at).where(
        RuleSetVersion.kind == kind.value, RuleSetVersion.status == Status.ACTIVE.value
    )
    row = session.execute(asked).first()
    if row is not None:
        found = _read_once(row.id, row.modified_at, session)
        if found.rules.holds_on(day):
            return found
    return Held(shipped_set(kind), SHIPPED_VERSION)


def held_now(parts: Parts, session: Session, kind: SetKind) -> Held:
    """The same today, on the community's calendar."""
    return held_in(session, kind, today_in(session, parts.clock.now()))


def held_version(parts: Parts, set_name: str) -> int | None:
    """The version of a set that holds now; None where another set of its kind does, or none of that name is known."""
    with parts.database.reading() as session:
        holding = (held_now(parts, session, kind) for kind in SetKind)
        return next((held.version for held in holding if held.name == set_name), None)


def today_in(session: Session, now: datetime) -> date:
    return now.astimezone(ZoneInfo(community_in(session).zone)).date()


def start_of(parts: Parts, day: date) -> datetime:
    """The moment at which a day began on the community's calendar."""
    with parts.database.reading() as session:
        zone = ZoneInfo(community_in(session).zone)
    return datetime.combine(day, time(), zone).astimezone(UTC)


_MEMORY: dict[tuple[str, datetime], Held] = {}


def _read_once(version_id: str, modified_at: datetime, session: Session) -> Held:
    """What is active never changes, so that each process reads it once."""
    key = (version_id, modified_at)
    if key not in _MEMORY:
        row = session.get_one(RuleSetVersion, version_id)
        if len(_MEMORY) > 64:
            _MEMORY.clear()
        _MEMORY[key] = Held(check_rule_set(row.document), row.version)
    return _MEMORY[key]


def version_row(session: Session, set_name: str, version: int, *, for_writing: bool = False) -> RuleSetVersion:
    """Raise `NotFound`."""
    asked = select(RuleSetVersion).where(RuleSetVersion.set_name == set_name, RuleSetVersion.version == version)
    row = session.scalar(asked.with_for_update() if for_writing else asked)
    if row is None:
        known = newest_version(session, set_name)
        if known:
            raise NotFound(
                say("%(set)s has no version %(version)s; its newest is %(newest)s.", set=set_name, version=version, newest=known)
            )
        raise NotFound(say('There is no rule set called "%(set)s".', set=set_name[:60]))
    return row


def newest_version(session: Session, set_name: str) -> int:
    """0 where there is none."""
    return session.scalar(select(func.max(RuleSetVersion.version)).where(RuleSetVersion.set_name == set_name)) or 0


def read_version(parts: Parts, set_name: str, version: int | None = None) -> VersionRead:
    """A version, or the newest; version 0 of a set that ships is what came with the program. Raise `NotFound`."""
    with parts.database.reading() as session:
        shipped = _shipped_named(set_name)
        wanted = newest_version(session, set_name) if version is None else version
        if shipped is not None and wanted == SHIPPED_VERSION:
            return _as_shipped(session, shipped)
        return read_row(version_row(session, set_name, wanted))


def read_versions(parts: Parts, kind: SetKind | None = None) -> tuple[VersionRead, ...]:
    """All versions, the newest of each set first, and last what ships with the program."""
    asked = select(RuleSetVersion).order_by(RuleSetVersion.kind, RuleSetVersion.set_name, RuleSetVersion.version.desc())
    with parts.database.reading() as session:
        rows = session.scalars(asked.where(RuleSetVersion.kind == kind.value) if kind else asked).all()
        shipped = [_as_shipped(session, shipped_set(each)) for each in SetKind if kind in (None, each)]
        return (*map(read_row, rows), *shipped)


def read_row(row: RuleSetVersion) -> VersionRead:
    return VersionRead(
        id=row.id, rules=check_rule_set(row.document), version=row.version, status=Status(row.status), shipped=False,
        made_at=row.made_at, made_by=row.made_by, modified_at=row.modified_at, tested_at=row.tested_at, dry_run=row.dry_run,
        dry_run_at=row.dry_run_at, asked_at=row.asked_at, asked_by=row.asked_by or "", active_at=row.active_at,
        active_by=row.active_by or "", retired_at=row.retired_at,
    )  # fmt: skip


def _shipped_named(set_name: str) -> RuleSet | None:
    kind = shipped_names().get(set_name)
    return shipped_set(SetKind(kind)) if kind else None


def _as_shipped(session: Session, rules: RuleSet) -> VersionRead:
    """What ships, as a version of its own: it holds while no other of its kind is active."""
    active = (RuleSetVersion.kind == rules.kind.value, RuleSetVersion.status == Status.ACTIVE.value)
    is_held = session.scalar(select(RuleSetVersion.id).where(*active).limit(1)) is None
    status = Status.ACTIVE if is_held else Status.RETIRED
    return VersionRead(
        id="", rules=rules, version=SHIPPED_VERSION, status=status, shipped=True, made_at=_EPOCH, made_by=SHIPPED_BY, modified_at=_EPOCH,
        tested_at=None, dry_run=None, dry_run_at=None, asked_at=None, asked_by="", active_at=None, active_by="", retired_at=None,
    )  # fmt: skip


_EPOCH = datetime.fromisoformat("2026-11-26T00:00:00+00:00")
