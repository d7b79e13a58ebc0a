"""`directory eligibility suggest`: what a listing's own words say of who can come."""

from typing import Any

import click

from directory.cli.shared import as_json, print_json, tell


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--language", default="en", show_default=True, help="The language of the text: en or fr.")
@as_json
@click.pass_context
def suggest(context: click.Context, file: str, language: str, as_json: bool) -> None:
    """Suggest criteria for the words of a text FILE, or of standard input when FILE is -.

    Nothing is stored: each suggestion is for a person to accept or leave.
    """
    from directory.cli.suggested_text import CannotRead, check_language, lines_of, text_of
    from directory.rules.reading import suggest
    from directory.rules.reading.text import LONGEST

    try:
        check_language(language)
        text = text_of(file)
    except CannotRead as error:
        click.echo(f"directory: {error}", err=True)
        context.exit(2)
    if len(text) > LONGEST:
        tell(f"The text is long: its first {LONGEST:,} characters were read.")
    found = suggest(text, language)
    if as_json:
        answer: dict[str, Any] = {"language": language, "characters_read": min(len(text), LONGEST)}
        print_json({**answer, "suggestions": [each.as_json() for each in found]})
        return
    for line in lines_of(text[:LONGEST], found):
        click.echo(line)
