"""`directory index`: build, check and look at the search index."""

import os
from dataclasses import asdict

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell


@click.group()
def index() -> None:
    """The search index: rebuild, check, status, keys."""


only_this = click.option(
    "--only", "only", metavar="NAME", default="", help="Of the indexes that this host keeps only the one of that name; `status` names them."
)


@index.command()
@only_this
@acting_as
@as_json
@click.pass_context
def rebuild(context: click.Context, only: str, actor: str, as_json: bool) -> None:
    """Build each index that this host keeps anew, beside the one in use, then swap. Exit code 1 when one could not be built just now."""
    from directory.services.indexing.rebuild_each import rebuild_each

    with opened_parts() as parts, progress_bar("Building the search index") as progress:
        done = rebuild_each(parts, actor, progress, only)
    if as_json:
        print_json({"services": done[0].services, "generation": done[0].generation, "indexes": [asdict(one) for one in done], "by": actor})
    else:
        for one in done:
            name = f"The index {one.consumer}" if len(done) > 1 else "The index"
            left = f"{name} is not built anew yet; its worker does it. {one.why_not}"
            tell(left if one.why_not else f"{name} holds {one.services} services (generation {one.generation}).")
    context.exit(1 if any(one.why_not for one in done) else 0)


@index.command()
@click.option("--repair", is_flag=True, help="Send every service that differs to the index anew.")
@only_this
@acting_as
@as_json
@click.pass_context
def check(context: click.Context, repair: bool, only: str, actor: str, as_json: bool) -> None:
    """Hold each index that this host keeps against the database: what is missing, extra or stale. Exit code 1 when something is."""
    from directory.cli.index_checks import check_each, said

    with opened_parts() as parts:
        found = check_each(parts, only, repair=repair)
    if as_json:
        indexes = [{"consumer": one.consumer, **one.shape()} for one in found]
        print_json({**found[0].shape(), "indexes": indexes, "by": actor})
    else:
        for one in found:
            for line in said(one, with_name=len(found) > 1):
                click.echo(line)
    context.exit(0 if all(one.in_step for one in found) else 1)


@index.command()
@as_json
def status(as_json: bool) -> None:
    """Tell what each index holds that this host keeps, and how far it is behind."""
    from directory.api.health import shape
    from directory.cli.index_checks import status_of
    from directory.services.health import read_health

    with opened_parts() as parts:
        health = read_health(parts)
        consumer = parts.consumer
    found = shape(health)
    if as_json:
        pending = {**found["pending"], "refused": [asdict(each) for each in health.pending.refused]}
        fallback = found["fallback"] and {"consumer": health.fallback.consumer if health.fallback else "", **found["fallback"]}
        print_json({"consumer": consumer, "degraded": health.degraded, "index": found["index"], "pending": pending, "fallback": fallback})
        return
    lines = status_of(consumer, health.index, health.pending)
    if health.fallback is not None:
        lines += status_of(health.fallback.consumer, health.fallback.index, health.fallback.pending)
        if health.degraded:
            lines.append("Searches are answered by the latter." if health.has_reserve else "Searches cannot be answered.")
    for line in lines:
        click.echo(line)


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
@click.argument("service_ids", type=RECORD_ID, nargs=-1, metavar="[SERVICE]...")
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
