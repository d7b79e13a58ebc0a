"""`directory planning`: tables for planners, out and in."""

import sys
from pathlib import Path

import click

from directory.cli.shared import opened_parts, tell

FORMATS = ("csv", "xlsx", "geojson")


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
    from directory.domain.planning.quarter import quarter_of, read_quarter
    from directory.services.planning.cells import read_cells
    from directory.services.planning.export import exported

    with opened_parts() as parts:
        wanted = read_quarter(quarter) if quarter else quarter_of(parts.clock.now().date())
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
