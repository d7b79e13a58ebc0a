"""`directory upgrade`: go on to this version of the program."""

from pathlib import Path

import click

from directory.cli.shared import as_json, opened_parts, print_json, tell


def _say_nothing(_sentence: str) -> None:
    """The steps stand in the document."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--copy", type=click.Path(path_type=Path), help="Where the copy of before goes; usual: the folder copies in the data folder.")
@as_json
def upgrade(dry_run: bool, copy: Path | None, as_json: bool) -> None:
    """Copy the directory, bring its tables to this version, build the index anew where its form changed, and check.

    Can be cut off and run again at any point. Says how to go back.
    """
    from directory.services.keeping.upgrade import upgrade_all

    with opened_parts() as parts:
        report = upgrade_all(parts, copy=copy, dry_run=dry_run, tell=_say_nothing if as_json else tell)
    if as_json:
        print_json(
            {
                "dry_run": dry_run,
                "before": report.before,
                "after": report.after,
                "copy": str(report.copy) if report.copy else None,
                "rebuilt": report.rebuilt,
                "differing": report.differing,
                "steps": list(report.steps),
            }
        )
        return
    if dry_run:
        for step in report.steps:
            click.echo(step)
