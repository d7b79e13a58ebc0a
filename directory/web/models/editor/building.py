"""The builder of criteria as its page shows it, and as the page posts it. What is being built lies in the page until it is put into the
draft, so that rows that are not filled in yet are kept, too."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from directory.domain.sentences import Sentence, retold
from directory.rules.builder import ANY, GROUPS, NONE, Block, blank_row
from directory.rules.catalogue import Kind
from directory.rules.conditions import WrongCondition, check_condition, written
from directory.rules.entries import Entries
from directory.rules.facts import FACTS
from directory.rules.operands import CURRENCIES
from directory.rules.row_answers import AS_SAID, EMPTY_ROW, OFFERED, Clause, Row
from directory.web.models.editor.whom import Pairs, measure_pairs
from directory.web.whom_words import area_name, criterion_line, period_pairs
from directory.web.wording import _
from directory.web.words import language_name

MOST_BLOCKS, MOST_ROWS = 40, 20
_SPLIT = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class RowView:
    """`name` stands before the names of its inputs; `wrong` below it."""

    name: str
    fact: str
    kind: str
    label: str
    test: str
    ops: Pairs
    values: Pairs
    answers: Mapping[str, Any]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """`deeper`: in words, a condition that rows cannot show."""

    number: int
    id: str
    how: str
    strength: str
    said: str
    before: str
    rows: tuple[RowView, ...]
    deeper: str = ""


@dataclass(frozen=True, slots=True)
class BuilderView:
    blocks: tuple[BlockView, ...]
    facts: Pairs
    hows: Pairs
    strengths: Pairs
    currencies: Pairs
    periods: Pairs
    measures: Pairs


def builder_view(blocks: tuple[Block, ...], offered: Pairs, currency: str, wrong: Mapping[str, str]) -> BuilderView:
    """`wrong`: `BLOCK.ROW` -> what is wrong there, in the reader's words."""
    return BuilderView(
        tuple(_block(number, block, offered, wrong) for number, block in enumerate(blocks)),
        tuple((name, _capital(_(str(field.label)))) for name, field in FACTS.items()),
        (("all", _("All of these")), (ANY, _("Any of these")), (NONE, _("None of these"))),
        (("hard", _("People must meet it")), ("soft", _("Who meets it comes first"))),
        tuple((code, code) for code in dict.fromkeys((currency, *CURRENCIES))),
        period_pairs(),
        measure_pairs(),
    )


def _block(number: int, block: Block, offered: Pairs, wrong: Mapping[str, str]) -> BlockView:
    deeper = "" if block.deeper is None else criterion_line(block.deeper, block.strength)
    rows = tuple(_row(f"c.{number}.r.{place}", row, offered, wrong.get(f"{number}.{place}", "")) for place, row in enumerate(block.rows))
    before = "" if block.before is None else _json(block.before)
    return BlockView(number, block.id, block.how, block.strength, _json(block.said), before, rows, deeper)


def _row(name: str, row: Row, offered: Pairs, wrong: str) -> RowView:
    field = FACTS[row.fact]
    answers = {**EMPTY_ROW, **row.answers}
    if field.kind is Kind.AREA:
        known = dict(offered)
        values = tuple((known | {each: area_name(each) for each in answers["values"] if each not in known}).items())
    elif row.fact == "language":
        codes = dict.fromkeys((*answers["values"], "en", "fr", "es", "ar", "zh", "so", "uk"))
        values = tuple((code, language_name(code)) for code in codes)
    else:
        values = tuple((value, _(str(words))) for value, words in field.choices.items())
    ops = tuple((op, _op_words(field.kind, op)) for op in OFFERED[field.kind])
    test = "" if row.test is None else _json(row.test)
    return RowView(name, row.fact, field.kind.value, _capital(_(str(field.label))), test, ops, values, answers, wrong)


