"""Criteria as a form of rows: each criterion is one group (all, any, none of its rows), each row a comparison of one fact.

What is nested deeper than one group is kept as it is. A row that nobody touched keeps its comparison exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.domain.sentences import say
from directory.rules.criteria import By
from directory.rules.entries import Entries
from directory.rules.facts import FACTS
from directory.rules.plain_answers import free_id
from directory.rules.plain_writing import WrongAnswer
from directory.rules.row_answers import EMPTY_ROW, Row, comparison_of, is_shown, row_of

ALL, ANY, NONE = "all", "any", "none"
GROUPS = (ALL, ANY, NONE)


@dataclass(frozen=True, slots=True)
class Block:
    """One criterion. `before`: the condition that was there, None for a new one; `said`: who said it, kept until it is published."""

    id: str
    rows: tuple[Row, ...] = ()
    how: str = ALL
    strength: str = "hard"
    said: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None

    @property
    def deeper(self) -> Mapping[str, Any] | None:
        """The condition that was there before, where rows cannot show it."""
        return self.before if self.before is not None and _shown(self.before)[1] is None else None


def blocks_of(entries: Entries) -> tuple[Block, ...]:
    return tuple(_block(key, each) for key, each in entries.get("criteria", {}).items())


def _block(key: str, entry: Mapping[str, Any]) -> Block:
    when = entry["when"]
    how, tests = _shown(when)
    return Block(key, tuple(map(row_of, tests or ())), how, entry["strength"], entry["said"], when)


def _shown(when: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]] | None]:
    """Which group of comparisons a condition is; None where it is nested deeper."""
    how, inside = ALL, when
    if "not" in when:
        how, inside = NONE, when["not"]
        if "field" in inside:
            return how, [inside] if is_shown(inside) else None
        if "any" not in inside:
            return how, None
        tests = inside["any"]
    elif "field" in when:
        return how, [when] if is_shown(when) else None
    else:
        how = ALL if "all" in when else ANY
        tests = inside[how]
    return how, tests if all("field" in test and is_shown(test) for test in tests) else None


def entries_from_blocks(blocks: tuple[Block, ...], base: Entries) -> dict[str, Any]:
    """The criteria that the blocks write, beside what else the entries say. A block without rows is none. Raise `WrongAnswer`, whose part
    names the row as `BLOCK.ROW`."""
    criteria: dict[str, Any] = {}
    for number, block in enumerate(blocks):
        when = block.deeper if block.deeper is not None else _when(number, block)
        if when is None:
            continue
        said = dict(block.said) or {"by": By.OWNER.value, "text": "", "confirmed_on": None}
        criteria[block.id or free_id("rule", criteria | base.get("criteria", {}))] = {
            "when": when,
            "strength": block.strength if block.strength in ("hard", "soft") else "hard",
            "said": said,
        }
    found = {**base, "criteria": criteria}
    if any(each["strength"] == "hard" for each in criteria.values()):
        found.pop("open_to_all", None)
    return {name: value for name, value in found.items() if value}


def _when(number: int, block: Block) -> dict[str, Any] | None:
    tests = []
    for place, row in enumerate(block.rows):
        try:
            tests.append(comparison_of(row))
        except WrongAnswer as wrong:
            raise WrongAnswer(f"{number}.{place}", wrong.sentence) from None
    if block.before is not None and _shown(block.before) == (block.how, tests):
        return dict(block.before)
    if not tests:
        return None
    if block.how == NONE:
        return {"not": tests[0] if len(tests) == 1 else {"any": tests}}
    if len(tests) == 1:
        return tests[0]
    return {block.how if block.how in (ALL, ANY) else ALL: tests}


def blank_row(fact: str) -> Row:
    """A row on a fact, to be filled in. Raise `WrongAnswer` where there is no such fact."""
    if fact not in FACTS:
        raise WrongAnswer("", say("Choose what the row is about."))
    return Row(fact, None, EMPTY_ROW)
