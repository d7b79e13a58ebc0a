"""`directory search`: what the search page answers, as text or as the JSON of the interface."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from directory.cli.shared import as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.finding.request import FindRequest


@click.command()
@click.argument("text", required=False, default="")
@click.option("--near", default="", metavar="PLACE", help="A place, a postal code, or latitude,longitude.")
@click.option("--within-km", type=click.FloatRange(min=0), help="How far; 0: any distance.")
@click.option("--open-at", default="", metavar="WHEN", help="now, or a time such as 2026-11-24T09:00 on the wall clock of each place.")
@click.option("--category", multiple=True, help="A category by slug or name; repeat for any of several.")
@click.option("--language", multiple=True, help="A language by code, such as fr; repeat for any of several.")
@click.option("--cost", multiple=True, type=click.Choice(("free", "sliding", "fee")), help="What it costs; repeat for any of several.")
@click.option("--known-only", is_flag=True, help="Leave out what is silent on language, cost or opening.")
@click.option("--fact", multiple=True, metavar="NAME=VALUE", help="What is known of the person, such as age=34; repeat for more.")
@click.option("--avoid", multiple=True, metavar="NAME", help="What a program must not do, such as asks_status; repeat for more.")
@click.option("--unfit", is_flag=True, help="Only what is not for the person, and why.")
@click.option("--lang", default="en", show_default=True, help="The language of your words.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results.")
@as_json
def search(
    text: str, as_json: bool, limit: int, lang: str, fact: tuple[str, ...], avoid: tuple[str, ...], unfit: bool, **asked: object
) -> None:
    """Search services in plain words, as in: search "food tomorrow morning near 19104" --fact age=34 --fact child.age=3."""
    from directory.api.shapes.finding import answer
    from directory.cli.search_text import lines_of
    from directory.services.finding.find import find_services
    from directory.services.finding.persons import avoided_of, person_in_words

    request = request_of(text, limit, lang, **asked)  # type: ignore[arg-type]
    with opened_parts() as parts:
        known = {"person": person_in_words(parts, fact), "avoids": avoided_of(avoid), "shows_unfit": unfit}
        page = find_services(parts, replace(request, **known))  # type: ignore[arg-type]
    if as_json:
        print_json(answer(page, lang))
        return
    for line in lines_of(page, lang):
        click.echo(line)


def request_of(
    text: str,
    limit: int,
    lang: str,
    *,
    near: str,
    within_km: float | None,
    open_at: str,
    category: tuple[str, ...],
    language: tuple[str, ...],
    cost: tuple[str, ...],
    known_only: bool,
) -> "FindRequest":
    """The options as a request. Raise `InvalidInput` for a category that is none."""
    from directory.domain.categories.tree import find_category
    from directory.domain.errors import InvalidInput
    from directory.services.finding.request import FindRequest
    from search_index.query import Facet

    slugs = [find_category(words, lang) for words in category]
    if None in slugs:
        raise InvalidInput("category", f"There is no category “{category[slugs.index(None)]}”; try it as words of the search.")
    selections = {
        Facet.CATEGORY: tuple(slug for slug in slugs if slug),
        Facet.LANGUAGE: tuple(code.partition("-")[0].lower() for code in language),
        Facet.COST: cost,
    }
    return FindRequest(
        text=text,
        near=near,
        within_km=within_km,
        open_at=open_at,
        selections={facet: values for facet, values in selections.items() if values},
        known_only=known_only,
        per_page=limit,
        locale=lang,
    )
