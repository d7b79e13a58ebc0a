"""`directory planning`: tables for planners, out and in."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from directory.cli.shared import as_json, opened_parts, print_json, tell

FORMATS = ("csv", "xlsx", "geojson")
SHEETS = ("csv", "xlsx")


@click.group()
def planning() -> None:
    """Tables for planners."""


@planning.command("export")
@click.option("--format", "how", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write; to standard output unless told.")
@click.option("--area", default="", metavar="AREA", help="An area and what lies in it.")
@click.option("--quarter", default="", metavar="2026-Q4", help="Which quarter; this one unless told.")
def export_(how: str, out: Path | None, area: str, quarter: str) -> None:
    """Gaps and unmet need by need and area. It holds what the pages show, and hides what they hide."""
    from directory.services.planning.cells import read_cells
    from directory.services.planning.export import exported
    from directory.services.planning.this_quarter import wanted_quarter

    with opened_parts() as parts:
        wanted = wanted_quarter(parts, quarter)
        found = read_cells(parts, wanted, area=area)
        content: bytes = exported(parts, found, how)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    out.write_bytes(content)
    tell(f"{out}: {len(found.cells)} rows of {wanted}.")


@planning.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
def population(file: Path) -> None:
    """Read how many people live where: columns area, people, year, source and, where wanted, group."""
    from directory.services.planning.population import load_population

    with opened_parts() as parts:
        loaded = load_population(parts, file.read_bytes())
    for bad in loaded.bad:
        tell(f"Line {bad.line}: {bad.sentence}")
    for area in loaded.unplaced:
        tell(f"{area}: its middle is not known here, so it is left out of figures of reach.")
    click.echo(f"{loaded.kept} rows kept, {len(loaded.bad)} left out.")


@planning.command()
@click.option("--state", default="", metavar="STATE", help="planned, under_way, done, dropped or all; open ones unless told.")
@click.option("--format", "how", type=click.Choice(SHEETS), help="Write a table instead.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the table; to standard output unless told.")
@as_json
def actions(state: str, how: str | None, out: Path | None, as_json: bool) -> None:
    """What is to be done, late ones first: who looks after it, with whom, and how it went before and after."""
    from directory.services.planning.export_plans import ACTION_COLUMNS, action_rows
    from directory.services.planning.read_actions import Wanted, list_all_actions

    with opened_parts() as parts:
        rows = list(action_rows(parts, list_all_actions(parts, Wanted(state=state))))
    if how is not None:
        _write(how, "actions", ACTION_COLUMNS, rows, out)
        return
    if as_json:
        print_json({"actions": rows})
        return
    for row in rows:
        late = " LATE" if row["is_late"] else ""
        cell = f", {row['need']} in {row['area']}" if row["need"] else ""
        click.echo(f"{row['due_on']} {row['state']}{late}  {row['kind']}{cell}; {row['owner']}; together: {row['together'] or 'nobody'}")
    if not rows:
        click.echo("There are no such actions.")


@planning.command()
@click.option("--format", "how", type=click.Choice(SHEETS), help="Write a table instead.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the table; to standard output unless told.")
@as_json
def outcomes(how: str | None, out: Path | None, as_json: bool) -> None:
    """What organizations want to have changed together, and who signed."""
    from directory.services.planning.export_plans import OUTCOME_COLUMNS, outcome_rows
    from directory.services.planning.read_outcomes import list_all_outcomes

    with opened_parts() as parts:
        rows = list(outcome_rows(list_all_outcomes(parts)))
    if how is not None:
        _write(how, "outcomes", OUTCOME_COLUMNS, rows, out)
        return
    if as_json:
        print_json({"outcomes": rows})
        return
    for row in rows:
        told = f"{row['measure']} to {row['target']:g} in {row['target_quarter']}"
        click.echo(f"{row['review_on']} {row['state']}  {row['need']} in {row['area']}: {told}; signed: {row['signed'] or 'nobody'}")
    if not rows:
        click.echo("There are no shared outcomes.")


def _write(how: str, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], out: Path | None) -> None:
    from directory.services.planning.written import written_csv, written_workbook

    content = written_csv(columns, rows) if how == "csv" else written_workbook(name, columns, rows)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    out.write_bytes(content)
    tell(f"{out}: {len(rows)} rows.")
