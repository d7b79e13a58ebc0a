"""`directory duplicates`: records that are one. What a merge would do, doing it, taking it back."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell

if TYPE_CHECKING:
    from directory.domain.planning.asked import Voice
    from directory.services.matching.asked import Standing
    from directory.services.matching.merge import MergePlan

LEVELS = ("organization", "site", "program")


@click.group()
def duplicates() -> None:
    """Records that are one: organizations, sites, programs."""


@duplicates.command()
@click.option("--level", type=click.Choice(LEVELS), multiple=True, help="Only this level; repeat for more. All three unless told.")
@as_json
def run(level: tuple[str, ...], as_json: bool) -> None:
    """Compare every record with those that have something in common with it, and keep the pairs for whoever reviews them."""
    from directory.services.matching.levels import Level
    from directory.services.matching.run import run_all

    reports = []
    with opened_parts() as parts:
        for each in level or LEVELS:
            tell(f"{each}: comparing …")
            reports.append(run_all(parts, Level(each), lambda what, count: tell(f"  {what}: {count}")))
    if as_json:
        print_json([{**asdict(report), "level": report.level.value} for report in reports])
        return
    for report in reports:
        found = f"{report.certain} pairs are as good as certain, {report.review} to be reviewed"
        click.echo(f"{report.level.value}: {report.records} records; {found}; {report.gone} are pairs no more.")
        if report.refused:
            click.echo(f"  weights as shipped: {report.refused}")


@duplicates.command()
@click.argument("keep", type=RECORD_ID, metavar="KEEP")
@click.argument("retire", type=RECORD_ID, metavar="RETIRE")
@click.option("--level", type=click.Choice(LEVELS), required=True, help="What the two are: bodies, addresses, offerings.")
@click.option("--preview", "only_shown", is_flag=True, help="Say what would come of it, and change nothing.")
@click.option("--take", multiple=True, metavar="FIELD", help="Let RETIRE's value of a field stay; repeat for more.")
@click.option("--why", default="", metavar="TEXT", help="Why they are one, for the history.")
@click.option("--without-asking", default="", metavar="WHY", help="Go on without, or against, an organization's answer; it is told why.")
@acting_as
@as_json
def merge(
    keep: str, retire: str, level: str, only_shown: bool, take: tuple[str, ...], why: str, without_asking: str, actor: str, as_json: bool
) -> None:
    """Make RETIRE a part of KEEP (ids). Its address leads to KEEP from then on; `undo` takes it back.

    Organizations with an account are asked first (`ask`) and have 14 days to answer, as have those that were asked by a link: until then it
    stops, and says for whom it waits.
    """
    from directory.services.listings.community import read_community
    from directory.services.matching.levels import Level
    from directory.services.matching.merge import merge as merged
    from directory.services.matching.merge import preview

    chosen = dict.fromkeys(take, "retired")
    with opened_parts() as parts:
        plan, zone = preview(parts, Level(level), keep, retire, chosen), ZoneInfo(read_community(parts).zone)
        event = None
        if not only_shown:
            event = merged(parts, actor, Level(level), keep, retire, take=chosen, why=why, anyway=without_asking)
    if as_json:
        print_json({**_plain(plan), "event": event})
        return
    for line in _lines(plan, zone):
        click.echo(line)
    if event is not None:
        click.echo(f"Merged. To take it back: directory duplicates undo {event}")


@duplicates.command()
@click.argument("one", type=RECORD_ID, metavar="ONE")
@click.argument("other", type=RECORD_ID, metavar="OTHER")
@click.option("--level", type=click.Choice(LEVELS), required=True, help="What the two are: bodies, addresses, offerings.")
@acting_as
@as_json
def ask(one: str, other: str, level: str, actor: str, as_json: bool) -> None:
    """Ask the organizations of two records (ids) whether they are one. They get a mail, and have 14 days to answer on a page.

    Who has no account gets a link in it, where a mailbox is known.
    """
    from directory.services.listings.community import read_community
    from directory.services.matching.ask import ask as asked
    from directory.services.matching.asked import read_standing
    from directory.services.matching.levels import Level

    with opened_parts() as parts:
        question = asked(parts, actor, Level(level), one, other)
        standing, zone = read_standing(parts, Level(level), one, other), ZoneInfo(read_community(parts).zone)
    if as_json:
        print_json({"question": question, "organizations": _standing(standing)})
        return
    click.echo(f"Asked: /manage/duplicates/{question}")
    for each in standing.voices:
        click.echo(f"  {each.name}: {_stands(standing, each, zone)}")


@duplicates.command()
@click.argument("event", type=int, metavar="EVENT")
@acting_as
@as_json
def undo(event: int, actor: str, as_json: bool) -> None:
    """Take merge EVENT back: exactly what was, but for what somebody changed since, which is named and stays."""
    from directory.services.matching.undo import undo_merge

    with opened_parts() as parts:
        done = undo_merge(parts, actor, event)
    if as_json:
        print_json({"kept": done.kept_id, "restored": done.retired_id, "fields_left": list(done.fields), "rows_left": list(done.moved)})
        return
    click.echo(f"Taken back: {done.retired_id} stands by itself again.")
    for field in done.fields:
        click.echo(f"  {field}: somebody changed it since, so it stays as it is now.")
    for table in done.moved:
        click.echo(f"  {table}: a row went elsewhere since, or is gone, so it stays there.")


@duplicates.command("export-splink")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--level", type=click.Choice(LEVELS), required=True, help="What the same means: one body, one place, one offer.")
@click.option("--file", "path", metavar="FILE.csv", type=click.Path(path_type=Path), help="A table, and not the directory's own records.")
@click.option(
    "--map", "mapping", metavar="MAP.yaml", type=click.Path(path_type=Path), help="Which column of it is what (docs/import-mapping.md)."
)
@as_json
def export_splink(folder: Path, level: str, path: Path | None, mapping: Path | None, as_json: bool) -> None:
    """Write into FOLDER what splink's Spark backend needs to find duplicates by the same model, past what one machine compares."""
    from directory.cli.import_ import mapping_of
    from directory.services.matching.export_splink import export_directory, export_file
    from directory.services.matching.levels import Level

    if mapping and not path:
        raise click.UsageError("--map says what the columns of a table are; name the table with --file.")
    with progress_bar("Preparing records") as bar:
        if path:
            done = export_file(path, mapping_of(mapping) if mapping else {}, Level(level), folder, lambda _what, count: bar(count, count))
        else:
            with opened_parts() as parts:
                done = export_directory(parts, Level(level), folder, lambda _what, count: bar(count, count))
    for problem in done.rejected:
        tell(f"left out: {problem.where}: {problem.message}")
    if as_json:
        print_json({"folder": str(folder), "records": done.records, "fitted": done.fitted, "left_out": len(done.rejected)})
        return
    weights = "the weights of the last run" if done.fitted else "the weights that ship"
    click.echo(f"{done.records:,} records with {weights}: {folder} (docs/duplicates.md says how to run it).")


