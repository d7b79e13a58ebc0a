"""`directory quality`: what of listings is to be put right, judging them now, and which of their websites are gone."""

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json, progress_bar


@click.group(invoke_without_command=True)
@click.option("--organization", "organization_id", type=RECORD_ID, default="", metavar="ID", help="Only the listings of one organization.")
@click.option("--severity", type=click.Choice(["high", "medium", "low"]), help="Only what weighs so much.")
@as_json
@click.pass_context
def quality(context: click.Context, organization_id: str, severity: str | None, as_json: bool) -> None:
    """List what of listings is to be put right, that first on which most depends; whose turn it is, and what to do."""
    if context.invoked_subcommand is not None:
        return
    from directory.rules.sets.kinds import Severity
    from directory.services.quality.flags import Wanted, each_flag
    from directory.services.quality.passes import read_progress
    from directory.services.quality.plain import plain_flag

    with opened_parts() as parts:
        wanted = Wanted(severity=Severity(severity) if severity else None, organization_id=organization_id)
        done, total = read_progress(parts)
        lines = map(plain_flag, each_flag(parts, wanted))
        if as_json:
            flags = list(lines)
            print_json({"judged": done, "of": total, "count": len(flags), "flags": flags})
            return
        if not done:
            click.echo("No listing has been judged yet: directory quality judge does it now, the worker by itself.", err=True)
        for line in lines:
            whose = f"{line['name']}, {line['organization'] or 'no organization'}"
            click.echo(f"{line['severity']:<6}  {line['owner']:<12}  {whose}: {line['reason']}. {line['way_out']}.  {line['service_id']}")


@quality.command()
@as_json
def judge(as_json: bool) -> None:
    """Judge every listing now by the rules that hold. Cut off, the worker goes on where this was."""
    from directory.services.quality.passes import judge_all

    with opened_parts() as parts, progress_bar("Judging listings") as progress:
        done = judge_all(parts, progress)
    if as_json:
        print_json({"listings": done.listings, "opened": done.opened, "settled": done.settled})
    else:
        click.echo(f"{done.listings} listings judged: {done.opened} things more to put right, {done.settled} settled.")


@quality.command()
@as_json
def links(as_json: bool) -> None:
    """List websites of listings that do not answer any more, or have moved. LINK_CHECKS says which hosts the worker asks."""
    from directory.services.quality.links import read_dead_links

    with opened_parts() as parts:
        found = read_dead_links(parts)
        hosts = parts.settings.link_checks
    if as_json:
        shapes = [
            {
                "address": each.address, "state": each.state.value, "since": each.since.isoformat() if each.since else None,
                "moved_to": each.moved_to or None, "listings": each.listings,
            }
            for each in found
        ]  # fmt: skip
        print_json({"hosts": hosts, "count": len(found), "links": shapes})
        return
    if not hosts:
        click.echo("No website is asked: LINK_CHECKS names no host.", err=True)
    for each in found:
        since = each.since.date().isoformat() if each.since else "?"
        click.echo(
            f"{each.state.value:<5}  since {since}  {each.address}{f' -> {each.moved_to}' if each.moved_to else ''}  ({each.listings})"
        )
