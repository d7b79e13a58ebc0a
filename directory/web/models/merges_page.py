"""What a merge of two records would do, and merges that were done, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from directory.domain.editing.surviving import Survivor, Why
from directory.domain.errors import InvalidInput
from directory.domain.sentences import retold
from directory.services.matching.levels import Level
from directory.services.matching.merge import MergePlan
from directory.services.matching.queue import MergedRead, PairRead
from directory.web.amounts import number
from directory.web.models.duplicates_page import KINDS, level_names, public_address
from directory.web.models.editor.told import field_label, value_lines
from directory.web.times import day_name
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class MergeField:
    key: str
    label: str
    kept: tuple[str, ...]
    retired: tuple[str, ...]
    why: str
    may_choose: bool


@dataclass(frozen=True, slots=True)
class MergePage:
    id: int
    keep: str
    other: str
    kept_name: str
    retired_name: str
    swap: str
    fields: tuple[MergeField, ...]
    moves: tuple[str, ...]
    blocks: tuple[str, ...]
    may: bool
    back: str


@dataclass(frozen=True, slots=True)
class MergedRow:
    id: int
    level: str
    name: str
    href: str
    other: str
    day: str
    why: str
    anyway: str
    undone: str
    left: str


def merge_page(pair: PairRead, kept: str, plan: MergePlan | None) -> MergePage:
    other = pair.right_id if kept == pair.left_id else pair.left_id
    names = {pair.left_id: pair.left_name, pair.right_id: pair.right_name}
    return MergePage(
        id=pair.id,
        keep=kept,
        other=other,
        kept_name=names[kept] or _("The first"),
        retired_name=names[other] or _("The second"),
        swap=url_for(".before", pair=pair.id, keep=other),
        fields=tuple(_field(pair.level, each) for each in plan.survivors) if plan is not None else (),
        moves=tuple(f"{retold(each.words, _)}: {number(each.number)}" for each in plan.moves) if plan is not None else (),
        blocks=tuple(f"{retold(each.words, _)}: {number(each.number)}. {retold(each.settle, _)}" for each in plan.blocks) if plan else (),
        may=plan is not None and not plan.blocks,
        back=url_for(".look", pair=pair.id),
    )


def merged_rows(found: Sequence[MergedRead]) -> tuple[MergedRow, ...]:
    return tuple(
        MergedRow(
            id=each.id,
            level=level_names()[each.level],
            name=each.kept_name or _("a place whose address is secret"),
            href=public_address(each.level, each.kept_id),
            other=each.retired_name or _("a place whose address is secret"),
            day=day_name(each.at.date()),
            why=each.why,
            anyway=each.anyway,
            undone=day_name(each.undone_at.date()) if each.undone_at else "",
            left=", ".join(_left(each.level, field) for field in each.left),
        )
        for each in found
    )


def _left(level: Level, field: str) -> str:
    """A field's label; a row that went elsewhere since is named by its table."""
    try:
        return field_label(field, KINDS[level])
    except InvalidInput:
        return field.partition(" ")[0]


def _field(level: Level, each: Survivor) -> MergeField:
    kind = KINDS[level]
    return MergeField(
        key=each.field,
        label=field_label(each.field, kind),
        kept=value_lines(each.field, each.kept, kind),
        retired=value_lines(each.field, each.retired, kind),
        why=why_words()[each.why],
        may_choose=each.why is not Why.CONCEALED,
    )


def why_words() -> dict[Why, str]:
    return {
        Why.KEPT: _("said by the one that stays"),
        Why.ONLY: _("only one of them says it"),
        Why.JOINED: _("both together"),
        Why.NEWER: _("looked at later"),
        Why.PERSON: _("a person’s word, against a source’s"),
        Why.CONCEALED: _("a secret address stays secret"),
        Why.CHOSEN: _("your choice"),
    }
