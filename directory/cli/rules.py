"""`directory rules`: the community's own rules, from a file to what decides, and back."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from directory.cli.shared import as_json, opened_parts, print_json, progress_bar, tell

if TYPE_CHECKING:
    from directory.services.parts import Parts
    from directory.services.rules.activate import Activation
    from directory.services.rules.versions import Held, VersionRead

as_planner = click.option("--as", "email", required=True, metavar="EMAIL", help="Who decides: a planner of the whole community.")
FORMATS = ("yaml", "json", "jsonlogic")


@click.group()
def rules() -> None:
    """Rules as data: who is suggested, how pairs are read, how long referrals may wait, when listings are looked at."""


@rules.command()
@click.argument("file", metavar="FILE")
@click.option("--language", type=click.Choice(("en", "fr", "es")), default="en", show_default=True, help="The language of the sentences.")
@as_json
@click.pass_context
def check(context: click.Context, file: str, language: str, as_json: bool) -> None:
    """Look through a rule set in FILE (YAML or JSON; - for standard input), or through all in a folder. Nothing is stored.

    Says everything that is wrong with its place, else each rule in a sentence, and what is worth a second look.
    """
    from directory.cli.rules_files import check_file, files_at
    from directory.cli.rules_text import json_of_checked, lines_of_checked

    found = [check_file(each) for each in files_at(file)]
    if as_json:
        shapes = [json_of_checked(each, language) for each in found]
        print_json({"files": shapes} if len(shapes) != 1 else shapes[0])
    else:
        for each in found:
            for line in lines_of_checked(each, language):
                click.echo(line, err=each.rules is None)
    context.exit(1 if any(each.rules is None for each in found) else 0)


@rules.command("import")
@click.argument("file", metavar="FILE")
@click.option("--as", "email", default="", metavar="EMAIL", help="Who made it, as it will stand in the history; else the operator.")
@as_json
@click.pass_context
def import_(context: click.Context, file: str, email: str, as_json: bool) -> None:
    """Store the rule set in FILE (- for standard input) as a draft: the next version of its set. Prints SET and VERSION."""
    from directory.cli.rules_files import check_file
    from directory.cli.rules_text import lines_of_checked
    from directory.rules.sets.writing import write_rule_set
    from directory.services.accounts.people import actor_at
    from directory.services.rules.draft import import_draft

    checked = check_file(file)
    if checked.rules is None:
        for line in lines_of_checked(checked, "en"):
            click.echo(line, err=True)
        context.exit(1)
    with opened_parts() as parts:
        by = actor_at(parts, email).label if email else "operator"
        name, version = import_draft(parts, by, write_rule_set(checked.rules))
    if as_json:
        print_json({"set": name, "version": version, "status": "draft"})
        return
    click.echo(f"{name} {version}")
    tell(f"A draft, which decides nothing yet. Next: directory rules test {name} {version}")


@rules.command("list")
@as_json
def list_(as_json: bool) -> None:
    """Every version of every set, the newest first, and which of them holds now."""
    from directory.cli.rules_text import json_of_versions, lines_of_versions
    from directory.rules.sets.kinds import SetKind
    from directory.services.rules.versions import held_now, read_versions

    with opened_parts() as parts:
        found = read_versions(parts)
        with parts.database.reading() as session:
            held = {held_now(parts, session, kind).label for kind in SetKind}
    if as_json:
        print_json(json_of_versions(found, held))
        return
    for line in lines_of_versions(found, held):
        click.echo(line)


@rules.command()
@click.argument("set_name", metavar="SET")
@click.argument("version", type=click.IntRange(min=0))
@as_json
@click.pass_context
def test(context: click.Context, set_name: str, version: int, as_json: bool) -> None:
    """Try a version on its own examples. A draft whose examples pass is tested; exit code 1 where one does not."""
    from directory.cli.rules_text import json_of_tried, lines_of_tried
    from directory.services.rules.try_out import try_out

    with opened_parts() as parts:
        found = try_out(parts, set_name, version)
    if as_json:
        print_json(json_of_tried(found))
    else:
        for line in lines_of_tried(found):
            click.echo(line)
    if found.passes:
        tell(f"Next: directory rules dry-run {set_name} {version} --since DATE")
    context.exit(0 if found.passes else 1)


@rules.command("dry-run")
@click.argument("set_name", metavar="SET")
@click.argument("version", type=click.IntRange(min=0))
@click.option("--since", required=True, type=click.DateTime(formats=["%Y-%m-%d"]), help="From this day on, as in 2026-11-01.")
@as_json
def dry_run(set_name: str, version: int, since: datetime, as_json: bool) -> None:
    """Reckon what a version would have changed since a day, against what holds now; kept with the version."""
    from directory.cli.rules_text import lines_of_dry_run
    from directory.services.rules.dry_run import dry_run
    from directory.services.rules.versions import start_of

    with opened_parts() as parts, progress_bar("Reckoning") as progress:
        found = dry_run(parts, set_name, version, start_of(parts, since.date()), progress)
    if as_json:
        print_json(found.as_json())
        return
    for line in lines_of_dry_run(found):
        click.echo(line)


@rules.command()
@click.argument("set_name", metavar="SET")
@click.argument("version", type=click.IntRange(min=0))
@as_json
def diff(set_name: str, version: int, as_json: bool) -> None:
    """Say rule by rule what a version would change of what holds now: what a second person agrees to."""
    from directory.cli.rules_changes import json_of_changes, lines_of_changes

    with opened_parts() as parts:
        found, held = _beside_held(parts, set_name, version)
    if as_json:
        print_json(json_of_changes(found, held))
        return
    for line in lines_of_changes(found, held):
        click.echo(line)


def _beside_held(parts: "Parts", set_name: str, version: int) -> "tuple[VersionRead, Held]":
    """A version, and what holds now of its kind."""
    from directory.services.rules.versions import held_now, read_version

    found = read_version(parts, set_name, version)
    with parts.database.reading() as session:
        return found, held_now(parts, session, found.kind)


@rules.command()
@click.argument("set_name", metavar="SET")
@click.argument("version", type=click.IntRange(min=0))
@as_planner
@as_json
def activate(set_name: str, version: int, email: str, as_json: bool) -> None:
    """Ask that a version decides from now on, or agree to what another planner asked for: it takes two.

    On a terminal the second person's address is asked for; else the second person calls the same command with theirs.
    """
    from directory.services.accounts.people import actor_at
    from directory.services.rules.activate import activate

    with opened_parts() as parts:
        done = activate(parts, actor_at(parts, email), set_name, version)
        if not done.is_active:
            done = _second(parts, done, as_json=as_json)
    if as_json:
        print_json({"set": done.set_name, "version": done.version, "is_active": done.is_active, "took_the_place_of": done.before or None})
    elif done.is_active:
        click.echo(f"{done.set_name} {done.version} decides from now on, in place of {done.before or 'the rules that ship'}.")
        tell(f"To go back: directory rules back {done.set_name} --as EMAIL")
    else:
        click.echo(f"{done.set_name} {done.version} waits for a second person.")


def _second(parts: "Parts", asked: "Activation", *, as_json: bool) -> "Activation":
    """What becomes of it where the second person is here; else as it was asked for."""
    from directory.cli.rules_changes import lines_of_changes
    from directory.services.accounts.people import actor_at
    from directory.services.rules.activate import AGREED_WITHIN, activate

    call = f"directory rules activate {asked.set_name} {asked.version} --as EMAIL"
    tell(f"A second planner has to agree within {AGREED_WITHIN.days} days.")
    if as_json or not is_somebody_there():
        tell(f"What it changes: directory rules diff {asked.set_name} {asked.version}. With their own address: {call}")
        return asked
    for line in lines_of_changes(*_beside_held(parts, asked.set_name, asked.version)):
        tell(line)
    other = click.prompt("Address of the second person, who has read it (Enter: later)", default="", show_default=False, err=True).strip()
    if not other:
        tell(f"Later, with their own address: {call}")
        return asked
    done = activate(parts, actor_at(parts, other), asked.set_name, asked.version)
    if not done.is_active:
        tell("That is the same person; somebody else has to agree.")
    return done


def is_somebody_there() -> bool:
    """Whether a person types."""
    return sys.stdin.isatty()


@rules.command()
@click.argument("set_name", metavar="SET")
@as_planner
@as_json
def back(set_name: str, email: str, as_json: bool) -> None:
    """Go back in one step to what held before the active version of a set."""
    from directory.services.accounts.people import actor_at
    from directory.services.rules.activate import go_back

    with opened_parts() as parts:
        done = go_back(parts, actor_at(parts, email), set_name)
    if as_json:
        print_json({"set": done.set_name, "version": done.version, "took_the_place_of": done.before})
        return
    named = f"{done.set_name} {done.version}" if done.version else f"{done.set_name} as it ships"
    click.echo(f"{named} decides again, in place of {done.before}.")


@rules.command()
@click.argument("set_name", metavar="SET")
@click.option("--format", "form", type=click.Choice(FORMATS), default="yaml", show_default=True, help="JSONLogic is for other engines.")
@click.option("--version", type=click.IntRange(min=0), help="This version (0: as it ships); else what holds now, else the newest.")
def export(set_name: str, form: str, version: int | None) -> None:
    """Print a rule set as a file that can be imported again."""
    from directory.services.rules.documents import Format, write_document
    from directory.services.rules.versions import held_version, read_version

    with opened_parts() as parts:
        wanted = held_version(parts, set_name) if version is None else version
        found = read_version(parts, set_name, wanted)
    tell(f"{set_name} {found.version}, {found.status.value}")
    click.echo(write_document(found.rules, Format(form)), nl=False)
