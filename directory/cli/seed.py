"""`directory seed`: load made-up services in any number, or the demo community."""

import click

from directory.cli.shared import as_json, opened_parts, print_json, progress_bar


@click.command()
@click.option("--services", type=click.IntRange(1, 5_000_000), help="How many services to make up, over real cities; without it, the demo.")
@click.option("--needs", type=click.IntRange(1, 5_000_000), help="How many needs to make up, with what became of them.")
@click.option("--seed", "seed_number", type=int, default=1, show_default=True, help="The same seed makes the same services.")
@click.option("--index/--no-index", "with_index", default=True, help="Build the search index afterwards.")
@as_json
def seed(services: int | None, needs: int | None, seed_number: int, with_index: bool, as_json: bool) -> None:
    """Load made-up services to try the directory with, marked as samples on every page; or a made-up history of referrals."""
    if needs is not None:
        _seed_needs(needs, seed_number, as_json=as_json)
    if needs is None or services is not None:
        _seed_services(services, seed_number, with_index=with_index, as_json=as_json)


def _seed_needs(needs: int, seed_number: int, *, as_json: bool) -> None:
    from directory.store.migrate import upgrade
    from seeds.needs import seed_needs

    with opened_parts() as parts:
        upgrade(parts.database)
        with progress_bar(f"Making up {needs} needs") as progress:
            done = seed_needs(parts, needs, seed_number, progress)
    if as_json:
        print_json({"needs": done.needs, "attempts": done.attempts, "events": done.events})
    else:
        click.echo(f"{done.needs} made-up needs with {done.attempts} attempts and {done.events} events.")


def _seed_services(services: int | None, seed_number: int, *, with_index: bool, as_json: bool) -> None:
    from directory.services.exchange.report import summary
    from directory.services.indexing.rebuild_each import rebuild_each
    from directory.store.migrate import upgrade
    from seeds.load import load_demo, seed_scaled

    with opened_parts() as parts:
        upgrade(parts.database)
        with progress_bar(f"Making {services} services" if services else "Loading the demo community") as progress:
            reports = [seed_scaled(parts, services, seed_number, progress)] if services else load_demo(parts, progress)
        if with_index:
            with progress_bar("Building the search index") as progress:
                rebuild_each(parts, "operator", progress)
    if as_json:
        print_json([{key: value for key, value in report.as_dict().items() if key != "problems"} for report in reports])
        return
    for report in reports:
        for line in summary(report):
            click.echo(line)
