"""`directory worker`: the process that keeps the index in step and does the nightly work."""

import click


@click.command()
def worker() -> None:
    """Keep the search index in step (part of `serve` already)."""
    from directory.cli.shared import opened_parts
    from directory.jobs.signals import until_stopped
    from directory.jobs.worker import work

    with opened_parts() as parts, until_stopped() as wait:
        work(parts, wait)
