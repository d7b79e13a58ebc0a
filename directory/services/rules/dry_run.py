"""What a version would have changed since a day, against what holds now; kept with the version, since none becomes active without."""

from datetime import datetime

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.services.parts import Parts
from directory.services.rules.dry_runs import flag, quality, route, suggest
from directory.services.rules.dry_runs.reckoned import DryRun, Progress
from directory.services.rules.versions import held_now, read_version, version_row

RECKONS = {
    SetKind.SUGGEST: suggest.reckon,
    SetKind.FLAG: flag.reckon,
    SetKind.ROUTE: route.reckon,
    SetKind.QUALITY: quality.reckon,
}


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def dry_run(parts: Parts, set_name: str, version: int, since: datetime, progress: Progress = _unwatched) -> DryRun:
    """Reckon it, and keep it with a version that may yet become active. Raise `NotFound`, `InvalidInput`."""
    if since >= parts.clock.now():
        raise InvalidInput("since", say("Write a day in the past: history is looked at from then on."))
    found = read_version(parts, set_name, version)
    with parts.database.reading() as session:
        held = held_now(parts, session, found.kind)
    reckoned = RECKONS[found.kind](parts, found.rules, version, held, since, progress)
    if found.may_change:
        with parts.database.writing() as session:
            row = version_row(session, set_name, version, for_writing=True)
            if row.modified_at == found.modified_at:
                row.dry_run, row.dry_run_at = reckoned.as_json(), parts.clock.now()
                session.commit()
    return reckoned
