"""What rules decide, held to what must always be so."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.catalogue import Op
from directory.rules.conditions import All, Comparison, Condition, Not, Some, check_condition
from directory.rules.evaluation import evaluate
from directory.rules.outcome import Outcome, negated
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.columns import Columns, leading, scores
from directory.rules.sets.firing import decided_by
from directory.rules.sets.kinds import IfUnknown, SetKind
from directory.rules.sets.rule import Caution, Points, RuleSet
from directory.rules.sets.score import Scorer
from directory.rules.sets.signals import Signals, catalogue_of
from tests.support.rule_sets import as_answers, conditions, rule_sets, signal_values

KINDS = st.sampled_from(SetKind)
SUGGEST = SetKind.SUGGEST


@st.composite
def judged(draw: st.DrawFn, kind: SetKind | None = None) -> tuple[Condition, Signals, SetKind]:
    """A condition and what is known of one case."""
    kind = kind or draw(KINDS)
    return check_condition(draw(conditions(kind)), catalogue_of(kind)), draw(signal_values(kind)), kind


@st.composite
def scored(draw: st.DrawFn) -> tuple[RuleSet, list[Signals]]:
    return check_rule_set(draw(rule_sets(SUGGEST, is_bare=True))), draw(st.lists(signal_values(SUGGEST), min_size=1, max_size=4))


@given(judged())
def test_a_condition_made_into_a_function_decides_as_its_tree_does(case: tuple[Condition, Signals, SetKind]) -> None:
    condition, signals, _kind = case
    assert decided_by(condition)(signals) is evaluate(condition, as_answers(signals))


def test_groups_come_out_as_the_least_or_the_most_of_their_parts_however_many_there_are() -> None:
    """Every way in which two, three or four parts can come out: the functions of two parts are others than those of more."""
    names = ("pair.offers_need", "pair.goes_together", "candidate.is_free", "access.is_remote")
    for count in (1, 2, 3, 4):
        parts = tuple(Comparison(name, Op.IS, True) for name in names[:count])
        for outcomes in product(Outcome, repeat=count):
            signals = {name: each is Outcome.YES for name, each in zip(names, outcomes, strict=False) if each is not Outcome.ASK}
            assert decided_by(All(parts))(signals) is min(outcomes)
            assert decided_by(Some(parts))(signals) is max(outcomes)
            assert decided_by(Not(Some(parts)))(signals) is negated(max(outcomes))


def test_points_stop_at_the_cap_of_their_family_and_cautions_take_all_of_theirs() -> None:
    when = {"field": "pair.offers_need", "op": "is", "value": True}
    rules = [
        {"id": f"reason-{points}", "family": family, "when": when, "then": {"points": points, "reason": "R"}}
        for points, family in ((7, "need"), (6, "need"), (5, "access"))
    ]
    rules.append({"id": "caution", "when": when, "then": {"caution": "C", "points": -1}})
    document = {"set": "a-set", "kind": "suggest", "title": "T", "caps": {"need": 10, "access": 9}, "rules": rules}
    signals = {"pair.offers_need": True}
    found = check_rule_set(document)
    assert Scorer(found).points(signals) == 10 + 5 - 1
    assert Scorer(found).explain(signals).by_family == {"need": 10, "access": 5}
    assert scores(found, Columns([signals, {}], SUGGEST)).tolist() == [14, 0]
    assert [rule.id for rule in Scorer(found).explain(signals).reasons] == ["reason-7", "reason-6", "reason-5"], "the weightiest first"


@given(scored())
def test_many_scored_at_once_come_out_as_each_alone(case: tuple[RuleSet, list[Signals]]) -> None:
    rules, rows = case
    assert scores(rules, Columns(rows, SUGGEST)).tolist() == [Scorer(rules).points(row) for row in rows]


@given(st.data())
def test_masks_of_many_hold_and_fail_where_each_alone_does(data: st.DataObject) -> None:
    kind = data.draw(KINDS)
    condition = check_condition(data.draw(conditions(kind)), catalogue_of(kind))
    rows = data.draw(st.lists(signal_values(kind), min_size=1, max_size=5))
    holds, fails = Columns(rows, kind).masks(condition)
    alone = [decided_by(condition)(row) for row in rows]
    assert holds.tolist() == [each is Outcome.YES for each in alone]
    assert fails.tolist() == [each is Outcome.NO for each in alone]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=30), st.integers(1, 4))
def test_the_best_of_each_case_are_those_with_most_points_and_the_earlier_of_equals(rows: list[tuple[int, int]], most: int) -> None:
    cases, points = (np.array([row[side] for row in rows], dtype=np.int64) for side in (0, 1))
    wanted = {
        place
        for case in set(cases)
        for place in sorted((place for place in range(len(rows)) if cases[place] == case), key=lambda place: (-points[place], place))[:most]
    }
    assert set(np.flatnonzero(leading(points.astype(np.int32), cases, most))) == wanted


@given(scored(), st.data())
def test_one_reason_more_never_lowers_a_score_unless_it_is_a_caution(case: tuple[RuleSet, list[Signals]], data: st.DataObject) -> None:
    rules, rows = case
    left_out = data.draw(st.sampled_from(rules.rules))
    fewer = RuleSet(rules.name, rules.kind, rules.title, tuple(rule for rule in rules.rules if rule is not left_out), rules.caps)
    for row in rows:
        before, after = Scorer(fewer).points(row), Scorer(rules).points(row)
        assert after >= before if isinstance(left_out.then, Points) else after <= before


@given(scored(), st.integers(0, 99))
def test_the_order_of_rules_does_not_matter(case: tuple[RuleSet, list[Signals]], seed: int) -> None:
    rules, rows = case
    shuffled = RuleSet(rules.name, rules.kind, rules.title, tuple(Random(seed).sample(rules.rules, len(rules.rules))), rules.caps)
    for row in rows:
        assert Scorer(rules).explain(row) == Scorer(shuffled).explain(row)
        assert Scorer(rules).points(row) == Scorer(shuffled).points(row)


def turned(raw: Any, random: Random) -> Any:
    """The same condition with the parts of each group in another order."""
    for word in ("all", "any"):
        if word in raw:
            return {word: random.sample([turned(part, random) for part in raw[word]], len(raw[word]))}
    return {"not": turned(raw["not"], random)} if "not" in raw else raw


@given(st.data(), st.integers(0, 99))
def test_the_order_of_conditions_does_not_matter(data: st.DataObject, seed: int) -> None:
    kind = data.draw(KINDS)
    raw, signals = data.draw(conditions(kind)), data.draw(signal_values(kind))
    first, second = (check_condition(each, catalogue_of(kind)) for each in (raw, turned(raw, Random(seed))))
    assert decided_by(first)(signals) is decided_by(second)(signals)


def asks_whether_known(condition: Condition) -> bool:
    if isinstance(condition, Not):
        return asks_whether_known(condition.part)
    if isinstance(condition, All | Some):
        return any(map(asks_whether_known, condition.parts))
    return condition.operand is None


@given(judged(), st.data())
def test_what_becomes_known_settles_and_never_turns_over(case: tuple[Condition, Signals, SetKind], data: st.DataObject) -> None:
    """Of conditions that do not ask themselves whether something is known: those say when what is not known counts."""
    condition, signals, kind = case
    if asks_whether_known(condition):
        return
    before = decided_by(condition)(signals)
    more = {**data.draw(signal_values(kind)), **signals}
    if before is not Outcome.ASK:
        assert decided_by(condition)(more) is before


@given(judged())
def test_where_nothing_is_known_nothing_is_denied(case: tuple[Condition, Signals, SetKind]) -> None:
    condition, _signals, _kind = case
    if not asks_whether_known(condition):
        assert decided_by(condition)({}) is Outcome.ASK


@given(scored())
def test_what_is_not_known_is_told_unless_the_rule_says_that_it_counts_as_false(case: tuple[RuleSet, list[Signals]]) -> None:
    rules, rows = case
    for row in rows:
        told = Scorer(rules).explain(row)
        undecided = [rule for rule in rules.active_rules if decided_by(rule.when)(row) is Outcome.ASK]
        assert {rule.id for rule in told.unknown} == {rule.id for rule in undecided if rule.if_unknown is IfUnknown.SKIP}
        assert {rule.id for rule in told.to_review} == {rule.id for rule in undecided if rule.if_unknown is IfUnknown.SEND_TO_REVIEW}
        assert not {rule.id for rule in undecided} & {rule.id for rule in (*told.reasons, *told.cautions)}


@given(scored())
def test_a_score_is_the_sum_of_its_reasons_each_family_within_its_cap_and_on_its_scale(case: tuple[RuleSet, list[Signals]]) -> None:
    rules, rows = case
    for row in rows:
        told = Scorer(rules).explain(row)
        assert 0 <= told.points == Scorer(rules).points(row) <= 100
        assert all(points <= rules.caps[family] for family, points in told.by_family.items())
        assert told.points == min(100, max(0, sum(told.by_family.values()) + sum(_taken(rule.then) for rule in told.cautions)))


def _taken(then: object) -> int:
    return then.points if isinstance(then, Caution) else 0
