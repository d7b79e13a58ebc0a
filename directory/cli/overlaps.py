"""`directory overlaps`: which organizations offer alike to the same people, and how the community's rules read it."""

from typing import TYPE_CHECKING, Any

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json, progress_bar

if TYPE_CHECKING:
    from directory.services.overlaps.read import OverlapLine


@click.group()
def overlaps() -> None:
    """Which organizations offer alike to the same people, and how the community's rules read it."""


@overlaps.command()
@as_json
def run(as_json: bool) -> None:
    """Hold all listings against each other and keep the pairs. Stopped on the way, it is gone on with by running it again."""
    from directory.services.overlaps.run import keep, reckon

    with opened_parts() as parts:
        with progress_bar("Reading listings") as progress:
            reckoned = reckon(parts, progress)
        with progress_bar("Keeping pairs") as progress:
            report = keep(parts, reckoned, progress)
    crowded = [
        {"category": category, "listings": listings, "not_all_compared": more} for category, (listings, more) in report.crowded.items()
    ]
    written = {"new": report.written.new, "changed": report.written.changed, "gone": report.written.gone, "same": report.written.same}
    if as_json:
        print_json(
            {
                "listings": report.listings, "compared": report.candidates, "pairs": report.pairs, "rule_version": report.rule_version,
                "readings": report.readings, "serve_nobody_knows_where": report.nowhere, "written": written, "crowded": crowded,
            }
        )  # fmt: skip
        return
    click.echo(f"{report.listings} listings, {report.candidates} pairs compared, {report.pairs} kept, read by {report.rule_version}:")
    for reading, count in report.readings.items():
        click.echo(f"  {count:6}  {reading.replace('_', ' ')}")
    click.echo(f"{written['new']} new, {written['changed']} changed, {written['gone']} gone, {written['same']} as they were.")
    if report.nowhere:
        click.echo(f"Of {report.nowhere} listings it is not known where they serve; they were compared with none.")
    for each in crowded:
        click.echo(
            f"In {each['category']}, {each['not_all_compared']} of {each['listings']} listings were compared with their nearest only."
        )


@overlaps.command("list")
@click.option("--area", default="", metavar="AREA", help="Only pairs of which one is offered in this area, as in ca-on-ottawa.")
@click.option("--category", default="", metavar="SLUG", help="Only pairs of this kind of help, or a kind of it.")
@click.option("--reading", default="", metavar="READING", help="Only pairs that are read so, as in worth_a_conversation.")
@click.option("--organization", "organization_id", type=RECORD_ID, default="", metavar="ID", help="Only pairs of one organization.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most so many.")
@as_json
def list_(area: str, category: str, reading: str, organization_id: str, limit: int, as_json: bool) -> None:
    """List the pairs that are kept, those first that overlap most."""
    from directory.services.overlaps.read import Wanted, read_all

    wanted = Wanted(area=area, category=category, reading=reading, organization_id=organization_id)
    with opened_parts() as parts:
        found = read_all(parts, wanted, limit)
    if as_json:
        print_json({"total": found.total, "pairs": [_shape(line) for line in found.lines]})
        return
    for line in found.lines:
        low, high = round(line.value.low * 100), round(line.value.high * 100)
        size = f"{high} %" if low == high else f"{low} to {high} %"
        click.echo(f"{size:>12}  {line.reading.replace('_', ' ')}: {line.first.organization} ({line.first.name}), "
                   f"{line.second.organization} ({line.second.name}); {line.category}  {line.id}")  # fmt: skip
    click.echo(f"{len(found.lines)} of {found.total}.")


def _shape(line: "OverlapLine") -> dict[str, Any]:
    from directory.rules.overlap.pair import written

    return {
        "id": line.id,
        "services": [
            {"id": side.service_id, "name": side.name, "organization_id": side.organization_id or None,
             "organization": side.organization or None, "sector": side.sector or None}
            for side in (line.first, line.second)
        ],
        "category": line.category,
        "pair": {"low": line.value.low, "high": line.value.high},
        "parts": {name: dict(zip(("low", "high"), ends, strict=True)) for name, ends in written(line.parts).items()},
        "reading": line.reading,
        "severity": line.severity,
        "rule": line.rule or None,
        "rule_version": line.rule_version,
        "not_decided": list(line.asks),
        "made_at": line.made_at.isoformat(),
    }  # fmt: skip
