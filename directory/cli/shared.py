"""What commands share: the parts they work with, options they have in common, progress for a person who watches, JSON for a program."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from directory.services.parts import Parts

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")

acting_as = click.option(
    "--as", "actor", metavar="EMAIL", default="operator", show_default=True, help="Who does this, as it will stand in the history."
)


@contextmanager
def opened_parts() -> Iterator["Parts"]:
    """The parts that the settings name, closed afterwards."""
    from directory.app import build_parts
    from directory.settings import read_settings

    context = click.get_current_context(silent=True)
    parts = build_parts(read_settings(), name=context.command_path if context else "directory")
    try:
        yield parts
    finally:
        parts.search.close()
        parts.database.close()


def print_json(value: Any) -> None:
    """One document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def tell(sentence: str) -> None:
    """A word on what is being done, on standard error, where it spoils no output."""
    click.echo(sentence, err=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar on standard error while somebody watches; a sentence where nobody does."""
    if not sys.stderr.isatty():
        tell(f"{label} …")
        yield _unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""
