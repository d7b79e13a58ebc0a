"""`directory import`: bring a publisher's feed into the directory, and say what became of every row."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell

if TYPE_CHECKING:
    from directory.services.exchange.request import Progress

FORMATS = ("auto", "hsds-json", "hsds-csv", "airs-xml", "csv")


@click.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="NAME", help="Whose feed it is; the same name each time.")
@click.option("--licence", metavar="SPDX", help="The licence of the data, as in CC0-1.0.")
@click.option("--attribution", metavar="TEXT", help="Words of thanks that the publisher asks for.")
@click.option("--publisher", metavar="TEXT", help="Who publishes the feed, as people know them.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="auto", show_default=True, help="What kind of feed it is.")
@click.option("--map", "mapping", metavar="FILE.yaml", type=click.Path(path_type=Path), help="The mapping file of a plain CSV feed.")
@click.option("--country", default="", metavar="CODE", help="Country of the feed where its rows do not say, as in CA.")
@click.option("--zone", default="", metavar="ZONE", help="Time zone of the feed where its rows do not say, as in America/Toronto.")
@click.option(
    "--places-are", default="", metavar="CATEGORY", help="For feeds that list places only: what these places are, as in food-pantry."
)
@click.option("--review", is_flag=True, help="Write down what would change, to be looked at on a page and accepted in whole or in part.")
@click.option("--dry-run", is_flag=True, help="Read, check and compare; write nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Load nothing if any row cannot be loaded.")
@click.option("--retire-missing", is_flag=True, help="Take out of the list what the feed no longer has.")
@click.option("--yes", is_flag=True, help="Retire even when more than a fifth is missing.")
@click.option("--report", "report_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the whole report there, as JSON.")
@as_json
@acting_as
def import_(
    path: Path, report_file: Path | None, mapping: Path | None, format_name: str, as_json: bool, review: bool, **asked: Any
) -> None:  # fmt: skip
    """Import the file, zip or folder PATH as one feed. A second run of the same feed changes nothing."""
    from directory.services.exchange.report import summary, write_report
    from directory.services.exchange.request import ImportRequest
    from directory.services.exchange.review import make_review
    from directory.services.exchange.run import import_feed

    request = ImportRequest(path=path, format=format_name, mapping=_mapping_for(mapping, format_name), **asked)
    review_id = ""
    with opened_parts() as parts, progress_bar(f"Importing {path.name}") as bar:
        if review:
            review_id, report = make_review(parts, request, _shown_by(bar))
        else:
            report = import_feed(parts, request, _shown_by(bar))
    if report_file is not None:
        with report_file.open("w", encoding="utf-8") as stream:
            write_report(report, stream)
    where = f"/manage/imports/{review_id}" if review_id else ""
    if as_json:
        print_json({**report.as_dict(), **({"review": review_id, "page": where} if where else {})})
        return
    if where:
        click.echo(f"Nothing was changed. Look at it and accept what is right: {where}")
    for line in summary(report):
        click.echo(line)


def _mapping_for(path: Path | None, format_name: str) -> dict[str, Any]:
    """The mapping file, read. Raise `InvalidInput` when one is needed and missing, or cannot be read."""
    from directory.domain.errors import InvalidInput

    if path is None:
        if format_name == "csv":
            raise InvalidInput("map", "A plain CSV feed needs --map FILE.yaml, which says what its columns mean (docs/import-mapping.md).")
        return {}
    return mapping_of(path)


def mapping_of(path: Path) -> dict[str, Any]:
    """A mapping file, read. Raise `InvalidInput` when it cannot be."""
    from directory.domain.errors import InvalidInput
    from directory.services.exchange.readers.mapping_grammar import parse_mapping

    try:
        return parse_mapping(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise InvalidInput("map", f"{path.name} is not written in UTF-8; save it as UTF-8.") from None


def _shown_by(bar: Any) -> "Progress":
    from directory.services.exchange.run import ALL_AT_ONCE

    def show(what: str, done: int, total: int | None) -> None:
        if what == ALL_AT_ONCE:
            tell("Everything is written in one piece now; others who write wait until it is done.")
        bar(done, total or done)

    return show
