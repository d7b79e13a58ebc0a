"""`directory gaps`: what people looked for and did not find, for planners."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from directory.cli.shared import as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.domain.gaps import GapTable


@click.group()
def gaps() -> None:
    """What people looked for and did not find."""


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
