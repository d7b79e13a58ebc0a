"""How old listings are as tables for others' programs: a row for each group that the page has, and the listings behind a number."""

from collections.abc import Iterator
from typing import Any

from directory.domain.planning.freshness import Age, Group
from directory.services.planning.freshness import Freshness, ListingsFound
from directory.services.planning.written import written_csv, written_workbook

COLUMNS = (
    "on", "by", "key", "name", "listings", "due", "due_share", "median_days",
    *(f"verified_{age.value}" for age in Age if age is not Age.NEVER), "never_verified",
)  # fmt: skip
LISTING_COLUMNS = ("service_id", "name", "organization_id", "organization", "risk", "verified_on", "verified_how", "due_on", "due_why")


def rows_of(found: Freshness) -> Iterator[dict[str, Any]]:
    """None for what is not known."""
    day = found.at.date().isoformat()
    yield _row(day, "all", found.all)
    for group, _bars in found.by_risk.values():
        yield _row(day, "risk", group)
    for by, groups in (("sector", found.by_sector), ("need", found.by_need), ("organization", found.by_organization)):
        for group in groups:
            yield _row(day, by, group, found.names.get(group.key, ""))


def _row(day: str, by: str, group: Group, name: str = "") -> dict[str, Any]:
    return {
        "on": day,
        "by": by,
        "key": group.key or ("all" if by == "all" else "not_known"),
        "name": name,
        "listings": group.listings,
        "due": group.due,
        "due_share": round(group.due_share, 4),
        "median_days": group.median_days,
        **{f"verified_{age.value}": count for age, count in group.by_age.items() if age is not Age.NEVER},
        "never_verified": group.never,
    }


def listing_rows(found: ListingsFound) -> Iterator[dict[str, Any]]:
    for one in found.listings:
        yield {
            "service_id": one.id,
            "name": one.name,
            "organization_id": one.organization_id,
            "organization": one.organization,
            "risk": one.risk.value,
            "verified_on": one.verified_at.date().isoformat() if one.verified_at else None,
            "verified_how": one.how or None,
            "due_on": one.due.at.date().isoformat() if one.due.rule else None,
            "due_why": one.due.why or None,
        }


FORMATS = ("csv", "xlsx")


def written(found: Freshness, how: str) -> bytes:
    """In one of `FORMATS`."""
    return written_csv(COLUMNS, rows_of(found)) if how == "csv" else written_workbook("freshness", COLUMNS, rows_of(found))


def written_listings(found: ListingsFound, how: str) -> bytes:
    """In one of `FORMATS`."""
    rows = listing_rows(found)
    return written_csv(LISTING_COLUMNS, rows) if how == "csv" else written_workbook("listings", LISTING_COLUMNS, rows)
