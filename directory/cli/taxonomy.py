"""`directory taxonomy`: look up and check the categories."""

import click

from directory.cli import terms
from directory.cli.shared import as_json, opened_parts, print_json


@click.group()
def taxonomy() -> None:
    """The categories that listings are filed under, and the imported terms that stand for them."""


@taxonomy.command()
@click.argument("term")
@click.option("--lang", default="en", show_default=True, help="The language that your words are read in first.")
@as_json
@click.pass_context
def show(context: click.Context, term: str, lang: str, as_json: bool) -> None:
    """Show a category by slug, name, synonym, 211HSIS code, Open Eligibility title or Gravity code. Exit code 1 when nobody knows it."""
    from directory.cli.taxonomy_text import json_of, lines_of, unknown_sentence
    from directory.services.taxonomy.show import show_term

    with opened_parts() as parts:
        found = show_term(parts, term, lang)
    if as_json:
        print_json(json_of(found))
    elif found.kind is None:
        click.echo(f"directory: {unknown_sentence(found, lang)}", err=True)
    else:
        click.echo("\n".join(lines_of(found, lang)))
    context.exit(1 if found.kind is None else 0)


@taxonomy.command()
@as_json
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check slugs, parents, words in three languages, mappings and the listings' categories. Exit code 1 when something is wrong."""
    from dataclasses import asdict

    from directory.services.taxonomy.check import check_taxonomy

    with opened_parts() as parts:
        report = check_taxonomy(parts)
    if as_json:
        print_json({**asdict(report), "sound": report.sound})
    else:
        for fault in report.faults:
            click.echo(f"{fault.check}: {fault.sentence}")
        wrong = f"{len(report.faults)} faults" if report.faults else "nothing is wrong"
        click.echo(f"{report.categories} categories in three languages; {wrong}.")
        if report.terms is None:
            click.echo("Listings and imported terms were not looked at: there is no database of this version yet.")
        else:
            click.echo(f"{report.terms} imported terms, of which {report.unmapped_terms} mean no category yet.")
    context.exit(0 if report.sound else 1)


taxonomy.add_command(terms.terms)
taxonomy.add_command(terms.map_)
