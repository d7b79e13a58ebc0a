"""`directory taxonomy terms` and `directory taxonomy map`: what imported terms mean, and deciding on them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json, tell

if TYPE_CHECKING:
    from directory.services.taxonomy.decide import Verdict


@click.command()
@click.option("--unmapped", is_flag=True, help="Only terms that mean no category yet.")
@click.option("--source", default="", metavar="NAME", help="Only terms of this source.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet, to be filled in and read by: taxonomy map --file.")
@as_json
def terms(unmapped: bool, source: str, as_csv: bool, as_json: bool) -> None:
    """List the terms that sources say, those first that most services carry, with what each means or might mean."""
    from directory.cli.terms_text import json_of_terms, lines_of_terms
    from directory.services.taxonomy.imported import EVERY_TERM, State, list_terms
    from directory.services.taxonomy.sheet import write_sheet

    states = (State.UNMAPPED,) if unmapped else ()
    with opened_parts() as parts:
        found = list_terms(parts, states=states, source=source, per_page=EVERY_TERM)
    if as_csv:
        click.echo("".join(write_sheet(found.terms)), nl=False)
    elif as_json:
        print_json(json_of_terms(found))
    else:
        for line in lines_of_terms(found):
            click.echo(line)


@click.command("map")
@click.argument("term_id", type=RECORD_ID, required=False, default="")
@click.argument("slugs", nargs=-1)
@click.option("--none-fits", is_flag=True, help="Decide that no category fits the term.")
@click.option("--undo", is_flag=True, help="Take the decision on the term back.")
@click.option("--file", "sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A table with term_id and categories.")
@click.option("--why", default="", help="The reason, kept with the decision.")
@click.option("--as", "actor", required=True, metavar="EMAIL", help="Who decides, as it will stand in the history.")
@as_json
def map_(
    term_id: str, slugs: tuple[str, ...], none_fits: bool, undo: bool, sheet: Path | None, why: str, actor: str, as_json: bool
) -> None:
    """Decide what a term means: map TERM_ID SLUG... (ids: taxonomy terms), or many at once from a file."""
    from directory.cli.terms_text import done_sentence
    from directory.domain.accounts import checked_email
    from directory.services.taxonomy.decide import decide_terms

    verdicts = _verdicts(term_id, slugs, none_fits=none_fits, undo=undo, sheet=sheet)
    email = checked_email(actor)
    with opened_parts() as parts:
        done = decide_terms(parts, verdicts, email, why)
    if as_json:
        print_json({"terms": [term.id for term in done.terms], "services": done.services, "by": email})
    else:
        tell(done_sentence(done))


def _verdicts(term_id: str, slugs: tuple[str, ...], *, none_fits: bool, undo: bool, sheet: Path | None) -> "tuple[Verdict, ...]":
    from directory.services.taxonomy.decide import Verdict
    from directory.services.taxonomy.sheet import read_sheet

    if sheet is not None:
        if term_id or none_fits or undo:
            raise click.UsageError("Give either a file, or a term and what it means.")
        return read_sheet(sheet.read_text(encoding="utf-8", errors="replace"))
    if not term_id or bool(slugs) + none_fits + undo != 1:
        raise click.UsageError("Give a term's id with slugs, with --none-fits, or with --undo; or --file.")
    return (Verdict(term_id, None if undo else slugs),)
