"""`directory referrals`: what is under way between organizations, for those who run the directory."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar

if TYPE_CHECKING:
    from directory.services.exchange.fhir.export import FhirExport
    from directory.services.referrals.community_clocks import PublishedClock


@click.group()
def referrals() -> None:
    """Referrals between organizations: their clocks, a plain list, and writing them out for other systems."""


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


@referrals.command()
@click.option("--at", "moment", default="", metavar="WHEN", help="As of this moment, such as 2026-12-01T09:00 or +2d; else now.")
@as_json
def sweep(moment: str, as_json: bool) -> None:
    """One pass of the clocks: remind, tell others that it is late, end what nobody answered. The worker does it every minute.

    A moment ahead is for a demo alone: in earnest nothing ends before its time.
    """
    from directory.services.referrals.sweep import sweep as sweep_now
    from directory.services.referrals.sweep_moment import moment_for

    with opened_parts() as parts:
        at = moment_for(parts, moment)
        done = sweep_now(parts, at)
    if as_json:
        print_json({"at": at.isoformat(), **asdict(done)})
        return
    click.echo(f"As of {at:%Y-%m-%d %H:%M} UTC: " + ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in asdict(done).items()))


@referrals.command("list")
@click.option("--state", default="", metavar="STATE", help="Only those in this state, such as sent or declined.")
@click.option("--stale", is_flag=True, help="Only those of which nothing has been heard for long.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000), help="How many at most, the newest first.")
@as_json
def list_(state: str, stale: bool, limit: int, as_json: bool) -> None:
    """Ids, states, dates and organizations: all that somebody who runs the directory may see."""
    from directory.services.referrals.list_plain import list_plain

    with opened_parts() as parts:
        rows = list_plain(parts, state=state, is_stale=stale, limit=limit)
    if as_json:
        print_json({"referrals": [{name: _plain(value) for name, value in asdict(row).items()} for row in rows]})
        return
    for row in rows:
        click.echo(f"{row.id}  {row.state:<16} {row.since:%Y-%m-%d}  {row.sender} -> {row.receiver}")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


@referrals.command()
@click.option("--set", "changes", nargs=3, multiple=True, metavar="STATE URGENCY TERM", help="As in: --set sent urgent 4h. Several times.")
@acting_as
@as_json
def clocks(changes: tuple[tuple[str, str, str], ...], actor: str, as_json: bool) -> None:
    """How long each state may last here, in the receiver's opening hours (4h) or working days (2d). Published at /about/referral-clocks.

    --set makes a draft of the rules with other terms. It decides nothing before it was tried, its dry run was looked at, and two planners
    agreed to it.
    """
    from directory.services.referrals.community_clocks import draft_clocks, published_clocks

    with opened_parts() as parts:
        drafted = draft_clocks(parts, changes, actor) if changes else None
        found = published_clocks(parts)
    if as_json:
        draft = {"draft": {"set": drafted[0], "version": drafted[1]}} if drafted else {}
        print_json({"rules": found.version, "clocks": [_clock(row) for row in found.clocks], **draft})
        return
    if drafted:
        name, version = drafted
        click.echo(f"Draft {name} {version}. What holds stays as it is. Next: ./run rules test {name} {version}")
        return
    for row in found.clocks:
        own = "" if row.is_default else "  (set here)"
        click.echo(f"{row.state:<16} waits for the {row.waits_for:<8} urgent {row.urgent:>4}, routine {row.routine:>4}{own}")


def _clock(row: "PublishedClock") -> dict[str, object]:
    return {name: value for name, value in asdict(row).items() if name != "sentences"}


@referrals.command("let-pass")
@click.argument("time", required=False, metavar="TIME")
@click.option("--set-back", is_flag=True, help="Back to the machine's own time.")
def let_pass(time: str | None, set_back: bool) -> None:
    """Let TIME (4h, 1d, 7d) pass in a demo, to see what the clocks do.

    Pages, worker and commands move on together; nobody is signed out.
    """
    from directory.services.demo_clock import let_pass as let_it_pass
    from directory.services.demo_clock import set_back as set_it_back

    if bool(time) == set_back:
        raise click.UsageError("Give a time such as 1d, or --set-back.")
    with opened_parts() as parts:
        if set_back:
            set_it_back(parts)
            click.echo("The demo is at the machine's own time.")
        else:
            ahead = let_it_pass(parts, time or "")
            click.echo(f"The demo is {ahead.days} days and {ahead.seconds // 3600} hours ahead: {parts.clock.now():%Y-%m-%d %H:%M} UTC.")