def _lines(plan: "MergePlan", zone: ZoneInfo) -> list[str]:
    lines = [f"{plan.kept_name or plan.kept_id} stays, {plan.retired_name or plan.retired_id} becomes a part of it."]
    if plan.is_secret:
        lines.append("  One of them is a place whose address is secret: what they say is not shown, and it stays secret.")
    lines += [f"  {each.field}: {_shown(each.result)}  ({_WHY[each.why.value]})" for each in plan.survivors if each.changes]
    lines += [f"  {each.words}: {each.number} come along" for each in plan.moves]
    lines += [f"  stands in the way: {each.words}: {each.number}. {each.settle}" for each in plan.blocks]
    lines += [f"  {each.name}: {_stands(plan.standing, each, zone)}" for each in plan.standing.voices]
    return lines


def _stands(standing: "Standing", each: "Voice", zone: ZoneInfo) -> str:
    if each.said is not None and each.counts:
        kept = standing.keeps(each.said)
        found = f"the same, {kept} is the one to keep" if kept else _ANSWERS[each.said.answer.value]
        return f"{found}: {each.said.words}" if each.said.words else found
    if each.way == "none":
        return "nobody there has an account, and no link works; not awaited"
    if standing.asked is None or standing.is_outdated:
        return "not asked yet" if standing.asked is None else "asked of what the two said before; ask again"
    day = standing.asked.until.astimezone(zone).date().isoformat()
    awaited = f"asked by a link, awaited until {day}" if each.way == "link" else f"awaited until {day}"
    return awaited if each.hindrance is not None else f"did not answer until {day}"


def _said(standing: "Standing", each: "Voice") -> dict[str, str | None]:
    if each.said is None or not each.counts:
        return {"answer": None, "keep": None, "because": None}
    kept = standing.keeps(each.said) or None
    return {"answer": "same" if kept else each.said.answer.value, "keep": kept, "because": each.said.words or None}


_ANSWERS = {"different": "these are two", "closed": "one of them has closed", "unsure": "not sure"}


def _standing(standing: "Standing") -> list[dict[str, Any]]:
    return [
        {
            "id": each.organization_id,
            "name": each.name,
            **_said(standing, each),
            "way": each.way.value,
            "in_the_way": each.hindrance.value if each.hindrance is not None else None,
            "until": standing.asked.until.isoformat() if standing.asked is not None else None,
        }
        for each in standing.voices
    ]


_WHY = {
    "kept": "said by the one that stays",
    "only": "only the other says it",
    "joined": "from both",
    "newer": "the other was looked at later",
    "person": "a person's word",
    "concealed": "one of them is secret",
    "chosen": "chosen",
}


def _shown(value: Any) -> str:
    told = (
        ", ".join(str(each.get("number") or each.get("name") or each) if isinstance(each, dict) else str(each) for each in value)
        if isinstance(value, list)
        else str(value)
    )
    return told if len(told) <= 100 else f"{told[:99]}…"


def _plain(plan: "MergePlan") -> dict[str, Any]:
    return {
        "level": plan.level.value,
        "keep": {"id": plan.kept_id, "name": plan.kept_name},
        "retire": {"id": plan.retired_id, "name": plan.retired_name},
        "secret": plan.is_secret,
        "fields": [
            {"field": each.field, "keep": each.kept, "retire": each.retired, "result": each.result, "why": each.why.value}
            for each in plan.survivors
        ],
        "moves": [{"what": each.words, "number": each.number} for each in plan.moves],
        "blocks": [{"what": each.words, "number": each.number, "settle": each.settle} for each in plan.blocks],
        "organizations": _standing(plan.standing),
    }
