"""Ids on the command line, however they were copied: every command reads them in the same place."""

from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from directory.cli.ids import RECORD_ID
from directory.cli.main import COMMANDS
from tests.cli.conftest import Say
from tests.support.neighbourhood import ORGANIZATION, PANTRY

AS_COPIED = pytest.mark.parametrize(
    "copied", [str.upper, lambda id_: id_.replace("-", ""), lambda id_: f" {id_} "], ids=["capitals", "no dashes", "blanks"]
)
pytestmark = pytest.mark.usefixtures("furnished")


@AS_COPIED
def test_an_id_is_read_however_it_was_copied(say: Say, copied) -> None:
    assert say("partners", "--service", copied(PANTRY), "--json").json["about"]["id"] == PANTRY
    assert say("eligibility", "ask", copied(PANTRY), "--json").json["service_id"] == PANTRY
    assert say("verify", "due", "--at", "2027-06-01", "--organization", copied(ORGANIZATION), "--json").json["count"] > 0
    merge = say("duplicates", "merge", copied(ORGANIZATION), copied(ORGANIZATION), "--level", "organization")
    assert "merged with itself" in merge.err


@pytest.mark.parametrize("none", ["nobody", PANTRY[:-1], f"{PANTRY}0", f"{{{PANTRY}}}", PANTRY.replace("-", "_")])
def test_what_is_no_id_is_said_in_a_sentence_that_names_where_it_stands(say: Say, none: str) -> None:
    said = say("duplicates", "merge", ORGANIZATION, none, "--level", "organization")
    assert (said.code, said.out) == (2, "")
    assert f"'RETIRE': “{none}” is no id: write the 32 digits and letters" in said.err
    assert "'--organization'" in say("quality", "--organization", none).err


def test_every_id_of_a_record_is_read_in_the_same_place() -> None:
    read = {(command.name, parameter.name): parameter.type for command in _commands() for parameter in command.params}
    ids = {place: kind for place, kind in read.items() if str(place[1]).endswith(("_id", "_ids"))}
    assert len(ids) > 10
    assert {place for place, kind in ids.items() if kind is not RECORD_ID} == set()


def _commands() -> Iterator[click.Command]:
    waiting = [getattr(import_module(module), name) for module, _, name in (where.partition(":") for where in COMMANDS.values())]
    while waiting:
        command = waiting.pop()
        yield command
        waiting += command.commands.values() if isinstance(command, click.Group) else []
