"""`directory index`: build, check and look at the search index."""

import os
from dataclasses import asdict

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell


@click.group()
def index() -> None:
    """The search index: rebuild, check, status, keys."""


@index.command()
@acting_as
@as_json
def rebuild(actor: str, as_json: bool) -> None:
    """Build the index anew beside the one in use, then swap."""
    from directory.services.indexing.rebuild import rebuild_index

    with opened_parts() as parts, progress_bar("Building the search index") as progress:
        report = rebuild_index(parts, progress=progress)
    if as_json:
        print_json({**asdict(report), "by": actor})
    else:
        tell(f"The index holds {report.services} services (generation {report.generation}).")


@index.command()
@click.option("--repair", is_flag=True, help="Send every service that differs to the index anew.")
@acting_as
@as_json
@click.pass_context
def check(context: click.Context, repair: bool, actor: str, as_json: bool) -> None:
    """Hold the index against the database: what is missing, extra or stale. Exit code 1 when something is."""
    from directory.services.indexing.dispatch import dispatch_all
    from directory.services.indexing.reconcile import check_index

    with opened_parts() as parts:
        report = check_index(parts, repair=repair)
        if repair and not report.in_step:
            dispatch_all(parts)
            report = check_index(parts)
    if as_json:
        print_json({**asdict(report), "in_step": report.in_step, "by": actor})
    else:
        click.echo(
            f"{report.checked} services: {report.missing} missing, {report.extra} extra, {report.stale} stale; "
            f"{report.waiting} waiting, {report.parked} parked."
        )
        for kind, ids in (("missing", report.missing_ids), ("extra", report.extra_ids), ("stale", report.stale_ids)):
            for service_id in ids:
                click.echo(f"  {kind} {service_id}")
    context.exit(0 if report.in_step else 1)


@index.command()
@as_json
def status(as_json: bool) -> None:
    """Tell what the index holds and how far it is behind."""
    from directory.api.health import shape
    from directory.services.health import read_health

    with opened_parts() as parts:
        health = read_health(parts)
    found = shape(health)
    if as_json:
        print_json({"index": found["index"], "pending": {**found["pending"], "refused": [asdict(each) for each in health.pending.refused]}})
        return
    click.echo(f"{health.index.engine}: {'ready' if health.index.ready else 'not built'}, generation {health.index.generation or 'none'}")
    click.echo(f"{health.index.services} services at {health.index.documents} places")
    waiting = f"{health.pending.waiting} waiting, the oldest for {health.pending.lag_seconds:.0f} s"
    click.echo(f"{waiting if health.pending.waiting else 'none waiting'}, {health.pending.parked} parked {health.index.detail}".rstrip())
    for refused in health.pending.refused:
        click.echo(f"  parked {refused.service_id}, tried {refused.attempts} times: {refused.why}")


@index.command()
@as_json
def keys(as_json: bool) -> None:
    """Make keys for a Meilisearch server: MEILI_URL and MEILI_MASTER_KEY say for which. The master key is needed here and nowhere else."""
    from directory.settings import SettingsError, read_settings

    settings, master_key = read_settings(search_engine="embedded"), os.environ.get("MEILI_MASTER_KEY", "")
    if not settings.meili_url or not master_key:
        raise SettingsError("directory index keys needs MEILI_URL and MEILI_MASTER_KEY: where the server is, and its own key.")
    from search_index.meili.keys import make_keys

    made = make_keys(settings.meili_url, master_key, settings.meili_index)
    if made.remark:
        tell(made.remark)
    named = {"MEILI_SEARCH_KEY": made.search, "MEILI_WRITE_KEY": made.write}
    if as_json:
        print_json(named)
    else:
        for name, value in named.items():
            click.echo(f"{name}={value}")


@index.command()
@as_json
def parked(as_json: bool) -> None:
    """Tell which services the index refused, and why."""
    from directory.services.indexing.parked import read_parked

    with opened_parts() as parts:
        found = read_parked(parts)
    if as_json:
        print_json({"parked": [{**asdict(one), "since": one.since.isoformat()} for one in found]})
        return
    for one in found:
        click.echo(f"{one.service_id}  {one.name or 'gone'}  ({one.consumer}, tried {one.attempts} times): {one.why}")
    if not found:
        tell("None is parked.")


@index.command()
@click.argument("service_ids", nargs=-1, metavar="[SERVICE]...")
@click.option("--all", "every", is_flag=True, help="Every service that is parked.")
@acting_as
@as_json
def requeue(service_ids: tuple[str, ...], every: bool, actor: str, as_json: bool) -> None:
    """Let services that were refused be sent to the index again: those with these ids, or --all."""
    from directory.services.indexing.parked import requeue as requeue_parked

    if bool(service_ids) == every:
        raise click.UsageError("Name services by their id, or give --all.")
    with opened_parts() as parts:
        count = requeue_parked(parts, None if every else service_ids)
    if as_json:
        print_json({"requeued": count, "by": actor})
    else:
        tell(f"{count} wait again; the worker sends them.")
