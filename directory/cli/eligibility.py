"""`directory eligibility`: what one program says to a person, which facts may be told, what a text might say."""

import click

from directory.cli import suggested
from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json


@click.group()
def eligibility() -> None:
    """Whom programs are for: yes, no or ask."""


@eligibility.command()
@click.argument("service_id", type=RECORD_ID)
@click.option("--fact", multiple=True, metavar="NAME=VALUE", help="What is known of the person, such as age=34; repeat for more.")
@as_json
def ask(service_id: str, fact: tuple[str, ...], as_json: bool) -> None:
    """Ask whether a program is for somebody: the outcome, why, and what to ask next."""
    from directory.api.shapes.eligibility import program
    from directory.cli.eligibility_text import lines_of
    from directory.services.finding.one_program import ask_program
    from directory.services.finding.persons import person_in_words

    with opened_parts() as parts:
        asked = ask_program(parts, service_id, person_in_words(parts, fact))
    if as_json:
        told = program(asked.criteria, asked.assessment, asked.question)
        print_json({"service_id": asked.listing.id, "name": asked.listing.name, **told})
        return
    for line in lines_of(asked):
        click.echo(line)


@eligibility.command()
@as_json
def facts(as_json: bool) -> None:
    """List the facts that may be told of a person."""
    from directory.api.shapes.eligibility import facts as shaped

    if as_json:
        print_json({"facts": shaped()})
        return
    for found in shaped():
        choices = ", ".join(choice["value"] for choice in found["choices"])
        click.echo(f"{found['name']:24} {found['type']:8} {found['question']}" + (f"  ({choices})" if choices else ""))


@eligibility.command()
@as_json
def rejected(as_json: bool) -> None:
    """List what people said is no rule of a listing: words, and what they were taken for. Cases to test the reading of texts with."""
    from directory.services.editing.suggested_criteria import all_refused

    with opened_parts() as parts:
        cases = all_refused(parts)
    if as_json:
        print_json({"rejected": cases})
        return
    for case in cases:
        click.echo(f"{case['language']}: “{case['words']}” is not {case['rejected']}")


eligibility.add_command(suggested.suggest)
