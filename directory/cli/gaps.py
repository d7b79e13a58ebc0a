"""`directory gaps`: what people asked for and did not get, for planners."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.domain.gaps import GapTable
    from directory.domain.planning.reading import Cell
    from directory.services.planning.cells import Gaps


@click.group(invoke_without_command=True)
@click.option("--area", default="", metavar="AREA", help="An area and what lies in it, such as ca-on-ottawa.")
@click.option("--need", default="", metavar="SLUG", help="One need of the taxonomy, with what lies under it.")
@click.option("--quarter", default="", metavar="2026-Q4", help="Which quarter; this one unless told.")
@as_json
@click.pass_context
def gaps(context: click.Context, area: str, need: str, quarter: str, as_json: bool) -> None:
    """What people asked for and did not get: by need and area, with what is offered. Fewer than five are never shown."""
    if context.invoked_subcommand is not None:
        return
    from directory.services.planning.cells import read_cells
    from directory.services.planning.this_quarter import wanted_quarter

    with opened_parts() as parts:
        wanted = wanted_quarter(parts, quarter)
        found = read_cells(parts, wanted, area=area, need=need)
    if as_json:
        print_json(_plain(found))
        return
    for cell in found.cells:
        click.echo(_line(cell))
    if not found.cells:
        click.echo(f"Nothing was asked for in {wanted} that may be shown. That is not known, not no need.")


def _line(cell: "Cell") -> str:
    from directory.domain.categories.tree import name

    share = "not known" if cell.unmet_share is None else f"{cell.unmet_share:.0%} of {cell.events} unmet"
    hidden = ", some fewer than five" if cell.is_partly_hidden else ""
    offered = f"{cell.usable} of {cell.offered} usable, {cell.stale} not verified in time"
    return f"{cell.reading.value:12}  {name(cell.need, 'en')}, {cell.area}: {share}{hidden}; {offered}"


def _plain(found: "Gaps") -> dict[str, Any]:
    from directory.domain.planning.suppression import SMALLEST
    from directory.services.planning.export import rows_of

    return {
        "quarter": str(found.quarter),
        "area": found.area or None,
        "fewest_shown": SMALLEST,
        "cells": list(rows_of(found, {})),
        "whole_community": {need: {ended.value: total for ended, total in by.items()} for need, by in found.totals.items()},
        "reached": [
            {
                "need": each.need, "within_km": each.reach_km, "people_served": each.served, "of_people": each.people,
                "people_per_place": dict(each.people_per_place), "gini": each.gini, "worst": list(each.worst),
            }
            for each in found.reached
        ],
    }  # fmt: skip


@gaps.command()
@click.option("--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="Only from this day on, as in 2026-11-01.")
@as_json
def log(since: datetime | None, as_json: bool) -> None:
    """Searches that found too little, counted by need and area. Fewer than five are never shown; nothing that was typed is kept."""
    from directory.domain.categories.tree import name
    from directory.domain.gaps import FEWEST_SHOWN
    from directory.services.planning.read_gaps import read_gaps

    first: date | None = since.date() if since else None
    with opened_parts() as parts:
        table = read_gaps(parts, first)
    if as_json:
        print_json(_shape(table, first))
        return
    for cell in table.cells:
        asked = ", ".join(f"{filter_name} {times}" for filter_name, times in cell.filters)
        need = name(cell.need, "en") if cell.need else "need not understood"
        click.echo(f"{cell.searches:6}  {need}, {cell.area or 'no place named'}{f' (asked: {asked})' if asked else ''}")
    click.echo(f"{table.hidden} others with fewer than {FEWEST_SHOWN} searches are not shown.")


def _shape(table: "GapTable", since: date | None) -> dict[str, object]:
    cells = [
        {"need": cell.need or None, "area": cell.area or None, "searches": cell.searches, "filters": dict(cell.filters)}
        for cell in table.cells
    ]
    return {"since": since.isoformat() if since else None, "cells": cells, "hidden_cells": table.hidden}
