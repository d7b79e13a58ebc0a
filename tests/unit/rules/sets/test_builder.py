"""Conditions line by line: what a form shows and writes back means the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from directory.rules.conditions import check_condition, written
from directory.rules.sets.builder import Built, Group, Kept, Row, WrongRows, built_of, raw_of, thresholds_of, with_thresholds
from directory.rules.sets.firing import decided_by
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import catalogue_of
from directory.rules.shipped import shipped_set

CATALOGUE = catalogue_of(SetKind.SUGGEST)
RULES = [(kind, rule) for kind in SetKind for rule in shipped_set(kind).rules]


def compare(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


FREE, NEAR = compare("candidate.is_free", "is", True), compare("access.metres", "lt", 2000)
SHARE, ROOM = compare("pair.category_overlap", "gte", 0.6), compare("candidate.room", "eq", "capacity")
SAME = [
    FREE,
    {"all": [FREE, NEAR]},
    {"any": [FREE, {"all": [NEAR, SHARE]}]},
    {"all": [FREE, {"any": [NEAR, SHARE]}, {"not": {"any": [ROOM, FREE]}}]},
    {"not": {"any": [FREE, NEAR]}},
    {"not": FREE},
    {"all": [FREE, {"any": [NEAR, {"all": [SHARE, {"not": ROOM}]}]}]},
    {"all": [compare("candidate.categories", "has_any", ["food", "housing"]), {"field": "candidate.room", "op": "is_known"}]},
    compare("access.metres", "range", {"gte": 100, "lte": 200}),
]


@pytest.mark.parametrize("raw", SAME, ids=range(len(SAME)))
def test_what_is_shown_in_lines_is_written_back_the_same(raw: dict[str, Any]) -> None:
    assert raw_of(built_of(check_condition(raw, CATALOGUE), CATALOGUE), CATALOGUE) == raw


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda each: getattr(each, "id", None))
def test_rules_that_ship_pass_through_the_form_unchanged_in_meaning(kind: SetKind, rule: Any) -> None:
    catalogue = catalogue_of(kind)
    back = check_condition(raw_of(built_of(rule.when, catalogue), catalogue), catalogue)
    for example in rule.tests:
        assert decided_by(back)(example.given) is decided_by(rule.when)(example.given)


def test_shares_are_typed_in_percent_with_a_comma_or_a_point() -> None:
    assert built_of(check_condition(SHARE, CATALOGUE), CATALOGUE).items == (Row("pair.category_overlap", "gte", "60"),)
    for typed in ("62,5", "62.5", "62.5 %"):
        assert raw_of(Built("all", (Row("pair.category_overlap", "gte", typed),)), CATALOGUE)["value"] == 0.625


def test_an_open_range_becomes_two_lines() -> None:
    found = built_of(
        check_condition({"all": [compare("access.metres", "gte", 5), compare("access.metres", "lt", 9)]}, CATALOGUE), CATALOGUE
    )
    assert found.items == (Row("access.metres", "gte", "5"), Row("access.metres", "lt", "9"))


def test_what_is_nested_deeper_is_kept() -> None:
    found = built_of(check_condition(SAME[6], CATALOGUE), CATALOGUE)
    assert [type(item) for item in found.items] == [Row, Kept]


def test_what_cannot_be_read_is_named_by_its_line() -> None:
    built = Built(
        "all",
        (
            Row("access.metres", "lt", "near"),
            Group("any", (Row("candidate.room", "in"), Row("candidate.is_free", "yes"))),
            Group("any", ()),
        ),
    )
    with pytest.raises(WrongRows) as caught:
        raw_of(built, CATALOGUE)
    assert set(caught.value.wrongs) == {"0", "1.0", "2"}
    with pytest.raises(WrongRows, match="at least one line"):
        raw_of(Built(), CATALOGUE)


@pytest.mark.parametrize("typed", ["", "nan", "inf", "1e999", "five"])
def test_a_number_is_a_number(typed: str) -> None:
    with pytest.raises(WrongRows):
        raw_of(Built("all", (Row("access.metres", "lt", typed),)), CATALOGUE)


def test_bounds_however_deep_are_changed_in_place() -> None:
    raw = {"all": [NEAR, {"not": {"any": [SHARE, compare("access.metres", "range", {"gte": 1, "lte": 3})]}}, FREE]}
    found = thresholds_of(check_condition(raw, CATALOGUE), CATALOGUE)
    assert [(each.test.field, each.shown) for each in found] == [
        ("access.metres", "2000"),
        ("pair.category_overlap", "60"),
        ("access.metres", "1"),
        ("access.metres", "3"),
    ]
    numbers: Iterator[float] = iter([500, 0.7, 2, 4])
    changed = with_thresholds(written(check_condition(raw, CATALOGUE)), numbers)
    assert [each.shown for each in thresholds_of(check_condition(changed, CATALOGUE), CATALOGUE)] == ["500", "70", "2", "4"]
