"""The network between sectors as a table for others' programs: what the page shows, and nothing more."""

from collections.abc import Iterator
from typing import Any

from directory.domain.planning.network import Network, Share
from directory.services.planning.written import written_csv, written_workbook

COLUMNS = (
    "quarter", "from_sector", "to_sector", "referrals", "some_hidden", "not_late", "not_late_of", "helped", "helped_of",
    "median_answer_days", "is_slow",
)  # fmt: skip


def rows_of(network: Network) -> Iterator[dict[str, Any]]:
    """A row for each two sectors; None for what is hidden or not known."""
    for flow in network.flows:
        yield {
            "quarter": str(network.quarter),
            "from_sector": flow.first or "not_known",
            "to_sector": flow.second or "not_known",
            "referrals": flow.shown or None,
            "some_hidden": bool(flow.hidden),
            **_share("not_late", flow.in_time),
            **_share("helped", flow.helped),
            "median_answer_days": None if flow.answer_days is None else round(flow.answer_days, 2),
            "is_slow": flow.is_slow,
        }


def _share(name: str, share: Share | None) -> dict[str, int | None]:
    return {name: share.part if share else None, f"{name}_of": share.whole if share else None}


FORMATS = ("csv", "xlsx")


def written(network: Network, how: str) -> bytes:
    """In one of `FORMATS`."""
    return written_csv(COLUMNS, rows_of(network)) if how == "csv" else written_workbook("network", COLUMNS, rows_of(network))
