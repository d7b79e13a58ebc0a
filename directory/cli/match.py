"""`directory match`: what a table lists twice, before it is loaded anywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import Progress, as_json, print_json, progress_bar, tell

if TYPE_CHECKING:
    from directory.services.matching.match_file import FileMatched
    from directory.services.matching.match_file import Progress as FileProgress

LEVELS = ("site", "organization", "program")
LONG = 5_000
"""With so many records, comparing takes long enough to say how far it is."""

MOST_NAMED = 20
"""So many rows that could not be read, and so many large groups, are named; the others are counted."""


@click.command()
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapping", metavar="MAP.yaml", type=click.Path(path_type=Path), help="Which column is what (docs/import-mapping.md)."
)
@click.option("--level", type=click.Choice(LEVELS), required=True, help="What the same means: one place, one body, one offer.")
@click.option("--out", "pairs", metavar="PAIRS.csv", type=click.Path(path_type=Path), required=True, help="Where to write the pairs.")
@click.option("--clusters", metavar="CLUSTERS.csv", type=click.Path(path_type=Path), required=True, help="Where to write the groups.")
@click.option("--labels", metavar="LABELS.csv", type=click.Path(path_type=Path), help="Verdicts: left, right, verdict (same or different).")
@as_json
def match(
    path: Path, mapping: Path | None, level: str, pairs: Path, clusters: Path, labels: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Find what FILE.csv lists twice, and write the pairs with their reasons and the groups. Nothing is loaded or changed."""
    from directory.cli.import_ import mapping_of
    from directory.rules.matching.facts import IdentityLevel
    from directory.services.matching.match_file import MatchRequest, match_file

    read = mapping_of(mapping) if mapping else {}
    request = MatchRequest(path, IdentityLevel(level), pairs, clusters, read, labels, mapping)
    with progress_bar(f"Comparing {path.name}") as bar:
        found = match_file(request, _shown_by(bar))
    for line in _rejected(found):
        tell(line)
    if as_json:
        print_json(_as_dict(found))
        return
    for line in _summary(found, pairs, clusters):
        click.echo(line)


def _shown_by(bar: Progress) -> "FileProgress":
    """The bar counts what is being read; of a long table, each step after that is told when it begins."""
    last = ""

    def show(what: str, count: int) -> None:
        nonlocal last
        bar(count, count)
        if what != last and count >= LONG:
            tell(f"{what} ({count:,}) …")
        last = what

    return show


def _rejected(found: "FileMatched") -> list[str]:
    lines = [f"left out: {problem.where}: {problem.message}" for problem in found.rejected[:MOST_NAMED]]
    more = len(found.rejected) - MOST_NAMED
    return [*lines, f"left out: {more} more"] if more > 0 else lines


def _summary(found: "FileMatched", pairs: Path, clusters: Path) -> list[str]:
    from directory.rules.matching.grouping import LARGEST

    lines = []
    if found.read_as:
        lines.append("Read as: " + ", ".join(f"{what} from “{column}”" for what, column in found.read_as.items()))
    certain, review = found.bands.values()
    together = sum(len(group.members) for group in found.groups)
    lines.append(f"{found.records:,} records; {len(found.matching.bands):,} pairs compared: {certain:,} certain, {review:,} to review.")
    lines.append(f"{len(found.groups):,} groups hold {together:,} of the records.")
    large = [(len(group.members), group.id, *group.weakest) for group in found.groups if group.needs_review and group.weakest]
    large.sort(key=lambda group: group[4])
    lines += [
        f"To review, {size} records in the group of {first}: the weakest link is {left} – {right} ({score:+.1f})."
        for size, first, left, right, score in large[:MOST_NAMED]
    ]
    if len(large) > MOST_NAMED:
        lines.append(
            f"To review: {len(large) - MOST_NAMED} more groups of more than {LARGEST} records; {pairs} says where each is weakest."
        )
    lines += [
        f"Verdicts contradict each other: {left} and {right} cannot be put together."
        for left, right in found.matching.groups.contradictions
    ]
    lines += [
        f"Too common to compare by: {one.keys:,} of kind “{one.kind}”, the commonest in {one.largest:,} records."
        for one in found.matching.left_out
    ]
    return [*lines, f"Pairs: {pairs}; groups: {clusters}"]


def _as_dict(found: "FileMatched") -> dict[str, Any]:
    certain, review = found.bands.values()
    return {
        "records": found.records,
        "compared": len(found.matching.bands),
        "certain": certain,
        "review": review,
        "verdicts": found.verdicts,
        "read_as": found.read_as,
        "groups": [
            {"id": group.id, "members": list(group.members), "needs_review": group.needs_review, "weakest": group.weakest}
            for group in found.groups
        ],
        "left_out": [
            {"kind": one.kind, "keys": one.keys, "records": one.records, "largest": one.largest} for one in found.matching.left_out
        ],
        "problems": [
            {"where": str(one.where), "field": one.field, "message": one.message, "severity": one.severity.value} for one in found.problems
        ],
    }
