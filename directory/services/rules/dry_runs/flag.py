"""Rules that read pairs: the pairs that are kept, read by these rules and by those that hold."""

from collections import Counter
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from directory.domain.sentences import say
from directory.rules.overlap.reading import read_pairs
from directory.rules.sets.kinds import Reading
from directory.rules.sets.rule import RuleSet
from directory.services.overlaps.keep import columns_of_rows, kept_in_pieces, reading_of
from directory.services.parts import Parts
from directory.services.rules.dry_runs.reckoned import DryRun, Progress, Sample, moved
from directory.services.rules.versions import Held
from directory.store.tables import Organization, OverlapPair, Service

SAMPLES = 20
_NAMES_AT_ONCE = 500


def reckon(parts: Parts, rules: RuleSet, version: int, held: Held, since: datetime, progress: Progress) -> DryRun:
    """How often each organization, and each sector, has a pair that is worth a conversation, before and after. Pairs are of today: whatever
    day is asked for."""
    with parts.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(OverlapPair)) or 0
    before: dict[str, Counter[str]] = {"organization": Counter(), "sector": Counter()}
    after: dict[str, Counter[str]] = {"organization": Counter(), "sector": Counter()}
    changed: list[tuple[Any, str, str]] = []
    cases = differs = 0
    for rows in kept_in_pieces(parts):
        parts.stop_if_asked()
        columns = columns_of_rows(rows)
        for row, was, becomes in zip(rows, read_pairs(held.rules, columns), read_pairs(rules, columns), strict=True):
            _count(before, row, reading_of(was))
            _count(after, row, reading_of(becomes))
            if reading_of(was) != reading_of(becomes):
                differs += 1
                changed.append((row, reading_of(was), reading_of(becomes)))
        changed = sorted(changed, key=lambda each: (-each[0].high, each[0].id))[:SAMPLES]
        cases += len(rows)
        progress(cases, total)
    names = _names(parts, {*before["organization"], *after["organization"]}, [row for row, _was, _becomes in changed])
    nothing = say("No pairs of listings are kept yet, so nothing can be reckoned; the examples of the rules were tried.")
    return DryRun(
        rules.name,
        version,
        held.label,
        since,
        parts.clock.now(),
        cases=cases,
        from_history=0,
        changed=differs,
        by_organization=moved(before["organization"], after["organization"], names),
        by_sector=moved(before["sector"], after["sector"], {}),
        samples=tuple(Sample(row.service_a_id, _both(names, row), was, becomes) for row, was, becomes in changed),
        note="" if cases else nothing,
    )


def _count(into: dict[str, Counter[str]], row: Any, reading: str) -> None:
    if reading == Reading.WORTH_A_CONVERSATION.value:
        into["organization"].update(filter(None, (row.organization_a_id, row.organization_b_id)))
        into["sector"].update(filter(None, {row.signals.get("a.sector"), row.signals.get("b.sector")}))


def _names(parts: Parts, organization_ids: set[str], rows: list[Any]) -> dict[str, str]:
    """Of organizations, and of the services of some pairs."""
    services = {each for row in rows for each in (row.service_a_id, row.service_b_id)}
    found: dict[str, str] = {}
    with parts.database.reading() as session:
        for table, ids in ((Organization, iter(sorted(organization_ids))), (Service, iter(sorted(services)))):
            while some := list(islice(ids, _NAMES_AT_ONCE)):
                found |= dict(session.execute(select(table.id, table.name).where(table.id.in_(some))).all())
    return found


def _both(names: dict[str, str], row: Any) -> str:
    return f"{names.get(row.service_a_id, '')} · {names.get(row.service_b_id, '')}"
