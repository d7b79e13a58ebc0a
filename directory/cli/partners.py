"""`directory partners`: who to introduce a person to next, or what works well with a listing, with why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.parts import Parts
    from directory.services.suggesting.suggested import Suggested


@click.command()
@click.option("--need", "code", metavar="CODE", help="For a need, by the code that the person carries.")
@click.option(
    "--service", "service_id", type=RECORD_ID, metavar="ID", help="For a listing: what works well with it, as everybody may see it."
)
@click.option(
    "--why-not", "organization_id", type=RECORD_ID, metavar="ORGANIZATION_ID", help="Also: why this organization is not suggested."
)
@click.option("--language", default="en", show_default=True, type=click.Choice(["en", "fr", "es"]), help="In which language to say it.")
@as_json
def partners(code: str | None, service_id: str | None, organization_id: str | None, language: str, as_json: bool) -> None:
    """Suggest at most five partners, each with its points, its reasons and what to know before.

    By the rules that hold (`directory rules`). What is suggested for a need is kept with it, as on its page.
    """
    from directory.api.shapes.partners import suggested
    from directory.services.suggesting.suggest import speaker_in
    from directory.services.suggesting.why_not import why_not

    if (code is None) == (service_id is None):
        raise click.UsageError("Give --need CODE or --service ID, one of them.")
    with opened_parts() as parts:
        found = _found(parts, code, service_id)
        asked = why_not(parts, found, organization_id) if organization_id else None
        with parts.database.reading() as session:
            speaker = speaker_in(session, language)
        told = suggested(found, speaker, asked)
    if as_json:
        print_json(told)
        return
    for line in _lines(told):
        click.echo(line)


def _found(parts: "Parts", code: str | None, service_id: str | None) -> "Suggested":
    from directory.services.suggesting.suggest import suggest_for_code, suggest_for_listing

    return suggest_for_listing(parts, service_id) if service_id is not None else suggest_for_code(parts, code or "")


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"By {told['rule_version']}; figures of referrals up to {told['as_of']}. {told['considered']} programs were looked at."
    for gate, count in told["left_out"].items():
        yield f"  left out by {gate}: {count}"
    for each in told["partners"]:
        yield ""
        kept = "  (the place kept for programs that are seldom asked)" if each["keeps_place"] else ""
        yield f"{each['place']}. {each['service']}, {each['organization']}: {each['score']} points{kept}"
        yield f"   {each['service_id']}"
        yield from (f"   + {one['sentence']}  [{one['rule']}, {one['points']}]" for one in each["reasons"])
        yield from (f"   ! {one['sentence']}  [{one['rule']}]" for one in each["cautions"])
        yield from (f"   ? {one['here']}  [{one['rule']}, up to {one['points']}]" for one in each["would_change"])
    if not told["partners"]:
        yield "Nobody is suggested."
    if told["why_not"] is not None:
        yield from _why_not(told["why_not"])


def _why_not(told: dict[str, Any]) -> Iterator[str]:
    yield ""
    if told["program"] is None:
        yield f"Why not {told['organization']}: it lists no program."
        return
    yield f"Why not {told['organization']}, with {told['program']['service']}:"
    if told["is_suggested"]:
        yield f"   It is suggested, at place {told['place']}."
    yield from (f"   x {gate['sentence']}  [{gate['gate']}]" for gate in told["gates"])
    if told["not_looked_at"]:
        yield f"   {told['not_looked_at']}"
    if not told["gates"] and not told["is_suggested"]:
        yield f"   {told['score']} points, {told['behind']} fewer than the last that is suggested."
    yield from (f"   + {one['sentence']}  [{one['rule']}, {one['points']}]" for one in told["reasons"])
    yield from (f"   - {one['here']}  [{one['rule']}, up to {one['points']}]" for one in told["lacks"])