def _op_words(kind: Kind, op: str) -> str:
    if op == AS_SAID:
        return _("as your words say: ask")
    if kind is Kind.NUMBER:
        return _("is from … up to and with …")
    return {
        "in": _("is one of"), "not_in": _("is none of"), "has_any": _("is one of"), "has_all": _("is all of"), "has_none": _("is none of"),
        "yes": _("yes"), "no": _("no"), "lte": _("is at most"), "lt": _("is below"), "gte": _("is at least"), "gt": _("is above"),
    }[op]  # fmt: skip


def wrong_words_of(sentence: str) -> str:
    """What is wrong with a row, in the reader's words."""
    if isinstance(sentence, Clause):
        return f"{_capital(_(str(sentence.label)))}: {retold(sentence.clause, _)}"
    return retold(sentence, _) if isinstance(sentence, Sentence) else _(sentence)


def posted_blocks(form: MultiDict[str, str]) -> tuple[Block, ...]:
    """The blocks as they stand in the page."""
    numbers = sorted({int(match[1]) for name in form if (match := re.match(r"c\.(\d{1,2})\.", name))})
    return tuple(_posted_block(form, f"c.{number}") for number in numbers[:MOST_BLOCKS])


def _posted_block(form: MultiDict[str, str], name: str) -> Block:
    places = sorted({int(match[1]) for key in form if (match := re.match(rf"{re.escape(name)}\.r\.(\d{{1,2}})\.", key))})
    rows = tuple(row for place in places[:MOST_ROWS] if (row := _posted_row(form, f"{name}.r.{place}")) is not None)
    how = form.get(f"{name}.how", "")
    before = _condition(form.get(f"{name}.before", ""))
    return Block(
        form.get(f"{name}.id", "")[:60],
        rows,
        how if how in GROUPS else "all",
        "soft" if form.get(f"{name}.strength") == "soft" else "hard",
        _mapping(form.get(f"{name}.said", "")) or {},
        before,
    )


def _posted_row(form: MultiDict[str, str], name: str) -> Row | None:
    fact = form.get(f"{name}.fact", "")
    if fact not in FACTS:
        return None
    answers: dict[str, Any] = {key: form.get(f"{name}.{key}", "").strip() for key in EMPTY_ROW}
    answers["values"] = tuple(sorted(set(form.getlist(f"{name}.values"))))
    if FACTS[fact].kind is Kind.MONEY and answers["op"] != AS_SAID:
        unused = ("amount", "currency", "per") if answers["percent"] else ("percent", "of")
        answers |= dict.fromkeys(unused, "")
    elif FACTS[fact].kind is Kind.MONEY:
        answers |= dict.fromkeys(("amount", "currency", "per", "percent", "of"), "")
    test = _condition(form.get(f"{name}.test", ""))
    return Row(fact, test if test and test.get("field") == fact else None, answers)


def _condition(text: str) -> dict[str, Any] | None:
    """A condition in its one form; None for what is none."""
    try:
        return written(check_condition(_mapping(text), FACTS))
    except WrongCondition:
        return None


def _mapping(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def changed(blocks: tuple[Block, ...], act: str, about: str, fact: str) -> tuple[Block, ...]:
    """The blocks after a button: a new block, a row more, a row or a block less."""
    if act == "new":
        return (*blocks, Block("", (blank_row(fact),)))[:MOST_BLOCKS]
    number, _dot, place = about.partition(".")
    if not number.isdecimal() or int(number) >= len(blocks):
        return blocks
    index = int(number)
    if act == "drop":
        return blocks[:index] + blocks[index + 1 :]
    block = blocks[index]
    rows = block.rows
    if act == "row":
        rows = (*rows, blank_row(fact))[:MOST_ROWS]
    elif act == "remove" and place.isdecimal():
        rows = tuple(row for at, row in enumerate(rows) if at != int(place))
    return (*blocks[:index], replace(block, rows=rows), *blocks[index + 1 :])


def _json(value: Entries) -> str:
    return json.dumps(value, ensure_ascii=False)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
