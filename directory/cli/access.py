"""`directory access`: who may reach what."""

import click

from directory.cli.shared import as_json, opened_parts, print_json


@click.group()
def access() -> None:
    """Who may reach what."""


@access.command()
@as_json
def table(as_json: bool) -> None:
    """Every address with what it needs, for a visitor and each role, as it stands in docs/access.md."""
    from directory.app import access_rows, app_of
    from directory.services.access_table import COLUMNS, as_markdown

    with opened_parts() as parts:
        rows = access_rows(app_of(parts))
    if as_json:
        described = (
            {"address": row.address, "methods": row.methods, "needs": row.needs, "who": dict(zip(COLUMNS, row.cells, strict=True))}
            for row in rows
        )
        print_json({"routes": list(described)})
        return
    for line in as_markdown(rows):
        click.echo(line)
