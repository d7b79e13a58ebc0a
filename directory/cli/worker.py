"""`directory worker`: the process that keeps the index in step and does the nightly work."""

import click


@click.command()
@click.option("--own-index-only", is_flag=True, help="Only keep this host's own index in step; another host's worker does the rest.")
def worker(own_index_only: bool) -> None:
    """Keep the search index in step (part of `serve` already)."""
    from directory.cli.shared import opened_parts
    from directory.jobs.signals import until_stopped
    from directory.jobs.worker import work

    with opened_parts() as parts, until_stopped() as wait:
        work(parts, wait, own_index_only=own_index_only)
