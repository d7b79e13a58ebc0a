"""`directory list`: lists that were handed over, as their person sees them."""

import click

from directory.cli.shared import as_json, opened_parts, print_json


@click.group(name="list")
def list_() -> None:
    """Lists that were handed over by link."""


@list_.command()
@click.argument("code")
@click.option("--language", "language", metavar="CODE", help="Another language than the list's own, as in fr.")
@as_json
def show(code: str, language: str | None, as_json: bool) -> None:
    """Print the list behind a code as its person sees it. Exit code 1 where it is not known or its time is over."""
    from directory.services.lists.share import open_list

    with opened_parts() as parts:
        opened = open_list(parts, code)
        if as_json:
            from directory.api.shapes.lists import shared_list
            from directory.services.lists.places import followed

            places = followed(parts, opened.handed.place_ids)
            print_json(shared_list(opened, places, parts.clock.now(), language or opened.handed.language))
            return
        from directory.app import app_of
        from directory.web.list_text import list_text

        click.echo(list_text(app_of(parts), opened, language or opened.handed.language))
