"""Looking at each index that this host keeps, for `directory index check` and `directory index status`."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from directory.services.indexing.dispatch import dispatch_all
from directory.services.indexing.rebuild_each import chosen_indexes
from directory.services.indexing.reconcile import CheckReport, check_index
from search_index.port import CannotSearch

if TYPE_CHECKING:
    from directory.services.health import PendingHealth
    from directory.services.parts import Parts
    from search_index.port import IndexHealth


@dataclass(frozen=True, slots=True)
class Checked:
    """One index; `report` is None for one that could not be looked at, and `why_not` says why."""

    consumer: str
    report: CheckReport | None
    why_not: str = ""

    @property
    def in_step(self) -> bool:
        return self.report is not None and self.report.in_step

    def shape(self) -> dict[str, Any]:
        return {**(asdict(self.report) if self.report else {}), "in_step": self.in_step, "why_not": self.why_not or None}


def check_each(parts: "Parts", only: str = "", *, repair: bool) -> tuple[Checked, ...]:
    """One that gives no answer hides no other. Raise what went wrong when there is but one."""
    chosen = chosen_indexes(parts, only)
    return tuple(_checked(each, repair=repair, is_alone=len(chosen) == 1) for each in chosen)


def _checked(index: "Parts", *, repair: bool, is_alone: bool) -> Checked:
    try:
        report = check_index(index, repair=repair)
        if repair and not report.in_step:
            dispatch_all(index)
            report = check_index(index)
    except CannotSearch as error:
        if is_alone:
            raise
        return Checked(index.consumer, None, str(error))
    return Checked(index.consumer, report)


def said(checked: Checked, *, with_name: bool) -> list[str]:
    """What was found, in lines."""
    name = f"{checked.consumer}: " if with_name else ""
    report = checked.report
    if report is None:
        return [f"{name}not looked at. {checked.why_not}"]
    differing = f"{report.missing} missing, {report.extra} extra, {report.stale} stale"
    lines = [f"{name}{report.checked} services: {differing}; {report.waiting} waiting, {report.parked} parked."]
    kinds = (("missing", report.missing_ids), ("extra", report.extra_ids), ("stale", report.stale_ids))
    return lines + [f"  {kind} {service_id}" for kind, ids in kinds for service_id in ids]


def status_of(consumer: str, index: "IndexHealth", pending: "PendingHealth") -> list[str]:
    """What an index holds and how far it is behind, in lines."""
    state = "ready" if index.ready else "not built" if index.reachable else "does not answer"
    waiting = f"{pending.waiting} waiting, the oldest for {pending.lag_seconds:.0f} s" if pending.waiting else "none waiting"
    lines = [
        f"{consumer} ({index.engine}): {state}, generation {index.generation or 'none'}",
        f"{index.services} services at {index.documents} places",
        f"{waiting}, {pending.parked} parked {index.detail}".rstrip(),
    ]
    return lines + [f"  parked {refused.service_id}, tried {refused.attempts} times: {refused.why}" for refused in pending.refused]
