"""`directory referrals`: what is under way between organizations, for those who run the directory."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.shared import as_json, opened_parts, print_json, progress_bar

if TYPE_CHECKING:
    from directory.services.exchange.fhir.export import FhirExport


@click.group()
def referrals() -> None:
    """Referrals between organizations: write them out for other systems."""


@referrals.command()
@click.option(
    "--format", "format_name", type=click.Choice(["fhir", "fhir-ndjson"]), required=True,
    help="fhir: one Bundle. fhir-ndjson: a resource a line (docs/fhir.md).",
)  # fmt: skip
@click.option("--out", metavar="FILE", required=True, help="Where to; - for standard output.")
@click.option("--address", default="", metavar="URL", help="Where the site is, for the addresses in it, as in https://help.example.org.")
@as_json
def export(format_name: str, out: str, address: str, as_json: bool) -> None:
    """Write all referrals that were sent, in FHIR R4: nothing of who anybody is, and nothing that was not sent.

    Nothing lies at FILE before all of it is written; what lay there from an export before stays until then.
    """
    from contextlib import nullcontext

    from directory.services.exchange.export.places import written_beside
    from directory.services.exchange.fhir.export import export_referrals

    target = nullcontext(sys.stdout) if out == "-" else written_beside(Path(out))
    with opened_parts() as parts, progress_bar("Exporting referrals") as bar, target as stream:
        done = export_referrals(parts, format_name, stream, address, bar)
    if out != "-":
        _tell(done, out, as_json)


def _tell(done: "FhirExport", out: str, as_json: bool) -> None:
    if as_json:
        print_json({"format": done.format, "path": out, "address": done.address, "seconds": round(done.seconds, 3), "counts": done.counts})
        return
    for kind, number in sorted(done.counts.items()):
        click.echo(f"  {kind}: {number}")
    click.echo(f"Written to {out} in {done.seconds:.1f} s. Addresses in it begin with {done.address}.")
