"""What a dry run finds, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Of one organization or one sector: how often something was said of it, or due from it, before and after. `id` is the
    organization's, or the sector's slug."""

    id: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One case that comes out differently, in words that name no person. `about` is an id of a service or an organization."""

    about: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """`cases` were looked at, `changed` of them come out differently. `from_history`: of how many the signal values were those that were
    seen then; of the others they are today's. `by_organization`, `by_sector` and
    `by_action` (of rules that route: `kinds.Told`) hold only what moves, the most first. `note`: a sentence on
    what this dry run could not see, "" where there is nothing to say."""

    set_name: str
    version: int
    against: str
    since: datetime
    until: datetime
    cases: int
    from_history: int
    changed: int
    by_organization: tuple[Moved, ...] = ()
    by_sector: tuple[Moved, ...] = ()
    by_action: tuple[Moved, ...] = ()
    samples: tuple[Sample, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "since": self.since.isoformat(), "until": self.until.isoformat()}


def moved(before: Mapping[str, int], after: Mapping[str, int], names: Mapping[str, str], most: int = 100) -> tuple[Moved, ...]:
    """What differs between two counts, the largest difference first."""
    rows: Sequence[Moved] = [
        Moved(key, names.get(key, key), before.get(key, 0), after.get(key, 0))
        for key in sorted({*before, *after})
        if before.get(key, 0) != after.get(key, 0)
    ]
    return tuple(sorted(rows, key=lambda row: (-abs(row.after - row.before), row.name, row.id))[:most])
