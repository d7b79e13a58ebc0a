"""Rule sets in files, read and checked for the command line."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.domain.errors import InvalidInput
from directory.rules.conditions import Wrong
from directory.rules.sets.check import WrongRuleSet, check_rule_set
from directory.rules.sets.rule import RuleSet
from directory.services.rules.documents import MOST_BYTES_OF_JSON, read_document

ENDINGS = (".yaml", ".yml", ".json")
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Checked:
    """`rules` None: `wrongs` says why."""

    file: str
    rules: RuleSet | None
    wrongs: tuple[Wrong, ...] = ()


def files_at(path: str) -> Iterator[str]:
    """The file itself, or every rule set in a folder. Raise `InvalidInput` where a folder has none."""
    if path == STANDARD_INPUT or not Path(path).is_dir():
        yield path
        return
    found = sorted(str(each) for each in Path(path).iterdir() if each.suffix.lower() in ENDINGS)
    if not found:
        raise InvalidInput("file", f"There is no rule set in {path}: no file that ends with {', '.join(ENDINGS)}.")
    yield from found


def check_file(path: str) -> Checked:
    """What a file holds. Raise `OSError`."""
    try:
        return Checked(path, check_rule_set(read_document(_content(path), "" if path == STANDARD_INPUT else path)))
    except WrongRuleSet as wrong:
        return Checked(path, None, wrong.wrongs)


def _content(path: str) -> bytes:
    """As much as can be a rule set, and a little more, so that what is longer is told."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES_OF_JSON + 1)
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES_OF_JSON + 1)
