"""`directory export`: write the directory in an open form, for other programs or for people."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import as_json, opened_parts, print_json, progress_bar

if TYPE_CHECKING:
    from directory.services.exchange.export.request import Progress

FORMATS = ("hsds-json", "hsds-csv", "geojson", "csv")


@click.command()
@click.option("--format", "format_name", type=click.Choice(FORMATS), required=True, help="What to write (docs/standard.md).")
@click.option(
    "--out", metavar="PATH", required=True, help="Where to: a folder or a .zip for HSDS, a file for the others; - for standard output."
)
@click.option("--source", default="", metavar="NAME", help="Only the records of this source.")
@click.option("--address", default="", metavar="URL", help="Where the directory's pages are, for links, as in https://example.org.")
@as_json
def export(format_name: str, out: str, source: str, address: str, as_json: bool) -> None:
    """Write the directory: nothing confidential, each record with its source and licence.

    Nothing lies at PATH before all of it is written; what lay there from an export before stays until then.
    """
    from directory.services.exchange.export.request import ExportRequest
    from directory.services.exchange.export.run import export_directory

    stream = sys.stdout if out == "-" else None
    request = ExportRequest(format=format_name, path=Path(out), source=source, stream=stream, address=address)
    with opened_parts() as parts, progress_bar(f"Exporting {format_name}") as bar:
        report = export_directory(parts, request, _shown_by(bar))
    if stream is not None:
        return
    if as_json:
        print_json(report.as_dict())
        return
    for kind, number in report.counts.items():
        click.echo(f"  {kind.replace('_', ' ')}: {number}")
    click.echo(f"Written to {report.path} in {report.seconds:.1f} s.")


def _shown_by(bar: Any) -> "Progress":
    return lambda _what, done, total: bar(done, total)
