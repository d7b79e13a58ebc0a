"""Two values of one field, side by side: between two people, or between a source and the people who keep the listing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.domain.editing.fields import field_of
from directory.domain.errors import InvalidInput
from directory.services.editing.conflicts import SourceConflict
from directory.services.editing.drafts import KeptDraft
from directory.web.models.editor.told import field_label, value_lines
from directory.web.times import age_words, days_ago
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class TwoValues:
    """`mine` and `theirs` line by line; empty lists say nothing. `about`: who said theirs, and when."""

    key: str
    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    about: str = ""
    is_urgent: bool = False


def fields_to_choose(draft: KeptDraft, keys: Sequence[str], kind: str, zone: ZoneInfo) -> tuple[TwoValues, ...]:
    """What somebody wrote beside what others published meanwhile."""
    found = []
    for key in dict.fromkeys(keys):
        try:
            empty = field_of(key, kind).empty
        except InvalidInput:
            continue
        mine, theirs = draft.form.get(key, empty), draft.base.get(key, empty)
        if mine != theirs:
            found.append(TwoValues(key, field_label(key, kind), value_lines(key, mine, kind, zone), value_lines(key, theirs, kind, zone)))
    return tuple(found)


def source_conflicts(found: Sequence[SourceConflict], kind: str, zone: ZoneInfo, now: datetime) -> tuple[TwoValues, ...]:
    """What the people who keep a listing say beside what its source says."""
    return tuple(
        TwoValues(
            each.field,
            field_label(each.field, kind),
            value_lines(each.field, each.ours, kind, zone),
            value_lines(each.field, each.theirs, kind, zone),
            _about(each, now),
            each.is_urgent,
        )
        for each in found
    )


def _about(conflict: SourceConflict, now: datetime) -> str:
    source = conflict.source or _("the source")
    return _("%(source)s, %(age)s", source=source, age=age_words(days_ago(conflict.at, now))) if conflict.at else source
