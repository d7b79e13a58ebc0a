"""A change is told in words, with only what differs."""

from typing import Any

import pytest

from directory.domain.editing.differences import FieldChange
from directory.domain.editing.fields import FIELDS
from directory.domain.editing.words import explain, lines

CLOSED = {"effect": "closes", "from": "2026-12-24", "to": "2026-12-26", "days": [], "opens": "", "closes": "", "note": "Christmas"}
LATER = {"effect": "replaces", "from": "2026-07-01", "to": "", "days": ["MO"], "opens": "10:00", "closes": "14:00", "note": ""}
TOLD: list[tuple[str, Any, Any, str]] = [
    ("name", "Pantry", "Bread for all", "Name: “Pantry” became “Bread for all”"),
    ("alert", "", "Bring bags.", "Notice at the top: added “Bring bags.”"),
    ("text:fr:name", "Pain", "", "Name (fr): took out “Pain”"),
    ("cost", ["free"], ["sliding"], "Cost: “free” became “sliding”"),
    (
        "hours",
        {"week": {"MO": [["09:00", "12:00"]], "TU": [["09:00", "12:00"]]}},
        {"week": {"MO": [["09:00", "12:00"]], "TU": [["00:00", "00:00"]]}, "monthly": [["-1SU", "09:00", "11:00"]]},
        "Hours: “Tuesday 09:00–12:00” became “Tuesday day and night”; “last Sunday of the month 09:00–11:00”",
    ),
    ("exceptions", [], [CLOSED], "Days that differ: added “2026-12-24 – 2026-12-26: closed (Christmas)”"),
    ("exceptions", [LATER], [], "Days that differ: took out “from 2026-07-01 (Monday): only 10:00–14:00”"),
    ("ages", {"from": None, "to": None}, {"from": 16, "to": 24}, "Ages: added “from 16 years”; “up to 24 years”"),
    ("closed_on_holidays", None, False, "Closed on public holidays: added “No”"),
    ("hours", None, None, "Hours: changed"),
]


@pytest.mark.parametrize(("field", "before", "after", "words"), TOLD)
def test_a_change_is_told_in_words(field: str, before: Any, after: Any, words: str) -> None:
    assert str(explain(FieldChange(field, before, after))) == words


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, fields in FIELDS.items() for name in fields])
def test_a_field_that_says_nothing_has_no_lines(kind: str, name: str) -> None:
    empty = FIELDS[kind][name].empty
    assert isinstance(empty, bool) or lines(name, empty, kind=kind) == ()
